/**
 * The party that is said to have done it: every party named near the event is weighed by its part (part.ts), names joined
 * by "and" count as one, and two parties joined by "or", or a deed told as nobody's, give none.
 */
import type { EventType } from '../../core/index.ts';
import type { Term } from '../inflected.ts';
import { ARABIC, CYRILLIC } from '../language.ts';
import type { ActorMention } from '../model.ts';
import { PUNCT, type Tokens } from '../tokens.ts';
import { type Anchored, gapBetween, within } from './anchor.ts';
import { SIGNS_OF } from './kind.ts';
import { partOf, type Stretch } from './part.ts';
import type { Unit } from './signs.ts';

export interface Party extends Stretch {
  readonly actor: string;
  /** A common noun ("militants"): who they were is told by a name, when one stands beside it. */
  readonly common: boolean;
  readonly score: number;
}

export interface WhoQuestion {
  readonly type: EventType;
  readonly units: readonly Unit[];
  readonly actors: readonly Anchored<ActorMention>[];
  /** Tokens of speakers: they tell, they did not do it. */
  readonly speakers: readonly Stretch[];
  readonly tokens: Tokens;
  /** Counts of dead and hurt: who is named as one of them was hit. */
  readonly tolls: readonly Stretch[];
  /** Tokens where the country of the instrument is named: fire "from Syria" tells of no side. */
  readonly homeland: ReadonlySet<number>;
  /** Stretches that name a place: جبل الأكراد is no party. */
  readonly places: readonly Stretch[];
  /** Whether the instrument has a party of this code. */
  readonly isParty: (actor: string) => boolean;
}

/** Somebody with a name who is no party of the instrument ("the Libyan army"): may have done it, has no code. */
export const OUTSIDER = 'outsider';

const LEAST = 2.2;
/** States told without a deed of their own: whoever is named beside them keeps them up. */
const LEAST_OF_STATES = 0.9;
const STATES = new Set<EventType>(['abduction_or_detention', 'siege_or_access_denied']);
const NOBODYS = new Set<EventType>(['protest_or_other']);
const OR = new Set(['او', 'ام', 'or', 'или', 'либо']);
const AND = new Set(['و', 'and', 'и', ',', '،']);
const ORDER_PENALTY = 0.25;
const UNKNOWN = 'unknown';
const ARMED_GROUPS = 'opposition';
const ARMED = new Set(['opposition', 'nusra', 'daesh']);
const BESIDE = 3;
/** إرهابيون من تنظيم …, militants of the …, боевики группировки …: what stands between a common noun and the name. */
const OF_GROUP = new Set(
  'من تنظيم جماعه حركه فصيل تنظيمي عناصر مسلحي of from the group movement organisation organization группировки организации движения из движение'.split(
    ' ',
  ),
);
const BREAKS = new Set([',', '،', '.', ':', ';', '؛', '(', ')']);
/** "Unidentified aircraft": outdone only by a claim or an accusation. */
const NOBODY_NAMED = 6.4;

/** The likeliest party, or null when nobody is said to have done it. */
export function whoDidIt(question: WhoQuestion): Party | null {
  if (NOBODYS.has(question.type)) return null;
  const parties = joined(named(candidates(question), question.tokens), question.tokens).sort(
    (a, b) => b.score - a.score || a.from - b.from,
  );
  const [first] = parties;
  const least = STATES.has(question.type) ? LEAST_OF_STATES : LEAST;
  if (!first || first.actor === UNKNOWN) return null;
  if (first.score < least) return onlySide(parties, question);
  const rival = parties.some(
    (party) => party.actor !== first.actor && party.actor !== UNKNOWN && isJoined(first, party, question.tokens, OR, 4),
  );
  return rival ? null : first;
}

/** Fighting among groups of one side: that side, when the sentences that tell of the fighting name no other. */
function onlySide(parties: readonly Party[], { units, type }: WhoQuestion): Party | null {
  if (type !== 'small_arms') return null;
  const fights = units.filter((unit) => unit.words.some((word) => word.value === 'clash'));
  const named = parties.filter((party) => party.score > 0 && fights.some((unit) => within(party.from, unit)));
  const [first] = named;
  return first && named.length > 1 && named.every((party) => party.actor === first.actor) ? first : null;
}

function candidates(question: WhoQuestion): Party[] {
  const { units, actors, tokens, type } = question;
  const isShootdown =
    type === 'missile' &&
    units.some((unit) => unit.words.some((word) => word.value === 'down.verb' || word.value === 'sam'));
  const deeds = SIGNS_OF[type];
  const phrases = units.flatMap((unit) => unit.actors.filter((term) => term.to - term.from > 1));
  const outsiders = actors.filter(
    ({ value, from, to }) =>
      value.actor === null &&
      value.kind !== 'person' &&
      // "The regime's heavy guns" are whose they are, whatever word follows.
      !phrases.some((term) => term.from === from && term.to <= to && !namesAnother(tokens, term.to, to)),
  );
  const parties: Party[] = [];
  units.forEach((unit, order) => {
    if (actors.length === 0 && unit.actors.length === 0 && unit.context.length === 0) return;
    const add = (actor: string, at: Stretch, base: number, common = false): void => {
      const part = partOf({
        at,
        unit,
        tokens,
        deeds,
        speakers: question.speakers,
        isShootdown,
        isTransfer: type === 'arms_transfer',
        isState: STATES.has(type),
        tolls: question.tolls,
      });
      const known = actor === OUTSIDER || question.isParty(actor) ? actor : OUTSIDER;
      parties.push({ actor: known, common, from: at.from, to: at.to, score: base + part - ORDER_PENALTY * order });
    };
    for (const actor of actors) {
      if (!within(actor.from, unit) || actor.value.actor === null || actor.value.kind === 'person') continue;
      if (question.homeland.has(actor.from) && ORIGIN.has(tokens.norm[actor.from - 1] ?? '')) continue;
      const outsider = isCoalition(actor.value.actor) && ledByOthers(actor, outsiders, tokens);
      add(outsider ? OUTSIDER : actor.value.actor, actor, 1);
    }
    for (const term of unit.actors) {
      if (actors.some((actor) => actor.value.actor !== null && gapBetween(actor, term) === 0)) continue;
      const named = outsiders.find((actor) => namesItself(actor, term, tokens));
      if (named || (isCoalition(term.value) && ledByOthers(term, outsiders, tokens))) {
        if (!parties.some((party) => party.actor === OUTSIDER && party.from === (named ?? term).from))
          add(OUTSIDER, named ?? term, 1);
        continue;
      }
      if (question.places.some((place) => isInside(term, place))) continue;
      if (term.value.startsWith('def:')) {
        if (isTheArmy(term, tokens)) add(term.value.slice(4), term, 0.8);
        continue;
      }
      const adjective = term.value.startsWith('adj:');
      const isOrigin = adjective && isHeldOrigin(term, tokens);
      if (adjective && !isOrigin && (question.homeland.has(term.from) || !qualifiesDeed(term, unit, deeds, tokens)))
        continue;
      add(adjective ? term.value.slice(4) : term.value, term, adjective ? 1 : 0.8, term.value === ARMED_GROUPS);
    }
    for (const term of unit.context) {
      if (
        term.value === 'unidentified' &&
        unit.words.some((word) => deeds.has(word.value) && gapBetween(word, term) <= 2)
      )
        parties.push({
          actor: UNKNOWN,
          common: false,
          from: term.from,
          to: term.to,
          score: NOBODY_NAMED - ORDER_PENALTY * order,
        });
    }
  });
  return parties;
}

/** "The Libyan army", "Houthi rebels", الجيش السوداني: the common noun inside a name of its own is no party of ours. */
function namesItself(actor: Stretch, term: Stretch, tokens: Tokens): boolean {
  if (actor.from > term.from || actor.to < term.to || actor.to - actor.from <= term.to - term.from) return false;
  // "Turkish-backed rebels" says who stands behind them, not who they are.
  for (let i = actor.from; i < actor.to; i++) if (BACKED.has(tokens.norm[i] ?? '')) return false;
  if (tokens.script[term.from] !== CYRILLIC || actor.from === term.from) return true;
  return ADJECTIVE.test(tokens.norm[term.from - 1] ?? '');
}

const OWN_WORDS = /^ال(?:سوري|نظامي|حكومي|مواليه|خاص|جوي|بري|مسلح|شعبي|وطني|عسكري|امني)/;

/** قوات الأمن العراقية: a word of origin behind says whose they are. */
function namesAnother(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const word = tokens.norm[i] ?? '';
    if (/^ال\p{L}+(?:يه|ي)$/u.test(word) && !OWN_WORDS.test(word)) return true;
  }
  return false;
}

const isInside = (part: Stretch, whole: Stretch): boolean =>
  whole.from <= part.from && part.to <= whole.to && whole.to - whole.from > part.to - part.from;

/** الجيش alone is the army of the country; with another word behind it (الجيش الحر) it is another's. */
function isTheArmy(term: Stretch, tokens: Tokens): boolean {
  const last = tokens.norm[term.to - 1] ?? '';
  if (!/^[وفبك]?ال|^[وف]?لل/.test(last)) return false;
  const next = tokens.norm[term.to] ?? '';
  return !next.startsWith('ال') || OWN_ARMY.has(next) || tokens.sentence[term.to] !== tokens.sentence[term.from];
}

const OWN_ARMY = new Set(
  'السوري العربي النظامي الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت اليوم الذي'.split(' '),
);
const BACKED = new Set(['backed', 'allied', 'supported', 'funded', 'armed', 'trained']);
const ADJECTIVE = /ск(?:ий|ая|ое|ие|ого|ой|ому|ую|им|ом|их|ими|ою)$/;
const ORIGIN = new Set(['من', 'from', 'из', 'с', 'со']);
const COALITION = 'us_coalition';
const isCoalition = (actor: string): boolean => actor === COALITION || actor === `adj:${COALITION}`;
const LED = new Set(['بقياده', 'led', 'главе']);
const LEADER_REACH = 3;
/** States outside the terms that lead coalitions of their own. */
const OTHER_LEADER = /^(?:ال)?(?:سعودي|عربي|اسلامي)|^(?:saudi|arab)|^(?:саудовск|арабск|исламск)/;

/** "The Saudi-led coalition", التحالف العربي. */
function ledByOthers(coalition: Stretch, outsiders: readonly Stretch[], tokens: Tokens): boolean {
  const inside = outsiders.some(
    (actor) =>
      actor.from <= coalition.from && coalition.to <= actor.to && actor.to - actor.from > coalition.to - coalition.from,
  );
  if (inside) return true;
  for (let i = coalition.from - LEADER_REACH; i < coalition.to + LEADER_REACH; i++) {
    if (tokens.sentence[i] !== tokens.sentence[coalition.from]) continue;
    if (!OTHER_LEADER.test(tokens.norm[i] ?? '')) continue;
    const beside = gapBetween({ from: i, to: i + 1 }, coalition) === 0;
    if (
      beside ||
      LED.has(tokens.norm[i - 1] ?? '') ||
      LED.has(tokens.norm[i + 1] ?? '') ||
      LED.has(tokens.norm[i + 2] ?? '')
    )
      return true;
  }
  return false;
}

/** "Nusra militants", "террористы ИГ", مسلحو جبهة النصرة: the name does what the common noun beside it does. */
function named(parties: readonly Party[], tokens: Tokens): Party[] {
  const isArmedGroup = (party: Party): boolean => !party.common && ARMED.has(party.actor);
  const isBeside = (common: Party, name: Party): boolean => {
    const [first, second] = common.from < name.from ? [common, name] : [name, common];
    if (second.from - first.to > BESIDE) return false;
    for (let i = first.to; i < second.from; i++) {
      const word = tokens.norm[i] ?? '';
      if (tokens.kind[i] === PUNCT ? BREAKS.has(word) : common.from > name.from || !OF_GROUP.has(word)) return false;
    }
    return true;
  };
  const pairs = parties
    .filter((party) => party.common)
    .flatMap((common) =>
      parties.filter((name) => isArmedGroup(name) && isBeside(common, name)).map((name) => ({ common, name })),
    );
  return parties
    .filter((party) => !pairs.some(({ common }) => common === party))
    .map((party) => {
      const beside = pairs.filter(({ name }) => name === party).map(({ common }) => common);
      // Behind a common noun that was hit a name was hit too ("отбили у террористов ИГИЛ").
      const head = beside.find((common) => common.from < party.from && common.score < 0);
      return { ...party, score: head ? head.score : Math.max(party.score, ...beside.map(({ score }) => score)) };
    });
}

/** "Fired from government-held territory". */
const isHeldOrigin = (term: Stretch, tokens: Tokens): boolean =>
  ORIGIN.has(tokens.norm[term.from - 1] ?? '') &&
  tokens.norm[term.to] === '-' &&
  /^(?:held|controlled)$/.test(tokens.norm[term.to + 1] ?? '');

/** An adjective counts beside a deed, an aircraft or a weapon only. */
function qualifiesDeed(term: Term, unit: Unit, deeds: ReadonlySet<string>, tokens: Tokens): boolean {
  const script = tokens.script[term.from];
  return unit.words.some((word) => {
    if (!deeds.has(word.value) && word.value !== 'air.craft') return false;
    // An American Stinger says who made it.
    if (word.value === 'sam') return false;
    const after = term.from - word.to;
    const before = word.from - term.to;
    if (isThought(tokens, word.to, term.from)) return true;
    if (script === ARABIC) return after >= 0 && after <= 1 && !PREPOSITION.has(tokens.norm[term.from - 1] ?? '');
    if (script === CYRILLIC && word.value === 'air.craft' && after >= 0 && after <= 5) return true;
    return before >= 0 && before <= (OR.has(tokens.norm[term.to] ?? '') ? 3 : 1);
  });
}

/** An adjective stands behind its noun; behind these a country does. */
const PREPOSITION = new Set('من في الي علي عن داخل نحو باتجاه شمال جنوب'.split(' '));
const THOUGHT_REACH = 5;
const THOUGHT =
  /^(?:[يت]?رجح|[يت]عتقد|[يت]شتبه|مرجح|يقال|believe|believed|thought|presumed|suspected|apparently|likely|reportedly|предположительно|вероятно|возможно)/;

/** طائرات يرجح أنها روسية, "jets believed to be Russian". */
function isThought(tokens: Tokens, from: number, to: number): boolean {
  if (to < from || to - from > THOUGHT_REACH) return false;
  for (let i = from; i < to; i++) if (THOUGHT.test(tokens.norm[i] ?? '')) return true;
  return false;
}

/** "A, B and others attacked": each has the part of the one beside the verb. */
function joined(parties: readonly Party[], tokens: Tokens): Party[] {
  const inOrder = [...parties].sort((a, b) => a.from - b.from);
  const scores = inOrder.map((party) => party.score);
  for (let i = inOrder.length - 2; i >= 0; i--) {
    const here = inOrder[i];
    const next = inOrder[i + 1];
    if (here && next && isJoined(here, next, tokens, AND, 2)) scores[i] = Math.max(scores[i] ?? 0, scores[i + 1] ?? 0);
  }
  return inOrder.map((party, i) => ({ ...party, score: scores[i] ?? party.score }));
}

function isJoined(a: Stretch, b: Stretch, tokens: Tokens, by: ReadonlySet<string>, reach: number): boolean {
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  if (second.from < first.to || second.from - first.to > reach) return false;
  if (by === AND && second.from === first.to) return (tokens.norm[second.from] ?? '').startsWith('و');
  for (let i = first.to; i < second.from; i++) {
    if (by.has(tokens.norm[i] ?? '')) return true;
    if (tokens.kind[i] === PUNCT && by === AND) return false;
  }
  return false;
}

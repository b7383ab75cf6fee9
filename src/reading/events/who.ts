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
}

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
const BESIDE = 2;
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
      });
      parties.push({ actor, common, from: at.from, to: at.to, score: base + part - ORDER_PENALTY * order });
    };
    for (const actor of actors) {
      if (within(actor.from, unit) && actor.value.actor !== null && actor.value.kind !== 'person')
        add(actor.value.actor, actor, 1);
    }
    for (const term of unit.actors) {
      if (actors.some((actor) => actor.value.actor !== null && gapBetween(actor, term) === 0)) continue;
      const adjective = term.value.startsWith('adj:');
      if (adjective && !qualifiesDeed(term, unit, deeds, tokens)) continue;
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

/** "Nusra militants", "террористы ИГ", مسلحو جبهة النصرة: the name does what the common noun beside it does. */
function named(parties: readonly Party[], tokens: Tokens): Party[] {
  const isArmedGroup = (party: Party): boolean => !party.common && ARMED.has(party.actor);
  const isBeside = (common: Party, name: Party): boolean => {
    const [first, second] = common.from < name.from ? [common, name] : [name, common];
    if (second.from - first.to > BESIDE) return false;
    for (let i = first.to; i < second.from; i++) {
      if (tokens.kind[i] !== PUNCT || BREAKS.has(tokens.norm[i] ?? '')) return false;
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

/** An adjective counts beside a deed, an aircraft or a weapon only. */
function qualifiesDeed(term: Term, unit: Unit, deeds: ReadonlySet<string>, tokens: Tokens): boolean {
  const script = tokens.script[term.from];
  return unit.words.some((word) => {
    if (!deeds.has(word.value) && word.value !== 'air.craft') return false;
    const after = term.from - word.to;
    const before = word.from - term.to;
    if (script === ARABIC) return after >= 0 && after <= 1;
    if (script === CYRILLIC && word.value === 'air.craft' && after >= 0 && after <= 5) return true;
    return before >= 0 && before <= (OR.has(tokens.norm[term.to] ?? '') ? 3 : 1);
  });
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

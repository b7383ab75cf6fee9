/**
 * Proposals and their standing told in words: offers ("Moscow had offered the coalition to …"), proposals named by a
 * noun, reserved rights, expected refusals, "nothing official received", "no agreement". Says what is written there;
 * contradictions stay.
 */
import type { Party } from '../actors/parties.ts';
import type { Mark } from '../lexicon.ts';
import type { AgreementMention, StandingValue } from '../model.ts';
import { STANDING_VALUES } from '../model.ts';
import type { Assertion, Named } from './assertion.ts';
import {
  clauseEnd,
  named,
  type Scene,
  spanOf,
  speakerOf,
  statementAt,
  statementOfCue,
  stateOf,
  tokenAt,
} from './scene.ts';

const TO = new Set(['علي', 'الي', 'to', 'на', 'к']);
const COUNTRY = /^(و|ف)?(بلاده|بلادها|بلادنا|بلادهم)$/;
const NEGATION = /^(никаких|никакого|لم|لا|لن|not|never|не|ни|no|none|neither)$/;
const ABOUT = new Set([
  'حول',
  'بشان',
  'بخصوص',
  'في',
  'ل',
  'علي',
  'for',
  'to',
  'on',
  'about',
  'of',
  'о',
  'об',
  'по',
  'по',
  'что',
  'ان',
  'بان',
]);
const NEAR = 8;

const isStanding = (value: string): value is StandingValue => STANDING_VALUES.includes(value as StandingValue);

interface Where {
  readonly by: string;
  readonly speaker: Named | null;
  readonly state: Named | null;
}

/** Who asserts what stands at a token. */
function where(scene: Scene, token: number): Where {
  const one = statementAt(scene, token);
  if (!one) return { by: 'narrator', speaker: null, state: null };
  const speaker = speakerOf(one.statement);
  return { by: speaker.text, speaker, state: stateOf(scene, one.statement) };
}

const norm = (scene: Scene, at: number): string => scene.env.ctx.tokens.norm[at] ?? '';

export function assertionsFromWords(scene: Scene, agreements: readonly AgreementMention[]): Assertion[] {
  const found: Assertion[] = [];
  const used = new Set<Mark>();
  for (const mark of scene.proposalWords) {
    if (mark.value.value === 'offer') found.push(...offer(scene, mark, used));
    else if (mark.value.value === 'reserve') found.push(...reserve(scene, mark));
    else if (mark.value.value === 'expect') found.push(...expected(scene, mark, used));
  }
  for (const mark of scene.proposalWords) if (mark.value.value === 'noun') found.push(...noun(scene, mark, used));
  for (const mark of scene.standingWords) if (!used.has(mark)) found.push(...bare(scene, mark));
  for (const agreement of agreements) if (agreement.status === 'denied') found.push(noAgreement(scene, agreement));
  return found;
}

function offer(scene: Scene, mark: Mark, used: Set<Mark>): Assertion[] {
  if (
    isNegated(scene, mark.from) ||
    /^(ال|an?$|the$|of$)/.test(norm(scene, mark.from - 1)) ||
    insideLonger(scene, mark) ||
    isNounThere(scene, mark)
  )
    return [];
  const cueOf = statementOfCue(scene, mark);
  const here = where(scene, mark.from);
  let proposer: Named | null = null;
  let at = mark.to;
  if (cueOf) {
    proposer = speakerOf(cueOf.statement);
    const start = cueOf.content[0]?.from ?? at;
    at = Math.max(at, start);
  } else {
    const before = subjectBefore(scene, mark.from);
    if (before === 'country') proposer = here.state;
    else if (before) proposer = named(before);
    else {
      const after = scene.partyAt.get(at);
      if (after && !TO.has(norm(scene, at))) {
        proposer = named(after);
        at = after.to;
      }
    }
    proposer ??= here.speaker;
  }
  if (!proposer) return [];
  const { to, next } = addressees(scene, at);
  const end = Math.max(next + 1, clauseEnd(scene, mark.from));
  const action = spanOf(scene, mark.from, end);
  const standing = spanOf(scene, mark.from, to.length > 0 ? next : mark.to);
  if (!action || !standing) return [];
  const isBody = cueOf !== undefined && cueOf.statement.speaker.office === null;
  const by = cueOf ? (isBody ? 'narrator' : proposer.text) : here.by;
  const formal = scene.standingWords.find(
    (s) => s.value.value === 'formal' && s.from >= mark.from - 2 && s.from < mark.to + 3,
  );
  if (formal) used.add(formal);
  return [
    {
      value: formal ? 'formal' : 'offered',
      by,
      span: standing,
      family: 'offer',
      proposer,
      to,
      action,
      topic: scene.topicOf(scene.env, next, end),
      at: mark.from,
      needsOther: false,
    },
  ];
}

/** An offer verb inside a longer word of standing ("formally offered") is told there. */
const insideLonger = (scene: Scene, mark: Mark): boolean =>
  scene.proposalWords.some(
    (other) =>
      other !== mark &&
      other.value.value === 'offer' &&
      other.from <= mark.from &&
      other.to >= mark.to &&
      other.to - other.from > mark.to - mark.from,
  );

/** "a Russian offer to …": the noun, not the verb. */
const isNounThere = (scene: Scene, mark: Mark): boolean =>
  stateAdjective(scene, mark.from - 1) !== null ||
  /^(s|his|her|their|its|our|new|this|that|any|no)$/.test(norm(scene, mark.from - 1));

const isNegated = (scene: Scene, token: number): boolean => {
  for (let at = token - 1; at >= token - 2; at--) if (NEGATION.test(norm(scene, at))) return true;
  return false;
};

function subjectBefore(scene: Scene, token: number): Party | 'country' | undefined {
  for (let at = token; at > token - 5; at--) {
    if (
      COUNTRY.test(norm(scene, at - 1)) ||
      (norm(scene, at - 1) === 'country' && /^(his|her|their|our)$/.test(norm(scene, at - 2)))
    )
      return 'country';
    const party = scene.partyEnding.get(at);
    if (party) return party;
    if (
      !/^(had|has|have|earlier|already|also|قد|مرارا|سبق|ان|لم|لا|уже|ранее|также|неоднократно|дважды|не|repeatedly|not|still|لا|تزال)$/.test(
        norm(scene, at - 1),
      )
    )
      return undefined;
  }
  return undefined;
}

/** على X وY / to X and Y / X Y: the parties that stand first. */
function addressees(scene: Scene, from: number): { to: Named[]; next: number } {
  let at = from;
  if (TO.has(norm(scene, at)) && scene.partyAt.has(at + 1)) at++;
  if (norm(scene, at) === 'the' && scene.partyAt.has(at + 1)) at++;
  const to: Named[] = [];
  for (let steps = 0; steps < 4; steps++) {
    const party =
      scene.partyAt.get(at) ??
      (norm(scene, at) === 'and' || norm(scene, at) === 'и' ? scene.partyAt.get(at + 1) : undefined);
    if (!party) break;
    to.push(named(party));
    at = party.to;
  }
  return { to, next: to.length > 0 ? at : from };
}

function reserve(scene: Scene, mark: Mark): Assertion[] {
  const longer = scene.proposalWords.some(
    (other) => other !== mark && other.value.value === 'reserve' && other.from === mark.from && other.to > mark.to,
  );
  const end = clauseEnd(scene, mark.from);
  const next = nextWords(scene, mark.to, 10);
  const complete = /حق|right|право/.test(mark.value.form) || /(^| )(بحق|بالحق|حق|بحقه|بحقها|الرد)( |$)/.test(next);
  if (longer || !complete || isNegated(scene, mark.from)) return [];
  const here = where(scene, mark.from);
  const subject = subjectBefore(scene, mark.from);
  const after = scene.partyAt.get(mark.to);
  const proposer =
    subject && subject !== 'country' ? named(subject) : after ? named(after) : (here.state ?? here.speaker);
  const standing = spanOf(scene, mark.from, mark.to);
  const rights = /حق|right|право/.test(mark.value.form) ? mark.to : mark.to + offsetOfRight(scene, mark.to);
  const stop = Math.max(end, lastContentEnd(scene, mark.from));
  const action = spanOf(scene, rights, stop) ?? spanOf(scene, mark.from, stop);
  if (!standing || !action) return [];
  return [
    {
      value: 'right_reserved',
      by: here.by,
      span: standing,
      family: 'right',
      proposer,
      to: [],
      action,
      topic: scene.topicOf(scene.env, rights, stop),
      at: mark.from,
      needsOther: false,
    },
  ];
}

const nextWords = (scene: Scene, from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => norm(scene, from + i)).join(' ');

function offsetOfRight(scene: Scene, from: number): number {
  for (let i = 0; i < 10; i++) if (/^(بحق|بالحق|بحقه|بحقها|حق)$/.test(norm(scene, from + i))) return i;
  return 0;
}

/** A quotation that goes on with the same statement belongs to the right as well. */
function lastContentEnd(scene: Scene, token: number): number {
  const one = statementAt(scene, token);
  return one?.content.at(-1)?.to ?? 0;
}

function expected(scene: Scene, mark: Mark, used: Set<Mark>): Assertion[] {
  const rejecting = scene.standingWords.find(
    (s) => s.value.value === 'rejected' && s.from >= mark.from && s.from < mark.to + 4,
  );
  if (rejecting) used.add(rejecting);
  if (/مبدئيا/.test(mark.value.form) && !rejecting) return [];
  const at = rejecting ? Math.max(rejecting.to, mark.to) : mark.to;
  const party = scene.partyAt.get(at) ?? scene.partyEnding.get(mark.from);
  const end = clauseEnd(scene, mark.from);
  const span = spanOf(scene, mark.from, Math.min(end, at + NEAR * 3));
  if (!span) return [];
  return [
    {
      value: 'expected_to_refuse',
      by: where(scene, mark.from).by,
      span,
      family: 'offer',
      proposer: null,
      to: party ? [named(party)] : [],
      action: null,
      topic: scene.topicOf(scene.env, party?.to ?? at, end),
      at: mark.from,
      needsOther: true,
    },
  ];
}

function noun(scene: Scene, mark: Mark, used: Set<Mark>): Assertion[] {
  const { env } = scene;
  const end = clauseEnd(scene, mark.from);
  let at = mark.to;
  let proposer: Named | null = stateAdjective(scene, mark.from - 1) ?? stateAdjective(scene, at);
  if (stateAdjective(scene, at)) at++;
  const owner = scene.partyAt.get(at) ?? possessor(scene, mark.from);
  if (owner && !proposer) {
    proposer = named(owner);
    at = Math.max(at, owner.from >= mark.to ? owner.to : at);
  }
  let to: Named[] = [];
  const given = /^(المقدم|المقدمه|الموجه|المطروح|المطروحه|made|submitted|sent|put)$/.test(norm(scene, at));
  if (given || TO.has(norm(scene, at))) {
    const found = addressees(scene, given ? at + 1 : at);
    if (found.to.length > 0) ({ to } = found);
    if (found.to.length > 0) at = found.next;
  }
  if (!proposer && /^(от|from|من)$/.test(norm(scene, at))) {
    const source = scene.partyAt.get(at + 1);
    if (source) {
      proposer = named(source);
      at = source.to;
    }
  }
  const phraseEnd = at;
  if (ABOUT.has(norm(scene, at))) at++;
  const topic =
    env.words.stop.has(norm(scene, at)) || env.isCue(at) ? scene.topicOf(env, at, at) : scene.topicOf(env, at, end);
  const isLink = at > phraseEnd || !/^(و|in|at|в|from|من|,|\.|هذا)$/.test(norm(scene, at));
  const action = topic.size >= 1 && isLink ? spanOf(scene, mark.from, end) : null;
  const standings = standingsNear(scene, mark, end);
  const { by } = where(scene, mark.from);
  const base = { family: 'offer' as const, to, action, topic: action ? topic : new Set<string>(), at: mark.from };
  const phrase = spanOf(scene, mark.from, Math.max(phraseEnd, mark.to));
  if (standings.length === 0 && isAny(scene, mark.from) && phrase) {
    const denied = statementAt(scene, mark.from)?.statement.act === 'deny';
    return denied ? [{ ...base, value: 'not_formal', by, span: phrase, proposer, needsOther: action === null }] : [];
  }
  if (standings.length === 0) {
    const definite = /^(ال|هذا)/.test(mark.value.form);
    if (!proposer || !phrase || (definite && !action)) return [];
    return [{ ...base, value: 'offered', by, span: phrase, proposer, needsOther: action === null }];
  }
  return standings.flatMap((standing) => {
    used.add(standing);
    const value = standing.value.value;
    const span = spanOf(scene, Math.min(standing.from, standing.to), standing.to);
    if (!isStanding(value) || !span) return [];
    const subject = subjectBefore(scene, standing.from);
    const cueOf = statementOfCue(scene, standing);
    const actor = cueOf ? speakerOf(cueOf.statement).text : subject && subject !== 'country' ? named(subject).text : by;
    const decides = value === 'rejected' || value === 'accepted';
    const own =
      value === 'not_formal' || value === 'formal'
        ? subject && subject !== 'country'
          ? named(subject)
          : proposer
        : proposer;
    return [
      {
        ...base,
        value,
        by: decides && (cueOf || !statementAt(scene, standing.from)) ? actor : by,
        span,
        proposer: own,
        needsOther: action === null,
      },
    ];
  });
}

const isAny = (scene: Scene, at: number): boolean =>
  [at - 1, at - 2].some((before) => /^(اي|any|никаких|никакого|никакой)$/.test(norm(scene, before)));

const stateAdjective = (scene: Scene, at: number): Named | null => {
  const word = norm(scene, at).replace(/^و?ال/, '');
  const state =
    scene.env.words.adjective.get(word) ??
    scene.env.words.adjective.get(norm(scene, at)) ??
    stemmedAdjective(scene, word);
  if (!state) return null;
  const body = scene.parties.find(
    (p) => p.actorKind === 'state' && p.entity.kind === 'body' && scene.env.actorAt.get(p.from)?.value.state === state,
  );
  const { tokens, view } = scene.env.ctx;
  const text = body?.entity.name ?? view.slice(tokens.start[at] ?? 0, tokens.end[at] ?? 0);
  return { text, key: body?.entity.actor ?? text };
};

/** «российское предложение»: the adjective in another gender or case. */
function stemmedAdjective(scene: Scene, word: string): string | undefined {
  if (!/(ое|ая|ого|ому|ые|ых|ом|ую|ой)$/.test(word)) return undefined;
  return scene.env.words.adjective.get(word.replace(/(ое|ая|ого|ому|ые|ых|ом|ую|ой)$/, 'ий'));
}

/** Moscow's proposal. */
const possessor = (scene: Scene, from: number): Party | undefined =>
  norm(scene, from - 1) === 's' ? scene.partyEnding.get(from - 2) : undefined;

/** Words of standing in the clause, not farther than the next proposal; those inside the noun's own phrase too. */
function standingsNear(scene: Scene, mark: Mark, end: number): Mark[] {
  const { tokens } = scene.env.ctx;
  const one = statementAt(scene, mark.from);
  const inQuote = one?.content.find(({ from, to }) => mark.from >= from && mark.from < to);
  const start = inQuote ? Math.max(inQuote.from - 6, 0) : (tokens.sentenceStarts[tokens.sentence[mark.from] ?? 0] ?? 0);
  const nouns = scene.proposalWords.filter(
    (word) => word.value.value === 'noun' && word !== mark && word.from < mark.from && word.from >= start,
  );
  const from = nouns.at(-1)?.to ?? start;
  const near = scene.standingWords.filter((s) => {
    if (s.from < from || s.from >= end || tokens.sentence[s.from] !== tokens.sentence[mark.from]) return false;
    const value = s.value.value;
    if (value === 'rejected' || value === 'accepted')
      return s.to <= mark.from ? mark.from - s.to <= 5 : s.from - mark.to <= 3;
    return s.to <= mark.from ? mark.from - s.to <= 22 : s.from < mark.to + 8;
  });
  const widest = near.filter(
    (s) =>
      !near.some(
        (other) => other !== s && other.from <= s.from && other.to >= s.to && other.to - other.from > s.to - s.from,
      ),
  );
  const values = new Set<string>();
  return widest.filter((s) => {
    if (s.value.value === 'formal' && isNegatedBefore(scene, s.from)) return false;
    if (values.has(s.value.value)) return false;
    values.add(s.value.value);
    return true;
  });
}

const isNegatedBefore = (scene: Scene, token: number): boolean => {
  for (let at = token - 1; at >= token - 4; at--) if (NEGATION.test(norm(scene, at))) return true;
  return false;
};

/** Standing without a proposal named beside it. */
function bare(scene: Scene, mark: Mark): Assertion[] {
  const value = mark.value.value;
  if (!isStanding(value) || isNegatedFor(scene, mark, value)) return [];
  const wider = scene.standingWords.some(
    (other) =>
      other !== mark &&
      other.value.value === value &&
      other.from <= mark.from &&
      other.to >= mark.to &&
      other.to - other.from > mark.to - mark.from,
  );
  if (wider) return [];
  const here = where(scene, mark.from);
  const span = spanOf(scene, mark.from, mark.to);
  if (!span) return [];
  const base = { value, by: here.by, span, family: 'offer' as const, to: [], at: mark.from };
  if (value === 'not_formal' || value === 'press_only') {
    if (!here.speaker) return [];
    return [{ ...base, proposer: null, action: null, topic: new Set<string>(), needsOther: true }];
  }
  if ((value === 'rejected' || value === 'accepted') && followsOffer(scene, mark)) {
    return [{ ...base, proposer: null, action: null, topic: new Set<string>(), needsOther: true }];
  }
  if (value === 'accepted' && /^(من حيث المبدا|in principle|в принципе)/.test(nextWords(scene, mark.to, 3))) {
    return [{ ...base, proposer: null, action: null, topic: new Set<string>(), needsOther: true }];
  }
  if (value !== 'under_discussion') return [];
  const end = clauseEnd(scene, mark.from);
  let at = mark.to;
  for (let steps = 0; steps < 6; steps++) {
    const party = scene.partyAt.get(at);
    if (party) at = party.to;
    else if (/^(مع|with|с|а|the|شركاينا|حول|بشان|سبل|our|about|on|о|об|ways|to|,)$/.test(norm(scene, at))) at++;
    else break;
  }
  const topic = scene.topicOf(scene.env, at, end);
  const action = topic.size >= 2 ? spanOf(scene, at, end) : null;
  return action ? [{ ...base, proposer: null, action, topic, needsOther: false }] : [];
}

/** In one sentence: … offered …, but the other side refused. */
const followsOffer = (scene: Scene, mark: Mark): boolean =>
  scene.proposalWords.some(
    (offer) =>
      offer.value.value === 'offer' &&
      offer.to <= mark.from &&
      mark.from - offer.to < 24 &&
      scene.env.ctx.tokens.sentence[offer.from] === scene.env.ctx.tokens.sentence[mark.from],
  ) && /^(\.|,|،|;|)$/.test(norm(scene, mark.to));

const isNegatedFor = (scene: Scene, mark: Mark, value: StandingValue): boolean =>
  value !== 'not_formal' && value !== 'press_only' && isNegated(scene, mark.from);

function noAgreement(scene: Scene, agreement: AgreementMention): Assertion {
  const from = tokenAt(scene.env, agreement.span.start);
  const to = tokenAt(scene.env, agreement.span.end - 1) + 1;
  const topic = withoutNouns(scene.topicOf(scene.env, from, to));
  return {
    value: 'no_agreement',
    by: where(scene, from).by,
    span: agreement.span,
    family: 'offer',
    proposer: null,
    to: [],
    action: topic.size > 0 ? agreement.span : null,
    topic,
    at: from,
    needsOther: topic.size === 0,
  };
}

const NOUNS = /^(اتفاق|تفاهم|agreement|deal|accord|understanding|договоренност|соглашен|достигнут|توصل|reached)/;
const withoutNouns = (topic: ReadonlySet<string>): Set<string> =>
  new Set([...topic].filter((stem) => !NOUNS.test(stem)));

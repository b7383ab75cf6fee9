/**
 * Who speaks in an English or Russian clause: the phrase before the verb group, a pronoun, the phrase after it ("…,"
 * said X; заявил X; сообщили в Минобороны), or the speaker before (and warned …). Decides one verb.
 */
import { type Entity, type Party, UNNAMED } from '../actors/parties.ts';
import { capitalNameEnd, isCapitalised } from '../actors/phrase.ts';
import { trimmedSpan } from '../document.ts';
import { foldedAt, PUNCT } from '../tokens.ts';
import type { CueHit } from './cue-words.ts';
import { afterDateline, isSign, type SpeechEnv, skipBack, skipOver } from './env.ts';
import type { UnitState } from './frame.ts';
import { joined } from './frame-ar.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const AUXILIARIES = set(
  'has have had did does do will would could may might can cannot is was were are been be being s t didn doesn don won wouldn couldn hasn haven hadn бы же',
);
const PASSIVE = set('was were been is are be being');
const NEGATIONS = set('not never t cannot не didn doesn don won wouldn couldn hasn haven hadn');
const CONJUNCTIONS = set('and but yet or while и а но однако while тогда');
const DETERMINERS = set(
  'the a an this that these those his her its their our no any of in for to on from under by s first last initial new latest',
);
const RELATIVES = set('who which whom который которая которые');
const PRONOUNS: Readonly<Record<string, { woman: boolean; plural: boolean }>> = {
  he: { woman: false, plural: false },
  she: { woman: true, plural: false },
  they: { woman: false, plural: true },
  it: { woman: false, plural: false },
  он: { woman: false, plural: false },
  она: { woman: true, plural: false },
  они: { woman: false, plural: true },
  оно: { woman: false, plural: false },
  там: { woman: false, plural: true },
  тот: { woman: false, plural: false },
  та: { woman: true, plural: false },
};

const LONGEST_ASIDE = 40;
const THAT = /^(that|что)$/;

export interface Subject {
  readonly party: Party | null;
  /** The speaker is the one before. */
  readonly goesOn: boolean;
  /** First token of subject and verb group, and the token after them. */
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
  readonly inverted: boolean;
  /** Joined by and/but/а right before. */
  readonly conjoined: boolean;
}

export function findSubject(env: SpeechEnv, hit: CueHit, state: UnitState): Subject | null {
  const { tokens } = env;
  const { cue } = hit;
  const english = cue.lang === 'en';
  let left = hit.from;
  let negated = false;
  let auxiliary = false;
  for (let steps = 0; left > state.unit.from && steps < 10; steps++) {
    const word = foldedAt(tokens, left - 1);
    if (NEGATIONS.has(word)) negated = true;
    if (english && PASSIVE.has(word) && left === hit.from && cue.tense === 'past' && cue.more.length === 0) return null;
    const adverb = english && /ly$/.test(word) && word.length > 4;
    if (AUXILIARIES.has(word) || NEGATIONS.has(word) || adverb || isSign(env, left - 1, "'’")) {
      auxiliary ||= AUXILIARIES.has(word);
      left--;
      continue;
    }
    const channel = channelBack(env, left);
    if (channel > state.unit.from) {
      left = channel;
      continue;
    }
    const closed = isSign(env, left - 1, ',');
    const edge = closed ? left - 1 : left;
    let back = closed ? skipBack(env, edge, state.unit.from) : env.skipEnding.get(edge);
    if (closed && back === edge) back = undefined;
    if (back === undefined || back < state.unit.from) break;
    if (closed && !isSign(env, back - 1, ',')) break;
    left = closed ? back - 1 : back;
  }
  // «маршал, которого цитирует телеканал»: said in passing, of whom.
  if (/^(которого|которую|которых|whom)$/.test(foldedAt(tokens, left - 1))) return null;
  if (english && cue.weak && RELATIVES.has(foldedAt(tokens, left - 1))) return null;
  const word = foldedAt(tokens, left - 1);
  if (english && word === 'to' && left > state.unit.from) return null;
  if (english && cue.tense === 'base' && !auxiliary && !isPluralSubject(env, left)) return null;
  if (
    env.hypotheticalEnd.has(hit.from) &&
    !negated &&
    ['if', 'whether', 'to', 'если', 'чтобы'].includes(foldedAt(tokens, hit.from - 1))
  )
    return null;

  if (english && cue.participle && !isSign(env, hit.from - 1, ',') && !CONJUNCTIONS.has(foldedAt(tokens, hit.from - 1)))
    return null;
  if (english && cue.tense === 'past' && foldedAt(tokens, hit.to) === 'by') return null;
  if (english && cue.lemma === 'ask' && /^(about|whether|if|by|on)$/.test(foldedAt(tokens, hit.to))) return null;
  if (cue.lemma.startsWith('цитир') && /^(его|ее|их)$/.test(foldedAt(tokens, hit.to))) {
    return { party: null, goesOn: true, from: left, to: hit.to, negated, inverted: true, conjoined: true };
  }
  const afterPause = left === state.unit.from || isSign(env, left - 1, ',»”"—–-“');
  const between = afterPause && isSign(env, left - 1, ',') ? insertion(env, hit, state) : null;
  if (between) return { ...between, from: left, negated, inverted: true, conjoined: false };
  const before = cue.participle ? null : subjectEnding(env, left, state, isImpersonal(env, hit));
  if (before && !(afterPause && isSign(env, left - 1, ',') && isInvertedQuote(env, hit, state))) {
    return { ...before, to: hit.to, negated, inverted: false };
  }
  const direct = /^(he|she|they|it|он|она|они|оно|там|тот|та)$/.exec(word);
  if (direct && left - 1 >= state.unit.from) {
    const conjoined = CONJUNCTIONS.has(foldedAt(tokens, left - 2)) || left - 1 === state.unit.from;
    return {
      party: pronoun(env, left - 1),
      goesOn: true,
      from: left - 1,
      to: hit.to,
      negated,
      inverted: false,
      conjoined,
    };
  }
  if (english && DETERMINERS.has(word) && left > state.unit.from) return null;
  if (english && env.phrase.words.adjective.has(word)) return null;
  if (english && cue.lemma === 'ask' && !negated) return null;
  const after = subjectAfter(env, hit, state);
  if (after && (!english || (afterPause && !cue.weak && isClosed(env, after.to, state)))) {
    return { ...after, from: left, negated, inverted: true, conjoined: CONJUNCTIONS.has(word) };
  }
  const first = CONJUNCTIONS.has(word) && state.frames.length === 0 ? firstParty(env, state) : null;
  if (first) return { party: first, goesOn: false, from: left, to: hit.to, negated, inverted: false, conjoined: true };
  const joins = CONJUNCTIONS.has(word) || cue.participle || (isSign(env, left - 1, ',') && state.frames.length > 0);
  if (joins && (state.frames.length > 0 || !english || cue.participle)) {
    return { party: null, goesOn: true, from: left, to: hit.to, negated, inverted: false, conjoined: true };
  }
  if (!english && left === state.unit.from) {
    return { party: null, goesOn: true, from: left, to: hit.to, negated, inverted: false, conjoined: true };
  }
  return null;
}

/** «Баку, отметил Алиев, готов …»: verb and speaker between two commas. */
function insertion(
  env: SpeechEnv,
  hit: CueHit,
  state: UnitState,
): { party: Party; goesOn: boolean; to: number } | null {
  if (hit.cue.participle || hit.cue.weak || hit.cue.lang !== 'ru') return null;
  // «Ереван, утверждает он, …»
  if (PRONOUNS[env.tokens.norm[hit.to] ?? ''] && isSign(env, hit.to + 1, ','))
    return { party: pronoun(env, hit.to), goesOn: true, to: hit.to + 1 };
  const party = env.partyAt.get(hit.to);
  if (!party?.nominative || party.entity.kind === 'body' || party.to >= state.unit.to) return null;
  return isSign(env, party.to, ',') ? { party, goesOn: false, to: party.to } : null;
}

/** The phrase that begins the sentence: subject of a verb joined to one that reports nothing. */
function firstParty(env: SpeechEnv, state: UnitState): Party | null {
  for (let at = state.unit.from; at < state.unit.from + 3; at++) {
    const party = env.partyAt.get(at);
    if (party?.nominative && (party.entity.kind === 'person' || party.entity.kind === 'body')) return party;
  }
  return null;
}

/** «… в интервью «Аль-Джазире» пригрозил»: where the channel before the verb begins, 0 for none. */
function channelBack(env: SpeechEnv, left: number): number {
  const end = isSign(env, left - 1, '»”"') ? left - 1 : left;
  const party = env.partyEnding.get(end);
  if (!party) return 0;
  let at = isSign(env, party.from - 1, '«“"') ? party.from - 1 : party.from;
  if (!/^(интервью|агентству|изданию|газете|телеканалу|порталу|эфире)$/.test(env.tokens.norm[at - 1] ?? '')) return 0;
  at--;
  return /^(в|во)$/.test(env.tokens.norm[at - 1] ?? '') ? at - 1 : at;
}

/** Behind an inverted subject the clause ends or a circumstance follows; a verb there makes it a subject of its own. */
function isClosed(env: SpeechEnv, at: number, state: UnitState): boolean {
  if (at >= state.unit.to - 1 || env.tokens.kind[at] === PUNCT || env.phrase.skipAt.has(at)) return true;
  return /^(in|on|at|during|after|before|by|from|as|who|of|to|when|while)$/.test(env.tokens.norm[at] ?? '');
}

const isPluralSubject = (env: SpeechEnv, left: number): boolean => {
  const word = env.tokens.norm[left - 1] ?? '';
  return (
    // "The rebels, who hold the heights, insist": whoever stands before the clause.
    isSign(env, left - 1, ',') ||
    /s$/.test(word) ||
    word === 'they' ||
    word === 'we' ||
    word === 'i' ||
    env.partyEnding.get(left)?.entity.plural === true
  );
};

const isInvertedQuote = (env: SpeechEnv, hit: CueHit, state: UnitState): boolean =>
  (env.quoteOf[hit.from - 2] ?? -1) >= 0 && hit.from - 2 > state.unit.from && env.partyAt.has(hit.to);

/** The party that ends where the verb group begins; a short stretch or a comma may stand between. */
function subjectEnding(
  env: SpeechEnv,
  left: number,
  state: UnitState,
  impersonal: boolean,
): { party: Party; goesOn: boolean; from: number; conjoined: boolean } | null {
  const { tokens } = env;
  let at = left;
  if (RELATIVES.has(foldedAt(tokens, at - 1))) at--;
  if (isSign(env, at - 1, ',') && at - 1 > state.unit.from) {
    const speaks = (party: Party | undefined): party is Party =>
      party !== undefined &&
      (party.entity.kind === 'person' || isSign(env, party.from - 1, ',') || at < left || isWhole(env, party, state));
    const near = env.partyEnding.get(at - 1);
    const party = speaks(near) ? near : apposed(env, at - 1, state);
    if (!speaks(party)) return explained(env, at - 1, state);
    const whole = pairBefore(env, party, state) ?? named(env, party, state);
    return { party: whole, goesOn: false, from: whole.from, conjoined: isConjoined(env, whole.from, state) };
  }
  if (!env.partyEnding.has(at) && isSign(env, at - 1, '»”")')) at--;
  const unnamed = unnamedEnding(env, at, state);
  if (unnamed)
    return { party: unnamed, goesOn: false, from: unnamed.from, conjoined: isConjoined(env, unnamed.from, state) };
  for (let end = at; end > Math.max(state.unit.from, at - 6); end--) {
    const party = env.partyEnding.get(end);
    if (party && !impersonal && isLocated(env, party, state)) {
      end = party.from;
      continue;
    }
    if (party && party.from >= state.unit.from) {
      const gap = at - end;
      if (gap > 5 || (gap > 0 && party.entity.kind !== 'role' && !isWhereabouts(env, party, end))) return null;
      const pair = pairBefore(env, party, state);
      const from = ownerFrom(env, pair ? pair.from : party.from, state);
      return { party: pair ?? party, goesOn: false, from, conjoined: isConjoined(env, from, state) };
    }
    if (tokens.kind[end - 1] === PUNCT || env.phrase.isCue(end - 1)) return null;
    if (
      CONJUNCTIONS.has(foldedAt(tokens, end - 1)) ||
      foldedAt(tokens, end - 1) === 'that' ||
      foldedAt(tokens, end - 1) === 'что'
    )
      return null;
  }
  return null;
}

/** «Оппозиция в Ереване требует»: a place that says where the subject is, with somebody in front of it. */
const isLocated = (env: SpeechEnv, party: Party, state: UnitState): boolean =>
  /^(в|во|на)$/.test(env.tokens.norm[party.from - 1] ?? '') &&
  party.from - 1 > state.unit.from &&
  env.partyEnding.has(party.from - 1);

/** «В Кремле заявили»: a plural verb whose subject is nobody; a body in a locative speaks. */
const isImpersonal = (env: SpeechEnv, { cue, from }: CueHit): boolean =>
  cue.lang === 'ru' && /(ли|ют|ят|ут|ат)$/.test(foldedAt(env.tokens, from));

/** "The UN mission in Mali said", «миссия ООН в Ливии заявила»: where a body is, between it and the verb. */
const isWhereabouts = (env: SpeechEnv, party: Party, at: number): boolean =>
  party.entity.kind === 'body' && /^(in|for|to|at|near|on|в|во|на|по)$/.test(foldedAt(env.tokens, at));

/** "Angela Merkel's spokesman": where the phrase of the owner begins. */
function ownerFrom(env: SpeechEnv, from: number, state: UnitState): number {
  if (env.tokens.norm[from - 1] !== 's' || !isSign(env, from - 2, "'’")) return from;
  const owner = env.partyEnding.get(from - 2);
  return owner && owner.from >= state.unit.from ? owner.from : from;
}

/**
 * "Martha Pobee, assistant secretary-general for Africa, told …", «Эрдоган, выступая в парламенте, обвинил»: the first
 * phrase of the sentence that a comma or bracket follows, when all between the commas only says who that is or what else
 * is done meanwhile.
 */
function explained(
  env: SpeechEnv,
  comma: number,
  state: UnitState,
): { party: Party; goesOn: boolean; from: number; conjoined: boolean } | null {
  const { tokens } = env;
  const first = Math.max(afterDateline(env, state.unit), comma - LONGEST_ASIDE);
  for (let at = first + 1; at < comma; at++) {
    if (isSaid(env, at)) return null;
    if (!isSign(env, at, ',(')) continue;
    const party = env.partyEnding.get(at);
    const before = foldedAt(tokens, (party?.from ?? 0) - 1);
    const inside = party && party.from > first && DETERMINERS.has(before) && !/^(the|an?)$/.test(before);
    if (!party?.nominative || party.from < first || inside) {
      if (env.phrase.isCue(at + 1)) return null;
      continue;
    }
    for (let between = at + 1; between < comma; between++) {
      if (isSaid(env, between) || isSign(env, between, ':;')) return null;
      if (THAT.test(foldedAt(tokens, between))) return null;
      if (CONJUNCTIONS.has(foldedAt(tokens, between)) && isSign(env, between - 1, ',')) return null;
    }
    const whole = pairBefore(env, party, state) ?? named(env, party, state);
    return { party: whole, goesOn: false, from: whole.from, conjoined: isConjoined(env, whole.from, state) };
  }
  return null;
}

const isSaid = (env: SpeechEnv, at: number): boolean => env.isSpeech[env.quoteOf[at] ?? -1] === true;

/** The phrase begins the sentence, or holds the first of the two commas itself. */
function isWhole(env: SpeechEnv, party: Party, state: UnitState): boolean {
  const article = /^(the|a|an)$/.test(env.tokens.norm[party.from - 1] ?? '') ? 1 : 0;
  if (party.from - article === state.unit.from) return true;
  const first = pairBefore(env, party, state);
  if (first && first.from - 1 <= state.unit.from) return true;
  for (let at = party.from; at < party.to; at++) if (isSign(env, at, ',')) return true;
  return false;
}

/** Two or more words in capitals before the verb that are nobody known: a private person, not named here. */
function unnamedEnding(env: SpeechEnv, to: number, state: UnitState): Party | undefined {
  const { phrase, tokens } = env;
  if (env.partyEnding.has(to)) return undefined;
  let from = to;
  while (from > state.unit.from && to - from < 4 && isCapitalised(phrase, from - 1) && !phrase.inBody[from - 1]) from--;
  if (to - from < 2 || phrase.headAt.has(from) || phrase.placeEnd.has(from)) return undefined;
  if (capitalNameEnd(phrase, from) !== to) return undefined;
  const span = { start: tokens.start[from] ?? 0, end: tokens.start[from] ?? 0, text: '' };
  return { from, to, span, actorSpan: null, actorKind: 'person', entity: UNNAMED, anaphor: false, nominative: true };
}

const isConjoined = (env: SpeechEnv, from: number, state: UnitState): boolean => {
  let at = from;
  const word = (): string => env.tokens.norm[at - 1] ?? '';
  if (word() === 'the' || word() === 'a' || word() === 'an' || word() === 'в' || word() === 'at') at--;
  return at <= state.unit.from || CONJUNCTIONS.has(word());
};

/** "X, a spokesman for Y, said": the phrase that ends at the comma began after a comma behind a name. */
function apposed(env: SpeechEnv, comma: number, state: UnitState): Party | undefined {
  for (let at = comma - 1; at > Math.max(state.unit.from, comma - 24); at--) {
    if (!isSign(env, at, ',')) continue;
    if (comma - at > 13 && !RELATIVES.has(foldedAt(env.tokens, at + 1))) return undefined;
    return env.partyEnding.get(at);
  }
  return undefined;
}

/** When the phrase before the verb is an apposition, the name in front of it speaks. */
function named(env: SpeechEnv, party: Party, state: UnitState): Party {
  if (party.entity.kind === 'person' || !isSign(env, party.from - 1, ',')) return party;
  const front = env.partyEnding.get(party.from - 1);
  return front && front.from >= state.unit.from && front.entity.kind !== 'role' ? front : party;
}

function pairBefore(env: SpeechEnv, party: Party, state: UnitState): Party | undefined {
  const at = env.tokens.norm[party.from - 1] === 'the' ? party.from - 1 : party.from;
  const joins = env.tokens.norm[at - 1];
  if (party.entity.kind !== 'body' || (joins !== 'and' && joins !== 'и')) return undefined;
  const first = env.partyEnding.get(at - 1);
  if (!first || first.from < state.unit.from || first.entity.kind !== 'body') return undefined;
  return joined(first, party, env);
}

/** «сказал в интервью газете La Stampa глава правительства», «рассказал «Коммерсанту» источник»: behind whom it was told to. */
export function mediumEnd(env: SpeechEnv, from: number): number {
  const named = MEDIA.test(env.tokens.norm[from] ?? '');
  const at = named ? from + 1 : from;
  const quote = env.quoteOf[at + 1] ?? -1;
  if (isSign(env, at, '«"“') && quote >= 0) {
    const { closeToken = at } = env.quotes[quote] ?? {};
    // «Коммерсанту», not «Коммерсант»: somebody in the dative is told, one in the nominative tells.
    const dative = /[уюе]$/.test(env.tokens.norm[closeToken - 1] ?? '') && closeToken - at <= 3;
    return (named && !env.isSpeech[quote]) || (dative && isCapitalised(env.phrase, at + 1)) ? closeToken + 1 : from;
  }
  if (!named) return from;
  const party = env.partyAt.get(at);
  return party ? party.to : Math.max(at, capitalNameEnd(env.phrase, at));
}

const MEDIA = /^(газете|агентству|изданию|телеканалу|каналу|порталу|журналу|радиостанции|радио)$/;

function subjectAfter(
  env: SpeechEnv,
  hit: CueHit,
  state: UnitState,
): { party: Party; goesOn: boolean; to: number } | null {
  const { tokens } = env;
  let at = skipOver(env, hit.to, state.unit.to);
  const channel = env.channelAt.get(at);
  if (channel) at = skipOver(env, channel.to, state.unit.to);
  at = skipOver(env, mediumEnd(env, at), state.unit.to);
  const word = tokens.norm[at] ?? '';
  const pronounHere = PRONOUNS[word];
  if (pronounHere && word !== 'it' && word !== 'там') return { party: pronoun(env, at), goesOn: true, to: at + 1 };
  if (/^(the|a|an|в|во)$/.test(word) && env.partyAt.has(at + 1)) at++;
  if (isSign(env, at, '«"“') && env.partyAt.has(at + 1)) at++;
  const party = env.partyAt.get(at);
  if (!party || party.to > state.unit.to || (hit.cue.lang === 'ru' && !party.nominative)) return null;
  if (hit.cue.lang === 'ru' && hit.cue.weak && !isSubjectForm(env, party, hit)) return null;
  return { party, goesOn: false, to: party.to };
}

/** «предлагает США согласовать»: after a verb that takes an addressee, a body in the same place is no subject. */
const isSubjectForm = (env: SpeechEnv, party: Party, hit: CueHit): boolean =>
  party.entity.kind !== 'body' && !env.partyEnding.has(hit.from);

function pronoun(env: SpeechEnv, token: number): Party {
  const { tokens } = env;
  const kind = PRONOUNS[tokens.norm[token] ?? ''] ?? { woman: false, plural: false };
  const entity: Entity = {
    kind: 'pronoun',
    name: null,
    names: { ar: null, en: null },
    office: null,
    actor: null,
    woman: kind.woman,
    plural: kind.plural,
    surname: null,
    head: tokens.norm[token] ?? '',
    belongs: null,
  };
  const span = trimmedSpan(env.phrase.ctx.doc, tokens.start[token] ?? 0, tokens.end[token] ?? 0);
  return {
    from: token,
    to: token + 1,
    span,
    actorSpan: null,
    actorKind: 'person',
    entity,
    anaphor: true,
    nominative: true,
  };
}

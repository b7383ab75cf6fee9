/**
 * One text as the frames of speech see it: who stands where, what is quoted, where a unit of speech begins and ends. A
 * unit is a sentence; a quotation that goes over several joins them.
 */
import type { Analysis } from '../actors/analysis.ts';
import type { Party } from '../actors/parties.ts';
import { normAt, type PhraseEnv } from '../actors/phrase.ts';
import { ARABIC } from '../language.ts';
import type { Mark } from '../lexicon.ts';
import { NUMBER, PUNCT, type Tokens, WORD } from '../tokens.ts';
import { pairQuotes, type Quote } from './quotes.ts';

export interface SpeechEnv {
  readonly phrase: PhraseEnv;
  readonly analysis: Analysis;
  readonly tokens: Tokens;
  readonly quotes: readonly Quote[];
  /** Index of the quotation that a token (or its mark) stands in, -1 for none. */
  readonly quoteOf: Int32Array;
  /** Which quotations are speech, not a name or a title in quotes. */
  readonly isSpeech: readonly boolean[];
  /** Which of the others are a word or two of the speaker's own in the middle of a clause («بقوة كبيرة»). */
  readonly isAside: readonly boolean[];
  readonly partyAt: ReadonlyMap<number, Party>;
  readonly partyEnding: ReadonlyMap<number, Party>;
  readonly attributionAt: ReadonlyMap<number, Mark>;
  readonly mouthpieceAt: ReadonlyMap<number, Mark>;
  readonly channelAt: ReadonlyMap<number, Mark>;
  readonly hypotheticalEnd: ReadonlySet<number>;
  readonly skipEnding: ReadonlyMap<number, number>;
}

export interface Unit {
  readonly from: number;
  readonly to: number;
}

const byStart = (marks: readonly Mark[]): Map<number, Mark> => new Map(marks.map((mark) => [mark.from, mark]));

export function openSpeech(analysis: Analysis): SpeechEnv {
  const { env: phrase, parties } = analysis;
  const { ctx } = phrase;
  const quotes = pairQuotes(ctx);
  const quoteOf = new Int32Array(ctx.tokens.count + 1).fill(-1);
  quotes.forEach((quote, i) => {
    quoteOf.fill(i, quote.openToken, Math.max(quote.closeToken, quote.to - 1) + 1);
  });
  const partyAt = new Map<number, Party>();
  const partyEnding = new Map<number, Party>();
  for (const party of parties) {
    const here = partyAt.get(party.from);
    if (!here || party.to > here.to) partyAt.set(party.from, party);
    const there = partyEnding.get(party.to);
    if (!there || party.from < there.from) partyEnding.set(party.to, party);
  }
  return {
    phrase,
    analysis,
    tokens: ctx.tokens,
    quotes,
    quoteOf,
    isSpeech: quotes.map((quote) => isSpeech(phrase, quote)),
    isAside: quotes.map((quote) => isAside(phrase, quote)),
    partyAt,
    partyEnding,
    attributionAt: byStart(ctx.marks('attribution')),
    mouthpieceAt: byStart(ctx.marks('mouthpiece')),
    channelAt: byStart(ctx.marks('channel')),
    hypotheticalEnd: new Set(ctx.marks('hypothetical').map((mark) => mark.to)),
    skipEnding: new Map(ctx.marks('skip').map((mark) => [mark.to, mark.from])),
  };
}

/** The units of the text, in order. */
export function unitsOf(env: SpeechEnv): Unit[] {
  const { sentenceStarts } = env.tokens;
  const units: Unit[] = [];
  let from = 0;
  for (let s = 1; s < sentenceStarts.length; s++) {
    const to = sentenceStarts[s] ?? env.tokens.count;
    const inside = env.quoteOf[to] ?? -1;
    const goesOn = to < env.tokens.count && inside >= 0 && env.quoteOf[to - 1] === inside;
    if (goesOn || isAuthorBehind(env, to)) continue;
    for (let at = from; at < to; at++) {
      if (isSign(env, at, ';؛') && (env.quoteOf[at] ?? -1) < 0) {
        if (at > from) units.push({ from, to: at + 1 });
        from = at + 1;
      }
    }
    if (to > from) units.push({ from, to });
    from = to;
  }
  return units;
}

/** "Why now?" he asked. «Зачем?» — спросил он: a question mark inside does not end what the author goes on with. */
function isAuthorBehind(env: SpeechEnv, at: number): boolean {
  const { tokens, view } = { tokens: env.tokens, view: env.phrase.ctx.view };
  if (at >= tokens.count || tokens.paragraph[at] !== tokens.paragraph[at - 1] || !isSign(env, at - 1, '"”»'))
    return false;
  const first = isSign(env, at, '—–-') ? at + 1 : at;
  const letter = view.charAt(tokens.start[first] ?? 0);
  return tokens.script[first] !== ARABIC && letter === letter.toLowerCase() && letter !== letter.toUpperCase();
}

const NAMED = new Set(
  (
    'تنظيم جبهه وكاله صحيفه قناه حركه جيش لواء فصيل مجموعه موقع شبكه اذاعه بلده مشروع عمليه newspaper agency channel daily group website operation ' +
    'агентство агентству издание изданию газета газете группировка группировки боевики боевиков отряд отряда телеканал телеканалу террористы террористов фронт организация движение'
  ).split(' '),
);
const LONG = 6;
const SHORT = 4;
const ASIDE = 2;

/** A long quotation is speech; a short one is a name when it is a known actor, stands after "group" or has a capital. */
function isSpeech(env: PhraseEnv, quote: Quote): boolean {
  const words = wordCount(env.ctx.tokens, quote.from, quote.to);
  if (words === 0) return false;
  if (quote.speech) return true;
  const behind = normAt(env, quote.closeToken + 1) + normAt(env, quote.closeToken + 2);
  if (
    words >= 2 &&
    /^,?[—–-]/.test(behind) &&
    env.ctx.tokens.start[quote.closeToken + 1] !== undefined &&
    !NAMED.has(normAt(env, quote.openToken - 1))
  )
    return true;
  const actor = env.actorAt.get(quote.from) ?? env.personAt.get(quote.from);
  if (actor && actor.to >= quote.to) return false;
  if (words >= LONG) return true;
  const before = normAt(env, quote.openToken - 1);
  // متهما «…» بقصف: a few words in the middle of a clause are a name or a word at arm's length.
  if (words <= ASIDE && before !== ':' && goesOnAfter(env, quote.closeToken + 1)) return false;
  if (words <= SHORT && NAMED.has(before.replace(/^[وبلف]?(ال)?/, ''))) return false;
  if (words <= SHORT && NAMED.has(before)) return false;
  if (before === ':' || before === ',' || env.isCue(quote.openToken - 1)) return true;
  const letter = env.ctx.view.charAt(env.ctx.tokens.start[quote.from] ?? 0);
  const ends = /[.,!?،؟…]/.test(normAt(env, quote.to - 1));
  return !(words <= SHORT && letter !== letter.toLowerCase() && !ends);
}

/** No name, and the clause goes on behind it. */
const isAside = (env: PhraseEnv, quote: Quote): boolean =>
  wordCount(env.ctx.tokens, quote.from, quote.to) <= ASIDE &&
  env.ctx.tokens.script[quote.from] === ARABIC &&
  !normAt(env, quote.from).startsWith('ال') &&
  !env.inBody[quote.from] &&
  !env.placeEnd.has(quote.from) &&
  !NAMED.has(normAt(env, quote.openToken - 1).replace(/^[وبلف]?(ال)?/, ''));

/** A word right behind the closing mark that can only go on with the clause: the reporter's, in small letters. */
function goesOnAfter(env: PhraseEnv, at: number): boolean {
  const { tokens } = env.ctx;
  if (tokens.kind[at] !== WORD || tokens.sentence[at] !== tokens.sentence[at - 1] || env.isCue(at)) return false;
  return tokens.script[at] === ARABIC && !/^(و|في|خلال|بعد|قبل|لل)/.test(tokens.norm[at] ?? '') && !env.skipAt.has(at);
}

/** Where the words of a unit begin: behind a dateline (BEIRUT (Reuters) - …; دمشق-سانا …). */
export function afterDateline(env: SpeechEnv, unit: Unit): number {
  const { tokens } = env;
  if (tokens.paragraphStarts[tokens.paragraph[unit.from] ?? 0] !== unit.from) return unit.from;
  let depth = 0;
  for (let at = unit.from; at < Math.min(unit.to, unit.from + LONGEST_DATELINE); at++) {
    if ((env.quoteOf[at] ?? -1) >= 0) return unit.from;
    if (isSign(env, at, '(')) depth++;
    else if (isSign(env, at, ')')) depth--;
    else if (isSign(env, at, '-–—') && depth === 0 && at > unit.from) {
      const spaced = tokens.start[at] !== tokens.end[at - 1] && tokens.end[at] !== tokens.start[at + 1];
      if (spaced) return at + 1;
    } else if (tokens.kind[at] === WORD && depth === 0 && env.phrase.isCue(at)) return unit.from;
  }
  return unit.from;
}

const LONGEST_DATELINE = 10;

/** Words from a token to another, counted no further than a few: enough to tell a phrase from a clause. */
export function wordCount(tokens: Tokens, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to && count < MOST_COUNTED; at++) if (tokens.kind[at] === WORD) count++;
  return count;
}

const MOST_COUNTED = 12;

/** Skips adverbs of time and manner, and dates, that may stand inside a frame. */
export function skipOver(env: SpeechEnv, from: number, limit: number): number {
  let at = from;
  for (;;) {
    const next = env.phrase.skipAt.get(at);
    if (next === undefined || next > limit) return at;
    at = next;
    if (env.tokens.norm[at] === ',' && env.phrase.skipAt.has(at + 1)) at++;
  }
}

/** Steps back over such adverbs. */
export function skipBack(env: SpeechEnv, to: number, limit: number): number {
  let at = to;
  for (;;) {
    const before = env.skipEnding.get(at);
    if (before === undefined || before < limit) return at;
    at = before;
  }
}

/** A colon that opens speech, not one inside a time of day. */
export const isColon = (env: SpeechEnv, token: number): boolean =>
  env.tokens.norm[token] === ':' && !(env.tokens.kind[token - 1] === NUMBER && env.tokens.kind[token + 1] === NUMBER);

export const isSign = (env: SpeechEnv, token: number, signs: string): boolean =>
  env.tokens.kind[token] === PUNCT && signs.includes(env.tokens.norm[token] ?? '\u0000');

/**
 * The words that are said: cuts a frame's stretch into what is quoted and what is told, without tails ("without going
 * into details") and signs at the ends. Every piece is a span of the text.
 */
import { spanAt } from '../document.ts';
import type { Span } from '../model.ts';
import { normalise } from '../normalise.ts';
import { PUNCT } from '../tokens.ts';
import { isSign, type SpeechEnv, wordCount } from './env.ts';
import type { Frame, Range } from './frame.ts';

export interface Content {
  readonly spans: readonly Span[];
  readonly mode: 'direct' | 'indirect' | 'mixed';
  /** Folded first words, commas kept, for judging the act. */
  readonly first: readonly string[];
  readonly ranges: readonly Range[];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' ').map((word) => normalise(word)));
/** After a comma these begin what the reporter adds. */
const TAILS = set(
  'دون وذلك إشارة تعليقا ردا بحسب وفق وفقا حسب نقلا without referring according adding не по сообщает передает передают пишет',
);
const SHORT_QUOTE = 3;
const JUDGED = 12;

/** The content between two tokens. `quotesOnly` leaves out what stands between quotations. */
export function contentOf(env: SpeechEnv, frame: Frame, from: number, to: number): Content | null {
  const pieces: { range: Range; quoted: boolean }[] = [];
  let scare = false;
  let start = from;
  const flush = (end: number): void => {
    if (!frame.quotesOnly && wordCount(env.tokens, start, end) > 0)
      pieces.push({ range: { from: start, to: end }, quoted: false });
  };
  let at = from;
  while (at < to) {
    const index = env.quoteOf[at] ?? -1;
    const quote = index >= 0 ? env.quotes[index] : undefined;
    if (!quote || !env.isSpeech[index] || quote.to <= from) {
      if (quote && env.isAside[index] && quote.from >= from && quote.to <= to) scare = true;
      at++;
      continue;
    }
    if (!frame.quotesOnly && wordCount(env.tokens, quote.from, quote.to) < SHORT_QUOTE && at > start) {
      scare = true;
      at = quote.closeToken + 1;
      continue;
    }
    flush(quote.openToken);
    pieces.push({ range: { from: Math.max(from, quote.from), to: Math.min(quote.to, to) }, quoted: true });
    at = Math.max(at + 1, quote.closeToken + 1);
    start = at;
    if (isSign(env, at, '،,.') && !frame.quotesOnly && startsTail(env, at + 1)) {
      start = to;
      break;
    }
  }
  if (start < to) flush(cutTail(env, start, to, start === from && !THAT.test(env.tokens.norm[from - 1] ?? '')));
  const spans: Span[] = [];
  const ranges: Range[] = [];
  let quoted = 0;
  for (const piece of pieces) {
    const span = spanOf(env, piece.range, piece.quoted);
    if (!span) continue;
    spans.push(span);
    ranges.push(piece.range);
    if (piece.quoted) quoted++;
  }
  if (spans.length === 0) return null;
  const mode = quoted === spans.length ? 'direct' : quoted > 0 || scare ? 'mixed' : 'indirect';
  return { spans, mode, first: firstWords(env, ranges), ranges };
}

const startsTail = (env: SpeechEnv, at: number): boolean =>
  TAILS.has(env.tokens.norm[at] ?? '') || env.phrase.isCue(at);

/** A verb of reporting soon behind: the other clause tells of another statement. */
const hasCueAhead = (env: SpeechEnv, from: number): boolean => {
  for (let at = from; at < from + 10; at++) if (env.analysis.cues.at(env.tokens, at)?.cue.weak === false) return true;
  return false;
};

const isComment = (env: SpeechEnv, at: number): boolean =>
  (/^(غير|الا|بيد)$/.test(env.tokens.norm[at] ?? '') &&
    /^ان/.test(env.tokens.norm[at + 1] ?? '') &&
    hasCueAhead(env, at + 2)) ||
  (/^(وهو|وهي)$/.test(env.tokens.norm[at] ?? '') && env.tokens.norm[at + 1] === 'ما');

/** Ends told content before a comma and what the reporter adds. */
const THAT = /^(ب?ان|ب?انه|ب?انها|ب?انهم|فان|that|что)$/;
/** After what is accepted, offered or refused (a thing, no clause) these begin somebody else's sentence. */
const OTHERS = /^(بينما|فيما|while|whereas)$/;
const isOthers = (env: SpeechEnv, at: number): boolean =>
  OTHERS.test(env.tokens.norm[at] ?? '') ||
  (env.tokens.norm[at] === 'في' && env.tokens.norm[at + 1] === 'حين') ||
  (/^an?$/.test(env.tokens.norm[at] ?? '') &&
    /^(offer|proposal|move|step|plan|idea|call|demand|claim|charge)$/.test(env.tokens.norm[at + 1] ?? ''));

function cutTail(env: SpeechEnv, from: number, to: number, isThing: boolean): number {
  for (let at = from + 2; at < to - 1; at++) {
    if (
      isSign(env, at, '،,') &&
      (isAsTold(env, at + 1) ||
        (isThing && isOthers(env, at + 1)) ||
        isComment(env, at + 1) ||
        (TAILS.has(env.tokens.norm[at + 1] ?? '') && !isNegatedClause(env, at + 1)))
    )
      return at;
  }
  return to;
}

/** …، على ما نقلت عنه وسائل الإعلام. */
const isAsTold = (env: SpeechEnv, at: number): boolean =>
  env.tokens.norm[at] === 'علي' && env.tokens.norm[at + 1] === 'ما' && env.phrase.isCue(at + 2);

const isNegatedClause = (env: SpeechEnv, at: number): boolean =>
  env.tokens.norm[at] === 'не' && !/(в|я|ив|ая)$/.test(env.tokens.norm[at + 1] ?? '');

/** Trims signs and conjunctions at the ends; a question or exclamation mark goes with the full stop. */
function spanOf(env: SpeechEnv, range: Range, quoted: boolean): Span | null {
  const { tokens } = env;
  let { from, to } = range;
  while (from < to && tokens.kind[from] === PUNCT && !isSign(env, from, '(') && !opensInside(env, from, to)) from++;
  while (to > from && isLoose(env, to - 1, from)) to--;
  if (!quoted)
    while (to > from && /^(و|ف|and|but|while|а|и|но|كما|لكنه|ثم|the|a)$/.test(tokens.norm[to - 1] ?? '')) to--;
  while (to > from && isLoose(env, to - 1, from)) to--;
  if (to <= from) return null;
  return spanAt(env.phrase.ctx.doc, tokens.start[from] ?? 0, tokens.end[to - 1] ?? 0);
}

/** The mark opens a quotation that closes inside: it stays. */
function opensInside(env: SpeechEnv, at: number, to: number): boolean {
  const quote = env.quotes[env.quoteOf[at] ?? -1];
  return quote !== undefined && quote.openToken === at && quote.closeToken < to - 1;
}

/** A sign that may be cut off the end: not one that closes what was opened inside. */
function isLoose(env: SpeechEnv, at: number, from: number): boolean {
  if (env.tokens.kind[at] !== PUNCT || isSign(env, at, ')%')) return false;
  const quote = env.quotes[env.quoteOf[at] ?? -1];
  return !(quote && quote.closeToken === at && quote.openToken >= from);
}

function firstWords(env: SpeechEnv, ranges: readonly Range[]): string[] {
  const first: string[] = [];
  for (const range of ranges) {
    for (let at = range.from; at < range.to && first.length < JUDGED; at++) {
      if (env.tokens.kind[at] !== PUNCT || isSign(env, at, ',،')) first.push(env.tokens.norm[at] ?? '');
    }
  }
  return first;
}

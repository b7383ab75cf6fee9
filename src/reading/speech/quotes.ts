/**
 * Pairs quotation marks as people type them: a closing mark used as an opening one, straight marks, guillemets that go
 * over paragraphs, each paragraph opened anew, a dash before speech. A pair is only a place in the text; whether it is
 * speech or a name in quotes is decided here too, by what stands in it.
 */
import type { ReaderContext } from '../context.ts';
import { CYRILLIC } from '../language.ts';
import { PUNCT } from '../tokens.ts';

export interface Quote {
  /** Tokens inside, end exclusive; the marks stay out. */
  readonly from: number;
  readonly to: number;
  /** Tokens with the marks. */
  readonly openToken: number;
  readonly closeToken: number;
  /** Known to be speech by its dashes, however short. */
  readonly speech?: boolean;
}

const CURLY = new Set(['“', '”', '"', '„', '‟', '″']);
const OPEN_ANGLE = new Set(['«', '‹']);
const CLOSE_ANGLE = new Set(['»', '›']);
const DASHES = new Set(['—', '–', '-']);
/** A quotation without an end closes with its paragraph; one over more paragraphs than this is a typing error. */
const MOST_PARAGRAPHS = 4;

/** Every quotation of the text in order, without overlaps. */
export function pairQuotes(ctx: ReaderContext): Quote[] {
  const quotes: Quote[] = [];
  const { tokens } = ctx;
  let lastCloser = tokens.count - 1;
  while (lastCloser >= 0 && !CLOSE_ANGLE.has(tokens.norm[lastCloser] ?? '')) lastCloser--;
  for (let at = 0; at < tokens.count; ) {
    const sign = tokens.kind[at] === PUNCT ? (tokens.norm[at] ?? '') : '';
    const close = CURLY.has(sign)
      ? closeCurly(ctx, at)
      : OPEN_ANGLE.has(sign) || (CLOSE_ANGLE.has(sign) && startsWord(ctx, at))
        ? at < lastCloser
          ? closeAngle(ctx, at)
          : 0
        : 0;
    if (close > at + 1) {
      const closed = isMark(ctx, close);
      for (const part of aroundAuthor(ctx, at + 1, close)) {
        quotes.push({
          ...part,
          openToken: part.from === at + 1 ? at : part.from - 1,
          closeToken: part.to === close ? (closed ? close : close - 1) : part.to - 1,
        });
      }
      at = closed ? close + 1 : close;
    } else if (isSpeechDash(ctx, at)) {
      at = dashSpeech(ctx, at, quotes);
    } else at++;
  }
  return quotes;
}

const isMark = (ctx: ReaderContext, at: number): boolean =>
  ctx.tokens.kind[at] === PUNCT && (CURLY.has(ctx.tokens.norm[at] ?? '') || CLOSE_ANGLE.has(ctx.tokens.norm[at] ?? ''));

const LONGEST_AUTHOR = 14;

/** «Speech, — said X. — More speech»: the author's words between dashes are taken out of the quotation. */
function aroundAuthor(ctx: ReaderContext, from: number, to: number): Pick<Quote, 'from' | 'to' | 'speech'>[] {
  const { tokens } = ctx;
  let first = 0;
  for (let at = from + 1; at < to; at++) {
    if (!DASHES.has(tokens.norm[at] ?? '') || !/^[,.!?…]$/.test(tokens.norm[at - 1] ?? '')) continue;
    if (first > 0 && at - first <= LONGEST_AUTHOR) {
      return [
        { from, to: first - 1, speech: true },
        { from: at + 1, to, speech: true },
      ];
    }
    first = at;
  }
  return [{ from, to }];
}

/** A gap before the mark and none behind it. */
function startsWord(ctx: ReaderContext, at: number): boolean {
  const { tokens } = ctx;
  return tokens.start[at] !== tokens.end[at - 1] && tokens.end[at] === tokens.start[at + 1];
}

function paragraphEnd(ctx: ReaderContext, at: number): number {
  return ctx.tokens.paragraphStarts[(ctx.tokens.paragraph[at] ?? 0) + 1] ?? ctx.tokens.count;
}

/** The mark that closes a curly or straight one in the same paragraph; the paragraph's end when none does. */
function closeCurly(ctx: ReaderContext, open: number): number {
  const { tokens } = ctx;
  const end = paragraphEnd(ctx, open);
  for (let at = open + 1; at < end; at++) {
    if (tokens.kind[at] === PUNCT && CURLY.has(tokens.norm[at] ?? '')) return at;
  }
  const opensNext = tokens.kind[end] === PUNCT && CURLY.has(tokens.norm[end] ?? '');
  return opensNext || (tokens.norm[open] === '“' && end - open > 3) ? end : 0;
}

function closeAngle(ctx: ReaderContext, open: number): number {
  const { tokens } = ctx;
  const first = tokens.paragraph[open] ?? 0;
  let depth = 1;
  let own = 0;
  for (let at = open + 1; at < tokens.count && (tokens.paragraph[at] ?? 0) - first < MOST_PARAGRAPHS; at++) {
    const sign = tokens.kind[at] === PUNCT ? (tokens.norm[at] ?? '') : '';
    if (OPEN_ANGLE.has(sign)) {
      // Opened anew at the head of a paragraph: still the same quotation.
      if (tokens.paragraphStarts[tokens.paragraph[at] ?? 0] === at) continue;
      if (tokens.paragraph[at] !== first) return own || 0;
      depth++;
    } else if (CLOSE_ANGLE.has(sign)) {
      depth--;
      if (depth === 0) return at;
      own = at;
    }
  }
  return own;
}

/** Russian dialogue: a dash at the head of a paragraph. */
function isSpeechDash(ctx: ReaderContext, at: number): boolean {
  const { tokens } = ctx;
  return (
    tokens.script[at + 1] === CYRILLIC &&
    DASHES.has(tokens.norm[at] ?? '') &&
    tokens.paragraphStarts[tokens.paragraph[at] ?? 0] === at &&
    tokens.paragraph[at + 1] === tokens.paragraph[at]
  );
}

/** — Speech, — said X. — More speech. The author's words are the second part. Returns where to go on. */
function dashSpeech(ctx: ReaderContext, open: number, quotes: Quote[]): number {
  const { tokens } = ctx;
  const end = paragraphEnd(ctx, open);
  let from = open + 1;
  let speech = true;
  for (let at = open + 1; at <= end; at++) {
    const breaks = at === end || (DASHES.has(tokens.norm[at] ?? '') && /[,.!?…]/.test(tokens.norm[at - 1] ?? ''));
    if (!breaks) continue;
    if (speech && at - from > 1)
      quotes.push({ from, to: at - 1, openToken: from - 1, closeToken: at - 1, speech: true });
    speech = !speech;
    from = at + 1;
  }
  return end;
}

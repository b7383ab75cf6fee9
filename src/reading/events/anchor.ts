/** Where a span of another stage stands among the tokens, and how far two stretches are apart. Nothing else. */
import type { Span } from '../model.ts';
import { PUNCT, type Tokens } from '../tokens.ts';

export interface Anchored<T> {
  readonly value: T;
  /** Position in the stage's own list. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** First token that ends after the offset (binary search). */
export function tokenAt(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens.end[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function anchor<T extends { readonly span: Span }>(tokens: Tokens, values: readonly T[]): Anchored<T>[] {
  return values.map((value, index) => {
    const from = tokenAt(tokens, value.span.start);
    return { value, index, from, to: Math.max(from + 1, tokenAt(tokens, value.span.end - 1) + 1) };
  });
}

export const within = (from: number, range: { readonly from: number; readonly to: number }): boolean =>
  from >= range.from && from < range.to;

/** Tokens between two stretches, 0 when they touch or overlap. */
export function gapBetween(a: { from: number; to: number }, b: { from: number; to: number }): number {
  if (a.to <= b.from) return b.from - a.to;
  return b.to <= a.from ? a.from - b.to : 0;
}

const HARD = new Set([':', '.', '؛', ';', '!', '؟', '?']);

/** True when a colon or a stop stands between two tokens. */
export function hasStop(tokens: Tokens, from: number, to: number): boolean {
  for (let i = Math.min(from, to); i < Math.max(from, to); i++) {
    if (tokens.kind[i] === PUNCT && HARD.has(tokens.norm[i] ?? '')) return true;
  }
  return false;
}

/**
 * Cuts a report's words into runs, each with the claims that were read from it. Pure. Spans may overlap, touch, be
 * empty, stand out of order or point outside the text (they come from data): no letter is ever lost or shown twice.
 */
import type { ApiClaim } from '../../../src/server/api/types.ts';

export interface Segment {
  readonly start: number;
  readonly text: string;
  /** Indexes into the claims, in their order. */
  readonly claims: readonly number[];
}

/** Segments whose texts joined give the document again. */
export function segmentsOf(document: string, claims: readonly ApiClaim[]): Segment[] {
  const spans = claims.flatMap((claim, index) =>
    claim.spans
      .map((span) => ({ start: clamp(span.start, document), end: clamp(span.end, document), index }))
      .filter((span) => span.end > span.start),
  );
  const edges = [...new Set([0, document.length, ...spans.flatMap((span) => [span.start, span.end])])].sort(
    (a, b) => a - b,
  );
  return edges.slice(0, -1).map((start, at) => {
    const end = edges[at + 1] ?? document.length;
    const covering = spans.filter((span) => span.start <= start && span.end >= end).map((span) => span.index);
    return { start, text: document.slice(start, end), claims: [...new Set(covering)] };
  });
}

/** The words of a claim, as they stand in the document. */
export const wordsOf = (document: string, claim: ApiClaim): string[] =>
  claim.spans
    .map((span) => document.slice(clamp(span.start, document), clamp(span.end, document)))
    .filter((words) => words !== '');

const clamp = (offset: number, document: string): number =>
  Number.isInteger(offset) ? Math.min(document.length, Math.max(0, offset)) : 0;

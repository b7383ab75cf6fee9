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

/** The words of a claim, as they stand in the document; the same words once. */
export const wordsOf = (document: string, claim: ApiClaim): string[] => [
  ...new Set(
    claim.spans
      .map((span) => document.slice(clamp(span.start, document), clamp(span.end, document)).trim())
      .filter((words) => words !== ''),
  ),
];

/** Letters above which a span, and all spans of a claim together, are whole sentences rather than the words of a value. */
const WIDE = 36;
const WIDE_TOGETHER = 100;

const lettersOf = (claim: ApiClaim): number => claim.spans.reduce((sum, span) => sum + span.end - span.start, 0);

/**
 * The claim to show for a segment: of those that cover it, the one with the fewest letters, so that a place inside a
 * sentence is seen as a place. Claims that rest on whole sentences are shown only when asked for: -1 then.
 */
export function narrowest(segment: Segment, claims: readonly ApiClaim[]): number {
  let best = -1;
  let fewest = WIDE + 1;
  for (const index of segment.claims) {
    const claim = claims[index];
    if (!claim || lettersOf(claim) > WIDE_TOGETHER) continue;
    const covering = claim.spans.find((span) => span.start <= segment.start && span.end > segment.start);
    const letters = covering ? covering.end - covering.start : Number.POSITIVE_INFINITY;
    if (letters < fewest) {
      best = index;
      fewest = letters;
    }
  }
  return best;
}

const QUOTED = 48;

/** A quotation short enough for a list: cut at a word, with the sign of the cut. */
export function shortQuote(words: string): string {
  if (words.length <= QUOTED) return words;
  const cut = words.lastIndexOf(' ', QUOTED);
  return `${words.slice(0, cut > 20 ? cut : QUOTED)}…`;
}

const clamp = (offset: number, document: string): number =>
  Number.isInteger(offset) ? Math.min(document.length, Math.max(0, offset)) : 0;

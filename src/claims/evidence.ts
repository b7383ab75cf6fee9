/**
 * The words behind each value of an event: the reader ties an event to its sentences, this ties each field to the date,
 * figure, place or words inside them. Where nothing narrower is found, the event's own sentences are the evidence.
 */
import type { Count } from '../core/index.ts';
import type { EventClaim, Figure, Reading, Span } from '../reading/index.ts';
import type { ClaimSpan } from './model.ts';

const bare = ({ start, end }: Span): ClaimSpan => ({ start, end });
const within = (inner: Span, outers: readonly Span[]): boolean =>
  outers.some((outer) => inner.start >= outer.start && inner.end <= outer.end);

/** Prefers candidates inside the event's own sentences. */
function nearest(candidates: readonly Span[], event: EventClaim): ClaimSpan[] {
  const inside = candidates.filter((span) => within(span, event.spans));
  const chosen = inside[0] ?? candidates[0];
  return chosen ? [bare(chosen)] : [];
}

export const wholeEvent = (event: EventClaim): ClaimSpan[] => event.spans.map(bare);

/** The date expression whose value is the event's start; empty when the day of publication was taken. */
export function dateEvidence(reading: Reading, event: EventClaim): ClaimSpan[] {
  const day = event.start?.slice(0, 10);
  if (!day) return [];
  return nearest(
    reading.dates.filter(({ value }) => value === event.start || value?.slice(0, 10) === day).map(({ span }) => span),
    event,
  );
}

export function placeEvidence(reading: Reading, event: EventClaim): ClaimSpan[] {
  return event.places.flatMap((index) => reading.places[index] ?? []).map(({ span }) => bare(span));
}

/** The first occurrence of words inside the event's sentences, else in the document. */
export function wordsEvidence(document: string, words: string | null, event: EventClaim): ClaimSpan[] {
  if (!words) return [];
  for (const span of event.spans) {
    const at = document.indexOf(words, span.start);
    if (at !== -1 && at + words.length <= span.end) return [{ start: at, end: at + words.length }];
  }
  const at = document.indexOf(words);
  return at === -1 ? [] : [{ start: at, end: at + words.length }];
}

/** The figures that carry a toll. */
export function tollEvidence(
  reading: Reading,
  event: EventClaim,
  unit: 'deaths' | 'injured',
  count: Count,
): ClaimSpan[] {
  const fits = (figure: Figure): boolean =>
    figure.unit === unit &&
    (figure.value === count.low || figure.value === count.high || Math.abs(figure.value - (count.low ?? 0)) <= 1);
  return nearest(
    reading.figures.filter(fits).map(({ span }) => span),
    event,
  );
}

/**
 * The second reader's claims beside those in force: what both read alike, what they read differently, what only the second
 * read. Pure. Agreement counts; everything else goes to a person and changes nothing by itself.
 */
import { CLAIM_FIELDS, type Claim, type ClaimField, type ClaimSpan, type NewClaim } from '../model.ts';
import { sameValue } from '../same-value.ts';
import type { SecondEvent } from './second-claims.ts';

export interface Comparison {
  readonly event: number;
  readonly field: ClaimField;
  readonly outcome: 'agreed' | 'differs' | 'only_second';
  readonly value: NewClaim['value'];
  readonly spans: readonly ClaimSpan[];
}

/** Fields that name the same thing in words of each reader's own: told apart they are no quarrel. */
const WORDED = new Set<ClaimField>(['weapon']);

/** `inForce` are the claims of one report. Silence of a reader is no disagreement. */
export function compareReaders(inForce: readonly Claim[], events: readonly SecondEvent[]): Comparison[] {
  const compared: Comparison[] = [];
  const taken = new Set<number>();
  let next = inForce.reduce((most, { event }) => Math.max(most, event + 1), 0);
  for (const { sentences, claims } of events) {
    const number = eventAt(inForce, sentences, taken) ?? next++;
    taken.add(number);
    for (const { field, value, spans } of claims) {
      const first = inForce.find((claim) => claim.event === number && claim.field === field);
      if (first && WORDED.has(field)) continue;
      const outcome = !first ? 'only_second' : agrees(field, first, value) ? 'agreed' : 'differs';
      compared.push({ event: number, field, outcome, value, spans });
    }
  }
  return compared.sort((a, b) => a.event - b.event || CLAIM_FIELDS.indexOf(a.field) - CLAIM_FIELDS.indexOf(b.field));
}

/** A day and an hour of that day agree; an actor known by words only agrees with the same words. */
function agrees(field: ClaimField, first: Claim, value: NewClaim['value']): boolean {
  if (field === 'start' || field === 'end') {
    const [a, b] = [String(first.value), String(value)];
    return a === b || ((a.includes('T') || b.includes('T')) && a.slice(0, 10) === b.slice(0, 10));
  }
  return sameValue(field, first.value, value);
}

/** The event whose words share most letters with these sentences, among those that no other answer took. */
function eventAt(
  inForce: readonly Claim[],
  sentences: readonly ClaimSpan[],
  taken: ReadonlySet<number>,
): number | null {
  let best: number | null = null;
  let most = 0;
  const events = new Map<number, ClaimSpan[]>();
  for (const { event, field, spans } of inForce)
    if (field === 'type' || !events.has(event)) events.set(event, [...(events.get(event) ?? []), ...spans]);
  for (const [event, spans] of events) {
    if (taken.has(event)) continue;
    let shared = 0;
    for (const a of spans)
      for (const b of sentences) shared += Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
    if (shared > most) {
      best = event;
      most = shared;
    }
  }
  return best;
}

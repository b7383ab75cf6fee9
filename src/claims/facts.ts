/** Claims in force → the facts of each event. A rejected claim says nothing; a correction speaks for what it corrected. Pure. */
import { UNKNOWN_COUNT } from '../core/index.ts';
import type { Claim, ClaimField, ClaimValues, EventFacts } from './model.ts';

/** The newest version of each field of each event. */
export function claimsInForce(claims: readonly Claim[]): Claim[] {
  const newest = new Map<string, Claim>();
  for (const claim of claims) {
    const key = `${claim.report}\u0000${claim.event}\u0000${claim.field}`;
    const known = newest.get(key);
    if (!known || claim.version > known.version) newest.set(key, claim);
  }
  return [...newest.values()];
}

/** The facts of every event that the claims tell of, by report and number. */
export function factsOf(claims: readonly Claim[]): EventFacts[] {
  const events = new Map<string, Claim[]>();
  for (const claim of claimsInForce(claims)) {
    if (claim.standing === 'rejected') continue;
    const key = `${claim.report}\u0000${String(claim.event).padStart(6, '0')}`;
    events.set(key, [...(events.get(key) ?? []), claim]);
  }
  return [...events.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => factsOfEvent(group));
}

function factsOfEvent(group: readonly Claim[]): EventFacts {
  const first = group[0];
  const value = <Field extends ClaimField>(field: Field): ClaimValues[Field] | null =>
    (group.find((claim) => claim.field === field)?.value as ClaimValues[Field] | undefined) ?? null;
  return {
    report: first?.report ?? '',
    event: first?.event ?? 0,
    type: value('type'),
    start: value('start'),
    end: value('end'),
    place: value('place'),
    actor: value('actor'),
    victim: value('victim'),
    target: value('target'),
    weapon: value('weapon'),
    killed: value('killed') ?? UNKNOWN_COUNT,
    injured: value('injured') ?? UNKNOWN_COUNT,
    aggregate: value('aggregate') ?? false,
    alleged: group.some((claim) => claim.alleged),
    by: group.find((claim) => claim.by !== null)?.by ?? null,
  };
}

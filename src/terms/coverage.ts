/**
 * Whether an incident is inside the terms: yes, no, contested or unknown, and who says so. A pure decision over what
 * the reports claim; it never gives a verdict on a party, and every answer names whose words it rests on.
 */
import type { Day } from '../core/index.ts';
import { actorById, type Instrument, type TermsActor } from './model.ts';

export type InTermsValue = 'yes' | 'no' | 'contested' | 'unknown';

export interface InTerms {
  readonly value: InTermsValue;
  /** Who says so: source names, or `terms` where the dates alone decide. */
  readonly by: readonly string[];
  /** Message key of the reason; its params are `parties`. */
  readonly reason:
    | 'before-start'
    | 'no-party-named'
    | 'excluded-attacker'
    | 'excluded-target'
    | 'outside-actor'
    | 'parties-named'
    | 'sources-disagree';
  readonly parties: readonly string[];
}

/** What one origin claims about who did it and to whom (actor codes; null is not said). */
export interface PartyClaim {
  readonly source: string;
  readonly actor: string | null;
  readonly victim: string | null;
}

export const isExcludedOn = (actor: TermsActor | undefined, day: Day): boolean =>
  actor?.designation != null &&
  actor.standing === 'excluded' &&
  actor.designation.from <= day &&
  (actor.designation.until === null || day <= actor.designation.until);

/** Folds what each origin claims into one of the four values. An incident before the start is outside by its date. */
export function decideInTerms(instrument: Instrument, startDay: Day, day: Day, claims: readonly PartyClaim[]): InTerms {
  if (day < startDay) return { value: 'no', by: ['terms'], reason: 'before-start', parties: [] };
  const judged = claims.map((claim) => ({ claim, verdict: judgeClaim(instrument, day, claim) }));
  const said = judged.filter(({ verdict }) => verdict !== null);
  if (said.length === 0) return { value: 'unknown', by: [], reason: 'no-party-named', parties: [] };
  const inside = said.filter(({ verdict }) => verdict === 'parties-named');
  const outside = said.filter(({ verdict }) => verdict !== 'parties-named');
  const by = unique(said.map(({ claim }) => claim.source));
  const parties = unique(said.flatMap(({ claim }) => [claim.actor, claim.victim]).filter((code) => code !== null));
  if (inside.length > 0 && outside.length > 0) return { value: 'contested', by, reason: 'sources-disagree', parties };
  if (inside.length > 0) return { value: 'yes', by, reason: 'parties-named', parties };
  return { value: 'no', by, reason: outside[0]?.verdict ?? 'outside-actor', parties };
}

function judgeClaim(instrument: Instrument, day: Day, claim: PartyClaim): InTerms['reason'] | null {
  const attacker = claim.actor === null ? undefined : actorById(instrument, claim.actor);
  const victim = claim.victim === null ? undefined : actorById(instrument, claim.victim);
  if (isExcludedOn(attacker, day)) return 'excluded-attacker';
  if (isExcludedOn(victim, day)) return 'excluded-target';
  if (!attacker) return null;
  return attacker.standing === 'party' ? 'parties-named' : 'outside-actor';
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

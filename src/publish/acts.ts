/**
 * What two persons of two organisations decided about an incident: dismissed, attributed to a party, withdrawn from
 * publication. Each can be undone the same way; what is in force is a fold in their order. Pure.
 */
import type { Instant } from '../core/index.ts';
import type { PublicIncident, PublicToll } from './model.ts';

export const INCIDENT_ACTS = ['incident.dismiss', 'incident.attribute', 'publication.withdraw'] as const;
export type IncidentActKind = (typeof INCIDENT_ACTS)[number];

/** An act in force, as everyone sees it. */
export interface IncidentAct {
  readonly act: IncidentActKind;
  /** Only of an attribution. */
  readonly party: string | null;
  readonly reason: string;
  /** The organisations whose persons approved it: who says so. */
  readonly by: readonly string[];
  readonly at: Instant;
  readonly proposal: string;
}

export interface ActRow extends IncidentAct {
  readonly incident: string;
  readonly undo: boolean;
}

const isSame = (a: Pick<IncidentAct, 'act' | 'party'>, b: Pick<IncidentAct, 'act' | 'party'>): boolean =>
  a.act === b.act && a.party === b.party;

/** The acts in force, from all rows of one incident in their order. */
export function actsInForce(rows: readonly ActRow[]): IncidentAct[] {
  let force: IncidentAct[] = [];
  for (const { undo, incident: _incident, ...act } of rows) {
    force = force.filter((one) => !isSame(one, act));
    if (!undo) force.push(act);
  }
  return force;
}

/** Whether doing (or undoing) this would change anything. */
export const changesAnything = (
  force: readonly IncidentAct[],
  asked: Pick<ActRow, 'act' | 'party' | 'undo'>,
): boolean => force.some((one) => isSame(one, asked)) === asked.undo;

const NOBODY_KNOWS: PublicToll = { low: null, high: null, byOrigin: [] };

/** The public incident under the acts in force. A dismissed one stays listed; of a withdrawn one a stub stays. */
export function underActs(shown: PublicIncident, acts: readonly IncidentAct[]): PublicIncident {
  if (acts.length === 0) return shown;
  if (acts.some(({ act }) => act === 'publication.withdraw')) return stubOf(shown, acts);
  const isDismissed = acts.some(({ act }) => act === 'incident.dismiss');
  return { ...shown, acts, status: isDismissed ? 'dismissed' : shown.status };
}

/** Day, kind of event and the reason stay, so that nobody can wonder where it went; everything else is gone. */
function stubOf(shown: PublicIncident, acts: readonly IncidentAct[]): PublicIncident {
  return {
    id: shown.id,
    type: shown.type,
    place: { id: null, name: { ar: '', en: '', ru: '' }, precision: 'country', area: null },
    point: null,
    day: shown.day,
    start: null,
    slot: null,
    killed: NOBODY_KNOWS,
    injured: NOBODY_KNOWS,
    allegedParties: [],
    contested: false,
    reports: [],
    origins: 0,
    inTerms: { ...shown.inTerms, value: 'unknown', reason: 'no-party-named', by: [], parties: [] },
    status: 'withdrawn',
    proposed: false,
    acts: acts.filter(({ act }) => act === 'publication.withdraw'),
  };
}

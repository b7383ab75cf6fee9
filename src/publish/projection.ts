/** An incident with its members → the public incident. The only way from exact values to published ones. Pure. */

import type { ClaimedPlace, EventFacts } from '../claims/index.ts';
import type { Day } from '../core/index.ts';
import { isCoarser } from '../core/index.ts';
import type { FoldedIncident } from '../incidents/index.ts';
import type { Gazetteer } from '../places/index.ts';
import { decideInTerms, type Instrument, type PartyClaim } from '../terms/index.ts';
import { type Census, isProtectedIncident, publishWhen, publishWhere } from './coarsen.ts';
import type { IncidentStatus, PublicIncident, PublicPlace } from './model.ts';

/** What the projection needs of one member. */
export interface MemberFacts {
  readonly report: string;
  readonly source: string;
  readonly sealed: boolean;
  readonly facts: EventFacts;
}

export interface ProjectionTools {
  readonly instrument: Instrument;
  readonly startDay: Day;
  readonly gazetteer: Gazetteer;
  /** How many places of protection a cell may hold: settlements stand in for a list of them, which nobody should keep. */
  readonly census: Census;
}

/** Projects one incident. `day` is its calendar day; an incident without one is not published. */
export function projectIncident(
  tools: ProjectionTools,
  incident: { readonly id: string; readonly day: Day; readonly folded: FoldedIncident; readonly confirmed: boolean },
  members: readonly MemberFacts[],
): PublicIncident {
  const { folded } = incident;
  const guarded = isProtectedIncident([folded.target, ...members.map(({ facts }) => facts.target)]);
  const where = publishWhere(folded.place?.point ?? null, folded.place?.precision ?? 'country', guarded, tools.census);
  const when = publishWhen(folded.start ?? incident.day, tools.instrument.timeZone, guarded);
  return {
    id: incident.id,
    type: folded.type,
    place: publicPlace(openPlace(folded.place, members), guarded, tools),
    point: where.point,
    day: incident.day,
    start: folded.start === null ? null : when.day,
    slot: when.slot,
    killed: folded.killed,
    injured: folded.injured,
    allegedParties: folded.allegedParties,
    contested: folded.contested,
    reports: [...new Set(members.map(({ report }) => report))],
    origins: folded.origins.length,
    inTerms: decideInTerms(tools.instrument, tools.startDay, incident.day, members.map(partyClaim)),
    status: statusOf(folded),
    proposed: !incident.confirmed,
    acts: [],
  };
}

/** A place that is known by words only keeps them where a public report uses them; words of a sealed one stay sealed. */
export function openPlace(place: ClaimedPlace | null, members: readonly MemberFacts[]): ClaimedPlace | null {
  if (place === null || place.id !== null) return place;
  const isOpen = members.some(({ sealed, facts }) => !sealed && facts.place?.name.ar === place.name.ar);
  return isOpen ? place : { ...place, name: { ar: '', en: '', ru: '' } };
}

export const partyClaim = ({ source, facts }: Pick<MemberFacts, 'source' | 'facts'>): PartyClaim => ({
  source,
  actor: facts.actor?.code ?? null,
  victim: facts.victim?.code ?? null,
});

/** Machine statuses only: how many independent origins, and whether they disagree. The others are given by people. */
function statusOf(folded: FoldedIncident): IncidentStatus {
  if (folded.contested) return 'disputed';
  return folded.origins.length > 1 ? 'corroborated' : 'reported';
}

export function publicPlace(place: ClaimedPlace | null, guarded: boolean, tools: ProjectionTools): PublicPlace {
  if (!place) return { id: null, name: { ar: '', en: '', ru: '' }, precision: 'country', area: null };
  const shown = isCoarser('neighbourhood', place.precision) ? holderOf(place, tools.gazetteer) : place;
  return {
    id: shown.id,
    name: shown.name,
    precision: publishWhere(place.point, shown.precision, guarded, tools.census).precision,
    area: place.area,
  };
}

/** The quarter or town that holds a street or site; the place without its name where none is known. */
function holderOf(place: ClaimedPlace, gazetteer: Gazetteer): Pick<ClaimedPlace, 'id' | 'name' | 'precision'> {
  let held = place.id === null ? undefined : gazetteer.byId(place.id);
  for (let steps = 0; held && steps < 8; steps++) {
    if (!isCoarser('neighbourhood', held.precision)) return held;
    held = held.parent === null ? undefined : gazetteer.byId(held.parent);
  }
  const area = place.area === null ? undefined : gazetteer.byId(place.area);
  return area ?? { id: null, name: { ar: '', en: '', ru: '' }, precision: 'governorate' };
}

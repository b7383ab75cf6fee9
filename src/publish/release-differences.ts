/**
 * What a release would give away beside the ones before it. A place of protection that is alone in what changed is told
 * of by its governorate, and is never told more closely than it was before. Pure.
 */
import { isCoarser, type Precision, type Trilingual } from '../core/index.ts';
import { type Release, revealingDifferences } from './differencing.ts';
import type { PublicIncident } from './model.ts';
import type { ReleaseText } from './release.ts';
import { LEAST_COUNT } from './small-counts.ts';

const MEASURE = 'incidents at places of protection';
const NOWHERE = 'none';

/** An incident as releases tell of it. */
type Told = { readonly id: string; readonly place: { readonly precision: string; readonly area: string | null } };

const countByArea = (id: string, incidents: readonly Told[], guarded: ReadonlySet<string>): Release => {
  const counts = new Map<string, number>();
  for (const { id: one, place } of incidents) {
    if (guarded.has(one)) counts.set(place.area ?? NOWHERE, (counts.get(place.area ?? NOWHERE) ?? 0) + 1);
  }
  return { id, rows: [...counts].map(([area, count]) => ({ measure: MEASURE, cells: [area], count })) };
};

/** A first one in an area differs from the nothing that was told of it before. */
function withZeros(releases: readonly Release[], next: Release): Release[] {
  const areas = next.rows.flatMap(({ cells }) => cells);
  return releases.map(({ id, rows }) => {
    const there = new Set(rows.flatMap(({ cells }) => cells));
    const zeros = areas
      .filter((area) => !there.has(area))
      .map((area) => ({ measure: MEASURE, cells: [area], count: 0 }));
    return { id, rows: [...rows, ...zeros] };
  });
}

/**
 * Ids of guarded incidents that `next` must tell by their governorate only: those that came since the last of the
 * `earlier` releases of the day, fewer than five in their area, and those that it told so already.
 */
export function toCoarsen(
  earlier: readonly ReleaseText[],
  next: readonly PublicIncident[],
  guarded: ReadonlySet<string>,
): ReadonlySet<string> {
  const last = earlier.at(-1);
  if (!last) return new Set();
  const before = earlier.map((text) => countByArea(String(text.number), text.bulletins.en.incidents, guarded));
  const now = countByArea('next', next, guarded);
  const revealed = new Set(
    revealingDifferences(withZeros(before, now), now, LEAST_COUNT).flatMap(({ cells }) => cells),
  );
  const told = new Map(last.bulletins.en.incidents.map((incident) => [incident.id, incident.place]));
  return new Set(
    next
      .filter(({ id, place }) => {
        if (!guarded.has(id)) return false;
        const was = told.get(id);
        return was === undefined
          ? revealed.has(place.area ?? NOWHERE)
          : isCoarser(was.precision as Precision, place.precision) && was.precision === 'governorate';
      })
      .map(({ id }) => id),
  );
}

/** An incident told by its governorate: no place, no point, no quarter of the day. */
export const byGovernorate = (incident: PublicIncident, name: Trilingual): PublicIncident => ({
  ...incident,
  place: { id: incident.place.area, name, precision: 'governorate', area: incident.place.area },
  point: null,
  slot: null,
});

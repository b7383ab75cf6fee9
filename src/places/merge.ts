/**
 * Puts lists of places together: a place of a later list that an earlier list has already (a name in common, near by,
 * of the same kind) gives its names and population to the earlier row and is not added again. Pure.
 */
import { distanceMetres, type Point } from '../core/index.ts';
import { foldSpelling } from './fold.ts';
import type { Place, PlaceClass, PlaceName } from './model.ts';

/** Two lists put one settlement at most this far apart; namesakes nearer than this are rarer than errors. */
const SAME_PLACE_METRES = 5_000;
/** Two lists put the middle of one district this far apart: one at its seat, one at the middle of its villages. */
const SAME_AREA_METRES = 40_000;
/** Side of a cell in degrees: wider than the distance above at every latitude of the lists. */
const CELL = 0.1;

type Family = 'settlement' | 'quarter' | PlaceClass;
const SETTLEMENTS: ReadonlySet<PlaceClass> = new Set(['city', 'town', 'village']);
const QUARTERS: ReadonlySet<PlaceClass> = new Set(['neighbourhood', 'camp']);

const AREAS: ReadonlySet<Family> = new Set(['district', 'subdistrict']);

const familyOf = ({ class: kind }: Place): Family =>
  SETTLEMENTS.has(kind) ? 'settlement' : QUARTERS.has(kind) ? 'quarter' : kind;

const foldedNames = (place: Place): Set<string> =>
  new Set(place.names.map(({ form }) => foldSpelling(form)).filter((key) => key !== ''));

/** The earlier row, enriched: names it lacks, the larger population, a known parent. */
function absorb(kept: Place, other: Place): Place {
  const known = new Set(kept.names.map(({ form }) => form));
  const extra = other.names.filter(({ form }) => !known.has(form));
  const names: readonly PlaceName[] = extra.length === 0 ? kept.names : [...kept.names, ...extra];
  const population = Math.max(kept.population, other.population);
  return { ...kept, names, population, parent: kept.parent ?? other.parent };
}

const COLUMNS = 360 / CELL;
const cellOf = ({ lat, lon }: Point): number => Math.floor(lat / CELL) * COLUMNS + Math.floor(lon / CELL);
const AROUND = [-1, 0, 1].flatMap((north) => [-1, 0, 1].map((east) => north * COLUMNS + east));

/** Where rows are, so that a twin is sought among neighbours only. */
class Grid {
  private readonly cells = new Map<number, number[]>();

  add(point: Point, at: number): void {
    const cell = cellOf(point);
    const list = this.cells.get(cell);
    if (list === undefined) this.cells.set(cell, [at]);
    else list.push(at);
  }

  around(point: Point): readonly number[] {
    const cell = cellOf(point);
    const found: number[] = [];
    for (const step of AROUND) found.push(...(this.cells.get(cell + step) ?? []));
    return found;
  }
}

/** Earlier lists win. The order of rows is kept, so the result is the same for the same lists. */
export function mergePlaces(...lists: readonly (readonly Place[])[]): readonly Place[] {
  const merged: Place[] = [];
  const byId = new Map<string, number>();
  const grid = new Grid();
  const areas: number[] = [];
  for (const list of lists) {
    const earlier = merged.length;
    for (const place of list) {
      const twin = byId.get(place.id) ?? twinOf(place, earlier);
      const before = twin === undefined ? undefined : merged[twin];
      if (twin !== undefined && before !== undefined) merged[twin] = absorb(before, place);
      else merged.push(place);
      byId.set(place.id, twin ?? merged.length - 1);
    }
    // Rows of one list are never merged with each other, so the grid grows only between lists.
    for (let at = earlier; at < merged.length; at += 1) {
      const place = merged[at];
      if (place === undefined) continue;
      if (AREAS.has(place.class)) areas.push(at);
      else grid.add(place.point, at);
    }
  }
  return merged;

  /** The nearest row of an earlier list that is the same place. */
  function twinOf(place: Place, earlier: number): number | undefined {
    if (earlier === 0) return undefined;
    const family = familyOf(place);
    let names: Set<string> | undefined;
    let best: { at: number; distance: number } | undefined;
    const farthest = AREAS.has(family) ? SAME_AREA_METRES : SAME_PLACE_METRES;
    for (const at of AREAS.has(family) ? areas : grid.around(place.point)) {
      const other = merged[at];
      if (other === undefined || familyOf(other) !== family) continue;
      const distance = distanceMetres(other.point, place.point);
      if (distance > farthest || (best !== undefined && best.distance <= distance)) continue;
      names ??= foldedNames(place);
      for (const { form } of other.names) {
        if (!names.has(foldSpelling(form))) continue;
        best = { at, distance };
        break;
      }
    }
    return best?.at;
  }
}

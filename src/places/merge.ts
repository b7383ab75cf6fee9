/**
 * Puts lists of places together: a place of a later list that an earlier list has already (a name in common, near by,
 * of the same kind) gives its names and population to the earlier row and is not added again. Pure.
 */
import { distanceMetres } from '../core/index.ts';
import { foldSpelling } from './fold.ts';
import type { Place, PlaceClass, PlaceName } from './model.ts';

/** Two lists put one settlement at most this far apart; namesakes nearer than this are rarer than errors. */
const SAME_PLACE_METRES = 5_000;

type Family = 'settlement' | 'quarter' | 'other';
const SETTLEMENTS: ReadonlySet<PlaceClass> = new Set(['city', 'town', 'village']);
const familyOf = (place: Place): Family =>
  SETTLEMENTS.has(place.class)
    ? 'settlement'
    : place.class === 'neighbourhood' || place.class === 'camp'
      ? 'quarter'
      : 'other';

const isSame = (a: Place, b: Place): boolean =>
  familyOf(a) === familyOf(b) &&
  (familyOf(a) !== 'other' || a.class === b.class) &&
  distanceMetres(a.point, b.point) <= SAME_PLACE_METRES;

/** The earlier row, enriched: names it lacks, the larger population, a known parent. */
function absorb(kept: Place, other: Place): Place {
  const known = new Set(kept.names.map(({ form }) => form));
  const extra = other.names.filter(({ form }) => !known.has(form));
  const names: readonly PlaceName[] = extra.length === 0 ? kept.names : [...kept.names, ...extra];
  return {
    ...kept,
    names,
    population: Math.max(kept.population, other.population),
    parent: kept.parent ?? other.parent,
  };
}

/** Earlier lists win. The order of rows is kept, so the result is the same for the same lists. */
export function mergePlaces(...lists: readonly (readonly Place[])[]): readonly Place[] {
  const merged: Place[] = [];
  const byName = new Map<string, number[]>();
  const byId = new Map<string, number>();
  for (const [order, list] of lists.entries()) {
    const start = merged.length;
    for (const place of list) {
      const keys = new Set(place.names.map(({ form }) => foldSpelling(form)).filter((key) => key !== ''));
      const twin =
        byId.get(place.id) ??
        (order === 0
          ? undefined
          : [...keys].flatMap((key) => byName.get(key) ?? []).find((at) => at < start && sameAt(at, place)));
      const at = twin ?? merged.length;
      const before = merged[at];
      merged[at] = before === undefined ? place : absorb(before, place);
      byId.set(place.id, at);
      for (const key of keys) remember(key, at);
    }
  }
  return merged;

  function sameAt(at: number, place: Place): boolean {
    const before = merged[at];
    return before !== undefined && isSame(before, place);
  }
  function remember(key: string, at: number): void {
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [at]);
    else if (!known.includes(at)) known.push(at);
  }
}

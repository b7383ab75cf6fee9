/** Every conflict of an input: each pair of volumes of different parties, tested exactly. Needs no database. Pure. */
import { conflictOf, type Prepared } from '../conflict.ts';
import { leastBetweenShapes } from '../geometry/distance.ts';
import { TOUCHING_METRES } from '../model.ts';
import type { CheckInput, CheckVolume } from './parse.ts';
import { formatTime } from './time.ts';

export interface CheckConflict {
  readonly a: string;
  readonly b: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly minHorizontalMetres: number;
  readonly minVerticalMetres: number;
}

type Item = Prepared<CheckVolume> & { readonly order: number };

/** All conflicts, in the order of the input. `progress` is called with the number of volumes done. */
export function findConflicts(input: CheckInput, progress: (done: number) => void = () => {}): CheckConflict[] {
  const { minima } = input;
  const byStart = input.volumes
    .map((prepared, order): Item => ({ ...prepared, order }))
    .sort((a, b) => a.volume.start - b.volume.start);
  const found: { first: number; second: number; conflict: CheckConflict }[] = [];
  let open: Item[] = [];
  for (const [done, item] of byStart.entries()) {
    const horizon = item.volume.start - minima.timeSeconds * 1000;
    open = open.filter((other) => other.volume.end >= horizon);
    for (const other of open) {
      if (other.volume.party === item.volume.party) continue;
      if (leastBetweenShapes(other.shape, item.shape) >= minima.horizontalMetres - TOUCHING_METRES) continue;
      const [a, b] = other.order < item.order ? [other, item] : [item, other];
      const closeness = conflictOf(a, b, minima);
      if (!closeness) continue;
      const { window, minHorizontalMetres, minVerticalMetres } = closeness;
      const conflict = {
        a: a.volume.id,
        b: b.volume.id,
        window: { start: formatTime(window.start), end: formatTime(Math.ceil(window.end)) },
        minHorizontalMetres,
        minVerticalMetres,
      };
      found.push({ first: a.order, second: b.order, conflict });
    }
    open.push(item);
    if (done % 1000 === 999) progress(done + 1);
  }
  return found.sort((x, y) => x.first - y.first || x.second - y.second).map(({ conflict }) => conflict);
}

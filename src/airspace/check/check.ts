/** Every conflict of an input: each pair of volumes of different parties, tested exactly. Needs no database. Pure. */
import { conflictOf } from '../conflict.ts';
import { HotIndex } from '../index/hot-index.ts';
import type { CheckInput } from './parse.ts';
import { formatTime } from './time.ts';

export interface CheckConflict {
  readonly a: string;
  readonly b: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly minHorizontalMetres: number;
  readonly minVerticalMetres: number;
}

/**
 * All conflicts, in the order of the input, one after another: nothing is held but the volumes, however many conflicts
 * there are. `progress` is called with the number of volumes done.
 */
export function* eachConflict(
  input: CheckInput,
  progress: (done: number) => void = () => {},
): Generator<CheckConflict, void, undefined> {
  const { minima, volumes } = input;
  const index = new HotIndex(minima);
  // Slots of a fresh index are handed out from 0 on: a slot is a place in the input.
  for (const prepared of volumes) index.add(prepared);
  for (const [place, prepared] of volumes.entries()) {
    const { party } = prepared.volume;
    const near = index.near(prepared, (slot) =>
      slot > place && volumes[slot]?.volume.party !== party ? minima : undefined,
    );
    for (const { slot } of near.sort((a, b) => a.slot - b.slot)) {
      const other = volumes[slot];
      const closeness = other && conflictOf(prepared, other, minima);
      if (!closeness) continue;
      const { window, minHorizontalMetres, minVerticalMetres } = closeness;
      yield {
        a: prepared.volume.id,
        b: other.volume.id,
        window: { start: formatTime(window.start), end: formatTime(Math.ceil(window.end)) },
        minHorizontalMetres,
        minVerticalMetres,
      };
    }
    if (place % 1000 === 999) progress(place + 1);
  }
}

/** All conflicts as a list. */
export const findConflicts = (input: CheckInput): CheckConflict[] => [...eachConflict(input)];

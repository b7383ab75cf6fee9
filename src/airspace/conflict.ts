/**
 * When do two volumes conflict: nearer than all three minima, strictly. Touching a minimum is no conflict. Pure.
 */
import { metresBetweenShapes } from './geometry/distance.ts';
import type { Shape } from './geometry/prepare.ts';
import { type Minima, TOUCHING_METRES, type Volume4D } from './model.ts';

export interface Prepared<Of extends Volume4D = Volume4D> {
  readonly volume: Of;
  readonly shape: Shape;
}

export interface Closeness {
  /** UTC milliseconds: the time both share, else what lies between the two. */
  readonly window: { readonly start: number; readonly end: number };
  readonly minHorizontalMetres: number;
  readonly minVerticalMetres: number;
}

type Band = Pick<Volume4D, 'altitudeLowerMetres' | 'altitudeUpperMetres'>;
type Span = Pick<Volume4D, 'start' | 'end'>;

/** Metres of height between two bands, 0 when they meet. */
export const metresOfHeight = (a: Band, b: Band): number =>
  Math.max(0, b.altitudeLowerMetres - a.altitudeUpperMetres, a.altitudeLowerMetres - b.altitudeUpperMetres);

/** Milliseconds between two spans, 0 when they meet. */
export const millisecondsBetween = (a: Span, b: Span): number => Math.max(0, b.start - a.end, a.start - b.end);

/** Near in height and time by the minima: what is left to decide is the ground. */
export const nearInHeightAndTime = (a: Volume4D, b: Volume4D, minima: Minima): boolean =>
  metresOfHeight(a, b) < minima.verticalMetres - TOUCHING_METRES &&
  millisecondsBetween(a, b) < minima.timeSeconds * 1000 - TOUCHING_MS;

const TOUCHING_MS = 1e-3;

/** The shared time, else the time between: [later start, earlier end], put in order. */
export function sharedWindow(a: Span, b: Span): { start: number; end: number } {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return start <= end ? { start, end } : { start: end, end: start };
}

/** The conflict of two prepared volumes, or undefined when they keep one of the minima. Exact. */
export function conflictOf(a: Prepared, b: Prepared, minima: Minima): Closeness | undefined {
  if (!nearInHeightAndTime(a.volume, b.volume, minima)) return undefined;
  const limit = minima.horizontalMetres - TOUCHING_METRES;
  const minHorizontalMetres = metresBetweenShapes(a.shape, b.shape, limit);
  if (!(minHorizontalMetres < limit)) return undefined;
  return {
    window: sharedWindow(a.volume, b.volume),
    minHorizontalMetres,
    minVerticalMetres: metresOfHeight(a.volume, b.volume),
  };
}

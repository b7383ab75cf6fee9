/**
 * The words of the flight channel: outlines, volumes, minima. No callsign, aircraft type, purpose or target exists
 * here, and none may be added.
 */
import type { Point } from '../core/index.ts';

/** All points within the geodesic radius of the centre (WGS84). */
export interface Circle extends Point {
  readonly radiusMetres: number;
}

/** Corners joined by geodesics; the inside is the smaller side, whichever way round the corners run. */
export type Ring = readonly Point[];

export type Outline =
  | { readonly circle: Circle; readonly polygon?: undefined }
  | { readonly polygon: Ring; readonly circle?: undefined };

/** An outline between two heights (metres above the WGS84 ellipsoid) and two instants (UTC milliseconds). Closed. */
export interface Volume4D {
  readonly outline: Outline;
  readonly altitudeLowerMetres: number;
  readonly altitudeUpperMetres: number;
  readonly start: number;
  readonly end: number;
}

/** The least distances that must lie between volumes of different parties. All above zero. */
export interface Minima {
  readonly horizontalMetres: number;
  readonly verticalMetres: number;
  readonly timeSeconds: number;
}

/** What is accepted as a number of each kind; anything beyond is a slip of the pen or an attack. */
export const LIMITS = {
  /** ASTM F3548-21 allows the same band of heights. */
  altitudeMetres: { low: -8_000, high: 100_000 },
  /** No two points of the ellipsoid are farther apart. */
  distanceMetres: 20_003_931.5,
  corners: 10_000,
  yearLow: 1900,
  yearHigh: 2200,
} as const;

/**
 * Two distances that differ by less are the same distance: rounding, not separation. A thousand times the error of
 * the geodesic routines, five thousand times finer than what is promised.
 */
export const TOUCHING_METRES = 1e-6;

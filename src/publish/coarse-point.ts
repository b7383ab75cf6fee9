/**
 * Where the public may be told that something happened. Deterministic, never random (repeats of noise average out):
 * an ordinary incident lies at the centre of its H3 cell of resolution 7 (edge 1.2 km); anything that people flee to or
 * are healed in lies at the centre of a cell of resolution 5 (edge 8.5 km) and loses its site's name.
 */
import { cellToLatLng, latLngToCell } from 'h3-js';
import { isCoarser, type Point, type Precision, type Target } from '../core/index.ts';

const ORDINARY_RESOLUTION = 7;
const PROTECTED_RESOLUTION = 5;
const DECIMALS = 1e4;

/** Targets whose places are protected: nothing finer than their district is published. */
const PROTECTED: ReadonlySet<Target> = new Set(['hospital', 'school', 'camp', 'aid_convoy']);

export const isProtected = (targets: readonly (Target | null)[]): boolean =>
  targets.some((target) => target !== null && PROTECTED.has(target));

/** The published point; the cell's centre, to four decimals. */
export function coarsePoint(point: Point, guarded: boolean): Point {
  const [lat, lon] = cellToLatLng(
    latLngToCell(point.lat, point.lon, guarded ? PROTECTED_RESOLUTION : ORDINARY_RESOLUTION),
  );
  return { lat: Math.round(lat * DECIMALS) / DECIMALS, lon: Math.round(lon * DECIMALS) / DECIMALS };
}

/** The published precision: never finer than a neighbourhood, for protected places never finer than a district. */
export function coarsePrecision(precision: Precision, guarded: boolean): Precision {
  const finest: Precision = guarded ? 'district' : 'neighbourhood';
  return isCoarser(finest, precision) ? finest : precision;
}

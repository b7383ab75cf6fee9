/** Points on the Earth (WGS84 degrees), and how precisely a place is known. Distances are metres on a sphere. */

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Precision classes from finest to coarsest; the order is meaningful. */
export const PRECISIONS = [
  'site',
  'street',
  'neighbourhood',
  'town',
  'subdistrict',
  'district',
  'governorate',
  'country',
  'region',
] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Radius in metres within which the true place lies, by precision class (spec/report). */
export const PRECISION_RADIUS_METRES: Readonly<Record<Precision, number>> = {
  site: 100,
  street: 300,
  neighbourhood: 1_000,
  town: 3_000,
  subdistrict: 10_000,
  district: 25_000,
  governorate: 60_000,
  country: 400_000,
  region: 400_000,
};

export const isPrecision = (value: unknown): value is Precision => PRECISIONS.includes(value as Precision);

/** True when `a` is a coarser class than `b`. */
export const isCoarser = (a: Precision, b: Precision): boolean => PRECISIONS.indexOf(a) > PRECISIONS.indexOf(b);

export const isPoint = (lat: unknown, lon: unknown): boolean =>
  typeof lat === 'number' &&
  typeof lon === 'number' &&
  Number.isFinite(lat) &&
  Number.isFinite(lon) &&
  Math.abs(lat) <= 90 &&
  Math.abs(lon) <= 180;

const EARTH_RADIUS_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres (haversine; within 0.6 % of the geodesic, enough for everything but flights). */
export function distanceMetres(a: Point, b: Point): number {
  const halfLat = ((b.lat - a.lat) * RADIANS) / 2;
  const halfLon = ((b.lon - a.lon) * RADIANS) / 2;
  const h = Math.sin(halfLat) ** 2 + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

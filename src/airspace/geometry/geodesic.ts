/**
 * Geodesics of WGS84, after C. F. F. Karney, "Algorithms for geodesics" (2013), through his own library: distances
 * are right to about 15 nanometres. Nothing else in the room computes on the ellipsoid.
 */
import geodesic from 'geographiclib-geodesic';
import type { Point } from '../../core/index.ts';

const { Geodesic } = geodesic;
const WGS84 = Geodesic.WGS84;
const RADIANS = Math.PI / 180;
const SOUGHT = Geodesic.DISTANCE | Geodesic.AZIMUTH;
const FLATTENED = (1 - WGS84.f) ** 2;

/** Semi-minor axis, metres: the radius of the largest sphere inside the ellipsoid. */
export const INNER_RADIUS = WGS84.a * (1 - WGS84.f);

/** Geodesics shorter than this are the only shortest way between their ends, everywhere on WGS84 (π × minor axis). */
export const UNIQUE_BELOW = Math.PI * INNER_RADIUS - 1;

/** How two points lie: distance in metres, azimuths (degrees clockwise from north) at the first and at the second. */
export interface Bearing {
  readonly metres: number;
  readonly leaving: number;
  readonly arriving: number;
}

/** A geodesic from a point, walked by metres. */
export interface Line {
  readonly from: Point;
  readonly length: number;
  at(metres: number): Point & { readonly azimuth: number };
}

/** Solves the inverse problem. */
export function bearing(a: Point, b: Point): Bearing {
  const answer = WGS84.Inverse(a.lat, a.lon, b.lat, b.lon, SOUGHT);
  return { metres: answer.s12 ?? 0, leaving: answer.azi1 ?? 0, arriving: answer.azi2 ?? 0 };
}

/** Geodesic distance in metres. */
export const metresBetween = (a: Point, b: Point): number =>
  WGS84.Inverse(a.lat, a.lon, b.lat, b.lon, Geodesic.DISTANCE).s12 ?? 0;

/** The shortest geodesic between two points. */
export function lineBetween(from: Point, to: Point): Line {
  const line = WGS84.InverseLine(from.lat, from.lon, to.lat, to.lon);
  return {
    from,
    length: line.s13,
    at(metres) {
      const position = line.Position(metres);
      return { lat: position.lat2 ?? 0, lon: position.lon2 ?? 0, azimuth: position.azi2 ?? 0 };
    },
  };
}

/** The point some metres away along an azimuth. */
export function pointAlong(from: Point, azimuth: number, metres: number): Point {
  const answer = WGS84.Direct(from.lat, from.lon, azimuth, metres, Geodesic.LATITUDE | Geodesic.LONGITUDE);
  return { lat: answer.lat2 ?? 0, lon: answer.lon2 ?? 0 };
}

/** Area of a ring in square metres, positive when the smaller side lies to the left of the walk. */
export function signedArea(ring: readonly Point[]): number {
  const polygon = WGS84.Polygon(false);
  for (const corner of ring) polygon.AddPoint(corner.lat, corner.lon);
  return polygon.Compute(false, true).area ?? 0;
}

/** Direction from the Earth's centre, a unit vector. */
export type Direction = readonly [number, number, number];

export function directionOf({ lat, lon }: Point): Direction {
  const cos = Math.cos(lat * RADIANS);
  const x = cos * Math.cos(lon * RADIANS);
  const y = cos * Math.sin(lon * RADIANS);
  const z = FLATTENED * Math.sin(lat * RADIANS);
  const n = Math.sqrt(x * x + y * y + z * z);
  return [x / n, y / n, z / n];
}

/** Angle between two directions, radians; exact for small angles too. */
export function angleBetween(a: Direction, b: Direction): number {
  const x = a[0] - b[0];
  const y = a[1] - b[1];
  const z = a[2] - b[2];
  return 2 * Math.asin(Math.min(1, Math.sqrt(x * x + y * y + z * z) / 2));
}

/**
 * A distance that no path between the two directions on the ellipsoid undercuts: seen from the centre, the ellipsoid
 * lies outside the sphere of its minor axis, and projecting a path onto that sphere only shortens it.
 */
export const leastMetres = (a: Direction, b: Direction): number => INNER_RADIUS * angleBetween(a, b);

/** Sine of the angle from azimuth `from` to azimuth `to`: above zero when `to` turns right. */
export const turnSine = (from: number, to: number): number => Math.sin((to - from) * RADIANS);
export const turnCosine = (from: number, to: number): number => Math.cos((to - from) * RADIANS);

/**
 * The exact distance of two small shapes, looked for only where it can be. The plane of quick.ts proves which corners
 * and edges may hold the least distance, and proves overlaps; what is left, mostly one pair, is measured on the
 * ellipsoid. Undefined where the plane leaves a doubt: then distance.ts looks at everything.
 */
import { nearestOnPiece } from './piece.ts';
import type { Polygon } from './polygon.ts';
import type { Disc, Shape } from './prepare.ts';
import { anyCross, cornersToRing, holds, type Plane, planeOf, toSegment } from './quick.ts';

/** Metres between a disc and a polygon; `cap` or more means at least `cap`. */
export function discToPolygonNearby(disc: Disc & Shape, polygon: Polygon & Shape, cap: number): number | undefined {
  const plane = disc.flat && polygon.flat && planeOf(disc.flat, polygon.flat);
  if (!plane) return undefined;
  const { p, q, m, bend, shortening } = plane;
  const flat = Math.sqrt(cornersToRing(p, 1, q, m));
  if (flat <= bend) return undefined;
  if (holds(q, m, p[0] as number, p[1] as number)) return 0;
  const most = (flat + bend) / shortening;
  if (most < disc.radius) return 0;
  if (flat - bend - disc.radius >= cap) return cap;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < m; k++) {
    if (edgeIsFar(p[0] as number, p[1] as number, q, m, k, most + bend)) continue;
    const piece = polygon.pieces[k];
    if (piece) least = Math.min(least, nearestOnPiece(disc.centre, piece, least).metres);
  }
  return Math.min(cap, Math.max(0, least - disc.radius));
}

/** Metres between two polygons; `cap` or more means at least `cap`. */
export function betweenPolygonsNearby(a: Polygon & Shape, b: Polygon & Shape, cap: number): number | undefined {
  const plane = a.flat && b.flat && planeOf(a.flat, b.flat);
  if (!plane) return undefined;
  const { p, n, q, m, bend, shortening } = plane;
  if (holdsClearly(plane)) return 0;
  if (anyCross(p, n, q, m)) return crossClearly(plane) ? 0 : undefined;
  // Neither holds a corner of the other by more than the margin; near its boundary a corner leaves a doubt.
  const flat = Math.sqrt(Math.min(cornersToRing(p, n, q, m), cornersToRing(q, m, p, n)));
  if (flat <= bend) return undefined;
  if (flat - bend >= cap) return cap;
  const most = (flat + bend) / shortening;
  const one = leastFrom(a, p, n, b, q, m, most + bend, Number.POSITIVE_INFINITY);
  return Math.min(cap, leastFrom(b, q, m, a, p, n, most + bend, one));
}

/** The least distance from corners of one to those edges of the other that the plane does not rule out. */
function leastFrom(
  from: Polygon,
  p: Float64Array,
  n: number,
  to: Polygon,
  q: Float64Array,
  m: number,
  reach: number,
  least: number,
): number {
  for (let k = 0; k < m; k++) {
    for (let i = 0; i < n; i++) {
      if (edgeIsFar(p[2 * i] as number, p[2 * i + 1] as number, q, m, k, reach)) continue;
      const corner = from.pieces[i]?.start;
      const piece = to.pieces[k];
      if (corner && piece) least = Math.min(least, nearestOnPiece(corner, piece, least).metres);
    }
  }
  return least;
}

function edgeIsFar(x: number, y: number, q: Float64Array, m: number, k: number, reach: number): boolean {
  const l = (k + 1) % m;
  const ax = q[2 * k] as number;
  const ay = q[2 * k + 1] as number;
  return toSegment(x, y, ax, ay, (q[2 * l] as number) - ax, (q[2 * l + 1] as number) - ay) > reach * reach;
}

/** A corner of one lies inside the other, farther from its boundary than any edge can bend: they overlap. */
function holdsClearly({ p, n, q, m, bend }: Plane): boolean {
  return cornerClearlyIn(p, n, q, m, bend) || cornerClearlyIn(q, m, p, n, bend);
}

function cornerClearlyIn(p: Float64Array, n: number, q: Float64Array, m: number, bend: number): boolean {
  for (let i = 0; i < n; i++) {
    if (!holds(q, m, p[2 * i] as number, p[2 * i + 1] as number)) continue;
    if (cornersToRing(p.subarray(2 * i, 2 * i + 2), 1, q, m) > bend * bend) return true;
  }
  return false;
}

/**
 * Two edges cross with each end farther from the other's line than any edge can bend. Each geodesic, dropped, stays
 * in the strip of that width about its chord, so each runs through the other's strip from side to side: they meet.
 */
function crossClearly({ p, n, q, m, bend }: Plane): boolean {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < m; k++) {
      if (splits(p, n, i, q, m, k, bend) && splits(q, m, k, p, n, i, bend)) return true;
    }
  }
  return false;
}

/** Do the ends of edge `k` lie on both sides of the line of edge `i`, each farther than `margin`? */
function splits(p: Float64Array, n: number, i: number, q: Float64Array, m: number, k: number, margin: number): boolean {
  const j = (i + 1) % n;
  const l = (k + 1) % m;
  const ax = p[2 * i] as number;
  const ay = p[2 * i + 1] as number;
  const dx = (p[2 * j] as number) - ax;
  const dy = (p[2 * j + 1] as number) - ay;
  const length = Math.sqrt(dx * dx + dy * dy);
  const one = (dx * ((q[2 * k + 1] as number) - ay) - dy * ((q[2 * k] as number) - ax)) / length;
  const two = (dx * ((q[2 * l + 1] as number) - ay) - dy * ((q[2 * l] as number) - ax)) / length;
  return one > 0 !== two > 0 && Math.abs(one) > margin && Math.abs(two) > margin;
}

/**
 * Geodesic distance between two shapes, the one fact that every verdict rests on. Never an approximation: nearby.ts
 * may say where to look, quick.ts has the bounded shortcut that may stand before it.
 */
import { INNER_RADIUS, leastMetres, metresBetween } from './geodesic.ts';
import { betweenPolygonsNearby, discToPolygonNearby } from './nearby.ts';
import { isInside, metresBetweenBoundaries, nearestOnBoundary, type Polygon } from './polygon.ts';
import type { Disc, Shape } from './prepare.ts';

/** A distance the two shapes surely keep, from their caps alone; may be below zero. */
export const leastBetweenShapes = (a: Shape, b: Shape): number =>
  leastMetres(a.cap.centre, b.cap.centre) - INNER_RADIUS * (a.cap.reach + b.cap.reach);

/**
 * Metres between two shapes, 0 when they share a point. With a `cap`, an answer of `cap` or more means only that they
 * are at least that far apart.
 */
export function metresBetweenShapes(a: Shape, b: Shape, cap = Number.POSITIVE_INFINITY): number {
  if (leastBetweenShapes(a, b) >= cap) return cap;
  if (a.kind === 'circle' && b.kind === 'circle') return betweenDiscs(a, b);
  if (a.kind === 'circle' && b.kind === 'polygon') return discToPolygon(a, b, cap);
  if (a.kind === 'polygon' && b.kind === 'circle') return discToPolygon(b, a, cap);
  return a.kind === 'polygon' && b.kind === 'polygon' ? betweenPolygons(a, b, cap) : 0;
}

// A disc is a ball of the metric: by the triangle inequality, and because the shortest way to its centre passes its
// rim, its distance to anything is the centre's distance less the radius. Also for discs larger than a hemisphere.
const betweenDiscs = (a: Disc, b: Disc): number => Math.max(0, metresBetween(a.centre, b.centre) - a.radius - b.radius);

function discToPolygon(disc: Disc & Shape, polygon: Polygon & Shape, cap: number): number {
  const nearby = discToPolygonNearby(disc, polygon, cap);
  if (nearby !== undefined) return nearby;
  const foot = nearestOnBoundary(polygon, disc.centre);
  if (!foot || foot.metres <= disc.radius || isInside(polygon, disc.centre, foot)) return 0;
  return Math.min(cap, foot.metres - disc.radius);
}

function betweenPolygons(a: Polygon & Shape, b: Polygon & Shape, cap: number): number {
  const nearby = betweenPolygonsNearby(a, b, cap);
  if (nearby !== undefined) return nearby;
  const apart = metresBetweenBoundaries(a, b, cap);
  if (apart === 0 || holds(a, b) || holds(b, a)) return 0;
  return apart;
}

/** True when the first corner of `inner` lies in `outer`; with boundaries that do not cross, all of it does. */
function holds(outer: Polygon, inner: Polygon): boolean {
  const corner = inner.pieces[0]?.start;
  if (!corner) return false;
  const foot = nearestOnBoundary(outer, corner);
  return foot !== undefined && isInside(outer, corner, foot);
}

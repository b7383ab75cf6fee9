/** Does one outline hold another, to the metre: what decides whether a subscription covers an intent. Pure. */
import { metresBetween } from '../geometry/geodesic.ts';
import { isInside, metresBetweenBoundaries, nearestOnBoundary, type Polygon } from '../geometry/polygon.ts';
import type { Disc, Shape } from '../geometry/prepare.ts';

const SLACK_METRES = 1;

export function covers(outer: Shape, inner: Shape): boolean {
  if (outer.kind === 'circle') return discCovers(outer, inner);
  if (inner.kind === 'circle') {
    const foot = nearestOnBoundary(outer, inner.centre);
    return foot !== undefined && isInside(outer, inner.centre, foot) && foot.metres >= inner.radius - SLACK_METRES;
  }
  return polygonCovers(outer, inner);
}

function discCovers(outer: Disc, inner: Shape): boolean {
  if (inner.kind === 'circle') {
    return metresBetween(outer.centre, inner.centre) + inner.radius <= outer.radius + SLACK_METRES;
  }
  return inner.pieces.every((piece) => metresBetween(outer.centre, piece.start) <= outer.radius + SLACK_METRES);
}

/** Every corner of the inner ring inside or on the outer one, and no corner of the outer one well inside the inner. */
function polygonCovers(outer: Polygon, inner: Polygon): boolean {
  const within = (holder: Polygon, point: { lat: number; lon: number }, slack: number): boolean => {
    const foot = nearestOnBoundary(holder, point);
    return foot !== undefined && (isInside(holder, point, foot) ? foot.metres > -slack : foot.metres <= slack);
  };
  if (!inner.pieces.every((piece) => within(outer, piece.start, SLACK_METRES))) return false;
  if (metresBetweenBoundaries(outer, inner) > 0) return true;
  return !outer.pieces.some((piece) => {
    const foot = nearestOnBoundary(inner, piece.start);
    return foot !== undefined && foot.metres > SLACK_METRES && isInside(inner, piece.start, foot);
  });
}

/**
 * A polygon of geodesic edges, cut into pieces under a tree of balls: nearest boundary point, inside or outside,
 * distance between two boundaries. Built only by `prepare.ts`, which has refused what is not an outline.
 */
import type { Point } from '../../core/index.ts';
import { angleBetween, bearing, type Direction, directionOf, INNER_RADIUS, leastMetres, turnSine } from './geodesic.ts';
import { type Foot, nearestOnPiece, type Piece, piecesCross, surelyApart } from './piece.ts';

/** A ball over the pieces [low, high): a leaf holds a few. */
export interface Ball {
  readonly low: number;
  readonly high: number;
  readonly centre: Direction;
  /** Radians. */
  readonly reach: number;
  readonly left: Ball | null;
  readonly right: Ball | null;
}

export interface Polygon {
  readonly kind: 'polygon';
  readonly pieces: readonly Piece[];
  readonly tree: Ball;
  readonly insideIsLeft: boolean;
}

const LEAF = 8;

function leafOver(pieces: readonly Piece[], low: number, high: number): Ball {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = low; i < high; i++) {
    const middle = pieces[i]?.centre ?? [0, 0, 0];
    x += middle[0];
    y += middle[1];
    z += middle[2];
  }
  const n = Math.hypot(x, y, z);
  const centre: Direction = n < 1e-9 ? (pieces[low]?.centre ?? [0, 0, 1]) : [x / n, y / n, z / n];
  let reach = 0;
  for (let i = low; i < high; i++) {
    const piece = pieces[i];
    if (piece) reach = Math.max(reach, angleBetween(centre, piece.centre) + piece.reach);
  }
  return { low, high, centre, reach: Math.min(Math.PI, reach), left: null, right: null };
}

export function ballOver(pieces: readonly Piece[], low = 0, high = pieces.length): Ball {
  if (high - low <= LEAF) return leafOver(pieces, low, high);
  const middle = (low + high) >> 1;
  const left = ballOver(pieces, low, middle);
  const right = ballOver(pieces, middle, high);
  const centre = between(left.centre, right.centre);
  const reach = Math.max(
    angleBetween(centre, left.centre) + left.reach,
    angleBetween(centre, right.centre) + right.reach,
  );
  return { low, high, centre, reach: Math.min(Math.PI, reach), left, right };
}

function between(a: Direction, b: Direction): Direction {
  const x = a[0] + b[0];
  const y = a[1] + b[1];
  const z = a[2] + b[2];
  const n = Math.hypot(x, y, z);
  return n < 1e-9 ? a : [x / n, y / n, z / n];
}

/** The nearest point of the boundary; undefined when all of it is at least `cap` metres away. */
export function nearestOnBoundary(polygon: Polygon, point: Point, cap = Number.POSITIVE_INFINITY): Foot | undefined {
  const direction = directionOf(point);
  let best: Foot | undefined;
  let limit = cap;
  const visit = (ball: Ball): void => {
    if (least(ball) >= limit) return;
    if (ball.left && ball.right) {
      const leftFirst = least(ball.left) <= least(ball.right);
      visit(leftFirst ? ball.left : ball.right);
      visit(leftFirst ? ball.right : ball.left);
      return;
    }
    for (let i = ball.low; i < ball.high; i++) {
      const piece = polygon.pieces[i];
      if (!piece || least(piece) >= limit) continue;
      const foot = nearestOnPiece(point, piece, limit);
      if (foot.metres >= limit) continue;
      best = foot;
      limit = foot.metres;
    }
  };
  const least = (ball: Pick<Ball, 'centre' | 'reach'>): number =>
    leastMetres(direction, ball.centre) - INNER_RADIUS * ball.reach;
  visit(polygon.tree);
  return best;
}

/**
 * Which side of the boundary a point is on, told at the nearest boundary point: the geodesic from there to the point
 * crosses nothing, so it leaves on the point's own side. Right for any polygon on the Earth, poles included.
 */
export function isInside(polygon: Polygon, point: Point, foot: Foot): boolean {
  if (foot.metres === 0) return true;
  const out = bearing(foot.at, point).leaving;
  return (foot.corner ? leftOfCorner(polygon, foot, out) : turnSine(foot.azimuth, out) < 0) === polygon.insideIsLeft;
}

/** At a corner, the left side is the sector swept anticlockwise from the edge that leaves to the edge that came. */
function leftOfCorner(polygon: Polygon, foot: Foot, azimuth: number): boolean {
  const index = polygon.pieces.indexOf(foot.piece);
  const count = polygon.pieces.length;
  const into = foot.corner === 'start' ? polygon.pieces[(index + count - 1) % count] : foot.piece;
  const out = foot.corner === 'start' ? foot.piece : polygon.pieces[(index + 1) % count];
  if (!into || !out) return false;
  const sector = wrap(out.leaving - (into.arriving + 180));
  return wrap(out.leaving - azimuth) < sector;
}

const wrap = (degrees: number): number => ((degrees % 360) + 360) % 360;

/**
 * Least distance between two boundaries in metres; `cap` or more means only that it is at least `cap`. Two geodesics
 * that do not cross are nearest at an end of one of them (on a surface of positive curvature a common perpendicular
 * is never a minimum), so crossings and end-to-edge distances are everything there is to look at.
 */
export function metresBetweenBoundaries(p: Polygon, q: Polygon, cap = Number.POSITIVE_INFINITY): number {
  let limit = cap;
  const visit = (a: Ball, b: Ball): void => {
    if (limit === 0 || least(a, b) >= limit) return;
    const halves = split(a, b);
    for (const [x, y] of halves) visit(x, y);
    if (halves.length > 0) return;
    for (let i = a.low; i < a.high; i++) {
      for (let k = b.low; k < b.high; k++) {
        const x = p.pieces[i];
        const y = q.pieces[k];
        if (x && y && !surelyApart(x, y, limit)) limit = Math.min(limit, betweenPieces(x, y, limit));
      }
    }
  };
  visit(p.tree, q.tree);
  return limit;
}

const least = (a: Ball, b: Ball): number => leastMetres(a.centre, b.centre) - INNER_RADIUS * (a.reach + b.reach);

/** The two pairs to look at instead, the nearer first; none when both are leaves. */
function split(a: Ball, b: Ball): readonly (readonly [Ball, Ball])[] {
  let pairs: [[Ball, Ball], [Ball, Ball]];
  if (a.left && a.right && (a.reach >= b.reach || !b.left)) {
    pairs = [
      [a.left, b],
      [a.right, b],
    ];
  } else if (b.left && b.right) {
    pairs = [
      [a, b.left],
      [a, b.right],
    ];
  } else return [];
  const [[p, q], [r, s]] = pairs;
  return least(p, q) <= least(r, s) ? pairs : pairs.reverse();
}

// Only the starts are measured: each end is the start of the next piece, and that pair is visited too.
function betweenPieces(p: Piece, q: Piece, limit: number): number {
  if (piecesCross(p, q)) return 0;
  const there = nearestOnPiece(p.start, q, limit).metres;
  return Math.min(there, nearestOnPiece(q.start, p, Math.min(limit, there)).metres);
}

/**
 * A piece of a polygon's edge and the least distance from a point to it. The answer is the true minimum over the
 * whole piece wherever the point is on the Earth, also beyond a quarter of the circumference: see `nearestOnPiece`.
 */
import type { Point } from '../../core/index.ts';
import {
  bearing,
  type Direction,
  directionOf,
  INNER_RADIUS,
  type Line,
  leastMetres,
  turnCosine,
  turnSine,
} from './geodesic.ts';

/** A stretch [from, to] in metres along an edge, with its ends, its plane and a ball around it. */
export interface Piece {
  readonly edge: number;
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly start: Point;
  readonly finish: Point;
  /** Azimuth of the walk at the two ends. */
  readonly leaving: number;
  readonly arriving: number;
  /** True where the end is a corner of the polygon, not a cut inside an edge. */
  readonly startsAtCorner: boolean;
  readonly endsAtCorner: boolean;
  readonly a: Direction;
  readonly b: Direction;
  /** Unit normal of the plane through both ends and the Earth's centre. */
  readonly normal: Direction;
  readonly centre: Direction;
  /** Radius of the ball around `centre`, radians. */
  readonly reach: number;
  /** No point of the piece leaves that plane by more, metres. */
  readonly bulge: number;
}

export interface Foot {
  readonly metres: number;
  readonly at: Point;
  /** Azimuth of the edge at the foot, and which corner the foot is, if it is one. */
  readonly azimuth: number;
  readonly corner: 'start' | 'finish' | null;
  readonly piece: Piece;
}

/** Edges are cut to this length, so that what meets a piece nearby is never a matter of the Earth's other side. */
export const PIECE_METRES = 400_000;

// The plane of a great ellipse leans against the surface's normal by at most 0.1924°, which bends a geodesic out of
// it by at most length² / 8 × sin(0.1924°) / minor axis = 6.6e-11 × length².
const BULGE = 8e-11;

// Below this the ball stands round the middle of the chord instead of the middle of the walk. A point s metres along is
// at most s ÷ INNER_RADIUS from the first end, the chord's middle at least 0.495 length ÷ INNER_RADIUS (no radius of
// the ellipsoid is 1 % longer), so no point of the walk is farther from it than 0.505 length, and a bend adds less.
const SHORT_METRES = 50_000;
const SHORT_SLACK = 1.011;

interface Ends {
  readonly edge: number;
  readonly start: Point;
  readonly finish: Point;
  readonly leaving: number;
  readonly arriving: number;
  readonly startsAtCorner: boolean;
  readonly endsAtCorner: boolean;
}

/** A piece whose walk is only worked out when someone asks for a point inside it. */
class LazyPiece implements Piece {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  readonly start: Point;
  readonly finish: Point;
  readonly leaving: number;
  readonly arriving: number;
  readonly startsAtCorner: boolean;
  readonly endsAtCorner: boolean;
  readonly a: Direction;
  readonly b: Direction;
  readonly normal: Direction;
  readonly centre: Direction;
  readonly reach: number;
  readonly bulge: number;
  private readonly lineOf: () => Line;

  constructor(lineOf: () => Line, from: number, to: number, ends: Ends) {
    this.lineOf = lineOf;
    this.edge = ends.edge;
    this.from = from;
    this.to = to;
    this.start = ends.start;
    this.finish = ends.finish;
    this.leaving = ends.leaving;
    this.arriving = ends.arriving;
    this.startsAtCorner = ends.startsAtCorner;
    this.endsAtCorner = ends.endsAtCorner;
    this.a = directionOf(ends.start);
    this.b = directionOf(ends.finish);
    const length = to - from;
    const short = length < SHORT_METRES;
    this.normal = unit(crossProduct(this.a, this.b));
    this.centre = short ? middle(this.a, this.b) : directionOf(this.line.at((from + to) / 2));
    this.reach = (length / 2 / INNER_RADIUS) * (short ? SHORT_SLACK : 1 + 1e-9);
    this.bulge = BULGE * length * length + 1e-7;
  }

  get line(): Line {
    return this.lineOf();
  }
}

/** A piece [from, to] of a walk; `lineOf` gives the walk and is called only when a point inside is needed. */
export const makePiece = (lineOf: () => Line, from: number, to: number, ends: Ends): Piece =>
  new LazyPiece(lineOf, from, to, ends);

const middle = (a: Direction, b: Direction): Direction => unit([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);

const crossProduct = (a: Direction, b: Direction): Direction => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

function unit(v: Direction): Direction {
  const n = Math.hypot(v[0], v[1], v[2]);
  return n === 0 ? [0, 0, 0] : [v[0] / n, v[1] / n, v[2] / n];
}

const dot = (a: Direction, b: Direction): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** True when two pieces surely keep at least this distance (their planes or their balls say so). Cheap. */
export function surelyApart(p: Piece, q: Piece, metres: number): boolean {
  if (beside(p, q) >= metres || beside(q, p) >= metres) return true;
  return leastMetres(p.centre, q.centre) - INNER_RADIUS * (p.reach + q.reach) >= metres;
}

/** When both ends of `q` lie on one side of the plane of `p`: how far `q` surely keeps from that whole plane. */
function beside(p: Piece, q: Piece): number {
  const a = dot(p.normal, q.a);
  const b = dot(p.normal, q.b);
  if (a * b <= 0) return 0;
  return INNER_RADIUS * Math.min(Math.abs(a), Math.abs(b)) - p.bulge - q.bulge;
}

/** True when the pieces cross like an X. A touch is not called a crossing: it shows as a distance of nothing. */
export function piecesCross(p: Piece, q: Piece): boolean {
  const qa = aside(p.start, p.leaving, q.start);
  const qb = aside(p.start, p.leaving, q.finish);
  if (!opposite(qa, qb)) return false;
  return opposite(aside(q.start, q.leaving, p.start), aside(q.start, q.leaving, p.finish));
}

const SIDE_METRES = 1e-7;
const opposite = (a: number, b: number): boolean =>
  Math.abs(a) > SIDE_METRES && Math.abs(b) > SIDE_METRES && a > 0 !== b > 0;

/** Signed metres (about) by which a point lies right of the geodesic that leaves `from` along `azimuth`. */
function aside(from: Point, azimuth: number, point: Point): number {
  const to = bearing(from, point);
  return to.metres * turnSine(azimuth, to.leaving);
}

// Along a geodesic, the distance to a fixed point has no minimum but its ends where the point is farther than
// π/2 ÷ √(least curvature) = 10,052.5 km (the Hessian of distance is negative there, cut locus included), and at most
// one minimum where it is nearer than π/2 ÷ √(greatest curvature) = 9,985.1 km. In between its second derivative is
// below 1.1e-9 per metre, so an end of a 2 km stretch is at most 0.6 mm from the minimum.
const ONE_MINIMUM_BELOW = 9_980_000;
const ENDS_ONLY_ABOVE = 10_060_000;
const NEARLY_STRAIGHT = 2_000;
const MEAN_RADIUS = 6_371_008.8;
const STEP_METRES = 1e-5;

interface Sample {
  readonly s: number;
  readonly d: number;
  /** Derivative of the distance along the walk. */
  readonly slope: number;
  readonly at: Point;
  readonly azimuth: number;
}

/** The foot of a point on a piece: the nearest of its points. `cap`: a foot at least this far may be any end. */
export function nearestOnPiece(point: Point, piece: Piece, cap: number): Foot {
  const first = sampleEnd(point, piece, 'start');
  const best = search(point, piece, first, undefined, cap);
  return {
    metres: best.d,
    at: best.at,
    azimuth: best.azimuth,
    corner:
      best.s === piece.from && piece.startsAtCorner
        ? 'start'
        : best.s === piece.to && piece.endsAtCorner
          ? 'finish'
          : null,
    piece,
  };
}

function sample(point: Point, piece: Piece, s: number): Sample {
  if (s <= piece.from) return sampleEnd(point, piece, 'start');
  if (s >= piece.to) return sampleEnd(point, piece, 'finish');
  const at = piece.line.at(s);
  const to = bearing(at, point);
  return { s, d: to.metres, slope: -turnCosine(at.azimuth, to.leaving), at, azimuth: at.azimuth };
}

/** At an end the corner itself is used, not where the line arrives: polygons that share a corner share it exactly. */
function sampleEnd(point: Point, piece: Piece, end: 'start' | 'finish'): Sample {
  const at = end === 'start' ? piece.start : piece.finish;
  const azimuth = end === 'start' ? piece.leaving : piece.arriving;
  const to = bearing(at, point);
  return {
    s: end === 'start' ? piece.from : piece.to,
    d: to.metres,
    slope: -turnCosine(azimuth, to.leaving),
    at,
    azimuth,
  };
}

function search(point: Point, piece: Piece, lo: Sample, hi: Sample | undefined, cap: number): Sample {
  const to = hi?.s ?? piece.to;
  if (lo.d + (to - lo.s) < ONE_MINIMUM_BELOW) return onlyMinimum(point, piece, lo, to);
  const end = hi ?? sample(point, piece, to);
  const nearer = end.d < lo.d ? end : lo;
  const least = (lo.d + end.d - (to - lo.s)) / 2;
  if (least >= cap || least > ENDS_ONLY_ABOVE || to - lo.s <= NEARLY_STRAIGHT) return nearer;
  const middle = sample(point, piece, (lo.s + to) / 2);
  const left = search(point, piece, lo, middle, Math.min(cap, nearer.d, middle.d));
  const right = search(point, piece, middle, end, Math.min(cap, nearer.d, left.d));
  return right.d < left.d ? right : left;
}

function onlyMinimum(point: Point, piece: Piece, first: Sample, to: number): Sample {
  if (first.slope >= 0 || first.d === 0) return first;
  let lo = first;
  let hi: Sample | undefined;
  let best = first;
  for (let round = 0; round < 100; round++) {
    const from = best;
    let s = from.s + MEAN_RADIUS * Math.atan(-from.slope * Math.tan(from.d / MEAN_RADIUS));
    if (!hi && s >= to) {
      hi = sample(point, piece, to);
      if (hi.slope <= 0) return hi;
    }
    const right = hi?.s ?? to;
    if (!(s > lo.s && s < right)) s = (lo.s + right) / 2;
    if (Math.abs(s - from.s) < STEP_METRES || right - lo.s < STEP_METRES) break;
    const next = sample(point, piece, s);
    if (next.slope < 0) lo = next;
    else hi = next;
    best = next;
    if (next.d < STEP_METRES / 100) break;
  }
  return [lo, hi, best].reduce<Sample>((a, b) => (b && b.d < a.d ? b : a), first);
}

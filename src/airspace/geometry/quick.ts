/**
 * Bounds on the distance of two small shapes, on a plane that touches the ellipsoid between them. The bounds are
 * proved, not measured, and hold always; where they leave a verdict open, distance.ts decides. Never a verdict's number.
 *
 * Why they hold. Dropping points straight onto the touching plane shortens no path to less than cos(tilt) of itself
 * and lengthens none, where tilt is the angle between the normals there and at the origin, at most arc / least radius
 * of curvature. A geodesic of length L drops onto a curve that leaves its chord by at most L² sin(tilt) / 8R.
 */
import type { Point } from '../../core/index.ts';
import { angleBetween, directionOf } from './geodesic.ts';
import type { Unflattened } from './prepare.ts';

/** Metres: no less than `low`, no more than `high`. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** A shape as the plane sees it: Earth-fixed corners (x, y, z by turns), its own frame, its longest edge. */
export interface Flattenable {
  readonly corners: Float64Array;
  readonly radius: number;
  readonly longestEdge: number;
  readonly reach: number;
  readonly direction: readonly [number, number, number];
  /** Origin, east and north of the plane at the shape's first corner or centre. */
  readonly frame: Float64Array;
}

const A = 6_378_137;
const E2 = 0.0066943799901413165;
const LEAST_CURVATURE_RADIUS = A * (1 - E2);
/** Upper bound of metres walked over the ellipsoid per radian seen from its centre. */
const METRES_PER_RADIAN = A * 1.000006;
const MOST_CORNERS = 64;
const MOST_TILT = 0.05;
const RADIANS = Math.PI / 180;

function earthFixed({ lat, lon }: Point, out: Float64Array, at: number): void {
  const sin = Math.sin(lat * RADIANS);
  const n = A / Math.sqrt(1 - E2 * sin * sin);
  const c = n * Math.cos(lat * RADIANS);
  out[at] = c * Math.cos(lon * RADIANS);
  out[at + 1] = c * Math.sin(lon * RADIANS);
  out[at + 2] = n * (1 - E2) * sin;
}

/** The plane's view of a shape; undefined for shapes with too many corners. */
export function flattenable(shape: Unflattened): Flattenable | undefined {
  const points = shape.kind === 'circle' ? [shape.centre] : shape.pieces.map((piece) => piece.start);
  const [origin] = points;
  if (!origin || points.length > MOST_CORNERS) return undefined;
  const corners = new Float64Array(points.length * 3);
  for (const [i, point] of points.entries()) earthFixed(point, corners, 3 * i);
  const { lat, lon } = origin;
  const [sl, cl] = [Math.sin(lon * RADIANS), Math.cos(lon * RADIANS)];
  const [sp, cp] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
  const frame = new Float64Array(8);
  earthFixed(origin, frame, 0);
  frame.set([-sl, cl, -sp * cl, -sp * sl, cp], 3);
  const direction = directionOf(origin);
  return {
    corners,
    radius: shape.kind === 'circle' ? shape.radius : 0,
    longestEdge: shape.kind === 'circle' ? 0 : Math.max(...shape.pieces.map((piece) => piece.to - piece.from)),
    reach: shape.kind === 'circle' ? 0 : angleBetween(direction, shape.cap.centre) + shape.cap.reach,
    direction,
    frame,
  };
}

const flatA = new Float64Array(2 * MOST_CORNERS);
const flatB = new Float64Array(2 * MOST_CORNERS);

/** Two shapes dropped onto the plane of the first (x, y by turns), and by how much what is measured there may err. */
export interface Plane {
  readonly p: Float64Array;
  readonly n: number;
  readonly q: Float64Array;
  readonly m: number;
  /** Metres by which edges may leave their chords, both together. */
  readonly bend: number;
  readonly shortening: number;
}

/** Both shapes on one plane; undefined where it is no good (too far, too large). Valid until the next call. */
export function planeOf(a: Flattenable, b: Flattenable): Plane | undefined {
  const [x, y, z] = [a.direction[0] - b.direction[0], a.direction[1] - b.direction[1], a.direction[2] - b.direction[2]];
  const chord = Math.sqrt(x * x + y * y + z * z);
  if (chord > 2 * MOST_TILT) return undefined;
  // For chords this small the angle is at most that; sine and cosine are bounded likewise, on the safe side.
  const span = Math.max(a.reach, chord * (1 + (chord * chord) / 20) + b.reach);
  const tilt = (span * METRES_PER_RADIAN) / LEAST_CURVATURE_RADIUS;
  if (tilt > MOST_TILT) return undefined;
  if (lastFlattened !== a) drop(a.frame, a.corners, flatA);
  lastFlattened = a;
  drop(a.frame, b.corners, flatB);
  const bend =
    ((a.longestEdge * a.longestEdge + b.longestEdge * b.longestEdge) * tilt) / (8 * LEAST_CURVATURE_RADIUS) + ROUNDING;
  return {
    p: flatA,
    n: a.corners.length / 3,
    q: flatB,
    m: b.corners.length / 3,
    bend,
    shortening: 1 - (tilt * tilt) / 2,
  };
}

/** Whose corners `flatA` holds: a look-up asks about one shape many times. */
let lastFlattened: Flattenable | undefined;

/** Bounds of the distance between two shapes, or undefined where the plane is no good. */
export function boundDistance(a: Flattenable, b: Flattenable): Bounds | undefined {
  const plane = planeOf(a, b);
  if (!plane) return undefined;
  const { bend, shortening } = plane;
  const flat = planeDistance(plane.p, plane.n, plane.q, plane.m);
  const radii = a.radius + b.radius;
  return {
    low: Math.max(0, flat - bend - radii),
    high: Math.max(0, (flat + bend) / shortening - radii),
  };
}

const ROUNDING = 1e-6;

function drop(frame: Float64Array, corners: Float64Array, out: Float64Array): void {
  const [ox = 0, oy = 0, oz = 0, ex = 0, ey = 0, nx = 0, ny = 0, nz = 0] = frame;
  for (let i = 0, k = 0; i < corners.length; i += 3, k += 2) {
    const x = (corners[i] as number) - ox;
    const y = (corners[i + 1] as number) - oy;
    const z = (corners[i + 2] as number) - oz;
    out[k] = ex * x + ey * y;
    out[k + 1] = nx * x + ny * y + nz * z;
  }
}

/** Distance of two rings (a single corner is a point) in the plane; 0 when they meet or one holds the other. */
function planeDistance(p: Float64Array, n: number, q: Float64Array, m: number): number {
  if (n > 2 && holds(p, n, q[0] as number, q[1] as number)) return 0;
  if (m > 2 && holds(q, m, p[0] as number, p[1] as number)) return 0;
  if (n > 2 && m > 2 && anyCross(p, n, q, m)) return 0;
  return Math.sqrt(Math.min(cornersToRing(p, n, q, m), cornersToRing(q, m, p, n)));
}

/** Is a point of the plane inside a ring of it? */
export function holds(ring: Float64Array, n: number, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const [xi, yi] = [ring[2 * i] as number, ring[2 * i + 1] as number];
    const [xj, yj] = [ring[2 * j] as number, ring[2 * j + 1] as number];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Do edges of two rings cross in the plane? */
export function anyCross(p: Float64Array, n: number, q: Float64Array, m: number): boolean {
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const ax = p[2 * j] as number;
    const ay = p[2 * j + 1] as number;
    const dx = (p[2 * i] as number) - ax;
    const dy = (p[2 * i + 1] as number) - ay;
    let last = dx * ((q[2 * m - 1] as number) - ay) - dy * ((q[2 * m - 2] as number) - ax);
    for (let k = 0, l = m - 1; k < m; l = k++) {
      const cx = q[2 * k] as number;
      const cy = q[2 * k + 1] as number;
      const side = dx * (cy - ay) - dy * (cx - ax);
      if (side > 0 !== last > 0) {
        const ex = cx - (q[2 * l] as number);
        const ey = cy - (q[2 * l + 1] as number);
        const one = ex * (ay - cy) - ey * (ax - cx);
        const two = ex * (ay + dy - cy) - ey * (ax + dx - cx);
        if (one > 0 !== two > 0) return true;
      }
      last = side;
    }
  }
  return false;
}

/** Least squared distance from the corners of one ring to the edges of the other. */
export function cornersToRing(p: Float64Array, n: number, q: Float64Array, m: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0, l = m - 1; k < m; l = k++) {
    const ax = q[2 * l] as number;
    const ay = q[2 * l + 1] as number;
    const dx = (q[2 * k] as number) - ax;
    const dy = (q[2 * k + 1] as number) - ay;
    const length = dx * dx + dy * dy;
    for (let i = 0; i < n; i++) {
      const d = toSegment(p[2 * i] as number, p[2 * i + 1] as number, ax, ay, dx, dy, length);
      if (d < least) least = d;
    }
  }
  return least;
}

/** Squared distance from a point to the segment that leaves (ax, ay) by (dx, dy). */
export function toSegment(
  x: number,
  y: number,
  ax: number,
  ay: number,
  dx: number,
  dy: number,
  length: number = dx * dx + dy * dy,
): number {
  const px = x - ax;
  const py = y - ay;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
  const rx = px - t * dx;
  const ry = py - t * dy;
  return rx * rx + ry * ry;
}

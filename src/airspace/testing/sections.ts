/**
 * A second oracle, of another kind than the first and than the product: no geodesic routine at all. Points are
 * Earth-fixed vectors, an edge is its chord dropped onto the ellipsoid, a length is a chord bent by the curvature of
 * its own direction. Right to a tenth of a millimetre for shapes of some tens of kilometres, anywhere on the Earth.
 */
import type { Point } from '../../core/index.ts';

export type Vector = readonly [x: number, y: number, z: number];
/** A disc or a ring, by Earth-fixed points of the surface. */
export type Patch = { readonly centre: Vector; readonly radius: number } | { readonly ring: readonly Vector[] };

const A = 6_378_137;
const E2 = 0.0066943799901413165;
const DEGREES = 180 / Math.PI;

export function vectorOf({ lat, lon }: Point): Vector {
  const [sp, cp] = [Math.sin(lat / DEGREES), Math.cos(lat / DEGREES)];
  const n = A / Math.sqrt(1 - E2 * sp * sp);
  return [n * cp * Math.cos(lon / DEGREES), n * cp * Math.sin(lon / DEGREES), n * (1 - E2) * sp];
}

/** The foot of a point near the surface: latitude by fixed-point iteration. */
export function pointOf([x, y, z]: Vector): Point {
  const p = Math.hypot(x, y);
  let lat = Math.atan2(z, p * (1 - E2));
  for (let i = 0; i < 8; i++) {
    const n = A / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + E2 * n * Math.sin(lat), p);
  }
  return { lat: lat * DEGREES, lon: Math.atan2(y, x) * DEGREES };
}

const dropped = (v: Vector): Vector => vectorOf(pointOf(v));
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const mix = (a: Vector, b: Vector, t: number): Vector => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** East and north at a point. */
function axes({ lat, lon }: Point): readonly [Vector, Vector] {
  const [sl, cl] = [Math.sin(lon / DEGREES), Math.cos(lon / DEGREES)];
  const [sp, cp] = [Math.sin(lat / DEGREES), Math.cos(lat / DEGREES)];
  return [
    [-sl, cl, 0],
    [-sp * cl, -sp * sl, cp],
  ];
}

/** The point some metres east and north, on the surface. */
export function offset(from: Vector, east: number, north: number): Vector {
  const [e, n] = axes(pointOf(from));
  return dropped([
    from[0] + e[0] * east + n[0] * north,
    from[1] + e[1] * east + n[1] * north,
    from[2] + e[2] * east + n[2] * north,
  ]);
}

/** Metres over the surface between two points at most some 200 km apart. */
export function arc(a: Vector, b: Vector): number {
  const chord = Math.sqrt(dot(minus(a, b), minus(a, b)));
  if (chord === 0) return 0;
  const middle = pointOf(mix(a, b, 0.5));
  const [e, n] = axes(middle);
  const way = minus(b, a);
  const turn = Math.atan2(dot(way, e), dot(way, n));
  const w = 1 - E2 * Math.sin(middle.lat / DEGREES) ** 2;
  const alongMeridian = (A * (1 - E2)) / w ** 1.5;
  const acrossIt = A / Math.sqrt(w);
  const radius = 1 / (Math.cos(turn) ** 2 / alongMeridian + Math.sin(turn) ** 2 / acrossIt);
  return 2 * radius * Math.asin(chord / 2 / radius);
}

const PARTS = 48;

/** Least metres from a point to an edge: samples, then the best stretch cut in thirds. */
function toEdge(point: Vector, a: Vector, b: Vector): number {
  const f = (t: number): number => arc(point, dropped(mix(a, b, t)));
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= PARTS; i++) {
    const d = f(i / PARTS);
    if (d < least) [least, best] = [d, i];
  }
  let [low, high] = [Math.max(0, best - 1) / PARTS, Math.min(PARTS, best + 1) / PARTS];
  for (let i = 0; i < 60; i++) {
    const [t, u] = [low + (high - low) / 3, high - (high - low) / 3];
    if (f(t) < f(u)) high = u;
    else low = t;
  }
  return Math.min(least, f((low + high) / 2));
}

type Flat = readonly [number, number];
const view = (origin: Vector): ((v: Vector) => Flat) => {
  const [e, n] = axes(pointOf(origin));
  return (v) => [dot(minus(v, origin), e), dot(minus(v, origin), n)];
};
const fine = (ring: readonly Vector[]): Vector[] =>
  ring.flatMap((a, i) =>
    Array.from({ length: PARTS }, (_, k) => dropped(mix(a, ring[(i + 1) % ring.length] ?? a, k / PARTS))),
  );

/** Turns of a ring about a point: not 0 when it is inside. */
function turns(ring: readonly Vector[], point: Vector): number {
  const flat = fine(ring).map(view(point));
  let angle = 0;
  flat.forEach(([x, y], i) => {
    const [u, v] = flat[(i + 1) % flat.length] ?? [x, y];
    angle += Math.atan2(x * v - y * u, x * u + y * v);
  });
  return Math.round(angle / 2 / Math.PI);
}

const side = ([ax, ay]: Flat, [bx, by]: Flat, [cx, cy]: Flat): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

function meet(p: readonly Vector[], q: readonly Vector[]): boolean {
  const flat = view(p[0] as Vector);
  const [a, b] = [fine(p).map(flat), fine(q).map(flat)];
  return a.some((s, i) => {
    const t = a[(i + 1) % a.length] ?? s;
    return b.some((u, k) => {
      const v = b[(k + 1) % b.length] ?? u;
      return side(s, t, u) > 0 !== side(s, t, v) > 0 && side(u, v, s) > 0 !== side(u, v, t) > 0;
    });
  });
}

const edgesOf = (ring: readonly Vector[]): (readonly [Vector, Vector])[] =>
  ring.map((a, i) => [a, ring[(i + 1) % ring.length] ?? a]);
const toRing = (point: Vector, ring: readonly Vector[]): number =>
  Math.min(...edgesOf(ring).map(([a, b]) => toEdge(point, a, b)));

/** Metres between two patches, 0 when they share a point. */
export function apart(a: Patch, b: Patch): number {
  if ('centre' in a && 'centre' in b) return Math.max(0, arc(a.centre, b.centre) - a.radius - b.radius);
  if ('ring' in a && 'centre' in b) return apart(b, a);
  if ('centre' in a && 'ring' in b) {
    return turns(b.ring, a.centre) !== 0 ? 0 : Math.max(0, toRing(a.centre, b.ring) - a.radius);
  }
  const [p, q] = [(a as { ring: readonly Vector[] }).ring, (b as { ring: readonly Vector[] }).ring];
  if (meet(p, q) || turns(p, q[0] as Vector) !== 0 || turns(q, p[0] as Vector) !== 0) return 0;
  return Math.min(...p.map((corner) => toRing(corner, q)), ...q.map((corner) => toRing(corner, p)));
}

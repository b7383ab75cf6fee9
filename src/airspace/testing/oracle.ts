/**
 * The brute-force oracle of the tests and the benchmark: slow, plain, and another method than the product's. Edges
 * are sampled densely, minima polished by golden section, crossings and insides told on a tangent plane of the
 * densified outline. For shapes of up to a few hundred kilometres; `sweep` is good anywhere. Never used by the program.
 */
import geodesic from 'geographiclib-geodesic';
import type { Point } from '../../core/index.ts';
import type { Outline } from '../model.ts';

const WGS84 = geodesic.Geodesic.WGS84;
const RADIANS = Math.PI / 180;

export const metres = (a: Point, b: Point): number => WGS84.Inverse(a.lat, a.lon, b.lat, b.lon).s12 ?? 0;

export function move(from: Point, azimuth: number, distance: number): Point {
  const to = WGS84.Direct(from.lat, from.lon, azimuth, distance);
  return { lat: to.lat2 ?? 0, lon: to.lon2 ?? 0 };
}

type Walk = (s: number) => Point;

function walk(a: Point, b: Point): { at: Walk; length: number } {
  const line = WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon);
  return {
    length: line.s13,
    at: (s) => {
      const p = line.Position(s);
      return { lat: p.lat2 ?? 0, lon: p.lon2 ?? 0 };
    },
  };
}

/** Least distance from a point to a geodesic edge: samples, then golden section round every low sample. */
export function sweep(point: Point, a: Point, b: Point, samples = 60): number {
  const { at, length } = walk(a, b);
  const f = (s: number): number => metres(point, at(Math.min(length, Math.max(0, s))));
  const step = length / samples;
  const values = Array.from({ length: samples + 1 }, (_, i) => f(i * step));
  let best = Math.min(...values);
  for (let i = 0; i <= samples; i++) {
    const v = values[i] ?? 0;
    if ((values[i - 1] ?? Infinity) < v || (values[i + 1] ?? Infinity) < v || v - step > best) continue;
    best = Math.min(best, golden(f, (i - 1) * step, (i + 1) * step));
  }
  return best;
}

function golden(f: (s: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  while (b - a > 1e-3) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - ratio * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + ratio * (b - a);
      fd = f(d);
    }
  }
  return Math.min(fc, fd);
}

interface Flat {
  readonly x: number;
  readonly y: number;
}

function earthFixed({ lat, lon }: Point): readonly [number, number, number] {
  const e2 = WGS84.f * (2 - WGS84.f);
  const n = WGS84.a / Math.sqrt(1 - e2 * Math.sin(lat * RADIANS) ** 2);
  const c = n * Math.cos(lat * RADIANS);
  return [c * Math.cos(lon * RADIANS), c * Math.sin(lon * RADIANS), n * (1 - e2) * Math.sin(lat * RADIANS)];
}

/** Onto the plane that touches the ellipsoid at the origin. */
function flatten(origin: Point, point: Point): Flat {
  const [ox, oy, oz] = earthFixed(origin);
  const [px, py, pz] = earthFixed(point);
  const [dx, dy, dz] = [px - ox, py - oy, pz - oz];
  const [sl, cl] = [Math.sin(origin.lon * RADIANS), Math.cos(origin.lon * RADIANS)];
  const [sp, cp] = [Math.sin(origin.lat * RADIANS), Math.cos(origin.lat * RADIANS)];
  return { x: -sl * dx + cl * dy, y: -sp * cl * dx - sp * sl * dy + cp * dz };
}

function densify(ring: readonly Point[], step: number): Point[] {
  return ring.flatMap((corner, i) => {
    const { at, length } = walk(corner, ring[(i + 1) % ring.length] ?? corner);
    const count = Math.max(1, Math.ceil(length / step));
    return Array.from({ length: count }, (_, k) => at((length * k) / count));
  });
}

const cross = (o: Flat, a: Flat, b: Flat): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

function segmentsCross(a: Flat, b: Flat, c: Flat, d: Flat): boolean {
  return cross(a, b, c) > 0 !== cross(a, b, d) > 0 && cross(c, d, a) > 0 !== cross(c, d, b) > 0;
}

function holds(ring: readonly Flat[], p: Flat): boolean {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    if (a.y > p.y !== b.y > p.y && p.x < a.x + ((p.y - a.y) * (b.x - a.x)) / (b.y - a.y)) inside = !inside;
  });
  return inside;
}

/** Distance between two outlines of modest size, by brute force. */
export function bruteDistance(a: Outline, b: Outline, step = 500): number {
  if (a.circle && b.circle)
    return Math.max(0, metres(a.circle, b.circle) - a.circle.radiusMetres - b.circle.radiusMetres);
  if (a.polygon && b.circle) return bruteDistance(b, a, step);
  if (a.circle && b.polygon) {
    const { circle } = a;
    const ring = b.polygon;
    if (
      holds(
        densify(ring, step).map((p) => flatten(circle, p)),
        { x: 0, y: 0 },
      )
    )
      return 0;
    return Math.max(
      0,
      Math.min(...ring.map((p, i) => sweep(circle, p, ring[(i + 1) % ring.length] ?? p))) - circle.radiusMetres,
    );
  }
  const p = a.polygon ?? [];
  const q = b.polygon ?? [];
  const origin = p[0] ?? { lat: 0, lon: 0 };
  const fp = densify(p, step).map((c) => flatten(origin, c));
  const fq = densify(q, step).map((c) => flatten(origin, c));
  const apart = fp.every((s, i) =>
    fq.every((t, k) => !segmentsCross(s, fp[(i + 1) % fp.length] ?? s, t, fq[(k + 1) % fq.length] ?? t)),
  );
  if (!apart || holds(fp, fq[0] ?? { x: 0, y: 0 }) || holds(fq, fp[0] ?? { x: 0, y: 0 })) return 0;
  const ends = (from: readonly Point[], to: readonly Point[]): number =>
    Math.min(...from.map((c) => Math.min(...to.map((s, i) => sweep(c, s, to[(i + 1) % to.length] ?? s, 20)))));
  return Math.min(ends(p, q), ends(q, p));
}

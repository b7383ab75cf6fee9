import { describe, expect, it } from 'vitest';
import type { Point } from '../../core/index.ts';
import type { Outline } from '../model.ts';
import { bruteDistance, metres, move, sweep } from '../testing/oracle.ts';
import { anyOutline, seeded, star } from '../testing/shapes.ts';
import { metresBetweenShapes } from './distance.ts';
import { nearestOnBoundary } from './polygon.ts';
import { isFault, prepareShape, type Shape } from './prepare.ts';

function shape(outline: Outline): Shape {
  const prepared = prepareShape(outline);
  if (isFault(prepared)) throw new Error(`${prepared.field}: ${prepared.reason}`);
  return prepared;
}
const disc = (at: Point, radiusMetres: number): Outline => ({ circle: { ...at, radiusMetres } });
const ring = (...corners: readonly [number, number][]): Outline => ({
  polygon: corners.map(([lon, lat]) => ({ lon, lat })),
});
const apart = (a: Outline, b: Outline, cap?: number): number => metresBetweenShapes(shape(a), shape(b), cap);

const PLACES: readonly (readonly [string, Point])[] = [
  ['Aleppo', { lat: 36.2, lon: 37.16 }],
  ['the antimeridian', { lat: -17, lon: 179.98 }],
  ['the antimeridian, written west', { lat: 52, lon: -179.999 }],
  ['the north pole', { lat: 89.95, lon: 20 }],
  ['on the south pole', { lat: -90, lon: 0 }],
  ['the equator and Greenwich', { lat: 0, lon: 0 }],
];

describe.each(PLACES)('distance near %s', (_, centre) => {
  const random = seeded(2254);

  it('is the brute-force distance for circles and polygons of every sort', () => {
    for (let i = 0; i < 40; i++) {
      const a = anyOutline(random, move(centre, random() * 360, random() * 30_000), 15_000);
      const b = anyOutline(random, move(centre, random() * 360, random() * 40_000), 15_000);
      const expected = bruteDistance(a, b);
      expect(Math.abs(apart(a, b) - expected), JSON.stringify({ a, b, expected })).toBeLessThan(0.002);
      expect(apart(b, a)).toBeCloseTo(apart(a, b), 6);
    }
  });

  it('tells a gap of 1 cm from an overlap of 1 cm, beside an edge and before a corner', () => {
    for (let i = 0; i < 30; i++) {
      const polygon = star(random, centre, 3 + (i % 7), 8_000, 20_000);
      const prepared = shape({ polygon });
      const away = move(centre, random() * 360, 60_000);
      const reach = apart({ polygon }, disc(away, 1)) + 1;
      expect(apart({ polygon }, disc(away, reach - 0.01))).toBeCloseTo(0.01, 4);
      expect(apart({ polygon }, disc(away, reach + 0.01))).toBe(0);
      if (prepared.kind !== 'polygon') continue;
      const foot = nearestOnBoundary(prepared, away);
      if (!foot) throw new Error('no foot');
      const there = towards(foot.at, away);
      for (const gap of [0.01, -0.01]) {
        const tip = move(foot.at, gap > 0 ? there : there + 180, Math.abs(gap));
        const spear = [tip, move(tip, there - 8, 30_000), move(tip, there + 8, 30_000)];
        const got = apart({ polygon }, { polygon: spear });
        if (gap > 0) expect(got).toBeCloseTo(0.01, 4);
        else expect(got).toBe(0);
      }
    }
  });
});

function towards(a: Point, b: Point): number {
  let best = { azimuth: 0, d: Number.POSITIVE_INFINITY };
  for (let width = 180, middle = 180; width > 1e-7; width /= 2) {
    for (let k = -4; k <= 4; k++) {
      const azimuth = middle + (k * width) / 4;
      const d = metres(move(a, azimuth, 1000), b);
      if (d < best.d) best = { azimuth, d };
    }
    middle = best.azimuth;
  }
  return best.azimuth;
}

describe('long edges and far points', () => {
  const random = seeded(42);
  const anywhere = (): Point => ({ lat: (Math.asin(2 * random() - 1) * 180) / Math.PI, lon: random() * 360 - 180 });

  it('finds the nearest point of edges of thousands of kilometres, from anywhere on the Earth', () => {
    for (let i = 0; i < 25; i++) {
      const centre = anywhere();
      const polygon = star(random, centre, 3 + (i % 3), 200_000, 6_000_000);
      const prepared = prepareShape({ polygon });
      if (isFault(prepared) || prepared.kind !== 'polygon') continue;
      const point = i % 2 === 0 ? anywhere() : move(centre, random() * 360, 9_000_000 + random() * 11_000_000);
      const expected = Math.min(
        ...polygon.map((p, k) => sweep(point, p, polygon[(k + 1) % polygon.length] ?? p, 3_000)),
      );
      expect(Math.abs((nearestOnBoundary(prepared, point)?.metres ?? -1) - expected)).toBeLessThan(0.002);
    }
  });

  it('bends with the geodesic, not with the parallel or the chart', () => {
    const band = ring([20, 60], [60, 60], [60, 40], [20, 40]);
    // The geodesic between 20°E and 60°E at 60°N climbs to about 61.5°N.
    expect(apart(band, disc({ lat: 61.4, lon: 40 }, 1))).toBe(0);
    const high = { lat: 62, lon: 40 };
    const expected = sweep(high, { lat: 60, lon: 20 }, { lat: 60, lon: 60 }, 4000) - 1;
    expect(apart(band, disc(high, 1))).toBeCloseTo(expected, 2);
  });

  it('measures discs larger than a hemisphere and centres almost opposite', () => {
    const a = { lat: 10, lon: 20 };
    const b = { lat: -10.3, lon: -159.8 };
    const between = metres(a, b);
    expect(apart(disc(a, between - 5_000_000 - 0.01), disc(b, 5_000_000))).toBeCloseTo(0.01, 5);
    expect(apart(disc(a, between - 5_000_000 + 0.01), disc(b, 5_000_000))).toBe(0);
    const square = ring([-160, -11], [-159, -11], [-159, -10], [-160, -10]);
    const inside = apart(square, disc(b, 1));
    expect(inside).toBe(0);
    const reach = apart(square, disc(a, 1)) + 1;
    const corners = [
      [-160, -11],
      [-159, -11],
      [-159, -10],
      [-160, -10],
      [-160, -11],
    ] as const;
    const expected = Math.min(
      ...corners.slice(1).map(([lon, lat], i) => {
        const [lon0, lat0] = corners[i] ?? [0, 0];
        return sweep(a, { lon: lon0, lat: lat0 }, { lon, lat }, 3000);
      }),
    );
    expect(Math.abs(reach - expected)).toBeLessThan(0.002);
  });
});

describe('inside', () => {
  it('is the smaller side, whichever way round, closed or not', () => {
    const corners: [number, number][] = [
      [36, 35],
      [37, 35],
      [36.5, 35.4],
      [37, 36],
      [36, 36],
    ];
    const [first] = corners;
    const walks = [
      corners,
      [...corners].reverse(),
      [...corners, ...(first ? [first] : [])],
      [...corners.slice(2), ...corners.slice(0, 2)],
    ];
    for (const walk of walks) {
      expect(apart(ring(...walk), disc({ lat: 35.5, lon: 36.2 }, 1))).toBe(0);
      expect(apart(ring(...walk), disc({ lat: 35.45, lon: 36.9 }, 1))).toBeGreaterThan(10_000);
      expect(apart(ring(...walk), disc({ lat: -35.5, lon: -143.5 }, 1))).toBeGreaterThan(1e7);
    }
  });

  it('holds a pole when the ring goes round it', () => {
    const cap = ring([0, 80], [120, 80], [-120, 80]);
    expect(apart(cap, disc({ lat: 90, lon: 77 }, 1))).toBe(0);
    expect(apart(cap, disc({ lat: 60, lon: 0 }, 1))).toBeGreaterThan(2_000_000);
    const corner = ring([0, 90], [0, 80], [40, 80]);
    expect(apart(corner, disc({ lat: 85, lon: 20 }, 1))).toBe(0);
    expect(apart(corner, disc({ lat: 85, lon: -20 }, 1))).toBeGreaterThan(100_000);
    expect(apart(corner, disc({ lat: 89, lon: 180 }, 1))).toBeCloseTo(
      metres({ lat: 89, lon: 180 }, { lat: 90, lon: 0 }) - 1,
      6,
    );
  });

  it('finds one outline inside another, and two that cross without a corner inside', () => {
    const outer = ring([36, 35], [38, 35], [38, 37], [36, 37]);
    expect(apart(outer, ring([36.9, 35.9], [37.1, 35.9], [37, 36.1]))).toBe(0);
    expect(apart(ring([36.9, 35.9], [37.1, 35.9], [37, 36.1]), outer)).toBe(0);
    expect(apart(ring([35, 35.9], [39, 35.9], [39, 36.1], [35, 36.1]), outer)).toBe(0);
    expect(apart(disc({ lat: 36, lon: 37 }, 500_000), outer)).toBe(0);
  });

  it('takes the notch of a concave outline for outside', () => {
    const horseshoe = ring([36, 35], [37, 35], [37, 36], [36.9, 36], [36.9, 35.1], [36.1, 35.1], [36.1, 36], [36, 36]);
    const guest = ring([36.4, 35.5], [36.6, 35.5], [36.5, 35.7]);
    const expected = bruteDistance(horseshoe, guest);
    expect(expected).toBeGreaterThan(20_000);
    expect(apart(horseshoe, guest)).toBeCloseTo(expected, 2);
  });

  it('does not call two pieces of one geodesic crossing', () => {
    const a = { lat: 35, lon: 36 };
    const line = [0, 10_000, 20_000, 30_000].map((s) => move(a, 63, s));
    const [p, q, r, s] = line as [Point, Point, Point, Point];
    const first = { polygon: [p, q, move(p, 153, 5_000)] };
    const second = { polygon: [r, s, move(s, 153, 5_000)] };
    expect(apart(first, second)).toBeCloseTo(10_000, 4);
  });
});

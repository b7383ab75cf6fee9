import { describe, expect, it } from 'vitest';
import { move } from '../testing/oracle.ts';
import { seeded, star } from '../testing/shapes.ts';
import { metresBetweenShapes } from './distance.ts';
import { betweenPolygonsNearby, discToPolygonNearby } from './nearby.ts';
import { isFault, prepareShape, type Shape } from './prepare.ts';
import { surelySimple } from './simple.ts';

const solid = (shape: ReturnType<typeof prepareShape>): Shape => {
  if (isFault(shape)) throw new Error(shape.reason);
  return shape;
};
/** The same shape with no plane to look at it on: everything is measured on the ellipsoid. */
const blind = (shape: Shape): Shape => ({ ...shape, flat: undefined });

describe('looking only where the least distance can be', () => {
  it('finds the distance that looking everywhere finds, and knows every overlap it claims', () => {
    const random = seeded(41);
    const seen = { told: 0, doubts: 0, overlaps: 0, apart: 0 };
    for (let i = 0; i < 4_000; i++) {
      const centre = { lat: random() * 178 - 89, lon: random() * 360 - 180 };
      const size = 200 * 100 ** random();
      const other = move(centre, random() * 360, random() * 3 * size);
      const b = solid(prepareShape({ polygon: star(random, other, 3 + Math.floor(random() * 9), size * 0.2, size) }));
      const a = solid(
        random() < 0.5
          ? prepareShape({ circle: { ...centre, radiusMetres: size * random() + 1 } })
          : prepareShape({ polygon: star(random, centre, 3 + Math.floor(random() * 9), size * 0.2, size) }),
      );
      const cap = random() < 0.5 ? size : Number.POSITIVE_INFINITY;
      const told =
        b.kind === 'circle'
          ? undefined
          : a.kind === 'circle'
            ? discToPolygonNearby(a, b, cap)
            : betweenPolygonsNearby(a, b, cap);
      const whole = metresBetweenShapes(blind(a), blind(b), cap);
      if (told === undefined) seen.doubts += 1;
      else {
        seen.told += 1;
        seen[whole === 0 ? 'overlaps' : 'apart'] += 1;
        if (whole >= cap) expect(told).toBeGreaterThanOrEqual(cap - 1e-6);
        else expect(Math.abs(told - whole)).toBeLessThan(1e-6);
      }
    }
    expect(seen.overlaps).toBeGreaterThan(500);
    expect(seen.apart).toBeGreaterThan(500);
    expect(seen.doubts).toBeLessThan(seen.told / 10);
  }, 120_000);
});

describe('a ring called simple on the plane', () => {
  it('is one, and a ring that touches or crosses itself never is', () => {
    const ring = (corners: [number, number][]) =>
      prepareShape({ polygon: corners.map(([lon, lat]) => ({ lat, lon })) });
    const good = solid(
      ring([
        [37, 36],
        [37.1, 36],
        [37.1, 36.1],
        [37, 36.1],
      ]),
    );
    expect(good.flat && surelySimple(good.flat, 2e-6)).toBe(true);
    for (const bad of [
      [
        [37, 36],
        [37.1, 36.1],
        [37.1, 36],
        [37, 36.1],
      ],
      [
        [37, 36],
        [37.1, 36],
        [37.1, 36.1],
        [37.05, 36],
        [37, 36.1],
      ],
      [
        [37, 36],
        [37.1, 36],
        [37.2, 36],
        [37.1, 36],
        [37.05, 36.1],
      ],
      [
        [37, 36],
        [37.1, 36],
        [37.1, 36.1],
        [37, 36],
        [36.9, 36.1],
      ],
    ] as [number, number][][]) {
      expect(isFault(ring(bad))).toBe(true);
    }
  });
});

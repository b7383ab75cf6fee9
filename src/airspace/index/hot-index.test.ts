import { describe, expect, it } from 'vitest';
import type { Point } from '../../core/index.ts';
import { conflictOf, type Prepared } from '../conflict.ts';
import { metresBetweenShapes } from '../geometry/distance.ts';
import { isFault, prepareShape } from '../geometry/prepare.ts';
import { boundDistance } from '../geometry/quick.ts';
import { move } from '../testing/oracle.ts';
import { anyOutline, seeded } from '../testing/shapes.ts';
import { HotIndex } from './hot-index.ts';

const MINIMA = { horizontalMetres: 9_260, verticalMetres: 300, timeSeconds: 300 };
const DAY = Date.UTC(2016, 4, 22);

function anyVolume(random: () => number, centre: Point, spread: number, size: number): Prepared {
  const outline = anyOutline(random, move(centre, random() * 360, random() * spread), size);
  const shape = prepareShape(outline);
  if (isFault(shape)) return anyVolume(random, centre, spread, size);
  const altitudeLowerMetres = random() * 6_000;
  const start = DAY + random() * 6 * 3_600_000;
  const end = start + random() * 2 * 3_600_000;
  return {
    volume: { outline, altitudeLowerMetres, altitudeUpperMetres: altitudeLowerMetres + 1_500, start, end },
    shape,
  };
}

describe.each([
  ['Syria', { lat: 35, lon: 38 }],
  ['the antimeridian', { lat: -30, lon: 179.9 }],
  ['the pole', { lat: 89.7, lon: 10 }],
] as [string, Point][])('the hot index over %s', (_, centre) => {
  it('finds what a scan of everything finds, after removals too, small and huge together', () => {
    const random = seeded(99);
    const index = new HotIndex(MINIMA);
    const size = () => (random() < 0.02 ? 900_000 : 15_000);
    const slots = Array.from({ length: 600 }, () => index.add(anyVolume(random, centre, 250_000, size())));
    const gone = new Set(slots.filter(() => random() < 0.3));
    for (const slot of gone) index.remove(slot);
    let hits = 0;
    for (let i = 0; i < 120; i++) {
      const asked = anyVolume(random, centre, 250_000, size());
      const expected = slots.filter((slot) => {
        const other = index.at(slot);
        return other && !gone.has(slot) && conflictOf(asked, other, MINIMA);
      });
      const found = index.near(asked, () => MINIMA).map(({ slot }) => slot);
      expect(found.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
      hits += expected.length;
    }
    expect(hits).toBeGreaterThan(100);
  });
});

describe('the quick bounds', () => {
  it('hold the true distance between them, everywhere', () => {
    const random = seeded(5);
    let narrow = 0;
    for (let i = 0; i < 3_000; i++) {
      const centre = { lat: random() * 178 - 89, lon: random() * 360 - 180 };
      const size = 1_000 * 10 ** (2 * random());
      const [a, b] = [anyVolume(random, centre, 2 * size, size).shape, anyVolume(random, centre, 2 * size, size).shape];
      const bounds = a.flat && b.flat && boundDistance(a.flat, b.flat);
      if (!bounds) continue;
      const metres = metresBetweenShapes(a, b);
      expect(bounds.low).toBeLessThanOrEqual(metres + 1e-6);
      expect(bounds.high).toBeGreaterThanOrEqual(metres - 1e-6);
      if (size < 30_000 && bounds.high - bounds.low < 30) narrow += 1;
    }
    expect(narrow).toBeGreaterThan(1_000);
  });
});

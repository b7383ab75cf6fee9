import { describe, expect, it } from 'vitest';
import { apart, offset, type Patch, pointOf, type Vector, vectorOf } from '../testing/sections.ts';
import { seeded } from '../testing/shapes.ts';
import { type CheckConflict, findConflicts } from './check.ts';
import { parseCheckInput } from './parse.ts';

// Verdicts against an oracle that shares nothing with the product: see testing/sections.ts.

type Fields = Record<string, unknown>;
type Random = () => number;

function patch(random: Random, at: Vector, size: number): Patch {
  if (random() < 0.4) return { centre: at, radius: size * (0.2 + 0.8 * random()) };
  const corners = 3 + Math.floor(random() * 7);
  const hollow = random() < 0.5 ? 0.25 : 0.8;
  const turn = random() * 7;
  const ring = Array.from({ length: corners }, (_, i) => {
    const angle = turn + ((i + 0.7 * random()) / corners) * 2 * Math.PI;
    const reach = size * (i % 2 === 0 ? 1 : hollow);
    return offset(at, reach * Math.sin(angle), reach * Math.cos(angle));
  });
  return { ring: random() < 0.5 ? ring : ring.reverse() };
}

/** The patch as the input writes it, in one of the ways that mean the same. */
function written(random: Random, it: Patch): Fields {
  if ('centre' in it) return { circle: { ...pointOf(it.centre), radiusMetres: it.radius } };
  const from = Math.floor(random() * it.ring.length);
  const ring = [...it.ring.slice(from), ...it.ring.slice(0, from)].map(pointOf);
  const past = random() < 0.3;
  const corners = ring.map(({ lat, lon }) => [past && lon < 0 ? lon + 360 : lon, lat]);
  return { polygon: random() < 0.3 ? [...corners, corners[0]] : corners };
}

const fixed = {
  altitudeLowerMetres: 0,
  altitudeUpperMetres: 100,
  start: '2016-05-22T10:00:00Z',
  end: '2016-05-22T11:00:00Z',
};
const check = (outlines: readonly Fields[], horizontalMetres: number): CheckConflict[] =>
  findConflicts(
    parseCheckInput(
      JSON.stringify({
        minima: { horizontalMetres, verticalMetres: 1, timeSeconds: 1 },
        volumes: outlines.map((outline, i) => ({ id: `v${i}`, party: `p${i}`, outline, ...fixed })),
      }),
    ),
  );

describe.each([
  ['over Syria', { lat: 35, lon: 38 }, 11],
  ['over the antimeridian', { lat: -17, lon: 179.98 }, 12],
  ['over the north pole', { lat: 89.95, lon: 40 }, 13],
  ['over the south pole', { lat: -89.98, lon: -120 }, 14],
  ['over the equator', { lat: 0.02, lon: 0.01 }, 15],
  ['far north', { lat: 71, lon: -156 }, 16],
])('two outlines %s', (_, point, seed) => {
  it('conflict a centimetre inside the minimum and not a centimetre outside, at the distance that is', () => {
    const random = seeded(seed);
    let [gaps, overlaps] = [0, 0];
    for (let i = 0; i < 60; i++) {
      const centre = offset(vectorOf(point), (random() - 0.5) * 30_000, (random() - 0.5) * 30_000);
      const size = 500 * 20 ** random();
      const one = patch(random, centre, size);
      const two = patch(random, offset(centre, (random() - 0.5) * 4 * size, (random() - 0.5) * 4 * size), size);
      const metres = apart(one, two);
      const outlines = [written(random, one), written(random, two)];
      if (metres < 0.05) {
        const [met] = check(outlines, 0.01);
        if (metres === 0) expect(met?.minHorizontalMetres).toBe(0);
        overlaps += 1;
        continue;
      }
      gaps += 1;
      expect(check(outlines, metres - 0.01)).toEqual([]);
      const [near] = check(outlines, metres + 0.01);
      expect(Math.abs((near?.minHorizontalMetres ?? Number.NaN) - metres)).toBeLessThan(0.005);
    }
    expect(gaps).toBeGreaterThan(10);
    expect(overlaps).toBeGreaterThan(10);
  }, 120_000);
});

it('a day of traffic of three parties: every pair and no other, with its window and heights', () => {
  const random = seeded(2254);
  const day = Date.UTC(2016, 4, 22);
  const all = Array.from({ length: 90 }, (_, i) => {
    const at = offset(vectorOf({ lat: 36, lon: 37 }), (random() - 0.5) * 90_000, (random() - 0.5) * 90_000);
    const shape = patch(random, at, 4_000 + random() * 9_000);
    const low = Math.round(random() * 4_000);
    const start = day + Math.floor(random() * 7_200) * 1000;
    return {
      id: `v${i}`,
      party: ['alpha', 'bravo', 'charlie'][i % 3] ?? '',
      shape,
      low,
      high: low + Math.round(random() * 900),
      start,
      end: start + Math.floor(random() * 3_600) * 1000,
      outline: written(random, shape),
    };
  });
  const expected = all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b) => {
      const height = Math.max(0, a.low - b.high, b.low - a.high);
      const time = Math.max(0, a.start - b.end, b.start - a.end);
      if (a.party === b.party || height >= 300 || time >= 300_000) return [];
      const metres = apart(a.shape, b.shape);
      if (Math.abs(metres - 5_000) < 0.01) throw new Error('a pair too close to call');
      return metres < 5_000 ? [{ a: a.id, b: b.id, height, metres, times: [a.start, a.end, b.start, b.end] }] : [];
    }),
  );
  const iso = (ms: number): string => new Date(ms).toISOString();
  const found = findConflicts(
    parseCheckInput(
      JSON.stringify({
        minima: { horizontalMetres: 5_000, verticalMetres: 300, timeSeconds: 300 },
        volumes: all.map(({ id, party, outline, low, high, start, end }) => ({
          id,
          party,
          outline,
          altitudeLowerMetres: low,
          altitudeUpperMetres: high,
          start: iso(start),
          end: iso(end),
        })),
      }),
    ),
  );
  expect(expected.length).toBeGreaterThan(25);
  expect(found.map(({ a, b }) => `${a} ${b}`)).toEqual(expected.map(({ a, b }) => `${a} ${b}`));
  for (const [i, conflict] of found.entries()) {
    const { height, metres, times } = expected[i] ?? { height: 0, metres: 0, times: [] };
    expect(conflict.minVerticalMetres).toBe(height);
    expect(Math.abs(conflict.minHorizontalMetres - metres)).toBeLessThan(0.005);
    const [as = 0, ae = 0, bs = 0, be = 0] = times;
    const [later, earlier] = [Math.max(as, bs), Math.min(ae, be)];
    expect(conflict.window).toEqual({ start: iso(Math.min(later, earlier)), end: iso(Math.max(later, earlier)) });
  }
}, 240_000);

import { describe, expect, it } from 'vitest';
import { move } from '../testing/oracle.ts';
import { seeded, star } from '../testing/shapes.ts';
import { isFault, prepareShape } from './prepare.ts';

const ring = (...corners: readonly (readonly [number, number])[]) =>
  prepareShape({ polygon: corners.map(([lon, lat]) => ({ lon, lat })) });

describe('outlines that are none', () => {
  it.each([
    [
      'a bow tie',
      [
        [36, 35],
        [37, 36],
        [37, 35],
        [36, 36],
      ],
    ],
    [
      'two corners',
      [
        [36, 35],
        [37, 35],
      ],
    ],
    [
      'three corners, two alike',
      [
        [36, 35],
        [37, 35],
        [36, 35],
      ],
    ],
    [
      'one place three times',
      [
        [36, 35],
        [36, 35],
        [36, 35],
      ],
    ],
    [
      'a walk out and back along a meridian',
      [
        [36, 35],
        [36, 36],
        [36, 37],
      ],
    ],
    [
      'a spike',
      [
        [36, 35],
        [37, 35],
        [37, 36],
        [37, 35.5],
        [36, 36],
      ],
    ],
    [
      'a corner on another edge',
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [1, 0],
        [0, 2],
      ],
    ],
    [
      'a corner visited twice',
      [
        [0, 0],
        [1, 0],
        [0.5, 0.5],
        [1, 1],
        [0, 1],
        [0.5, 0.5],
      ],
    ],
    [
      'a bow tie over the antimeridian',
      [
        [179, 10],
        [-179, 11],
        [-179, 10],
        [179, 11],
      ],
    ],
    [
      'a bow tie over the pole',
      [
        [0, 85],
        [180, 85],
        [90, 85],
        [-90, 85],
      ],
    ],
    [
      'an edge half round the Earth',
      [
        [0, 0],
        [180, 0],
        [90, 45],
      ],
    ],
  ] as [string, [number, number][]][])('refuses %s', (_, corners) => {
    expect(isFault(ring(...corners))).toBe(true);
  });

  it('takes a sliver a centimetre wide', () => {
    const a = { lat: 36, lon: 37 };
    const b = move(a, 40, 50_000);
    expect(isFault(prepareShape({ polygon: [a, b, move(b, 130, 0.01), move(a, 130, 0.01)] }))).toBe(false);
  });
});

describe('thousands of corners', () => {
  it('are prepared, and a crossing among them is found', () => {
    const polygon = star(seeded(7), { lat: 35, lon: 38 }, 10_000, 40_000, 41_000);
    expect(isFault(prepareShape({ polygon }))).toBe(false);
    const [a, b] = [polygon[4_000], polygon[4_020]];
    if (!a || !b) throw new Error('no corners');
    polygon[4_000] = b;
    polygon[4_020] = a;
    expect(isFault(prepareShape({ polygon }))).toBe(true);
  });

  it('may be a comb whose teeth all lie close together', () => {
    const base = { lat: 35, lon: 38 };
    const polygon = Array.from({ length: 3_998 }, (_, i) => {
      const foot = move(base, 90, i * 8);
      return i % 2 === 0 ? foot : move(foot, 0, 60_000);
    });
    polygon.push(move(base, 100, 45_000), move(base, 190, 3_000));
    expect(isFault(prepareShape({ polygon }))).toBe(false);
  });
});

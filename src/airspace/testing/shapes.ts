/** Random but repeatable outlines for tests and benchmarks. */
import type { Point } from '../../core/index.ts';
import type { Outline } from '../model.ts';
import { move } from './oracle.ts';

/** A small repeatable generator (mulberry32): numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A star-shaped ring round a point, convex or not: corners at growing azimuths, at distances low to high. */
export function star(random: () => number, centre: Point, corners: number, low: number, high: number): Point[] {
  const turn = random() * 360;
  const clockwise = random() < 0.5;
  const ring = Array.from({ length: corners }, (_, i) => {
    const azimuth = turn + ((i + 0.8 * random()) * 360) / corners;
    return move(centre, azimuth, low + random() * (high - low));
  });
  return clockwise ? ring : ring.reverse();
}

export function anyOutline(random: () => number, centre: Point, size: number): Outline {
  if (random() < 0.4) return { circle: { ...centre, radiusMetres: size * (0.1 + 0.9 * random()) } };
  return { polygon: star(random, centre, 3 + Math.floor(random() * 6), size * 0.2, size) };
}

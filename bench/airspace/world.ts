/** Volumes of one busy day for the benchmark, repeatable: half discs, half rings of 4 to 8 corners, 2 to 15 km. */
import type { Prepared } from '../../src/airspace/conflict.ts';
import { isFault, prepareShape } from '../../src/airspace/geometry/prepare.ts';
import type { Outline } from '../../src/airspace/model.ts';
import { seeded, star } from '../../src/airspace/testing/shapes.ts';

export const MINIMA = { horizontalMetres: 9_260, verticalMetres: 300, timeSeconds: 300 };
export const DAY = Date.parse('2016-05-22T00:00:00Z');

/** `count` volumes over a square of so many degrees; the density of traffic follows from both. */
export function volumes(count: number, seed: number, degrees = { lat: 4.5, lon: 6 }): Prepared[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (): Prepared => {
    const centre = { lat: 32.5 + random() * degrees.lat, lon: 36 + random() * degrees.lon };
    const size = 2_000 + random() * 13_000;
    const outline: Outline =
      random() < 0.5
        ? { circle: { ...centre, radiusMetres: size } }
        : { polygon: star(random, centre, 4 + Math.floor(random() * 5), size * 0.5, size) };
    const shape = prepareShape(outline);
    if (isFault(shape)) throw new Error(shape.reason);
    const altitudeLowerMetres = random() * 11_000;
    const start = DAY + random() * 85_000_000;
    const altitudeUpperMetres = altitudeLowerMetres + 300 + random() * 1_200;
    const end = start + (15 + random() * 45) * 60_000;
    return { volume: { outline, altitudeLowerMetres, altitudeUpperMetres, start, end }, shape };
  });
}

export const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;

export interface Timed {
  /** Milliseconds by the clock, all and by percentile. */
  readonly total: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of processor, all and by percentile: what is left when other programs run beside. */
  readonly cpu: number;
  readonly cpu99: number;
  readonly hits: number;
}

/** Runs `ask` for each. */
export function timed<Item>(items: readonly Item[], ask: (item: Item) => number): Timed {
  const times: number[] = [];
  const worked: number[] = [];
  let hits = 0;
  for (const item of items) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    hits += ask(item);
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    worked.push((user + system) / 1000);
  }
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const [total, cpu] = [sum(times), sum(worked)];
  times.sort((a, b) => a - b);
  worked.sort((a, b) => a - b);
  return {
    total,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpu,
    cpu99: percentile(worked, 0.99),
    hits,
  };
}

export const row = (name: string, figure: string, target = ''): void => {
  console.log(`${name.padEnd(46)} ${figure.padEnd(34)} ${target}`);
};

/** Look-ups among 100,000 volumes: the hot index against Postgres cube GiST, flatbush with filters and a linear scan. */
import Flatbush from 'flatbush';
import { eachConflict } from '../../src/airspace/check/check.ts';
import { parseCheckInput } from '../../src/airspace/check/parse.ts';
import { nearInHeightAndTime, type Prepared } from '../../src/airspace/conflict.ts';
import { leastBetweenShapes, metresBetweenShapes } from '../../src/airspace/geometry/distance.ts';
import { boundDistance } from '../../src/airspace/geometry/quick.ts';
import { HotIndex } from '../../src/airspace/index/hot-index.ts';
import { cubeBaseline } from './cube.ts';
import { MINIMA, row, timed, volumes } from './world.ts';

/** The verdict every method ends in. */
function near(asked: Prepared, other: Prepared): boolean {
  if (!nearInHeightAndTime(asked.volume, other.volume, MINIMA)) return false;
  if (leastBetweenShapes(asked.shape, other.shape) >= MINIMA.horizontalMetres) return false;
  const bounds = asked.shape.flat && other.shape.flat && boundDistance(asked.shape.flat, other.shape.flat);
  if (bounds && bounds.low >= MINIMA.horizontalMetres) return false;
  if (bounds && bounds.high < MINIMA.horizontalMetres) return true;
  return metresBetweenShapes(asked.shape, other.shape, MINIMA.horizontalMetres) < MINIMA.horizontalMetres;
}

const KM_PER_DEGREE = 111.2;
/** A box in kilometres about the volume, the same for flatbush and cube: generous enough never to leave one out. */
export function boxOf({ shape }: Prepared): { minX: number; minY: number; maxX: number; maxY: number } {
  const [x, y, z] = shape.cap.centre;
  const lat = (Math.asin(z) * 180) / Math.PI;
  const lon = (Math.atan2(y, x) * 180) / Math.PI;
  const reach = shape.cap.reach * 6_400 + MINIMA.horizontalMetres / 2_000 + 0.5;
  // Degrees of longitude are made shorter than they are, so that boxes only grow.
  const cx = lon * KM_PER_DEGREE * 0.79;
  const cy = lat * KM_PER_DEGREE;
  return { minX: cx - reach, minY: cy - reach, maxX: cx + reach, maxY: cy + reach };
}

/** Prints the look-up rows. */
export async function lookup(count: number): Promise<void> {
  const held = volumes(count, 1);
  const asked = volumes(2_000, 2);

  const index = new HotIndex(MINIMA);
  for (const item of held) index.add(item);
  timed(asked.slice(0, 500), (item) => index.near(item, () => MINIMA).length);
  const hot = timed(asked, (item) => index.near(item, () => MINIMA).length);

  const flat = new Flatbush(held.length);
  for (const item of held) {
    const box = boxOf(item);
    flat.add(box.minX, box.minY, box.maxX, box.maxY);
  }
  flat.finish();
  const some = asked.slice(0, 300);
  const bush = timed(some, (one) => {
    const box = boxOf(one);
    return flat.search(box.minX, box.minY, box.maxX, box.maxY).filter((i) => {
      const other = held[i];
      return other !== undefined && near(one, other);
    }).length;
  });
  const scan = timed(asked.slice(0, 40), (one) => held.filter((other) => near(one, other)).length);
  const hotOn = (n: number): { hits: number } =>
    timed(asked.slice(0, n), (item) => index.near(item, () => MINIMA).length);
  const cube = await cubeBaseline(held, asked.slice(0, 300), (a, b) => {
    const [x, y] = [asked[a], held[b]];
    return x !== undefined && y !== undefined && near(x, y);
  });

  const perSecond = (one: { total: number }, n: number): number => (n / one.total) * 1000;
  const perCpuSecond = (one: { cpu: number }, n: number): number => (n / one.cpu) * 1000;
  const speed = perSecond(hot, asked.length);
  row(
    `look-up, ${count} volumes`,
    `${speed.toFixed(0)}/s, p50 ${hot.p50.toFixed(3)}, p99 ${hot.p99.toFixed(2)} ms; CPU p99 ${hot.cpu99.toFixed(2)} ms`,
    'p99 ≤ 0.5 ms',
  );
  row('  hits a look-up', (hot.hits / asked.length).toFixed(2));
  row(
    '  against flatbush 2D + filters',
    `${(perCpuSecond(hot, asked.length) / perCpuSecond(bush, some.length)).toFixed(1)} ×`,
    '≥ 3 ×',
  );
  row(
    '  against a linear scan',
    `${(perCpuSecond(hot, asked.length) / perCpuSecond(scan, 40)).toFixed(0)} ×`,
    '≥ 50 ×',
  );
  if (cube) {
    row(
      '  against Postgres cube 4D GiST',
      `${(cube.p50 / hot.p50).toFixed(1)} × by medians, ${(speed / perSecond(cube, 300)).toFixed(1)} × by total time`,
      '≥ 5 ×',
    );
    row(
      '  against its search alone, inside the server',
      `${(cube.inside / hot.p50).toFixed(1)} × (no round trip, nothing tested exactly)`,
    );
  } else row('  against Postgres cube 4D GiST', 'not run: Postgres 15 is not here', '≥ 5 ×');
  const same = hotOn(300).hits === bush.hits && hotOn(40).hits === scan.hits && (!cube || cube.hits === bush.hits);
  row('  answers of all methods', same ? 'the same' : 'DIFFER', 'the same');
}

/** How a look-up grows from 1,000 to 100,000 volumes: at one density of traffic (a larger theatre), and over one area. */
export function growth(): void {
  const cost = (count: number, degrees: { lat: number; lon: number }): number => {
    const index = new HotIndex(MINIMA);
    for (const item of volumes(count, 3, degrees)) index.add(item);
    const asked = volumes(1_000, 4, degrees);
    timed(asked, (item) => index.near(item, () => MINIMA).length);
    return timed(asked, (item) => index.near(item, () => MINIMA).length).cpu;
  };
  const small = cost(1_000, { lat: 4.5, lon: 6 });
  const wide = cost(100_000, { lat: 45, lon: 60 });
  const dense = cost(100_000, { lat: 4.5, lon: 6 });
  row('1,000 → 100,000 volumes, one density', `${(wide / small).toFixed(1)} × the time`, '≤ 3 ×');
  row(
    '1,000 → 100,000 volumes, one area',
    `${(dense / small).toFixed(1)} × the time, 100 × the answers`,
    '(no target)',
  );
}

/** Every volume of the day against all others, on one core: the index alone, and the tool from text to text. */
export function selfCheck(count: number): void {
  const all = volumes(count, 1);
  const index = processor();
  const hot = new HotIndex(MINIMA);
  let pairs = 0;
  for (const item of all) {
    pairs += hot.near(item, () => MINIMA).length;
    hot.add(item);
  }
  row(`full self-check of ${count} volumes`, `${index()}, ${pairs} pairs`, '≤ 10 s');
  const text = asInput(all);
  const whole = processor();
  let printed = 0;
  for (const conflict of eachConflict(parseCheckInput(text))) printed += JSON.stringify(conflict) === '' ? 0 : 1;
  row(
    '  the tool: text read, outlines refused or taken, exact',
    `${whole()}, ${printed} conflicts of two parties`,
    '≤ 10 s',
  );
}

/** Starts a count of processor and clock; the answer says both. */
function processor(): () => string {
  const from = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return `${((user + system) / 1e6).toFixed(1)} s CPU (${((performance.now() - from) / 1000).toFixed(1)} s)`;
  };
}

const iso = (ms: number): string => new Date(Math.floor(ms)).toISOString();

const asInput = (all: readonly Prepared[]): string =>
  JSON.stringify({
    minima: MINIMA,
    volumes: all.map(({ volume: { outline, start, end, ...heights } }, i) => ({
      id: `v${i}`,
      party: i % 2 === 0 ? 'alpha' : 'bravo',
      outline: outline.circle ? outline : { polygon: outline.polygon.map(({ lat, lon }) => [lon, lat]) },
      ...heights,
      start: iso(start),
      end: iso(end),
    })),
  });

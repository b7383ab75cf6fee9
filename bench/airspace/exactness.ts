/** Pairs against brute force: every pair of many volumes, and pairs made to miss or meet a minimum by a centimetre. */

import { conflictOf, type Prepared } from '../../src/airspace/conflict.ts';
import { isFault, prepareShape } from '../../src/airspace/geometry/prepare.ts';
import { HotIndex } from '../../src/airspace/index/hot-index.ts';
import { bruteDistance, metres, move } from '../../src/airspace/testing/oracle.ts';
import { seeded } from '../../src/airspace/testing/shapes.ts';
import type { Point } from '../../src/core/index.ts';
import { DAY, MINIMA, row, volumes } from './world.ts';

/** Prints how many verdicts differ from the oracle's among all pairs of `count` volumes, and among close shaves. */
export function exactness(count: number): void {
  const all = volumes(count, 9, { lat: 1.2, lon: 1.6 });
  const index = new HotIndex(MINIMA);
  let pairs = 0;
  let conflicts = 0;
  let differ = 0;
  let missed = 0;
  for (const [i, item] of all.entries()) {
    const found = new Set(index.near(item, () => MINIMA).map(({ slot }) => slot));
    for (let k = 0; k < i; k++) {
      const other = all[k];
      if (!other) continue;
      pairs += 1;
      const expected = oracle(item, other);
      if (expected) conflicts += 1;
      if (expected !== found.has(k)) differ += 1;
      if (expected && !found.has(k)) missed += 1;
    }
    index.add(item);
  }
  row(
    `${pairs} pairs against brute force`,
    `${differ} differ, ${missed} missed, ${conflicts} conflicts`,
    '0 differ, 0 missed',
  );
  closeShaves(10_000);
}

/** Plain comparisons, and a distance by dense sampling only where centres are near enough to matter. */
function oracle(a: Prepared, b: Prepared): boolean {
  const [x, y] = [a.volume, b.volume];
  if (
    Math.max(x.altitudeLowerMetres - y.altitudeUpperMetres, y.altitudeLowerMetres - x.altitudeUpperMetres) >=
    MINIMA.verticalMetres
  )
    return false;
  if (Math.max(x.start - y.end, y.start - x.end) >= MINIMA.timeSeconds * 1000) return false;
  if (metres(middle(a), middle(b)) > 70_000) return false;
  return bruteDistance(x.outline, y.outline, 2_000) < MINIMA.horizontalMetres;
}

const middle = ({ volume: { outline } }: Prepared): Point => outline.circle ?? outline.polygon[0] ?? { lat: 0, lon: 0 };

function closeShaves(count: number): void {
  const random = seeded(33);
  let differ = 0;
  const solid = (outline: { circle: Point & { radiusMetres: number } }): Prepared => {
    const shape = prepareShape(outline);
    if (isFault(shape)) throw new Error(shape.reason);
    return { volume: { outline, altitudeLowerMetres: 0, altitudeUpperMetres: 1, start: DAY, end: DAY }, shape };
  };
  for (let i = 0; i < count; i++) {
    const at = { lat: random() * 178 - 89, lon: random() * 360 - 180 };
    const other = move(at, random() * 360, 12_000 + random() * 60_000);
    const spare = i % 2 === 0 ? 0.01 : -0.01;
    const radiusMetres = metres(at, other) - 1_000 - MINIMA.horizontalMetres - spare;
    const found = conflictOf(
      solid({ circle: { ...at, radiusMetres: 1_000 } }),
      solid({ circle: { ...other, radiusMetres } }),
      MINIMA,
    );
    if ((found !== undefined) !== spare < 0) differ += 1;
  }
  row(`${count} gaps and overlaps of 1 cm, anywhere`, `${differ} wrong`, '0 wrong');
}

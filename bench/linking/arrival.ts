/** Reports that arrive one by one, as in the instrument: weights estimated at each doubling, repairs looked for as they come. */
import {
  APPLY_FROM,
  applyRepair,
  DEFAULT_WEIGHTS,
  estimateWeights,
  findRepairs,
  Linker,
  linkOne,
  parseLinkLine,
  stirredBy,
} from '../../src/incidents/index.ts';
import type { GeneratedReport } from '../../test/support/reports/plain.ts';

const ESTIMATE_FROM = 200;
const REPAIR_EVERY = 50;
const MAX_ROUNDS = 6;

export function arriveOneByOne(reports: readonly GeneratedReport[], order: readonly number[]) {
  const linker = new Linker();
  const rows: number[] = [];
  let stirred = new Set<number>();

  const estimate = (): void => {
    linker.scorer.countRarity();
    linker.scorer.setWeights(estimateWeights(linker.scorer, linker.index, DEFAULT_WEIGHTS, 'estimated@bench'));
    stirred = new Set(linker.clusters.members.keys());
  };
  const repairOnce = (from: number): number => {
    const changed = new Set<number>();
    let applied = 0;
    for (const repair of findRepairs(linker, stirred)) {
      if (repair.gain < from || changed.has(repair.from) || changed.has(repair.into)) continue;
      for (const cluster of applyRepair(linker, repair)) changed.add(cluster);
      applied++;
    }
    stirred = stirredBy(linker, changed);
    return applied;
  };

  let next = ESTIMATE_FROM;
  for (const [n, i] of order.entries()) {
    const report = parseLinkLine(JSON.stringify(reports[i]?.line), `report ${i}`);
    linkOne(linker, report);
    const row = linker.rowOf(report.id) ?? -1;
    rows[i] = row;
    for (const cluster of stirredBy(linker, [linker.clusterOf(row)])) stirred.add(cluster);
    if (n + 1 >= next) {
      next *= 2;
      estimate();
    }
    if ((n + 1) % REPAIR_EVERY === 0) repairOnce(APPLY_FROM);
  }
  estimate();
  return {
    labels: (): number[] => rows.map((row) => linker.clusterOf(row)),
    /** Applies repairs of at least so many bits until none is left; how many. */
    repair(from: number): number {
      stirred = new Set(linker.clusters.members.keys());
      let total = 0;
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const applied = repairOnce(from);
        total += applied;
        if (applied === 0) break;
      }
      return total;
    },
  };
}

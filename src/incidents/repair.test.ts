import { describe, expect, it } from 'vitest';
import { plainReports } from '../../test/support/reports/plain.ts';
import { seededRandom } from '../../test/support/reports/random.ts';
import { scorePartition } from '../../test/support/reports/score.ts';
import { SIZES } from '../../test/support/reports/world.ts';
import { estimateWeights } from './estimate.ts';
import { parseLinkLine } from './link-line.ts';
import { DEFAULT_WEIGHTS, Linker, linkOne } from './linker.ts';
import { APPLY_FROM, PROPOSE_FROM } from './propose.ts';
import { applyRepair, findRepairs, type Repair, stirredBy } from './repair.ts';

const reports = [...plainReports(401, SIZES['1.6k'] ?? { incidents: 0, days: 0 })];

/** Reports that came in any order, linked as they came. */
function arrived(seed: number | null) {
  const random = seededRandom(seed ?? 1);
  const order = reports
    .map((report, i) => ({ report, i, at: seed === null ? i : random.next() }))
    .sort((a, b) => a.at - b.at);
  const linker = new Linker();
  const rows: number[] = [];
  for (const { report, i } of order) {
    const parsed = parseLinkLine(JSON.stringify(report.line), 'test');
    linkOne(linker, parsed);
    rows[i] = linker.rowOf(parsed.id) ?? -1;
  }
  linker.scorer.countRarity();
  linker.scorer.setWeights(estimateWeights(linker.scorer, linker.index, DEFAULT_WEIGHTS, 'estimated@test'));
  return { linker, rows };
}

function repairAll(linker: Linker, from: number, allow: (repair: Repair) => boolean = () => true): number {
  let stirred = new Set<number>(linker.clusters.members.keys());
  let applied = 0;
  for (let round = 0; round < 6 && stirred.size > 0; round++) {
    const changed = new Set<number>();
    for (const repair of findRepairs(linker, stirred)) {
      if (repair.gain < from || changed.has(repair.from) || changed.has(repair.into) || !allow(repair)) continue;
      for (const cluster of applyRepair(linker, repair)) changed.add(cluster);
      applied++;
    }
    stirred = stirredBy(linker, changed);
  }
  return applied;
}

const truth = reports.map((report) => report.truth);
const f1 = ({ linker, rows }: ReturnType<typeof arrived>): number =>
  scorePartition(
    truth,
    rows.map((row) => linker.clusterOf(row)),
  ).f1;

describe('repair', () => {
  it('makes the order of arrival matter little', () => {
    const [inOrder, shuffled] = [arrived(null), arrived(5)];
    const before = f1(shuffled);
    for (const { linker } of [inOrder, shuffled]) repairAll(linker, PROPOSE_FROM);
    expect(f1(shuffled)).toBeGreaterThan(before + 0.01);
    expect(Math.abs(f1(shuffled) - f1(inOrder))).toBeLessThanOrEqual(0.01);
  });

  it('is right when it is sure enough to apply by itself', () => {
    const at = arrived(6);
    const truthOf = new Map(at.rows.map((row, i) => [row, truth[i]]));
    const same = (rows: readonly number[], others: readonly number[]): number =>
      rows
        .flatMap((a) => others.map((b) => (truthOf.get(a) === truthOf.get(b) ? 1 : -1) as number))
        .reduce((a, b) => a + b, 0);
    let right = 0;
    const applied = repairAll(at.linker, APPLY_FROM, ({ rows, from, into }) => {
      const members = at.linker.clusters.members;
      const left = (members[from] ?? []).filter((row) => !rows.includes(row));
      if (same(rows, members[into] ?? []) - same(rows, left) > 0) right++;
      return true;
    });
    expect(applied).toBeGreaterThan(5);
    expect(right / applied).toBeGreaterThanOrEqual(0.85);
  });

  it('never undoes what people said', () => {
    const { linker } = arrived(7);
    const { clusters } = linker;
    const merges = findRepairs(linker, clusters.members.keys()).filter(
      ({ kind, gain }) => kind === 'merge' && gain > 1,
    );
    const refused = merges.slice(0, 10);
    for (const { rows, into } of refused) {
      for (const row of rows) for (const other of clusters.members[into] ?? []) clusters.keepApart(row, other);
    }
    const bound = clusters.members.find((members) => members.length > 2)?.slice(0, 2) ?? [];
    clusters.keepTogether(bound[0] ?? -1, bound[1] ?? -1);
    const pairs = refused.map(({ rows, into }) => [rows[0] ?? -1, clusters.members[into]?.[0] ?? -1] as const);
    repairAll(linker, 0);
    for (const [a, b] of pairs) expect(clusters.of[a]).not.toBe(clusters.of[b]);
    expect(clusters.of[bound[0] ?? -1]).toBe(clusters.of[bound[1] ?? -1]);
  });
});

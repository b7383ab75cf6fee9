/** Where pairs are lost and falsely joined, by what makes their reports hard: the largest loss is the next thing to look at. */
import type { GeneratedReport } from '../../test/support/reports/plain.ts';

export interface Loss {
  readonly noise: string;
  /** True pairs with this noise in one of the two, those of them that were missed, and false pairs with it. */
  readonly pairs: number;
  readonly missed: number;
  readonly falsePairs: number;
}

/** Copies are left out; a pair counts once for every kind of noise that either report has. */
export function lossByNoise(reports: readonly GeneratedReport[], labels: readonly (string | number)[]): Loss[] {
  const table = new Map<string, { pairs: number; missed: number; falsePairs: number }>();
  const rows = reports.flatMap((report, i) => (report.copy || report.truth < 0 ? [] : [i]));
  const count = (a: number, b: number, what: 'pairs' | 'missed' | 'falsePairs'): void => {
    for (const noise of new Set([...(reports[a]?.noise ?? []), ...(reports[b]?.noise ?? [])])) {
      const row = table.get(noise) ?? { pairs: 0, missed: 0, falsePairs: 0 };
      row[what]++;
      table.set(noise, row);
    }
  };
  eachPair(
    rows,
    (i) => reports[i]?.truth ?? -1,
    (a, b) => {
      count(a, b, 'pairs');
      if (labels[a] !== labels[b]) count(a, b, 'missed');
    },
  );
  eachPair(
    rows,
    (i) => labels[i] ?? `none-${i}`,
    (a, b) => {
      if (reports[a]?.truth !== reports[b]?.truth) count(a, b, 'falsePairs');
    },
  );
  return [...table]
    .map(([noise, row]) => ({ noise, ...row }))
    .sort((a, b) => b.missed + b.falsePairs - a.missed - a.falsePairs);
}

function eachPair(
  rows: readonly number[],
  keyOf: (row: number) => string | number,
  visit: (a: number, b: number) => void,
): void {
  const groups = new Map<string | number, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  for (const group of groups.values()) {
    for (let i = 0; i < group.length; i++)
      for (let j = i + 1; j < group.length; j++) visit(group[i] ?? -1, group[j] ?? -1);
  }
}

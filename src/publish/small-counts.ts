/**
 * Merges small counts of a table before it is published, so that no printed number stands for so few incidents that a
 * reader can tell which. Deterministic. The sum of the table is kept; a number is never changed, only merged or withheld.
 */

export interface CountRow {
  /** What the row is of: an area, a party, a week. */
  readonly key: string;
  readonly count: number;
}

export interface MergedCounts {
  readonly rows: readonly CountRow[];
  /** The rows that were too small, as one; null where there were none. */
  readonly others: { readonly keys: readonly string[]; readonly count: number } | null;
  /** True when even together they were too few: their count is withheld, and so must be the sum of the table. */
  readonly withheld: boolean;
}

export const LEAST_COUNT = 5;

/**
 * Rows of 1 to least − 1 are merged into `others`. A single small row would be found by subtracting the others from the
 * sum, so the next smallest row joins it; rows join until `others` itself reaches the least. Zeros stay: nothing
 * reported is a finding and tells of nobody. Throws on a count that is no whole number from 0 up.
 */
export function mergeSmallCounts(rows: readonly CountRow[], least = LEAST_COUNT): MergedCounts {
  for (const { key, count } of rows) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`count of ${key} is no whole number from 0 up`);
  }
  const isSmall = ({ count }: CountRow): boolean => count > 0 && count < least;
  const merged = new Set(rows.filter(isSmall));
  if (merged.size === 0) return { rows, others: null, withheld: false };
  const sumOf = (): number => [...merged].reduce((sum, { count }) => sum + count, 0);
  const larger = rows
    .filter((row) => row.count >= least)
    .toSorted((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1));
  for (const row of larger) {
    if (merged.size > 1 && sumOf() >= least) break;
    merged.add(row);
  }
  const keys = [...merged].map(({ key }) => key).toSorted();
  const count = sumOf();
  const withheld = merged.size < 2 || count < least;
  return { rows: rows.filter((row) => !merged.has(row)), others: { keys, count: withheld ? 0 : count }, withheld };
}

/** Counts as closed intervals: "at least 37" is {low: 37, high: null}; nothing said is {low: null, high: null}. */

export interface Count {
  readonly low: number | null;
  readonly high: number | null;
}

export const UNKNOWN_COUNT: Count = Object.freeze({ low: null, high: null });

export const isUnknownCount = (count: Count): boolean => count.low === null && count.high === null;

/** The smallest interval that holds every known count: a range, never an average. Unknown bounds stay unknown. */
export function hullOfCounts(counts: readonly Count[]): Count {
  const known = counts.filter((count) => !isUnknownCount(count));
  if (known.length === 0) return UNKNOWN_COUNT;
  const lows = known.map((count) => count.low ?? 0);
  const highs = known.map((count) => count.high);
  return {
    low: Math.min(...lows),
    high: highs.some((high) => high === null) ? null : Math.max(...highs.map((high) => high ?? 0)),
  };
}

/** Where a range of a toll stands on a scale from zero to the largest figure named. Pure; in percent. */
import type { Count } from '../../../src/core/index.ts';

export interface TollBar {
  readonly start: number;
  readonly size: number;
  /** No upper end was named. */
  readonly open: boolean;
}

/** The largest figure any of the counts names; at least 1. */
export const scaleMax = (counts: readonly Count[]): number =>
  Math.max(1, ...counts.flatMap((count) => [count.low ?? 0, count.high ?? 0]));

/** A bar, at least 1.5 % wide so that an exact figure is seen; null when nothing was said. */
export function barOf(count: Count, max: number): TollBar | null {
  if (count.low === null && count.high === null) return null;
  const low = count.low ?? 0;
  const open = count.high === null;
  const high = count.high ?? max;
  const start = Math.min(98.5, (low / max) * 100);
  return { start, size: Math.max(1.5, Math.min(100, (high / max) * 100) - start), open };
}

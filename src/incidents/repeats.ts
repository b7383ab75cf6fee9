/**
 * A guard against floods: one source that says exactly the same thing again and again. The first repeats are weighed
 * like any report; from then on a repeat follows the first one, so that a million of them cost a million look-ups.
 */
import type { ReportColumns } from './columns.ts';

const WEIGHED = 32;
const MAX_KEYS = 500_000;

interface Seen {
  readonly first: number;
  count: number;
}

export class Repeats {
  readonly #seen = new Map<string, Seen>();

  /** The row that a repeat follows, or undefined while it is to be weighed by itself. */
  follows(columns: ReportColumns, row: number): number | undefined {
    if (columns.linkable[row] !== 1) return undefined;
    const key = [
      columns.source[row],
      columns.lat[row],
      columns.lon[row],
      columns.placeName[row],
      columns.startDay[row],
      columns.endDay[row],
      columns.minute[row],
      columns.type[row],
      columns.actor[row],
      columns.target[row],
      columns.killedLow[row],
      columns.killedHigh[row],
      columns.injuredLow[row],
      columns.injuredHigh[row],
    ].join();
    const seen = this.#seen.get(key);
    if (!seen) {
      if (this.#seen.size < MAX_KEYS) this.#seen.set(key, { first: row, count: 1 });
      return undefined;
    }
    seen.count++;
    return seen.count > WEIGHED ? seen.first : undefined;
  }
}

/**
 * How many reports a place sees by chance: the term frequency of space. Two reports of a quiet village on one day are
 * far more likely to tell of one event than two of a front-line city. Counts by cell at three scales, and by name.
 */
import { NO_PLACE, type ReportColumns } from './columns.ts';
import { WINDOW_DAYS } from './levels.ts';
import { SCALE_OF_CLASS } from './space-index.ts';

const DEGREES = [0.05, 0.25, 1] as const;
const SCALES = DEGREES.length;
/** Keeps an empty place from looking impossible, and a young collection from looking sure. */
const FLOOR = 0.3;
const WINDOW = 2 * WINDOW_DAYS + 1;

export class Density {
  readonly #columns: ReportColumns;
  readonly #cells: Map<number, number>[] = DEGREES.map(() => new Map());
  readonly #names = new Map<number, number>();
  /** Reports counted so far. */
  count = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(columns: ReportColumns) {
    this.#columns = columns;
  }

  add(row: number): void {
    const columns = this.#columns;
    if (!columns.isDated(row)) return;
    const day = columns.startDay[row] ?? 0;
    this.#first = Math.min(this.#first, day);
    this.#last = Math.max(this.#last, day);
    this.#count(row, 1);
  }

  /** Takes a row out again; the span of days stays as it was. */
  remove(row: number): void {
    if (this.#columns.isDated(row)) this.#count(row, -1);
  }

  #count(row: number, by: 1 | -1): void {
    this.count += by;
    const name = this.#columns.placeName[row] ?? 0;
    if (name !== 0) this.#names.set(name, (this.#names.get(name) ?? 0) + by);
    if (this.#columns.placeClass[row] === NO_PLACE) return;
    for (let scale = 0; scale < SCALES; scale++) {
      const key = this.#key(row, scale, 0, 0);
      const cells = this.#cells[scale];
      cells?.set(key, (cells.get(key) ?? 0) + by);
    }
  }

  /** Days from the first to the last report, both counted. */
  get days(): number {
    return this.#last >= this.#first ? this.#last - this.#first + 1 : 1;
  }

  /** Reports expected by chance in the comparison window of a row, at a scale (0 town, 1 district, 2 governorate). */
  expected(row: number, scale: number, fellows: number): number {
    const columns = this.#columns;
    let count = 0;
    if (columns.placeClass[row] === NO_PLACE) count = this.#names.get(columns.placeName[row] ?? 0) ?? 0;
    else {
      const cells = this.#cells[scale];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) count += cells?.get(this.#key(row, scale, dx, dy)) ?? 0;
      }
    }
    const chance = Math.max(0, count - 1 - fellows);
    // A report without a day is in the company of all that its place ever saw.
    if (!columns.isDated(row)) return FLOOR + chance;
    return FLOOR + (chance * WINDOW) / (this.days + WINDOW);
  }

  /** Scale at which a row's chance company is counted by itself. */
  scaleOf(row: number): number {
    const kind = this.#columns.placeClass[row] ?? 0;
    return kind === NO_PLACE ? 0 : (SCALE_OF_CLASS[kind] ?? 0);
  }

  #key(row: number, scale: number, dx: number, dy: number): number {
    const degrees = DEGREES[scale] ?? 1;
    const x = Math.floor(((this.#columns.lon[row] ?? 0) + 400) / degrees) + dx;
    const y = Math.floor(((this.#columns.lat[row] ?? 0) + 400) / degrees) + dy;
    return y * 1_000_000 + x;
  }
}

/**
 * Blocking: which earlier reports are near enough in place and time to be compared at all. Square cells sized by the
 * report's precision, each a list in order of days; reports without a point meet by place name. A query never looks at
 * more rows than its cap, nearest in time first, and counts what it left out: capped blocks are told, never silent.
 */
import { NO_PLACE, type ReportColumns } from './columns.ts';
import { distanceKm, FIRM_DAYS, gapDays, jointRadiusKm, newsOf, WINDOW_DAYS } from './levels.ts';

/** Cell side in degrees: for places as fine as a town, for areas and districts, for governorates. */
export const CELL_DEGREES = [0.1, 0.5, 2] as const;
/** Scale of each precision class. */
export const SCALE_OF_CLASS = [0, 0, 1, 1, 2] as const;
const KM_PER_DEGREE = 111.195;
const FINE_REACH_KM = 6;
/** How many joint radii apart two places may be and still be compared, by the coarser scale. */
const REACH = [3, 1.6, 1.3] as const;
/** Largest reach by pair of scales, in kilometres: bounds which cells are looked at. */
const REACH_KM = [
  [13, 42, 82],
  [42, 60, 88],
  [82, 88, 120],
] as const;
export const MAX_CANDIDATES = 256;
const MAX_VISITED = 2_000;
const FOR_EVER = 1_000_000_000;

/** Rows of one cell in order of their first day. */
interface Bucket {
  readonly rows: number[];
}

const cellKey = (x: number, y: number): number => y * 1_000_000 + x;

/** A window of the user's own: pairs farther apart than this are never compared. */
export interface Window {
  readonly km?: number;
  /** Days between the starts, and between the ends. */
  readonly days?: number;
}

export class SpaceIndex {
  readonly #columns: ReportColumns;
  /** By the scale of the rows held, then by the side of the cell they are kept under. */
  readonly #grids: Map<number, Bucket>[][] = CELL_DEGREES.map(() => CELL_DEGREES.map(() => new Map()));
  readonly #names = new Map<number, Bucket>();
  #longest = 0;
  /** Queries that met their cap, and rows left out by them. */
  capped = 0;
  leftOut = 0;
  readonly #found = new Int32Array(MAX_CANDIDATES);

  readonly #window: Window;

  constructor(columns: ReportColumns, window: Window = {}) {
    this.#columns = columns;
    this.#window = window;
  }

  /** Takes a dated row; one without a day only asks, it is never found. */
  add(row: number): void {
    const columns = this.#columns;
    if (!columns.isDated(row)) return;
    this.#longest = Math.min(40, Math.max(this.#longest, at(columns.endDay, row) - at(columns.startDay, row)));
    this.#eachBucket(row, (map, key) => this.#insert(map, key, row));
  }

  /** Takes a row out again. */
  remove(row: number): void {
    if (!this.#columns.isDated(row)) return;
    this.#eachBucket(row, (map, key) => {
      const rows = map.get(key)?.rows;
      const place = rows?.indexOf(row) ?? -1;
      if (place >= 0) rows?.splice(place, 1);
      if (rows?.length === 0) map.delete(key);
    });
  }

  #eachBucket(row: number, visit: (map: Map<number, Bucket>, key: number) => void): void {
    const columns = this.#columns;
    const name = at(columns.placeName, row);
    const kind = at(columns.placeClass, row);
    if (name !== 0) visit(this.#names, kind === NO_PLACE ? name : -name);
    if (kind === NO_PLACE) return;
    const scale = SCALE_OF_CLASS[kind] ?? 0;
    // Kept under every cell side from its own up: a coarser query walks few big cells instead of many small ones.
    for (let side = scale; side < CELL_DEGREES.length; side++) {
      const degrees = CELL_DEGREES[side] ?? 1;
      const grid = this.#grids[scale]?.[side];
      const key = cellKey(cellOf(at(columns.lon, row), degrees), cellOf(at(columns.lat, row), degrees));
      if (grid) visit(grid, key);
    }
  }

  #insert(map: Map<number, Bucket>, key: number, row: number): void {
    const bucket = map.get(key);
    if (!bucket) {
      map.set(key, { rows: [row] });
      return;
    }
    const days = this.#columns.startDay;
    const day = at(days, row);
    const rows = bucket.rows;
    if (day >= at(days, rows.at(-1) ?? 0)) rows.push(row);
    else rows.splice(lowerBound(rows, days, day + 1), 0, row);
  }

  /**
   * Rows that may tell of the same event as `row`, itself left out, `shiftDays` away in time (0 for linking; a far
   * shift gives pairs of one place that cannot be the same event). The result is valid until the next call.
   */
  near(row: number, shiftDays = 0): Int32Array {
    const columns = this.#columns;
    const dated = columns.isDated(row);
    const first = dated ? at(columns.startDay, row) + shiftDays - WINDOW_DAYS - this.#longest : -FOR_EVER;
    const last = dated ? at(columns.endDay, row) + shiftDays + WINDOW_DAYS : FOR_EVER;
    const kind = at(columns.placeClass, row);
    const walk: Walk = { row, first, last, middle: at(columns.startDay, row) + shiftDays, n: 0, visited: 0 };
    if (kind === NO_PLACE) {
      const name = at(columns.placeName, row);
      this.#visit(this.#names.get(name), walk);
      this.#visit(this.#names.get(-name), walk);
    } else {
      const own = SCALE_OF_CLASS[kind] ?? 0;
      for (let scale = 0; scale < CELL_DEGREES.length; scale++) this.#walkGrid(own, scale, walk);
      const name = at(columns.placeName, row);
      if (name !== 0) this.#visit(this.#names.get(name), walk);
    }
    if (walk.n >= MAX_CANDIDATES || walk.visited >= MAX_VISITED) this.capped++;
    return this.#found.subarray(0, walk.n);
  }

  #walkGrid(own: number, scale: number, walk: Walk): void {
    const side = Math.max(own, scale);
    const grid = this.#grids[scale]?.[side];
    if (!grid || grid.size === 0) return;
    const columns = this.#columns;
    const degrees = CELL_DEGREES[side] ?? 1;
    const reach = (REACH_KM[own]?.[scale] ?? 100) / KM_PER_DEGREE;
    const lat = at(columns.lat, walk.row);
    const lon = at(columns.lon, walk.row);
    const reachLon = Math.min(reach / Math.max(0.05, at(columns.cos, walk.row)), 20);
    const top = cellOf(lat + reach, degrees);
    const right = cellOf(lon + reachLon, degrees);
    for (let y = cellOf(lat - reach, degrees); y <= top; y++) {
      for (let x = cellOf(lon - reachLon, degrees); x <= right; x++) this.#visit(grid.get(cellKey(x, y)), walk);
    }
  }

  /** Takes rows outward from the middle day until the window or the cap ends. */
  #visit(bucket: Bucket | undefined, walk: Walk): void {
    if (!bucket) return;
    const rows = bucket.rows;
    const days = this.#columns.startDay;
    if (at(days, rows.at(-1) ?? 0) < walk.first || at(days, rows[0] ?? 0) > walk.last) return;
    let up = lowerBound(rows, days, walk.middle);
    let down = up - 1;
    for (;;) {
      const dayUp = up < rows.length ? at(days, rows[up] ?? 0) : Number.POSITIVE_INFINITY;
      const dayDown = down >= 0 ? at(days, rows[down] ?? 0) : Number.NEGATIVE_INFINITY;
      const canUp = dayUp <= walk.last;
      const canDown = dayDown >= walk.first;
      if (!canUp && !canDown) return;
      if (walk.n >= MAX_CANDIDATES || walk.visited >= MAX_VISITED) {
        this.leftOut += rows.length - (up - down - 1);
        return;
      }
      const takeUp = canUp && (!canDown || dayUp - walk.middle <= walk.middle - dayDown);
      this.#take(rows[takeUp ? up++ : down--] ?? 0, walk);
    }
  }

  #take(other: number, walk: Walk): void {
    walk.visited++;
    if (other === walk.row) return;
    // The bucket's window is widened by the longest report; the pair's own gap decides.
    if (at(this.#columns.endDay, other) < walk.first + this.#longest) return;
    if (!this.#withinReach(walk.row, other) || this.#isOutside(walk, other) || this.#isOldNews(walk, other)) return;
    this.#found[walk.n++] = other;
  }

  #isOutside({ row, middle }: Walk, other: number): boolean {
    const { km, days } = this.#window;
    const columns = this.#columns;
    if (days !== undefined && columns.isDated(row)) {
      const shift = middle - at(columns.startDay, row);
      const starts = at(columns.startDay, row) + shift - at(columns.startDay, other);
      const ends = at(columns.endDay, row) + shift - at(columns.endDay, other);
      if (Math.max(Math.abs(starts), Math.abs(ends)) > days) return true;
    }
    return km !== undefined && distanceKm(columns, row, other) > km;
  }

  #isOldNews({ row, middle }: Walk, other: number): boolean {
    const columns = this.#columns;
    if (!columns.isDated(row)) return false;
    const shift = middle - at(columns.startDay, row);
    return gapDays(columns, row, other, shift) > FIRM_DAYS && newsOf(columns, row, other, shift) !== 'same';
  }

  #withinReach(a: number, b: number): boolean {
    const columns = this.#columns;
    const kindA = at(columns.placeClass, a);
    const kindB = at(columns.placeClass, b);
    if (kindA === NO_PLACE || kindB === NO_PLACE) return true;
    const scale = Math.max(SCALE_OF_CLASS[kindA] ?? 0, SCALE_OF_CLASS[kindB] ?? 0);
    const joint = jointRadiusKm(at(columns.radiusKm, a), at(columns.radiusKm, b));
    return distanceKm(columns, a, b) <= Math.max(FINE_REACH_KM, joint * (REACH[scale] ?? 2));
  }
}

interface Walk {
  readonly row: number;
  readonly first: number;
  readonly last: number;
  readonly middle: number;
  n: number;
  visited: number;
}

const at = (column: Float32Array | Int32Array | Uint8Array, row: number): number => column[row] ?? 0;

const cellOf = (degrees: number, side: number): number => Math.floor((degrees + 400) / side);

/** First position whose day is not before `day`. */
function lowerBound(rows: readonly number[], days: Int32Array, day: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (at(days, rows[mid] ?? 0) < day) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** What the linker is measured against: exact key, windows with connected components. Each gives a label a report. */
import type { ReportLine } from '../../test/support/reports/plain.ts';

const DAY = 86_400_000;
const KM_PER_DEGREE = 111.2;

export interface Flat {
  readonly lat: number;
  readonly lon: number;
  readonly day: number;
  readonly kind: string;
  readonly line: ReportLine;
}

/** Reports with an event as numbers; null for the others, which every baseline leaves alone. */
export const flatten = (lines: readonly ReportLine[]): (Flat | null)[] =>
  lines.map((line) => {
    const { event } = line;
    if (!event || event.lat === null || event.lon === null || !event.start || event.precision === 'country')
      return null;
    const day = Math.floor(Date.parse(event.start) / DAY);
    return { lat: event.lat, lon: event.lon, day, kind: event.type ?? '', line };
  });

/** One event a tenth of a degree, day and kind. */
export const exactKey = (flat: readonly (Flat | null)[]): string[] =>
  flat.map((one, i) =>
    one ? `${Math.floor(one.lat * 10)}/${Math.floor(one.lon * 10)}/${one.day}/${one.kind}` : `alone-${i}`,
  );

export class UnionFind {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, i) => i);
  }

  find(i: number): number {
    let at = i;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at] ?? at] ?? at;
      at = this.#parent[at] ?? at;
    }
    return at;
  }

  join(a: number, b: number): void {
    this.#parent[this.find(a)] = this.find(b);
  }

  labels(): number[] {
    return Array.from(this.#parent, (_, i) => this.find(i));
  }
}

/** Same kind, within `km` and one day, joined into connected components (the windows of xSub). */
export function windowComponents(flat: readonly (Flat | null)[], km: number): number[] {
  const sets = new UnionFind(flat.length);
  const cells = new Map<string, number[]>();
  const side = km / KM_PER_DEGREE;
  flat.forEach((one, i) => {
    if (!one) return;
    const cos = Math.max(0.2, Math.cos((one.lat * Math.PI) / 180));
    const [x, y] = [Math.floor((one.lon * cos) / side), Math.floor(one.lat / side)];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dd = -1; dd <= 1; dd++) {
          for (const j of cells.get(`${x + dx}/${y + dy}/${one.day + dd}/${one.kind}`) ?? []) {
            const other = flat[j];
            if (other && Math.hypot(one.lat - other.lat, (one.lon - other.lon) * cos) * KM_PER_DEGREE <= km)
              sets.join(i, j);
          }
        }
      }
    }
    const key = `${x}/${y}/${one.day}/${one.kind}`;
    const cell = cells.get(key);
    if (cell) cell.push(i);
    else cells.set(key, [i]);
  });
  return sets.labels();
}

/**
 * The rows near each row, found once and kept for the passes that follow, and which rows were stirred since they were
 * last looked at. Beyond its room it finds again instead of keeping, so memory stays bounded.
 */
import type { Linker } from './linker.ts';

const MAX_KEPT = 96_000_000;
const NOT_KEPT = -1;

export class Blocks {
  readonly #linker: Linker;
  /** Rows that take part, in the order in which they are linked. */
  readonly order: Int32Array;
  #rows = new Int32Array(1 << 16);
  #end = 0;
  readonly #from: Int32Array;
  readonly #count: Int32Array;
  readonly #stirred: Uint8Array;

  constructor(linker: Linker, order: Int32Array) {
    this.#linker = linker;
    this.order = order;
    this.#from = new Int32Array(order.length).fill(NOT_KEPT);
    this.#count = new Int32Array(order.length);
    this.#stirred = new Uint8Array(linker.columns.size).fill(1);
  }

  /** Finds the rows near the i-th row of the order, counts its company, and keeps those that may be its fellows. */
  keep(i: number): void {
    const near = this.#find(this.order[i] ?? 0);
    if (this.#end + near.length > MAX_KEPT) return;
    if (this.#end + near.length > this.#rows.length) {
      const wider = new Int32Array(Math.min(MAX_KEPT, Math.max(this.#rows.length * 2, this.#end + near.length)));
      wider.set(this.#rows);
      this.#rows = wider;
    }
    this.#rows.set(near, this.#end);
    this.#from[i] = this.#end;
    this.#count[i] = near.length;
    this.#end += near.length;
  }

  /** Rows near the i-th row of the order; valid until the next call. */
  at(i: number): Int32Array {
    const from = this.#from[i] ?? NOT_KEPT;
    if (from === NOT_KEPT) return this.#find(this.order[i] ?? 0);
    return this.#rows.subarray(from, from + (this.#count[i] ?? 0));
  }

  #find(row: number): Int32Array {
    return this.#linker.scorer.meetCompany(row, this.#linker.index.near(row));
  }

  isStirred(row: number): boolean {
    return this.#stirred[row] === 1;
  }

  settle(row: number): void {
    this.#stirred[row] = 0;
  }

  stir(rows: Int32Array): void {
    for (const row of rows) this.#stirred[row] = 1;
  }
}

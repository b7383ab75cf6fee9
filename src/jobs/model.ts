/** A follow-up: what has to happen after an entry. The rooms write handlers; server and cli hand them to the runner. */
import type { Ctx } from '../db/index.ts';
import type { Entry } from '../record/index.ts';

export interface JobHandler {
  /** Stable, `room.verb`: the cursor and the waiting jobs are kept under it. */
  readonly name: string;
  /** Kinds of entries that it follows. */
  readonly on: readonly string[];
  /**
   * Does the work, in transactions of its own. It may run twice for one entry (after a kill), so it must find out what
   * is already done. Throwing means: try again later.
   */
  run(ctx: Ctx, entry: Entry): Promise<void>;
  /** Entries with the same key that still wait become one job, run for the latest of them (a day to be folded). */
  key?(entry: Entry): string;
}

export interface JobsSummary {
  readonly done: number;
  /** Runs that failed and will be tried again. */
  readonly failed: number;
  readonly gaveUp: number;
  /** Jobs that wait for their next try. */
  readonly waiting: number;
}

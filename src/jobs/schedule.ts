/** Turns new entries into jobs: each handler's cursor moves over the log once, in the transaction that adds its jobs. */
import type { Ctx } from '../db/index.ts';
import { type Entry, logSize, read } from '../record/index.ts';
import type { JobHandler } from './model.ts';
import { cursorOf, insertJobs, moveCursor, type NewJob } from './store.ts';

const BATCH = 500;

/** Gives every handler the entries it has not seen; the number of entries that became jobs. */
export async function scheduleNew(ctx: Ctx, handlers: readonly JobHandler[]): Promise<number> {
  let scheduled = 0;
  // The size is read first: entries up to it are committed, because indexes are given out in commit order.
  const size = await logSize(ctx.db, ctx.agreement);
  for (const handler of handlers) {
    let cursor = await cursorOf(ctx.db, ctx.agreement, handler.name);
    while (cursor < size) {
      const entries = await read(ctx.db, { agreement: ctx.agreement, from: cursor, kinds: handler.on, limit: BATCH });
      const next = entries.length === BATCH ? (entries.at(-1)?.index ?? cursor) + 1 : size;
      const fresh = entries.filter((entry) => entry.index < next);
      await ctx.db.inTransaction(async (tx) => {
        const now = new Date(ctx.clock.now());
        if (fresh.length > 0) await insertJobs(tx, ctx.agreement, handler.name, jobsFor(handler, fresh), now);
        await moveCursor(tx, ctx.agreement, handler.name, next);
      });
      scheduled += fresh.length;
      cursor = next;
    }
  }
  return scheduled;
}

/** One job a key, for the latest entry that has it. */
export function jobsFor(handler: JobHandler, entries: readonly Entry[]): NewJob[] {
  const byKey = new Map<string, number>();
  for (const entry of entries) byKey.set(handler.key ? handler.key(entry) : String(entry.index), entry.index);
  return [...byKey].map(([key, entryIndex]) => ({ key, entryIndex }));
}

/**
 * Runs due jobs one after another, in the order of their entries. A failure is tried again later; after the last try the job is
 * given up loudly: in the log, as an entry of the record, and in its row, where `retryGivenUp` finds it.
 */
import { isProblem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { append, read } from '../record/index.ts';
import type { JobHandler } from './model.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry.ts';
import { deleteJob, dueJobs, type JobRow, markGivenUp, postponeJob } from './store.ts';

const BATCH = 200;
const MAX_ERROR_LENGTH = 500;

export interface Tally {
  done: number;
  failed: number;
  gaveUp: number;
}

/** Runs a batch of due jobs; false when none was due. Stops early when `stopped` says so. */
export async function runDue(
  ctx: Ctx,
  handlers: readonly JobHandler[],
  tally: Tally,
  stopped: () => boolean,
): Promise<boolean> {
  const due = await dueJobs(ctx.db, ctx.agreement, new Date(ctx.clock.now()), BATCH);
  const known = new Map(handlers.map((handler) => [handler.name, handler]));
  let ran = false;
  for (const job of due) {
    if (stopped()) return false;
    const handler = known.get(job.handler);
    // A job of a handler that this program does not have waits for one that does.
    if (!handler) continue;
    ran = true;
    await runOne(ctx, handler, job, tally);
  }
  return ran;
}

async function runOne(ctx: Ctx, handler: JobHandler, job: JobRow, tally: Tally): Promise<void> {
  try {
    const [entry] = await read(ctx.db, { agreement: ctx.agreement, from: job.entryIndex, limit: 1 });
    if (entry?.index !== job.entryIndex) throw new Error(`entry ${job.entryIndex} is not in the record`);
    await handler.run(ctx, entry);
    await deleteJob(ctx.db, ctx.agreement, job);
    tally.done += 1;
  } catch (error) {
    await recordFailure(ctx, job, error, tally);
  }
}

async function recordFailure(ctx: Ctx, job: JobRow, error: unknown, tally: Tally): Promise<void> {
  const attempts = job.attempts + 1;
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH);
  // The message may hold words of a sealed report: it stays in the row; log and record get the code.
  const code = isProblem(error) ? error.kind.code : error instanceof Error ? error.name : 'unknown';
  const fields = { handler: job.handler, entry: job.entryIndex, attempts, code };
  if (attempts < MAX_ATTEMPTS) {
    await postponeJob(ctx.db, ctx.agreement, job, new Date(ctx.clock.now() + retryDelay(attempts)), reason);
    ctx.log.warn(fields, 'a follow-up failed and will be tried again');
    tally.failed += 1;
    return;
  }
  await ctx.db.inTransaction(async (tx) => {
    await markGivenUp(tx, ctx.agreement, job, reason);
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'job.given-up',
      object: `job:${job.handler}:${job.key}`,
      visibility: 'sealed',
      content: { handler: job.handler, key: job.key, entry: job.entryIndex, attempts, code },
    });
  });
  ctx.log.error(fields, 'a follow-up was given up; "retryGivenUp" tries it again');
  tally.gaveUp += 1;
}

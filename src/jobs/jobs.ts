/**
 * The runner of follow-ups. Knows no room: it is handed the handlers. Only one runner works on an instrument at a time,
 * across processes; what it had begun when it was killed is begun again.
 */
import type { Ctx } from '../db/index.ts';
import type { JobHandler, JobsSummary } from './model.ts';
import { runDue, type Tally } from './run.ts';
import { scheduleNew } from './schedule.ts';
import { countWaiting, reviveJobs } from './store.ts';

const POLL_MS = 500;

export interface Jobs {
  /**
   * Schedules and runs until nothing is due, follow-ups of follow-ups included. Jobs that wait for a later try are
   * counted, not waited for. Calls made meanwhile wait for the same end and then look again.
   */
  runUntilIdle(): Promise<JobsSummary>;
  /** Runs in the background until `stop`; `wake` makes it look at once. */
  start(): void;
  wake(): void;
  /** Resolves when the job at hand is finished; later ones stay for the next start. */
  stop(): Promise<void>;
  /** Tries again what was given up; how many there were. */
  retryGivenUp(): Promise<number>;
}

/** A runner over `ctx` (database, instrument, clock). Handler names must be distinct. */
export function createJobs(ctx: Ctx, handlers: readonly JobHandler[]): Jobs {
  const names = handlers.map((handler) => handler.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two handlers are called ${twice}`);

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let queued = false;

  const pass = async (): Promise<JobsSummary> => {
    const tally: Tally = { done: 0, failed: 0, gaveUp: 0 };
    const release = await ctx.db.holdLock(`jobs:${ctx.agreement}`);
    try {
      // Without the lock another process runs the jobs of this database: there is nothing to do here.
      while (release && !stopped) {
        await scheduleNew(ctx, handlers);
        if (!(await runDue(ctx, handlers, tally, () => stopped))) break;
      }
    } finally {
      await release?.();
    }
    return { ...tally, waiting: await countWaiting(ctx.db, ctx.agreement) };
  };

  const inTurn = <Result>(body: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(body);
    turn = mine.catch(() => {});
    return mine;
  };

  const look = (): void => {
    if (stopped || queued) return;
    queued = true;
    clearTimeout(timer);
    inTurn(() => {
      queued = false;
      return stopped ? Promise.resolve(undefined) : pass();
    })
      .catch((error) => ctx.log.error({ error: error instanceof Error ? error.message : '' }, 'the follow-ups stopped'))
      .finally(() => {
        if (!stopped) timer = setTimeout(look, POLL_MS).unref();
      });
  };

  return {
    runUntilIdle: () => inTurn(pass),
    start: look,
    wake: look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
    retryGivenUp: () => reviveJobs(ctx.db, ctx.agreement, new Date(ctx.clock.now())),
  };
}

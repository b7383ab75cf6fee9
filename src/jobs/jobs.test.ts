/** Follow-ups: each entry once, in order, chains to their end, failures tried again and given up loudly. */
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';
import { testCtx, testWorld } from '../../test/support/world.ts';
import type { Ctx } from '../db/index.ts';
import { append, read } from '../record/index.ts';
import { createJobs, type JobHandler } from './index.ts';

const add = (ctx: Ctx, kind: string, object = 'thing:1') =>
  ctx.db.inTransaction((tx) =>
    append(tx, ctx, { agreement: ctx.agreement, kind, object, visibility: 'sealed', content: {} }),
  );

describeOnEachDatabase('jobs', (db) => {
  it('follow each entry of their kinds once, in order, and what the follow-ups write themselves', async () => {
    const ctx = testCtx(db(), testWorld(21), 'chain');
    const seen: string[] = [];
    const handlers: JobHandler[] = [
      {
        name: 'one.first',
        on: ['a.made'],
        run: async (c, entry) => {
          seen.push(`first ${entry.index}`);
          await add(c, 'b.made');
        },
      },
      { name: 'two.second', on: ['b.made'], run: async (_, entry) => void seen.push(`second ${entry.index}`) },
    ];
    const jobs = createJobs(ctx, handlers);
    for (const kind of ['a.made', 'c.made', 'a.made']) await add(ctx, kind);
    expect(await jobs.runUntilIdle()).toEqual({ done: 4, failed: 0, gaveUp: 0, waiting: 0 });
    expect(seen).toEqual(['first 0', 'first 2', 'second 3', 'second 4']);
    expect(await jobs.runUntilIdle()).toEqual({ done: 0, failed: 0, gaveUp: 0, waiting: 0 });
    // A new runner on the same database starts where the last one was.
    expect(await createJobs(ctx, handlers).runUntilIdle()).toMatchObject({ done: 0 });
  });

  it('collapse entries of one key into one run for the latest', async () => {
    const ctx = testCtx(db(), testWorld(22), 'fold');
    const seen: number[] = [];
    const jobs = createJobs(ctx, [
      { name: 'fold.day', on: ['a.made'], key: (e) => e.object, run: async (_, e) => void seen.push(e.index) },
    ]);
    for (const object of ['day:1', 'day:2', 'day:1', 'day:1']) await add(ctx, 'a.made', object);
    await jobs.runUntilIdle();
    expect(seen).toEqual([1, 3]);
  });

  it('try again after 1, 5, 25 and 125 seconds, then give up with an entry; a retry can still succeed', async () => {
    const world = testWorld(23);
    const ctx = testCtx(db(), world, 'retry');
    let broken = true;
    let attempts = 0;
    const jobs = createJobs(ctx, [
      {
        name: 'x.fails',
        on: ['a.made'],
        run: async () => {
          attempts += 1;
          if (broken) throw new Error('words of a sealed report');
        },
      },
    ]);
    await add(ctx, 'a.made');
    for (const wait of [0, 1_000, 5_000, 25_000]) {
      world.advance(wait);
      expect(await jobs.runUntilIdle()).toEqual({ done: 0, failed: 1, gaveUp: 0, waiting: 1 });
      expect(await jobs.runUntilIdle()).toEqual({ done: 0, failed: 0, gaveUp: 0, waiting: 1 });
    }
    world.advance(125_000);
    expect(await jobs.runUntilIdle()).toEqual({ done: 0, failed: 0, gaveUp: 1, waiting: 0 });
    const [gaveUp] = await read(ctx.db, { agreement: 'retry', kinds: ['job.given-up'] });
    expect(gaveUp?.content).toEqual({ handler: 'x.fails', key: '0', entry: 0, attempts: 5, code: 'Error' });
    broken = false;
    expect(await jobs.retryGivenUp()).toBe(1);
    expect(await jobs.runUntilIdle()).toMatchObject({ done: 1, waiting: 0 });
    expect(attempts).toBe(6);
  });

  it('leave nothing out when there are more entries than one batch', async () => {
    const ctx = testCtx(db(), testWorld(24), 'many');
    await ctx.db.inTransaction(async (tx) => {
      for (let i = 0; i < 1_101; i++) {
        await append(tx, ctx, {
          agreement: 'many',
          kind: 'a.made',
          object: `o:${i}`,
          visibility: 'sealed',
          content: i,
        });
      }
    });
    const seen: unknown[] = [];
    const jobs = createJobs(ctx, [{ name: 'all', on: ['a.made'], run: async (_, e) => void seen.push(e.content) }]);
    expect(await jobs.runUntilIdle()).toMatchObject({ done: 1_101, waiting: 0 });
    expect(seen).toEqual(Array.from({ length: 1_101 }, (_, i) => i));
  });

  it('are run by one runner at a time', async () => {
    const ctx = testCtx(db(), testWorld(25), 'single');
    let running = 0;
    let most = 0;
    const handler: JobHandler = {
      name: 'slow',
      on: ['a.made'],
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((done) => setTimeout(done, 20));
        running -= 1;
      },
    };
    const runners = [createJobs(ctx, [handler]), createJobs(ctx, [handler])];
    for (let i = 0; i < 4; i++) await add(ctx, 'a.made');
    const summaries = await Promise.all(runners.map((runner) => runner.runUntilIdle()));
    expect(summaries.reduce((sum, each) => sum + each.done, 0)).toBe(4);
    expect(most).toBe(1);
  });

  it('work in the background until stopped', async () => {
    const ctx = testCtx(db(), testWorld(26), 'background');
    let done = 0;
    const jobs = createJobs(ctx, [{ name: 'count', on: ['a.made'], run: async () => void done++ }]);
    jobs.start();
    await add(ctx, 'a.made');
    jobs.wake();
    while (done === 0) await new Promise((next) => setTimeout(next, 5));
    await jobs.stop();
    await add(ctx, 'a.made');
    jobs.wake();
    expect(done).toBe(1);
  });
});

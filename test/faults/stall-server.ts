/**
 * The server whose event loop is watched: a real house on a data folder of its own, with its web routes and its local
 * door. Its parent asks for the longest time that the loop stood still since it last asked, and how much of one such
 * time the thread itself was at work: on a busy machine it also waits for a processor.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { silentLog } from '../../src/core/index.ts';
import { openHouse, serveHouse } from '../../src/server/index.ts';
import { setUpIntake } from '../support/intake.ts';

const [dataDir = ''] = process.argv.slice(2);
const TICK_MS = 2;

const house = await openHouse({ dataDir, log: silentLog });
const running = await serveHouse(house, { port: 0, host: '127.0.0.1', webDir: undefined, sample: null });
await setUpIntake(house);
// The reader is made before anything is measured.
await house.reading.read('قصف', {});

/** Milliseconds that this thread has been on a processor (Linux). */
const atWork = (): number =>
  Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;

let last = { at: performance.now(), work: atWork() };
let longest = { still: 0, work: 0 };
setInterval(() => {
  const now = { at: performance.now(), work: atWork() };
  longest = {
    still: Math.max(longest.still, now.at - last.at - TICK_MS),
    work: Math.max(longest.work, now.work - last.work),
  };
  last = now;
}, TICK_MS);

process.on('message', async (asked) => {
  if (asked === 'longest') {
    process.send?.(longest);
    longest = { still: 0, work: 0 };
  } else if (asked === 'idle') {
    await house.jobs.runUntilIdle().catch(() => undefined);
    process.send?.({ idle: true });
  } else {
    await running.close();
    process.exit(0);
  }
});
process.send?.({ port: running.port });

/** A world for tests: a clock that moves only when told, random bytes from a seed. */
import { MACHINE, silentLog, type World } from '../../src/core/index.ts';
import type { Ctx, Db } from '../../src/db/index.ts';

export interface TestWorld extends World {
  /** Moves the clock forward. */
  advance(ms: number): void;
}

const START = Date.parse('2016-04-28T12:00:00Z');

/** Deterministic: the same seed gives the same ids. */
export function testWorld(seed = 1, start = START): TestWorld {
  let now = start;
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let mixed = state ^ (state >>> 15);
    mixed = Math.imul(mixed, 0x2c1b3c6d);
    return (mixed ^ (mixed >>> 12)) & 0xff;
  };
  return {
    clock: { now: () => now },
    random: { bytes: (length) => Uint8Array.from({ length }, next) },
    log: silentLog,
    actor: MACHINE,
    advance: (ms) => {
      now += ms;
    },
  };
}

/** A context on a database, for one instrument. */
export const testCtx = (db: Db, world: World = testWorld(), agreement = 'test-2016'): Ctx => ({
  ...world,
  db,
  agreement,
});

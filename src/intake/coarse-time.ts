/** A world whose clock shows full hours only: what is written in it cannot tell when a source spoke. */
import type { Clock } from '../core/index.ts';

const HOUR_MS = 3_600_000;

/** The hour that a moment (UTC milliseconds) lies in. */
export const fullHour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/** The next full hour: from then on the public may see that something came in. */
export const nextFullHour = (ms: number): number => fullHour(ms) + HOUR_MS;

export const onTheHour = <World extends { readonly clock: Clock }>(world: World): World => ({
  ...world,
  clock: { now: () => fullHour(world.clock.now()) },
});

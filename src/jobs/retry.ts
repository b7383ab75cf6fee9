/** How often a failed job is tried again, and when. Pure. */
export const MAX_ATTEMPTS = 5;

/** Milliseconds to wait after the nth failed attempt (from 1): 1 s, 5 s, 25 s, 125 s. */
export const retryDelay = (attempts: number): number => 1_000 * 5 ** (attempts - 1);

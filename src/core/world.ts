/**
 * Everything that touches the world comes in through here, first argument of every verb. No module reads a clock,
 * draws a random number or holds a connection by itself, so every verb can be run at a fixed time from a seed.
 */

export interface Clock {
  /** UTC milliseconds. */
  now(): number;
}

export interface RandomSource {
  bytes(length: number): Uint8Array;
}

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Who acts: a person's account, a token's holder, or the machine itself. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'machine';
  readonly id: string;
  readonly organisation: string | null;
  readonly role: string | null;
}

export interface World {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly log: Log;
  readonly actor: Actor;
  /** Signs what an author stands for; absent where there are no author keys (tests, the flight channel). */
  readonly sign?: (author: string, statement: string) => string;
}

export const MACHINE: Actor = Object.freeze({ kind: 'machine', id: 'hudna', organisation: null, role: null });

export const systemClock: Clock = { now: () => Date.now() };

export const systemRandom: RandomSource = {
  bytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

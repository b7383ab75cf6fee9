/** What a verb of open mode is given and what it answers: a turn in, a plan out. The plan takes effect when committed. */
import type { Body } from './answers.ts';
import type { Change, Registry } from './registry.ts';

export interface Turn {
  readonly registry: Registry;
  readonly caller: string;
  readonly scopes: ReadonlySet<string>;
  /** UTC milliseconds. */
  readonly now: number;
  newId(): string;
  randomBytes(length: number): Uint8Array;
}

export interface Plan {
  readonly changes: readonly Change[];
  readonly status: number;
  /** The answer, made after the changes are in. */
  answer(): Body;
}

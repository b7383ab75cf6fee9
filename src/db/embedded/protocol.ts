/** What the main thread and the engine's thread say to each other. Values are text already (values.ts). */

export interface EngineSetup {
  /** The cluster folder; null keeps the database in memory (tests only: nothing lasts). */
  readonly folder: string | null;
}

export interface EngineRequest {
  readonly id: number;
  /** `script` may hold several statements and takes no parameters. */
  readonly kind: 'query' | 'script' | 'close';
  readonly sql: string;
  readonly params: readonly (string | null)[];
}

export type EngineReply =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly count: number }
  | { readonly id: number; readonly error: EngineError };

/** A database error as plain data: an Error would lose its fields on the way between threads. */
export interface EngineError {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type EngineGreeting =
  | { readonly ready: true; readonly fsync: string; readonly fsyncsPerCommit: number }
  | { readonly ready: false; readonly reason: string };

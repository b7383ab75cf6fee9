/**
 * The database as the rooms see it: SQL text with $n parameters, and one transaction at a time per verb. Which engine
 * answers (embedded or a server) is decided in connect.ts and known nowhere else. SQL stays inside the PostgreSQL 15
 * subset.
 */
import type { World } from '../core/index.ts';
import type { Vault } from './vault.ts';

export type SqlValue = string | number | bigint | boolean | null | Uint8Array | readonly SqlValue[] | Date;

/** Something that answers SQL: the database itself or a transaction. */
export interface Queryable {
  /** Seals and opens what lies sealed in the rows. */
  readonly vault: Vault;
  /** Rows of one statement. JSON columns come parsed, bytea as Uint8Array, int8 as number, timestamptz as Date. */
  rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs one statement; the number of rows it touched. */
  run(sql: string, params?: readonly SqlValue[]): Promise<number>;
}

/** Marks that a transaction is open: verbs that must share one take this, never `Db`. */
export interface Tx extends Queryable {
  readonly transaction: true;
}

export interface Db extends Queryable {
  readonly engine: 'embedded' | 'server';
  /** Commits when `body` returns, rolls back when it throws; durable when this resolves. Never nest. */
  inTransaction<Result>(body: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Takes a named lock that only one process on this database may hold (job runner, sequencer); undefined when another
   * holder has it. Freed by the returned function or by the end of the process.
   */
  holdLock(name: string): Promise<(() => Promise<void>) | undefined>;
  close(): Promise<void>;
}

/** What a verb of a domain room takes first. */
export interface Ctx extends World {
  readonly db: Db;
  /** The instrument whose rows this verb may touch. */
  readonly agreement: string;
}

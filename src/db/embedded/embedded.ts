/** The embedded engine as a `Db`. Several of these may share one session, each in a schema of its own (tests do). */
import type { Db, Queryable, SqlValue, Tx } from '../model.ts';
import { insideTransaction, refuseInsideTransaction } from '../turn.ts';
import type { OfVault } from '../vault.ts';
import type { Session } from './session.ts';

/** The schema a session last switched to; kept per session, because the connection remembers it. */
const currentSchema = new WeakMap<Session, string>();

export interface EmbeddedDb extends Db {
  /** Several statements without parameters, outside any transaction of ours: migrations only. */
  script(sql: string): Promise<void>;
}

/** A database over a session. `onClose` runs after the session closed (or instead of closing it, when shared). */
export function embeddedDb(session: Session, schema: string, vault: OfVault, onClose: () => Promise<void>): EmbeddedDb {
  const locks = new Set<string>();

  const inSchema = <Result>(body: () => Promise<Result>): Promise<Result> =>
    session.exclusively(async () => {
      if ((currentSchema.get(session) ?? 'public') !== schema) {
        currentSchema.set(session, schema);
        await session.send('query', `set search_path to "${schema}"`);
      }
      return body();
    });

  const direct: Queryable = {
    get vault() {
      return vault();
    },
    async rows<Row>(sql: string, params?: readonly SqlValue[]) {
      return (await session.send('query', sql, params)).rows as Row[];
    },
    async run(sql, params) {
      return (await session.send('query', sql, params)).count;
    },
  };

  return {
    engine: 'embedded',
    get vault() {
      return vault();
    },
    rows(sql, params) {
      refuseInsideTransaction();
      return inSchema(() => direct.rows(sql, params));
    },
    run(sql, params) {
      refuseInsideTransaction();
      return inSchema(() => direct.run(sql, params));
    },
    script(sql) {
      return inSchema(async () => {
        await session.send('script', sql);
      });
    },
    inTransaction(body) {
      refuseInsideTransaction();
      return inSchema(() => transaction(session, direct, body));
    },
    async holdLock(name) {
      // The folder lock already keeps other processes out.
      if (locks.has(name)) return undefined;
      locks.add(name);
      return async () => {
        locks.delete(name);
      };
    },
    close: onClose,
  };
}

async function transaction<Result>(
  session: Session,
  direct: Queryable,
  body: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  let over = false;
  const guard = (): void => {
    if (over) throw new Error('this transaction is over');
  };
  const tx: Tx = {
    transaction: true,
    vault: direct.vault,
    rows: async (sql, params) => {
      guard();
      return direct.rows(sql, params);
    },
    run: async (sql, params) => {
      guard();
      return direct.run(sql, params);
    },
  };
  await session.send('query', 'begin');
  try {
    const result = await insideTransaction(() => body(tx));
    over = true;
    await session.send('query', 'commit');
    return result;
  } catch (error) {
    over = true;
    await session.send('query', 'rollback').catch(() => {});
    throw error;
  }
}

/** A Postgres server as a `Db`: a small pool, the same value rules as the embedded engine. */
import pg from 'pg';
import { Problem } from '../core/index.ts';
import { orDiskFull } from './disk-full.ts';
import type { Db, Queryable, SqlValue, Tx } from './model.ts';
import { SERVER_UNUSABLE } from './problems.ts';
import { insideTransaction, refuseInsideTransaction } from './turn.ts';
import { encodeParam, PARSERS } from './values.ts';
import type { OfVault } from './vault.ts';

const OLDEST_VERSION = 150_000;
const CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;

export interface ServerDb extends Db {
  script(sql: string): Promise<void>;
}

const TYPES = { getTypeParser: (oid: number) => PARSERS[oid] ?? ((text: string) => text) };

/** Connects and checks the version. Throws db/server-unusable with the server named, never with its password. */
export async function connectServer(url: string, schema: string, vault: OfVault): Promise<ServerDb> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: `-c search_path=${schema} -c timezone=UTC`,
    types: TYPES as pg.CustomTypesConfig,
  });
  // A broken idle connection is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  try {
    const found = await queryableOver(pool, vault).rows<{ version: string }>(
      "select current_setting('server_version_num') version",
    );
    if (Number(found[0]?.version) < OLDEST_VERSION)
      throw new Error(`its version is ${found[0]?.version}, 15 is needed`);
  } catch (error) {
    await pool.end();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(SERVER_UNUSABLE, `the database server ${withoutPassword(url)} cannot be used: ${reason}`);
  }
  return serverDb(pool, vault);
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}`;
  } catch {
    return 'named by DATABASE_URL';
  }
}

function queryableOver(target: pg.Pool | pg.PoolClient, vault: OfVault): Queryable {
  return {
    get vault() {
      return vault();
    },
    async rows<Row>(sql: string, params: readonly SqlValue[] = []) {
      return (await target.query(sql, params.map(encodeParam))).rows as Row[];
    },
    async run(sql, params = []) {
      return (await target.query(sql, params.map(encodeParam))).rowCount ?? 0;
    },
  };
}

function serverDb(pool: pg.Pool, vault: OfVault): ServerDb {
  const direct = queryableOver(pool, vault);
  return {
    engine: 'server',
    get vault() {
      return vault();
    },
    rows(sql, params) {
      refuseInsideTransaction();
      return direct.rows(sql, params);
    },
    run(sql, params) {
      refuseInsideTransaction();
      return direct.run(sql, params);
    },
    async script(sql) {
      await pool.query(sql);
    },
    async inTransaction(body) {
      refuseInsideTransaction();
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const tx: Tx = { transaction: true, ...queryableOver(client, vault) };
        const result = await insideTransaction(() => body(tx));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
        throw orDiskFull(error);
      } finally {
        client.release(broken);
      }
    },
    async holdLock(name) {
      const client = await pool.connect();
      const key = ['hudna', name].join(':');
      const taken = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as taken', [key]);
      if (taken.rows[0]?.taken !== true) {
        client.release();
        return undefined;
      }
      return async () => {
        await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(() => {});
        client.release();
      };
    },
    close: () => pool.end(),
  };
}

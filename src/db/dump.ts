/**
 * A database as lines of JSON and back: the same on both engines, so that an embedded house can move to a server. Tables
 * go in the order in which they were made, so that what is pointed at comes first. Sealed columns go as they lie there.
 */
import type { Db, Queryable, Tx } from './model.ts';

export interface DumpLine {
  readonly table: string;
  /** Rows as the database writes them in JSON: bytea in hex, times with their offset. */
  readonly rows: readonly unknown[];
}

const ROWS_A_LINE = 500;

interface TableInfo {
  readonly name: string;
  readonly key: string;
  /** Identity columns, whose counters go on after the highest value restored. */
  readonly identity: readonly string[];
}

function tablesOf(db: Queryable): Promise<TableInfo[]> {
  return db.rows<TableInfo>(
    `select c.relname as name,
            (select string_agg(quote_ident(a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum))
               from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[])
              where i.indrelid = c.oid and i.indisprimary) as key,
            coalesce((select json_agg(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attidentity <> ''), '[]') as identity
       from pg_class c
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname not in ('migrations', 'data_key')
      order by c.oid`,
  );
}

/** All rows of all tables, as of one moment. `onLine` is awaited, so a slow writer slows the reading. */
export async function dumpTables(db: Db, onLine: (line: DumpLine) => Promise<void>): Promise<void> {
  await db.inTransaction(async (tx) => {
    await tx.run('set transaction isolation level repeatable read, read only');
    for (const { name, key } of await tablesOf(tx)) {
      for (let offset = 0; ; offset += ROWS_A_LINE) {
        const rows = await tx.rows<{ row: unknown }>(
          `select to_jsonb(t) as row from "${name}" t order by ${key} limit ${ROWS_A_LINE} offset ${offset}`,
        );
        if (rows.length > 0) await onLine({ table: name, rows: rows.map(({ row }) => row) });
        if (rows.length < ROWS_A_LINE) break;
      }
    }
  });
}

/** True when no table has a row. */
export async function isEmpty(db: Queryable): Promise<boolean> {
  for (const { name } of await tablesOf(db)) {
    if ((await db.rows(`select 1 as one from "${name}" limit 1`)).length > 0) return false;
  }
  return true;
}

/** Puts lines back into an empty database; call `finish` after the last. Everything belongs to the caller's transaction. */
export async function restoreTables(tx: Tx): Promise<{ put(line: DumpLine): Promise<void>; finish(): Promise<void> }> {
  const tables = await tablesOf(tx);
  const known = new Map(tables.map((table) => [table.name, table]));
  return {
    async put({ table, rows }) {
      if (!known.has(table)) throw new Error(`there is no table ${table} in this version`);
      await tx.run(
        `insert into "${table}" overriding system value select * from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
        [JSON.stringify(rows)],
      );
    },
    async finish() {
      for (const { name, identity } of tables) {
        for (const column of identity) {
          await tx.rows(
            `select setval(pg_get_serial_sequence('"${name}"', '${column}'), coalesce((select max("${column}") from "${name}"), 1), exists (select 1 from "${name}")) as at`,
          );
        }
      }
    },
  };
}

/**
 * The part of the migrations 0070 and 0071 that needs the key: seals, once, what an earlier version left in clear behind a
 * zero byte, and names payloads by keyed marks. May be stopped and started again. Afterwards the tables are written anew;
 * the engine's log of writes may still hold more for a while (docs/data-at-rest.md).
 */
import type { Db } from './model.ts';
import { CLEAR } from './vault.ts';

const ROWS = 200;

/** Seals everything that is not, and remembers that it is done; the number of values sealed. */
export async function sealExisting(db: Db): Promise<number> {
  const columns = await sealedColumns(db);
  const written = new Set<string>();
  let sealed = columns.some(({ table }) => table === 'payload') ? await markPayloads(db) : 0;
  if (sealed > 0) for (const table of ['payload', 'report']) written.add(table);
  for (const { table, column } of columns) {
    for (let rows = 1; rows > 0; sealed += rows) {
      rows = await sealSome(db, table, column);
      if (rows > 0) written.add(table);
    }
  }
  for (const table of written) await db.run(`vacuum full "${table}"`);
  if (written.size > 0) await db.run('checkpoint');
  await db.run('update data_key set complete = true');
  return sealed;
}

/** Every sealed column: its comment says so. */
function sealedColumns(db: Db): Promise<{ table: string; column: string }[]> {
  return db.rows(
    `select c.relname as "table", a.attname as "column"
       from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped
        and col_description(c.oid, a.attnum) = 'sealed'
      order by 1, 2`,
  );
}

async function sealSome(db: Db, table: string, column: string): Promise<number> {
  const rows = await db.rows<{ at: string; bytes: Uint8Array }>(
    `select ctid::text as at, "${column}" as bytes from "${table}" where get_byte("${column}", 0) = ${CLEAR} limit ${ROWS}`,
  );
  if (rows.length === 0) return 0;
  return db.run(
    `update "${table}" t set "${column}" = given.bytes
       from unnest($1::text[], $2::bytea[]) as given(at, bytes) where t.ctid = given.at::tid`,
    [rows.map(({ at }) => at), rows.map(({ bytes }) => db.vault.seal(`${table}.${column}`, clearValue(bytes)))],
  );
}

/** What stands behind the zero byte. */
const clearValue = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes.subarray(1)).toString('utf8'));

/** What marks are made of, so that the same report is known again: src/sources/service.ts makes new ones alike. */
export const REPORT_MARK = 'report';

async function markPayloads(db: Db): Promise<number> {
  const unmarked = () =>
    db.rows<{ agreement: string; id: string; bytes: Uint8Array }>(
      `select agreement_id as agreement, id, bytes from payload where get_byte(bytes, 0) = ${CLEAR} limit ${ROWS}`,
    );
  let marked = 0;
  for (let rows = await unmarked(); rows.length > 0; rows = await unmarked()) {
    await db.inTransaction(async (tx) => {
      for (const { agreement, id, bytes } of rows) {
        const text = String(clearValue(bytes));
        const mark = tx.vault.mark(REPORT_MARK, text);
        await tx.run('insert into payload (agreement_id, id, bytes) values ($1, $2, $3)', [
          agreement,
          mark,
          tx.vault.seal('payload.bytes', text),
        ]);
        await tx.run('update report set payload = $3, fingerprint = $3 where agreement_id = $1 and payload = $2', [
          agreement,
          id,
          mark,
        ]);
        await tx.run('delete from payload where agreement_id = $1 and id = $2', [agreement, id]);
      }
    });
    marked += rows.length;
  }
  return marked;
}

/** The record's rows. The only SQL on logs, authors, entries and their contents. */
import type { Queryable, SqlValue, Tx } from '../db/index.ts';
import type { Entry, EntryFilter, NewEntry } from './model.ts';
import type { Beacon } from './verify/envelope.ts';

export interface StoredEntry extends NewEntry {
  readonly index: number;
  readonly id: string;
  readonly author: string;
  readonly n: number;
  readonly claimedAt: string;
  readonly envelope: string;
  readonly leafHash: Uint8Array;
  readonly salt: Uint8Array;
  /** Canonical content. */
  readonly text: string;
}

export interface Turn {
  readonly firstIndex: number;
  readonly firstN: number;
  readonly beacon: Beacon | null;
}

/** Takes the next `count` indexes of the log and of the author; both stay locked until the transaction ends. */
export async function takeTurn(tx: Tx, agreement: string, author: string, count: number): Promise<Turn> {
  const [row] = await tx.rows<{ size: number; n: number; beacon_size: number | null; beacon_root: Uint8Array | null }>(
    `with log as (
       insert into logs (agreement_id, size) values ($1, $3)
       on conflict (agreement_id) do update set size = logs.size + excluded.size
       returning size, beacon_size, beacon_root),
     own as (
       insert into authors (agreement_id, author, n) values ($1, $2, $3)
       on conflict (agreement_id, author) do update set n = authors.n + excluded.n
       returning n)
     select log.size, own.n, log.beacon_size, log.beacon_root from log, own`,
    [agreement, author, count],
  );
  if (!row) throw new Error('the log gave no turn');
  const beacon = row.beacon_size !== null && row.beacon_root ? { size: row.beacon_size, root: row.beacon_root } : null;
  return { firstIndex: row.size - count, firstN: row.n - count + 1, beacon };
}

/** Id of the latest entry by `visibility object`, for the objects given. */
export async function latestIds(tx: Tx, agreement: string, objects: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ object: string; visibility: string; id: string }>(
    `select wanted.object, v.visibility, last.id
     from unnest($2::text[]) wanted(object)
     cross join (values ('open'), ('sealed')) v(visibility)
     cross join lateral (
       select id from entries
       where agreement_id = $1 and entries.object = wanted.object and entries.visibility = v.visibility
       order by index desc limit 1) last`,
    [agreement, objects],
  );
  return new Map(rows.map((row) => [`${row.visibility} ${row.object}`, row.id]));
}

const BODY = 'entry_contents.body';

/** Salt and content are sealed as one: with the salt alone anyone could try guesses against the commitment. */
interface Body {
  /** Base64. */
  readonly salt: string;
  /** Canonical JSON. */
  readonly content: string;
}

export async function insertEntries(tx: Tx, agreement: string, rows: readonly StoredEntry[]): Promise<void> {
  const column = (pick: (row: StoredEntry) => SqlValue): SqlValue => rows.map(pick);
  await tx.run(
    `with given as (
       select * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
         $9::timestamptz[], $10::text[], $11::bytea[], $12::bytea[])
       as row(index, id, kind, object, visibility, author, n, claimed_at, envelope, leaf_hash, body)),
     written as (
       insert into entries (agreement_id, index, id, kind, object, visibility, author, n, claimed_at, envelope, leaf_hash)
       select $1, index, id, kind, object, visibility, author, n, claimed_at, envelope, leaf_hash from given)
     insert into entry_contents (agreement_id, index, body) select $1, index, body from given`,
    [
      agreement,
      column((row) => row.index),
      column((row) => row.id),
      column((row) => row.kind),
      column((row) => row.object),
      column((row) => row.visibility),
      column((row) => row.author),
      column((row) => row.n),
      column((row) => row.claimedAt),
      column((row) => row.envelope),
      column((row) => row.leafHash),
      column(({ salt, text }) =>
        tx.vault.seal(BODY, { salt: Buffer.from(salt).toString('base64'), content: text } satisfies Body),
      ),
    ],
  );
}

interface EntryRow {
  readonly index: number;
  readonly id: string;
  readonly kind: string;
  readonly object: string;
  readonly visibility: 'open' | 'sealed';
  readonly author: string;
  readonly n: number;
  readonly claimed_at: Date;
  readonly body: Uint8Array | null;
}

/** Entries in log order, oldest first. */
export async function selectEntries(db: Queryable, filter: EntryFilter): Promise<Entry[]> {
  const rows = await db.rows<EntryRow>(
    `select e.index, e.id, e.kind, e.object, e.visibility, e.author, e.n, e.claimed_at, c.body
     from entries e left join entry_contents c using (agreement_id, index)
     where e.agreement_id = $1 and e.index >= $2
       and ($3::text[] is null or e.kind = any($3::text[]))
       and ($4::text is null or e.object = $4)
       and ($5::text is null or e.visibility = $5)
     order by e.index limit $6`,
    [
      filter.agreement,
      filter.from ?? 0,
      filter.kinds ?? null,
      filter.object ?? null,
      filter.visibility ?? null,
      filter.limit ?? null,
    ],
  );
  return rows.map((row) => ({
    agreement: filter.agreement,
    index: row.index,
    id: row.id,
    kind: row.kind,
    object: row.object,
    visibility: row.visibility,
    author: row.author,
    n: row.n,
    claimedAt: row.claimed_at.toISOString(),
    content: row.body && JSON.parse(db.vault.unseal<Body>(BODY, row.body).content),
    erased: row.body === null,
  }));
}

/** Number of entries in the log. */
export async function logSize(db: Queryable, agreement: string): Promise<number> {
  const [row] = await db.rows<{ size: number }>('select size from logs where agreement_id = $1', [agreement]);
  return row?.size ?? 0;
}

export interface StoredEnvelope {
  readonly envelope: string;
  readonly visibility: 'open' | 'sealed';
  readonly salt: Uint8Array | null;
}

/** What a proof of one entry is made from. */
export async function readEnvelope(
  db: Queryable,
  agreement: string,
  index: number,
): Promise<StoredEnvelope | undefined> {
  const [row] = await db.rows<Omit<StoredEnvelope, 'salt'> & { body: Uint8Array | null }>(
    `select e.envelope, e.visibility, c.body from entries e left join entry_contents c using (agreement_id, index)
     where e.agreement_id = $1 and e.index = $2`,
    [agreement, index],
  );
  if (!row) return undefined;
  const { body, ...found } = row;
  return { ...found, salt: body && Buffer.from(db.vault.unseal<Body>(BODY, body).salt, 'base64') };
}

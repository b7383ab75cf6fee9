/** The log's head in the database, and the leaves still to be put into the tree. The only SQL on log_heads. */
import type { Db, Queryable } from '../../db/index.ts';
import { equalBytes, type Head, leafOf, nodeCrypto } from '../verify/index.ts';

export interface StoredHead extends Head {
  readonly origin: string;
}

export async function readHead(db: Queryable, agreement: string): Promise<StoredHead | undefined> {
  const [row] = await db.rows<StoredHead>('select origin, size, root from log_heads where agreement_id = $1', [
    agreement,
  ]);
  return row;
}

/** Moves the head from one tree to the next; false when it was not where the caller thought. */
export async function moveHead(
  db: Queryable,
  agreement: string,
  origin: string,
  from: Head | undefined,
  to: Head,
): Promise<boolean> {
  if (!from) {
    const inserted = await db.run(
      `insert into log_heads (agreement_id, origin, size, root) values ($1, $2, $3, $4) on conflict do nothing`,
      [agreement, origin, to.size, to.root],
    );
    return inserted === 1;
  }
  const moved = await db.run(
    'update log_heads set size = $2, root = $3 where agreement_id = $1 and size = $4 and root = $5 and size <= $2',
    [agreement, to.size, to.root, from.size, from.root],
  );
  return moved === 1;
}

export interface StoredLeaf {
  readonly index: number;
  /** The bytes that the log holds. */
  readonly leaf: Uint8Array;
  /** False when the row's own leaf hash is not that of its envelope: the row was altered. */
  readonly sound: boolean;
  readonly leafHash: Uint8Array;
}

/** Leaves from index `from` on, in order, without gaps, at most `limit`. */
export async function readLeaves(
  db: Queryable,
  agreement: string,
  from: number,
  limit: number,
  hashOf: (leaf: Uint8Array) => Uint8Array,
): Promise<StoredLeaf[]> {
  const rows = await db.rows<{ index: number; envelope: string; visibility: 'open' | 'sealed'; leaf_hash: Uint8Array }>(
    `select index, envelope, visibility, leaf_hash from entries
     where agreement_id = $1 and index >= $2 order by index limit $3`,
    [agreement, from, limit],
  );
  const leaves: StoredLeaf[] = [];
  for (const row of rows) {
    if (row.index !== from + leaves.length) break;
    const leaf = leafOf(nodeCrypto, row.envelope, row.visibility);
    const leafHash = row.leaf_hash;
    leaves.push({ index: row.index, leaf, leafHash, sound: equalBytes(hashOf(leaf), leafHash) });
  }
  return leaves;
}

/** Keeps the moment at which a checkpoint had its quorum, and makes it the beacon of later entries. */
export async function recordCosigned(db: Db, agreement: string, head: Head, at: Date): Promise<void> {
  await db.inTransaction(async (tx) => {
    await tx.run(
      `insert into cosigned_heads (agreement_id, size, root, cosigned_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [agreement, head.size, head.root, at],
    );
    await tx.run(
      `update logs set beacon_size = $2, beacon_root = $3
       where agreement_id = $1 and (beacon_size is null or beacon_size <= $2)`,
      [agreement, head.size, head.root],
    );
  });
}

export interface TimeBounds {
  /** Co-signed before the entry was made: it cannot be older. */
  readonly notBefore: Date | null;
  /** First co-signed checkpoint that holds it: it cannot be younger. */
  readonly notAfter: Date | null;
}

/** Between which two co-signed moments an entry was made; null where nobody has attested one. */
export async function timeBounds(db: Queryable, agreement: string, index: number): Promise<TimeBounds> {
  const [row] = await db.rows<{ before: Date | null; after: Date | null }>(
    `select (select c.cosigned_at from entries e join cosigned_heads c
               on c.agreement_id = e.agreement_id and c.size = (e.envelope::jsonb #>> '{beacon,size}')::bigint
             where e.agreement_id = $1 and e.index = $2) as before,
            (select cosigned_at from cosigned_heads where agreement_id = $1 and size > $2 order by size limit 1) as after`,
    [agreement, index],
  );
  return { notBefore: row?.before ?? null, notAfter: row?.after ?? null };
}

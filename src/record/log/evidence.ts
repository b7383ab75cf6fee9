/**
 * What proves that an entry is in the log: its envelope and salt, and a tlog-proof against one checkpoint. Published
 * objects prove against the checkpoint that the public has: one of the live log would tell when an entry was made.
 */
import { join } from 'node:path';
import { toHex } from '../../core/index.ts';
import type { Queryable } from '../../db/index.ts';
import { readEnvelope } from '../store.ts';
import { folderSource } from '../verify/command/sources.ts';
import { formatTlogProof, inclusionRanges, leafOf, nodeCrypto, TileTree, utf8Text } from '../verify/index.ts';
import { PublicMirror } from './mirror.ts';

/** What a published object carries beside its content (checked by `hudna verify bulletin`). */
export interface RecordEvidence {
  readonly envelope: string;
  /** Hex; null when the content was erased. */
  readonly salt: string | null;
  /** tlog-proof text. */
  readonly proof: string;
}

/** The tree at some size, and the signed note that says so. */
export interface ProvedHead {
  readonly size: number;
  readonly tree: TileTree;
  readonly checkpoint: Uint8Array;
}

/** Undefined while the head does not hold the entry, or there is none. */
export async function evidenceUnder(
  db: Queryable,
  agreement: string,
  head: ProvedHead | undefined,
  index: number,
): Promise<RecordEvidence | undefined> {
  if (!head || index >= head.size) return undefined;
  const found = await readEnvelope(db, agreement, index);
  if (!found) return undefined;
  const hashes = await head.tree.hashes(inclusionRanges(index, head.size));
  const extra = leafOf(nodeCrypto, found.envelope, found.visibility);
  const proof = utf8Text(formatTlogProof({ extra, index, hashes, checkpoint: head.checkpoint })) ?? '';
  return { envelope: found.envelope, salt: found.salt && toHex(found.salt), proof };
}

/** Evidence under the public checkpoint of a record's folder; undefined until the mirror has moved past the entry. */
export function publicEvidence(
  db: Queryable,
  agreement: string,
  recordFolder: string,
  index: number,
): Promise<RecordEvidence | undefined> {
  const mirror = new PublicMirror(recordFolder);
  const checkpoint = mirror.checkpoint();
  const size = mirror.size();
  const tree = new TileTree(nodeCrypto, folderSource(join(recordFolder, 'log')), size);
  return evidenceUnder(db, agreement, checkpoint && { size, tree, checkpoint }, index);
}

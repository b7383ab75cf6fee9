/**
 * A change of the log's key, from the decision to the handover: the open entry that names the new key, and later the
 * checkpoint that holds this entry and is signed by both keys, or by the new one alone where the old one is lost.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, toHex } from '../../core/index.ts';
import type { Ctx, Tx } from '../../db/index.ts';
import { append } from '../append.ts';
import { KEY_CHANGE_STALE } from '../problems.ts';
import { read } from '../read.ts';
import { readEnvelope } from '../store.ts';
import {
  checkCheckpoint,
  checkpointText,
  formatTlogProof,
  inclusionRanges,
  type Json,
  LOG_KEY_CHANGED,
  nodeCrypto,
  trustInKeys,
  utf8,
  utf8Text,
} from '../verify/index.ts';
import { readHead } from './head-store.ts';
import { type LogKeys, type PreparedKeyChange, prepareNextKey } from './log-keys.ts';
import type { Sequencer } from './sequencer.ts';

/** Makes the next key of the log in a record's folder, or says which lies prepared: its vkey. The log must have signed before. */
export async function prepareLogKey(ctx: Ctx, folder: string): Promise<string> {
  const origin = (await readHead(ctx.db, ctx.agreement))?.origin;
  if (origin === undefined)
    throw new Problem(KEY_CHANGE_STALE, 'this log has signed nothing yet: its first key is made at its first start');
  return prepareNextKey(folder, origin, ctx.random);
}

/** What two organisations decided, beside the keys. */
export interface DecidedKeyChange extends PreparedKeyChange {
  readonly reason: string;
  readonly by: readonly string[];
  readonly proposal: string;
  readonly sha256: string;
}

/** Throws KEY_CHANGE_STALE unless this is the change that lies prepared. A stolen key may be called lost while it is there. */
export function requirePrepared(prepared: PreparedKeyChange | null, asked: PreparedKeyChange): void {
  if (!prepared)
    throw new Problem(
      KEY_CHANGE_STALE,
      'no next key of the log lies prepared: the operator runs `hudna log-key prepare`',
    );
  const same = (['origin', 'from', 'to'] as const).every((name) => prepared[name] === asked[name]);
  if (!same || (prepared.oldKey === 'lost' && asked.oldKey !== 'lost'))
    throw new Problem(
      KEY_CHANGE_STALE,
      'this is not the change that lies prepared: look at it again and propose it anew',
    );
}

/** The entry that announces the next key. The log hands over to it when it next moves its public checkpoint. */
export async function announceKeyChange(
  tx: Tx,
  ctx: Ctx,
  prepared: PreparedKeyChange | null,
  decided: DecidedKeyChange,
): Promise<void> {
  requirePrepared(prepared, decided);
  const { origin, from, to, oldKey, reason, by, proposal, sha256 } = decided;
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: LOG_KEY_CHANGED,
    object: 'record:log-key',
    visibility: 'open',
    content: { origin, from, to, oldKey, reason, by, proposal, sha256 },
  });
}

export interface Announced {
  readonly index: number;
  readonly content: Json;
  readonly oldKey: 'signs' | 'lost';
}

/** The decided change that waits to be carried out: the newest entry that names the prepared key; null for none. */
export async function announcedChange(ctx: Ctx, keys: LogKeys): Promise<Announced | null> {
  const prepared = keys.prepared();
  if (!prepared) return null;
  const last = (await read(ctx.db, { agreement: ctx.agreement, kinds: [LOG_KEY_CHANGED] })).at(-1);
  const content = (last?.content ?? {}) as Partial<PreparedKeyChange>;
  if (!last || content.from !== prepared.from || content.to !== prepared.to) return null;
  const oldKey = content.oldKey === 'lost' ? 'lost' : 'signs';
  if (oldKey === 'signs' && prepared.oldKey === 'lost') return null;
  return { index: last.index, content: last.content, oldKey };
}

/** Hands the log over at its head, which must hold the entry; false where it does not. Durable when this returns. */
export async function handOver(
  ctx: Ctx,
  keys: LogKeys,
  sequencer: Sequencer,
  logFolder: string,
  { index, content, oldKey }: Announced,
): Promise<boolean> {
  const { head } = sequencer;
  const next = keys.next();
  const entry = await readEnvelope(ctx.db, ctx.agreement, index);
  if (!head || !next || !entry?.salt || index >= head.size) return false;
  const text = checkpointText(keys.origin, head.size, head.root);
  const old = oldKey === 'signs' ? (keys.current?.signNote(text) ?? '') : '';
  const checkpoint = utf8(`${text}\n${old}${next.signNote(text)}`);
  const hashes = await sequencer.tree(head.size).hashes(inclusionRanges(index, head.size));
  const proof = utf8Text(formatTlogProof({ extra: null, index, hashes, checkpoint })) ?? '';
  const last = oldKey === 'lost' ? lastOfOldKey(keys, logFolder) : null;
  keys.handOver({ content, envelope: entry.envelope, salt: toHex(entry.salt), proof, last }, next);
  sequencer.publish();
  return true;
}

/** The checkpoint in the folder, when it is one of the old key: where the log stood when the key was last there. */
function lastOfOldKey(keys: LogKeys, logFolder: string): string | null {
  let raw: Buffer;
  try {
    raw = readFileSync(join(logFolder, 'checkpoint'));
  } catch {
    return null;
  }
  const { finding, checkpoint } = checkCheckpoint(nodeCrypto, raw, trustInKeys([keys.verifier]));
  return finding.outcome === 'valid' && checkpoint ? raw.toString('utf8') : null;
}

/**
 * How a log's key changes (spec/record): an open entry that two organisations approved names the new key, and one
 * checkpoint is signed by both. Where the old key cannot sign any more, the new one signs alone and every reader is told.
 * Checks a handover by itself; whether it binds anybody is for whoever pinned one of its keys (trust.ts).
 */
import { fromHex } from '../../core/index.ts';
import { authorKeyOf } from './author.ts';
import { equalBytes, utf8, utf8Text } from './bytes.ts';
import { canonicalJson, type Json } from './canonical.ts';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import type { Crypto } from './crypto.ts';
import { parseEnvelope } from './entry.ts';
import { commitTo, SALT_SIZE } from './envelope.ts';
import { type Finding, incomplete, invalid } from './finding.ts';
import { parseVkey, type VerifierKey } from './keys.ts';
import { checkNote } from './note.ts';
import { checkInclusion } from './proof.ts';
import { type LogSource, SourceError } from './source.ts';
import { parseTlogProof } from './tlog-proof.ts';
import { hashLeaf } from './tree.ts';

/** The open entry that names the next key of the log. */
export const LOG_KEY_CHANGED = 'log-key.changed';
/** Lies beside `checkpoint`. */
export const HANDOVERS_FILE = 'handovers';
const HANDOVERS_LIMIT = 4_194_304;
const MOST_HANDOVERS = 256;

/** Whether the old key still signs; `lost` also where it is in strange hands, so that its signature says nothing. */
export type OldKey = 'signs' | 'lost';

/** One handover as the file has it. */
export interface HandoverText {
  /** Content of the entry: `{origin, from, to, oldKey, reason, by, proposal, sha256}`, both keys as vkeys. */
  readonly content: Json;
  readonly envelope: string;
  /** Hex. */
  readonly salt: string;
  /** tlog-proof of the entry against the handover checkpoint. */
  readonly proof: string;
  /** Without the old key: the last checkpoint that it signed, where it is known. */
  readonly last: string | null;
}

export interface Handover {
  readonly from: VerifierKey;
  readonly to: VerifierKey;
  readonly oldKeySigned: boolean;
  /** The checkpoint at which the key changed: the last of the old key, the first of the new one. */
  readonly checkpoint: SignedCheckpoint;
  readonly last: SignedCheckpoint | null;
  /** The entry that announced it. */
  readonly index: number;
  readonly reason: string;
  /** Organisations that approved. */
  readonly by: readonly string[];
  readonly claimedAt: string;
}

type Fields = { readonly [key: string]: Json | undefined };
const fieldsOf = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
/** Words to show: a terminal must not take orders from them. */
const wordsOf = (value: Json | undefined): string =>
  textOf(value)
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 2_000);

/** Reads and checks the handovers beside a log; none where the file is not there. */
export async function readHandovers(crypto: Crypto, source: LogSource): Promise<readonly Handover[] | Finding> {
  try {
    const bytes = await source.read(HANDOVERS_FILE, HANDOVERS_LIMIT);
    return bytes ? parseHandovers(crypto, bytes) : [];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return incomplete('unreadable', { path: error.path, reason: error.message });
  }
}

/** The handovers of a file, each checked, in their order; a finding for the first that does not hold. */
export function parseHandovers(crypto: Crypto, bytes: Uint8Array): readonly Handover[] | Finding {
  const bad = (n: number, reason: string): Finding => invalid('bad-handover', { n, reason });
  let list: Json | undefined;
  try {
    list = fieldsOf(JSON.parse(utf8Text(bytes) ?? '')).handovers;
  } catch {
    return bad(0, 'not JSON');
  }
  if (!Array.isArray(list) || list.length > MOST_HANDOVERS) return bad(0, 'not a list of handovers');
  const found: Handover[] = [];
  for (const [i, one] of list.entries()) {
    const handover = checkHandover(crypto, fieldsOf(one));
    if (typeof handover === 'string') return bad(i + 1, handover);
    const before = found.at(-1);
    if (before && before.checkpoint.size >= handover.checkpoint.size)
      return bad(i + 1, 'not larger than the one before');
    if (before && !sameKey(before.to, handover.from)) return bad(i + 1, 'not from the key that signed before it');
    found.push(handover);
  }
  return found;
}

export const sameKey = (a: VerifierKey, b: VerifierKey): boolean =>
  a.name === b.name && a.type === b.type && equalBytes(a.publicKey, b.publicKey);

/** A handover whose every part holds together, or what does not. */
function checkHandover(crypto: Crypto, given: Fields): Handover | string {
  const content = fieldsOf(given.content);
  const from = parseVkey(crypto, textOf(content.from));
  const to = parseVkey(crypto, textOf(content.to));
  if ('fault' in from || 'fault' in to) return 'a key is not a vkey';
  if (sameKey(from, to)) return 'both keys are the same';
  const proof = parseTlogProof(utf8(textOf(given.proof)));
  const checkpoint = proof && parseCheckpoint(crypto, proof.checkpoint);
  if (!proof || !checkpoint) return 'it has no proof of its entry';
  const { origin, size, root } = checkpoint;
  if (content.origin !== origin || from.name !== origin || to.name !== origin) return 'it is of another log';
  const { good, bad } = checkNote(crypto, checkpoint.note, [from, to]);
  const signed = (key: VerifierKey): boolean => good.some((one) => one.key === key);
  if (bad.length > 0) return 'a signature on its checkpoint does not hold';
  if (!signed(to)) return 'the new key has not signed its checkpoint';
  if (content.oldKey !== 'signs' && content.oldKey !== 'lost') return 'it does not say whether the old key signs';
  if (content.oldKey === 'signs' && !signed(from)) return 'the old key has not signed its checkpoint';

  const envelope = parseEnvelope(textOf(given.envelope));
  if (envelope?.kind !== LOG_KEY_CHANGED) return 'its entry is not one of a changed key';
  if (typeof authorKeyOf(crypto, envelope) === 'string') return 'the signature of its entry does not hold';
  const salt = fromHex(textOf(given.salt));
  const text = canonicalOr(given.content ?? null);
  if (salt?.length !== SALT_SIZE || text === undefined || !equalBytes(commitTo(crypto, salt, text), envelope.commit))
    return 'its entry says something else';
  const leaf = hashLeaf(crypto, utf8(textOf(given.envelope)));
  if (!checkInclusion(crypto, proof.index, size, leaf, proof.hashes, root))
    return 'its entry is not in the signed tree';

  const last = typeof given.last === 'string' ? parseCheckpoint(crypto, utf8(given.last)) : null;
  if (last === undefined || (last && !isOf(crypto, last, from, size)))
    return 'its last checkpoint is not one of the old key';
  return {
    from,
    to,
    oldKeySigned: content.oldKey === 'signs',
    checkpoint,
    last,
    index: proof.index,
    reason: wordsOf(content.reason),
    by: Array.isArray(content.by) ? content.by.slice(0, 100).map(wordsOf) : [],
    claimedAt: envelope.claimedAt,
  };
}

function canonicalOr(value: Json): string | undefined {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
}

function isOf(crypto: Crypto, last: SignedCheckpoint, key: VerifierKey, size: number): boolean {
  const { good, bad } = checkNote(crypto, last.note, [key]);
  return last.origin === key.name && last.size <= size && good.length > 0 && bad.length === 0;
}

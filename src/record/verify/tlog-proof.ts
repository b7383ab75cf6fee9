/** C2SP tlog-proof: one entry's place in a checkpointed tree, in one file that can be checked offline. */
import { concat, fromBase64, toBase64, utf8, utf8Text } from './bytes.ts';
import { parseDecimal } from './checkpoint.ts';
import { HASH_SIZE } from './crypto.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
const MAX_HASHES = 63;
const MAX_BYTES = 2_000_000;

export interface TlogProof {
  /** Opaque and not authenticated; ours holds the entry itself, which the proof then shows to be in the log. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint verbatim. */
  readonly checkpoint: Uint8Array;
}

export function formatTlogProof(proof: TlogProof): Uint8Array {
  const extra = proof.extra ? `extra ${toBase64(proof.extra)}\n` : '';
  const hashes = proof.hashes.map((hash) => `${toBase64(hash)}\n`).join('');
  return concat(utf8(`${HEADER}\n${extra}index ${proof.index}\n${hashes}\n`), proof.checkpoint);
}

/** The parts of a proof file; undefined when it is not one. Nothing is checked against the checkpoint here. */
export function parseTlogProof(bytes: Uint8Array): TlogProof | undefined {
  if (bytes.length > MAX_BYTES) return undefined;
  const text = utf8Text(bytes);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || blank < 0) return undefined;
  const lines = text.slice(0, blank).split('\n');
  if (lines.shift() !== HEADER) return undefined;
  let extra: Uint8Array | null = null;
  if (lines[0]?.startsWith('extra ')) {
    extra = fromBase64(lines[0].slice('extra '.length)) ?? null;
    if (!extra) return undefined;
    lines.shift();
  }
  const indexLine = lines.shift();
  const index = indexLine?.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  const hashes = lines.map(fromBase64);
  if (index === undefined || hashes.length > MAX_HASHES) return undefined;
  if (!hashes.every((hash): hash is Uint8Array => hash?.length === HASH_SIZE)) return undefined;
  return { extra, index, hashes, checkpoint: utf8(text.slice(blank + 2)) };
}

/** C2SP tlog-checkpoint: origin, size and root of a log at one moment, as the text of a signed note. */
import { equalBytes, fromBase64, toBase64 } from './bytes.ts';
import { type Crypto, HASH_SIZE } from './crypto.ts';
import { type Note, parseNote } from './note.ts';
import { emptyRoot } from './tree.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
}

/** The note text (three lines) that a log signs. */
export const checkpointText = (origin: string, size: number, root: Uint8Array): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
  /** The bytes as received, for evidence. */
  readonly raw: Uint8Array;
}

/** A checkpoint and its signatures, none of them checked yet; undefined when the bytes are not one. */
export function parseCheckpoint(crypto: Crypto, raw: Uint8Array): SignedCheckpoint | undefined {
  const note = parseNote(raw);
  const body = note && parseCheckpointText(crypto, note.text);
  return note && body ? { ...body, note, raw } : undefined;
}

export function parseCheckpointText(crypto: Crypto, text: string): Checkpoint | undefined {
  const lines = text.slice(0, -1).split('\n');
  const [origin, sizeText, rootText, ...extensions] = lines;
  if (!origin || sizeText === undefined || rootText === undefined) return undefined;
  const size = parseDecimal(sizeText);
  const root = fromBase64(rootText);
  if (size === undefined || root?.length !== HASH_SIZE || extensions.includes('')) return undefined;
  if (size === 0 && !equalBytes(root, emptyRoot(crypto))) return undefined;
  return { origin, size, root, extensions };
}

/** A decimal without sign or leading zeros, up to 2^53 - 1. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** C2SP signed-note: text, a blank line, signature lines. Nothing of the text counts until a trusted key has signed it. */
import { toHex } from '../../core/index.ts';
import { concat, fromBase64, toBase64, utf8Text } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { canCheck, checkSignature, isKeyName, type VerifierKey } from './keys.ts';

const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
// Control characters other than newline; DEL and above are allowed by the specification.
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f]/;
const DASH = '\u2014';

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

export interface Note {
  /** With its final newline, without the blank line behind it. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The parts of a note; undefined when it is not one. */
export function parseNote(bytes: Uint8Array): Note | undefined {
  if (bytes.length > MAX_NOTE_BYTES) return undefined;
  const whole = utf8Text(bytes);
  if (whole === undefined || FORBIDDEN.test(whole) || !whole.endsWith('\n')) return undefined;
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0) return undefined;
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return undefined;
    signatures.push(signature);
  }
  return { text: whole.slice(0, blank + 1), signatures };
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name, encoded, ...more] = line.split(' ');
  if (dash !== DASH || !name || !encoded || more.length > 0 || !isKeyName(name)) return undefined;
  const bytes = fromBase64(encoded);
  if (!bytes || bytes.length < 5) return undefined;
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/** One signature line with its newline. `id` is the key's, in hex. */
export function signatureLine(name: string, id: string, signature: Uint8Array): string {
  const idBytes = Uint8Array.from({ length: 4 }, (_, i) => Number.parseInt(id.slice(2 * i, 2 * i + 2), 16));
  return `${DASH} ${name} ${toBase64(concat(idBytes, signature))}\n`;
}

export interface CheckedSignature {
  readonly key: VerifierKey;
  readonly time: number | null;
}

export interface CheckedNote {
  readonly good: readonly CheckedSignature[];
  /** Known keys with a signature that does not hold: the whole note has to be rejected. */
  readonly bad: readonly VerifierKey[];
}

/** Checks every signature by a known key. Signatures of unknown keys are ignored, as the specification asks. */
export function checkNote(crypto: Crypto, note: Note, keys: readonly VerifierKey[]): CheckedNote {
  const good: CheckedSignature[] = [];
  const bad: VerifierKey[] = [];
  for (const { name, id, signature } of note.signatures) {
    for (const key of keys) {
      if (key.name !== name || key.id !== id || !canCheck(key)) continue;
      const facts = checkSignature(crypto, key, note.text, signature);
      if (facts) good.push({ key, time: facts.time });
      else bad.push(key);
    }
  }
  return { good, bad };
}

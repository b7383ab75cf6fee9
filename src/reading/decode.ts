/**
 * Bytes → text: UTF-8 (a byte-order mark stays, as unit 0), UTF-16 by its mark, else the likeliest of the one-byte
 * encodings in which Arabic and Russian texts still arrive. Offsets then refer to the decoded text. Never throws.
 */

import { bytesBefore, isGarbled, mayBeGarbled } from './garbled.ts';

export interface Decoded {
  readonly text: string;
  /** `utf-8`, `utf-16le`, `windows-1256` …; what the bytes were read as. */
  readonly encoding: string;
}

const ONE_BYTE = ['windows-1256', 'windows-1251', 'iso-8859-6', 'koi8-r', 'windows-1252'] as const;
const SAMPLE_BYTES = 20_000;

export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return as(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return as(bytes, 'utf-16be');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return readTwice(text) ?? { text, encoding: 'utf-8' };
  } catch {
    return as(bytes, likeliest(bytes.subarray(0, SAMPLE_BYTES)));
  }
}

/** A text that somebody read in the wrong encoding before it was stored as UTF-8: the right one, if it can be had back. */
function readTwice(text: string): Decoded | undefined {
  const sample = text.slice(0, SAMPLE_BYTES);
  if (!mayBeGarbled(sample) || !isGarbled(sample)) return undefined;
  const bytes = bytesBefore(text.replace(/^\ufeff/, ''));
  if (!bytes) return undefined;
  try {
    const again = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!isGarbled(again.slice(0, SAMPLE_BYTES))) return { text: again, encoding: 'utf-8, twice' };
  } catch {
    // Not UTF-8 below: one of the one-byte encodings, or nothing that can be known.
  }
  const encoding = likeliest(bytes.subarray(0, SAMPLE_BYTES));
  const again = as(bytes, encoding);
  return encoding !== 'utf-8' && encoding !== 'windows-1252' && !isGarbled(again.text.slice(0, SAMPLE_BYTES))
    ? again
    : undefined;
}

const as = (bytes: Uint8Array, encoding: string): Decoded => ({
  text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes),
  encoding,
});

/** Small words decide between encodings of one script; a text in none of them is a broken UTF-8 text. */
function likeliest(sample: Uint8Array): string {
  let best = 'utf-8';
  let bestScore = scoreOf(new TextDecoder('utf-8').decode(sample));
  for (const encoding of ONE_BYTE) {
    const score = scoreOf(new TextDecoder(encoding).decode(sample));
    if (score <= bestScore) continue;
    best = encoding;
    bestScore = score;
  }
  return best;
}

const WORDS = new Set(
  'في من على إلى أن عن مع هذا التي الذي قال بين بعد قبل و и в на по с что не из о за от к the of and in to a on'.split(
    ' ',
  ),
);
const BROKEN = /[\ufffd\u0080-\u009f]/g;

/** Share of small words among the words, less the share of signs that no text holds. */
function scoreOf(text: string): number {
  const words = text.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
  const known = words.filter((word) => WORDS.has(word)).length;
  return known / Math.max(1, words.length) - (10 * (text.match(BROKEN)?.length ?? 0)) / Math.max(1, text.length);
}

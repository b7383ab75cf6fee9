/**
 * Text sketches: sixteen minimum hashes over a text's words and word pairs. Two sketches agree in about as many places
 * as the texts share content (Broder's resemblance). A sketch cannot be turned back into words.
 */
import { foldText, wordsOf } from './names.ts';

export const SKETCH_SIZE = 16;
const MAX_TEXT = 20_000;
const MIN_WORDS = 4;

/** FNV-1a over UTF-16 units, finished by a mixer so that neighbouring strings part. */
export function hashWord(word: string, seed = 0x811c9dc5): number {
  let h = seed;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hashes of a text's words and of its neighbouring pairs, in order of appearance. */
export function shingles(text: string): Uint32Array {
  const words = wordsOf(foldText(text.slice(0, MAX_TEXT)));
  const out = new Uint32Array(Math.max(0, words.length * 2 - 1));
  let previous = 0;
  let n = 0;
  for (const [i, word] of words.entries()) {
    const hash = hashWord(word);
    out[n++] = hash;
    if (i > 0) out[n++] = Math.imul(previous, 31) + hash;
    previous = hash;
  }
  return out;
}

/** The sketch, or undefined for a text of fewer than four words. */
export function sketchText(text: string): Uint32Array | undefined {
  const hashes = shingles(text);
  if (hashes.length < MIN_WORDS * 2 - 1) return undefined;
  const sketch = new Uint32Array(SKETCH_SIZE).fill(0xffffffff);
  for (const hash of hashes) {
    let h = hash;
    for (let i = 0; i < SKETCH_SIZE; i++) {
      // One multiply-xor step per slot gives the slots independent orders.
      h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d + 2 * i) >>> 0;
      if (h < (sketch[i] ?? 0)) sketch[i] = h;
    }
  }
  return sketch;
}

/** How many of the sixteen places agree. */
export function sketchAgreement(sketches: Uint32Array, a: number, b: number): number {
  let same = 0;
  for (let i = 0; i < SKETCH_SIZE; i++) if (sketches[a + i] === sketches[b + i]) same++;
  return same;
}

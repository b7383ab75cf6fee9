/**
 * Text whose letters were read in the wrong encoding (ÙˆÙ‚Ø§Ù„, Óêðàèíà, ?????): told from real words, and put right where
 * the bytes can be had back. A reading never guesses: a line it cannot read is blanked and listed in `dropped`.
 */

/** A letter of the first byte of a UTF-8 pair, then one that is never next to it in a word. */
const PAIR =
  /[ÃÂØÙÚÛÐÑ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122]/g;
const HIGH = /[\u00c0-\u00ff]/g;
const LETTER = /\p{L}/gu;
const LOST = /[?\ufffd]/g;
const LEAST_SIGNS = 8;
const MOST_LOOKED_AT = 4_000;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Cheap: whether a text has any of the signs at all. */
export const mayBeGarbled = (text: string): boolean => /[\u00c0-\u00ff\ufffd]|\?\?\?/.test(text);

/** Whether a line is no text in the letters it shows. */
export function isGarbled(whole: string): boolean {
  const line = whole.slice(0, MOST_LOOKED_AT);
  const signs = line.replace(/\s/g, '').length;
  if (signs < LEAST_SIGNS) return false;
  if (2 * count(line, PAIR) > signs / 2) return true;
  if (count(line, LOST) > signs / 2) return true;
  const letters = count(line, LETTER);
  return letters >= LEAST_SIGNS && count(line, HIGH) > 0.8 * letters;
}

let backward: ReadonlyMap<string, number> | undefined;

/** The bytes that a text was before they were read as windows-1252; undefined when a character is none of its. */
export function bytesBefore(text: string): Uint8Array | undefined {
  if (!backward) {
    const decoder = new TextDecoder('windows-1252');
    backward = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(new Uint8Array([byte])), byte]));
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x80 ? code : (backward.get(text.charAt(i)) ?? (code < 0x100 ? code : undefined));
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

/** Blanks garbled lines; the length stays. */
export function blankGarbled(view: string, drop: (text: string) => void): string {
  if (!mayBeGarbled(view)) return view;
  return view
    .split('\n')
    .map((line) => {
      if (!mayBeGarbled(line) || !isGarbled(line)) return line;
      drop(line);
      return ' '.repeat(line.length);
    })
    .join('\n');
}

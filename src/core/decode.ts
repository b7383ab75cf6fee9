/**
 * Bytes from outside → text. UTF-8 and UTF-16 by mark or by validity; else the Arabic and Cyrillic code pages that
 * older newsrooms still send, told apart by which letters come out. Never throws: broken bytes become U+FFFD.
 */

export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1256'
  | 'iso-8859-6'
  | 'windows-1251'
  | 'koi8-r'
  | 'ibm866';

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
  /** Number of replacement characters, 0 for a clean text. */
  readonly broken: number;
}

/** The most frequent letters of running text; a wrong code page yields few of them. */
const FREQUENT = { arabic: new Set('الينموترةبدعس'), cyrillic: new Set('оеаинтсрвлкмд') } as const;
const CODE_PAGES: readonly { encoding: Encoding; letters: ReadonlySet<string> }[] = [
  { encoding: 'windows-1256', letters: FREQUENT.arabic },
  { encoding: 'iso-8859-6', letters: FREQUENT.arabic },
  { encoding: 'windows-1251', letters: FREQUENT.cyrillic },
  { encoding: 'koi8-r', letters: FREQUENT.cyrillic },
  { encoding: 'ibm866', letters: FREQUENT.cyrillic },
];
const SAMPLE_BYTES = 65_536;

/** Decodes a whole file. A byte-order mark is kept as the first unit (spans count it). */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be');
  const utf8 = decodeAs(bytes, 'utf-8');
  if (utf8.broken === 0) return utf8;
  const high = countHigh(bytes);
  // A few torn characters in an otherwise good UTF-8 file: keep it, the tears show as U+FFFD.
  if (utf8.broken * 20 < high) return utf8;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const best = CODE_PAGES.map((page) => ({
    page,
    score: scoreOf(decodeAs(sample, page.encoding).text, page.letters),
  })).sort((a, b) => b.score - a.score)[0];
  return best && best.score > 0.5 ? decodeAs(bytes, best.page.encoding) : utf8;
}

function decodeAs(bytes: Uint8Array, encoding: Encoding): Decoded {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  let broken = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) broken += 1;
  return { text, encoding, broken };
}

function countHigh(bytes: Uint8Array): number {
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high += 1;
  return high;
}

/** Share of frequent letters among the characters outside ASCII. */
function scoreOf(text: string, letters: ReadonlySet<string>): number {
  let outside = 0;
  let frequent = 0;
  for (const character of text) {
    if (character <= '\u007f') continue;
    outside += 1;
    if (letters.has(character)) frequent += 1;
  }
  return outside === 0 ? 0 : frequent / outside;
}

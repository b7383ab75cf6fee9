/**
 * Folding of letters for matching only: hamza forms, tashkeel, tatweel, final ya and ta marbuta, Eastern digits, Persian
 * letters, case, ё. The folded text is never evidence and never leaves the room; offsets always point to the original.
 */

/** Ignored wherever it stands: the place of a removed tag or of an invisible character (see document.ts). */
export const GAP = '\u0000';
/** The rest of a unit written with several characters (an HTML entity): belongs to the character before it. */
export const CONTINUED = '\u0001';

const DROP = 0xffff;
const TABLE_SIZE = 0x2100;

/** Arabic presentation forms (U+FB50–FDFF, U+FE70–FEFF) may stand for several letters. */
const presentation = new Map<number, string>();

function buildTable(): Uint16Array {
  const fold = new Uint16Array(TABLE_SIZE);
  for (let code = 0; code < TABLE_SIZE; code++) fold[code] = foldOf(code);
  return fold;
}

const LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ؤ: 'و',
  ئ: 'ي',
  ک: 'ك',
  ی: 'ي',
  ھ: 'ه',
  ە: 'ه',
  ہ: 'ه',
  ۀ: 'ه',
  گ: 'غ',
  ڤ: 'ف',
  پ: 'ب',
  چ: 'ج',
  ژ: 'ج',
  ё: 'е',
  '٫': '.',
  '٬': ',',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  ʻ: "'",
  '`': "'",
  ʿ: "'",
  ʾ: "'",
};

function foldOf(code: number): number {
  if (isMark(code)) return DROP;
  const char = String.fromCharCode(code).toLowerCase();
  const mapped = LETTERS[char];
  if (mapped !== undefined) return mapped.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return code - 0x660 + 0x30;
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0 + 0x30;
  if (code >= 0xc0 && code < 0x250) return char.normalize('NFD').charCodeAt(0);
  return char.length === 1 ? char.charCodeAt(0) : code;
}

const table = buildTable();

/** True for marks that are not letters of their own: tashkeel, tatweel, bidi and zero-width marks, soft hyphen, gaps. */
export const isIgnorable = (code: number): boolean => (code < TABLE_SIZE ? table[code] === DROP : isMark(code));

function isMark(code: number): boolean {
  return (
    code <= 1 ||
    code === 0xad ||
    code === 0x640 ||
    (code >= 0x64b && code <= 0x65f) ||
    code === 0x670 ||
    (code >= 0x610 && code <= 0x61a) ||
    (code >= 0x6d6 && code <= 0x6ed && code !== 0x6dd && code !== 0x6de && code !== 0x6e9) ||
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}

const isPresentation = (code: number): boolean =>
  (code >= 0xfb50 && code <= 0xfdff) || (code >= 0xfe70 && code < 0xfeff);

function presentationForm(code: number): string {
  let folded = presentation.get(code);
  if (folded === undefined) {
    const char = String.fromCharCode(code);
    const plain = char.normalize('NFKC').replaceAll(' ', '');
    // A code that Unicode has not assigned is its own form.
    folded = plain === char ? char : normalise(plain);
    presentation.set(code, folded);
  }
  return folded;
}

/** The folded form of a whole text or of a part of it. */
export function normalise(text: string, start = 0, end = text.length): string {
  let out = '';
  let plain = start;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < TABLE_SIZE) {
      const to = table[code] ?? code;
      if (to === code) continue;
      out += text.slice(plain, i);
      if (to !== DROP) out += String.fromCharCode(to);
    } else if (isPresentation(code)) out += text.slice(plain, i) + presentationForm(code);
    else if (isIgnorable(code)) out += text.slice(plain, i);
    else continue;
    plain = i + 1;
  }
  return plain === start ? text.slice(start, end) : out + text.slice(plain, end);
}

/**
 * Folds a part of a text into `out`, leaving out the letter `without`; returns how many letters there are, or -1 when
 * `out` is too short. The same letters as `normalise`, without making a string.
 */
export function foldInto(text: string, start: number, end: number, without: number, out: Uint16Array): number {
  let size = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    let to = code;
    if (code < TABLE_SIZE) to = table[code] ?? code;
    else if (isPresentation(code)) {
      const letters = presentationForm(code);
      for (let k = 0; k < letters.length; k++) {
        if (letters.charCodeAt(k) === without) continue;
        if (size === out.length) return -1;
        out[size++] = letters.charCodeAt(k);
      }
      continue;
    } else if (isMark(code)) to = DROP;
    if (to === DROP || to === without) continue;
    if (size === out.length) return -1;
    out[size++] = to;
  }
  return size;
}

/** Where in `text` the folded letter number `count` of the part from `start` begins (after marks that follow a letter). */
export function offsetAfter(text: string, start: number, end: number, count: number): number {
  let left = count;
  let i = start;
  while (i < end && left > 0) {
    const code = text.charCodeAt(i++);
    if (!isIgnorable(code)) left -= isPresentation(code) ? Math.max(1, presentationForm(code).length) : 1;
  }
  while (i < end && isIgnorable(text.charCodeAt(i))) i++;
  return i;
}

/**
 * Which language a stretch of text is in: script first, then letters and small words that other languages of the same
 * script have. Never guesses from names; a text of no letters is `other`.
 */
import type { Lang } from '../core/index.ts';

export type ReadLang = Lang | 'other';

export const ARABIC = 1;
export const LATIN = 2;
export const CYRILLIC = 3;
export const OTHER_SCRIPT = 4;

const TABLE_SIZE = 0x2100;
const scripts = new Uint8Array(TABLE_SIZE);
for (let code = 0; code < TABLE_SIZE; code++) scripts[code] = scriptByRange(code);

/** Script of a letter, 0 for what is no letter. */
export const scriptOf = (code: number): number => (code < TABLE_SIZE ? (scripts[code] ?? 0) : scriptByRange(code));

/** Whether a capital letter stands at an offset. Most letters are told by their range, without making strings. */
export function isCapitalAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return code >= 0x41 && code <= 0x5a;
  if (code >= 0x410 && code <= 0x44f) return code <= 0x42f;
  if (code >= 0x600 && code < 0x800) return false;
  const letter = text.charAt(at);
  return letter !== letter.toLowerCase();
}

function scriptByRange(code: number): number {
  if (code < 0x41) return 0;
  if ((code <= 0x5a || code >= 0x61) && code <= 0x7a) return LATIN;
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba ? LATIN : 0;
  if (code < 0x250) return code === 0xd7 || code === 0xf7 ? 0 : LATIN;
  if (code >= 0x400 && code < 0x530) return CYRILLIC;
  if (code >= 0x600 && code < 0x780) return isArabicLetter(code) ? ARABIC : 0;
  if (code >= 0xfb50 && code < 0xff00) return code <= 0xfdff || code >= 0xfe70 ? ARABIC : 0;
  if (code >= 0x1e00 && code < 0x1f00) return LATIN;
  return code >= 0x250 && code < 0x2000 ? OTHER_SCRIPT : code >= 0x2c00 && code < 0xd800 ? OTHER_SCRIPT : 0;
}

function isArabicLetter(code: number): boolean {
  return (
    (code >= 0x620 && code <= 0x63f) ||
    (code >= 0x641 && code <= 0x64a) ||
    (code >= 0x66e && code <= 0x6d3 && code !== 0x670) ||
    code === 0x6d5 ||
    (code >= 0x6ee && code <= 0x6ef) ||
    (code >= 0x6fa && code <= 0x77f)
  );
}

/** Letters of Persian, Kurdish and Urdu that Arabic news does not use in quantity. */
const foreignLetters = new Uint8Array(TABLE_SIZE);
for (const letter of 'پچژیکےەێۆڕڵڤگھٹڈ') foreignLetters[letter.charCodeAt(0)] = 1;
for (const letter of 'іїєґўјљњћђџқңғұүһәө') {
  const code = letter.charCodeAt(0);
  for (let other = 0x400; other < 0x530; other++)
    if (other === code || (other | 0x20) === code) foreignLetters[other] = 1;
}
const ENGLISH_WORDS = new Set(
  'the of and in to a for on was were is are said that by with from at as it has have be been an its after near not'.split(
    ' ',
  ),
);
const FOREIGN_WORDS = new Set(
  'der die das und ist nicht le la les des une est dans et el los las que del una bir ve bu için il di che non per een het van ile olan'.split(
    ' ',
  ),
);
const SAMPLE = 1_500;
const FOREIGN_SHARE = 0.05;

/** Language of the text from `start` to `end`, judged on its first part. */
export function languageOf(text: string, start = 0, end = text.length): ReadLang {
  const until = Math.min(end, start + SAMPLE);
  let arabic = 0;
  let latin = 0;
  let cyrillic = 0;
  let other = 0;
  let foreign = 0;
  for (let i = start; i < until; i++) {
    const code = text.charCodeAt(i);
    const script = scriptOf(code);
    if (script === ARABIC) {
      arabic++;
      foreign += foreignLetters[code] ?? 0;
    } else if (script === LATIN) latin++;
    else if (script === CYRILLIC) {
      cyrillic++;
      foreign += foreignLetters[code] ?? 0;
    } else if (script === OTHER_SCRIPT) other++;
  }
  const most = Math.max(arabic, latin, cyrillic, other);
  if (most === 0 || most === other) return 'other';
  if (most === arabic) return foreign > arabic * FOREIGN_SHARE && foreign > 2 ? 'other' : 'ar';
  if (most === cyrillic) return foreign > cyrillic * (FOREIGN_SHARE / 2) && foreign > 1 ? 'other' : 'ru';
  return isEnglish(text, start, until) ? 'en' : 'other';
}

/** Small words decide; a short line without any (a headline, a list of names) counts as English. */
function isEnglish(text: string, start: number, end: number): boolean {
  let english = 0;
  let foreign = 0;
  for (const word of text
    .slice(start, end)
    .toLowerCase()
    .split(/[^a-zà-ž]+/)) {
    if (ENGLISH_WORDS.has(word)) english++;
    else if (FOREIGN_WORDS.has(word)) foreign++;
  }
  return english >= foreign;
}

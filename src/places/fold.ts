/**
 * Folds a spelling to a key, so that what writers leave free (hamza seats, ة/ه, ى/ي, vowel signs, capitals,
 * apostrophes, hyphens, the article) does not matter. Pure and idempotent; never changes which letters a word has
 * beyond that, so Hama stays apart from Homs. What sounds alike is `sound.ts`.
 */
const MARKS = /[\p{M}\u0640\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const APOSTROPHES = /['`´"’‘ʻʼʽʾʿˈ′‛]/g;
/** Letters written with their marks apart. */
const DECOMPOSED = /[\u0300-\u036f]/;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;

const ARABIC_LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ء: '',
  ة: 'ه',
  ک: 'ك',
  گ: 'ك',
  پ: 'ب',
  چ: 'ج',
  ڤ: 'ف',
};
const ARABIC_FREE = /[أإآٱىیئؤءةکگپچڤ]/g;
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

const LATIN_LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ə: 'e',
  ħ: 'h',
};
const LATIN_FREE = /[ıßøđłæœəħ]/g;

/** Forms of the Arabic article in Latin and Cyrillic letters, assimilated and not. */
const ARTICLES: ReadonlySet<string> = new Set([
  ...[
    'al',
    'el',
    'ul',
    'ad',
    'ed',
    'ud',
    'adh',
    'an',
    'en',
    'un',
    'ar',
    'er',
    'ur',
    'as',
    'es',
    'us',
    'ash',
    'esh',
    'ush',
  ],
  ...['ach', 'ech', 'at', 'et', 'ut', 'ath', 'eth', 'az', 'ez', 'uz', 'ehl', 'ehs', 'enn', 'ehsh', 'eht', 'ehd'],
  ...[
    'аль',
    'эль',
    'ель',
    'ал',
    'ад',
    'эд',
    'ед',
    'ан',
    'эн',
    'ен',
    'ар',
    'эр',
    'ер',
    'ас',
    'эс',
    'ес',
    'аш',
    'эш',
    'еш',
  ],
  ...['ат', 'эт', 'ет', 'аз', 'эз', 'ез', 'ас', 'аль'],
]);

/** Longer spellings are no place names: refused before any work is done on them. */
export const MAX_SPELLING = 200;

/** What one character becomes: letters, a space, or nothing. */
function foldCharacter(character: string): string {
  const low = character.normalize('NFKC').toLowerCase();
  if (low === 'й') return low;
  const text = low
    .replace(ARABIC_FREE, (letter) => ARABIC_LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(APOSTROPHES, '')
    .replace(ARABIC_FREE, (letter) => ARABIC_LETTERS[letter] ?? letter)
    .replace(LATIN_FREE, (letter) => LATIN_LETTERS[letter] ?? letter)
    .replace(/э/g, 'е')
    .replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
  return text.replace(NOT_WORD, ' ');
}

/** A table of what `foldCharacter` gave: it depends on nothing but the character. */
const folded = new Map<string, string>();
const MOST_FOLDED = 20_000;

/** Letters unified, marks dropped, lower case, words apart by one space; the article still there. */
export function foldLetters(spelling: string): string {
  const cut = spelling.length > MAX_SPELLING ? spelling.slice(0, MAX_SPELLING) : spelling;
  let text = '';
  for (const character of DECOMPOSED.test(cut) ? cut.normalize('NFC') : cut) {
    let letters = folded.get(character);
    if (letters === undefined) {
      letters = foldCharacter(character);
      if (folded.size < MOST_FOLDED) folded.set(character, letters);
    }
    if (letters === ' ') {
      if (text !== '' && !text.endsWith(' ')) text += ' ';
    } else text += letters;
  }
  return text.includes('  ') ? text.replace(/ +/g, ' ').trim() : text.trim();
}

function withoutArabicArticle(word: string): string {
  let rest = word;
  while (rest.length >= 4 && rest.startsWith('ال')) rest = rest.slice(2);
  return rest;
}

/** Drops the article of each word of an already folded spelling; keeps the last word when nothing else is left. */
export function dropArticles(letters: string): string {
  if (!letters.includes(' ')) return withoutArabicArticle(letters);
  const words = letters.split(' ').map(withoutArabicArticle);
  const kept = words.filter((word) => word.length > 4 || !ARTICLES.has(word));
  return kept.length === 0 ? (words.at(-1) ?? '') : kept.join(' ');
}

/** The key under which a spelling is kept and looked up. `foldSpelling(foldSpelling(s)) === foldSpelling(s)`. */
export const foldSpelling = (spelling: string): string => dropArticles(foldLetters(spelling));

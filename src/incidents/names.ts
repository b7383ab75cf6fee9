/** Folds place names and words of Arabic, English and Russian so that spellings of one name meet. Matching only. */

const MARKS =
  /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu;
// What NFKD leaves apart; hamza seats, ё and й fall to their bare letters with the marks.
const SAME: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  э: 'е',
};
const VARIANTS = /[ٱىیةکэ]/gu;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/** Lower case, without vowel marks, with letter variants and digits unified. Length may change: never keep offsets. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(VARIANTS, (letter) => SAME[letter] ?? letter)
    .replace(DIGITS, (digit) => String((digit.charCodeAt(0) & 0x0f) % 10));

/** Words of a folded text: runs of letters and digits. */
export const wordsOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? [];

/** A name as a key: folded words without articles. */
export const foldName = (name: string): string =>
  wordsOf(foldText(name.slice(0, 200)))
    .map((word) => (word.length > 4 && word.startsWith('ال') ? word.slice(2) : word))
    .filter(
      (word) =>
        !/^(?:al|el|as|ash|an|ar|at|az|аль|эль|ель|ал|the|of|in|near|مدينة|مدينه|بلدة|بلده|قرية|قريه)$/.test(word),
    )
    .join(' ');

const UNSPECIFIC = new Set(['syria', 'سوريا', 'سوريه', 'сирия', 'unknown', 'various', 'n a', 'none']);

/** Names that place nothing. */
export const isUnspecificName = (folded: string): boolean => UNSPECIFIC.has(folded);

/** Which script a spelling is written in. One question, asked of each name; never guesses the language. */

export type Script = 'arabic' | 'latin' | 'cyrillic' | 'other';

const isArabic = (code: number): boolean =>
  (code >= 0x600 && code <= 0x6ff) || (code >= 0x750 && code <= 0x77f) || (code >= 0xfb50 && code <= 0xfeff);
const isCyrillic = (code: number): boolean => code >= 0x400 && code <= 0x52f;
const isLatin = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0xc0 && code <= 0x24f) ||
  (code >= 0x1e00 && code <= 0x1eff);

/** The script of the first letter that has one; `other` when there is none. */
export function scriptOf(text: string): Script {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isArabic(code)) return 'arabic';
    if (isLatin(code)) return 'latin';
    if (isCyrillic(code)) return 'cyrillic';
  }
  return 'other';
}

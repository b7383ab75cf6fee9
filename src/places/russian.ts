/** Russian case endings of place names: в Алеппо, под Дамаском, из Ракки. A stem finds a name, it is never shown. */

const TRAILING_VOWELS = /[аеиоуыюяйь]{1,3}$/;
const CONSONANT_ENDINGS = ['ами', 'ями', 'ом', 'ем', 'ам', 'ям', 'ах', 'ях', 'ых', 'их', 'ым', 'им'];

/** The word without its vowel ending; words of three letters and fewer keep theirs. */
const stemWord = (word: string): string => {
  const stem = word.replace(TRAILING_VOWELS, '');
  return stem.length >= 3 ? stem : word;
};

/** The stem of a folded Cyrillic name, word by word. */
export const russianStem = (folded: string): string => folded.split(' ').map(stemWord).join(' ');

/** Stems a case form may have: as it is, and without an instrumental or plural ending on each word that has one. */
export function russianStems(folded: string): readonly string[] {
  const cut = folded
    .split(' ')
    .map((word) => {
      const ending = CONSONANT_ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= 3);
      return stemWord(ending === undefined ? word : word.slice(0, -ending.length));
    })
    .join(' ');
  const plain = russianStem(folded);
  return cut === plain ? [plain] : [plain, cut];
}

/**
 * Light stems for matching a listed form against inflected text: Russian case endings, English plurals. Both the list and
 * the text go through the same cut, so a stem need not be a word. Arabic is handled by clitics.ts instead.
 */
import { CYRILLIC, LATIN } from './language.ts';

/** Case endings of nouns and adjectives, longest first; the letters after the cut must leave three. */
const RUSSIAN = (
  'иями ями ами ого его ому ему ыми ими иям иях ией ием ьями ьях ьям ев ов ей ой ый ий ая яя ое ее ие ые ья ью ьи ье ом ем ам ям ах ях ую юю ым им ых их ия ию ии ' +
  'а я ы и у ю е о ь й'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);
const BY_LAST = new Map<string, string[]>();
for (const ending of RUSSIAN) {
  const last = ending.slice(-1);
  BY_LAST.set(last, [...(BY_LAST.get(last) ?? []), ending]);
}
const SHORTEST_STEM = 3;
const SHORTEST_PLURAL = 4;

/** `сирии`, `сирию` → `сир`; `хамы`, `хаме` → `хам`. Takes a folded word. */
export function russianStem(word: string): string {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const stem = cutEnding(word);
  remembered.set(word, stem);
  return stem;
}

/** Stems found before; bounded, so that a hostile text cannot fill it. */
const remembered = new Map<string, string>();
const MOST_REMEMBERED = 60_000;

function cutEnding(word: string): string {
  for (const ending of BY_LAST.get(word.slice(-1)) ?? []) {
    if (word.length - ending.length >= SHORTEST_STEM && word.endsWith(ending)) {
      return word.slice(0, word.length - ending.length);
    }
  }
  return word;
}

/** `strikes` → `strike`, `casualties` → `casualty`, `breaches` → `breach`. Takes a folded word. */
export function englishStem(word: string): string {
  if (word.length < SHORTEST_PLURAL || !word.endsWith('s') || word.endsWith('ss')) return word;
  if (word.endsWith('ches') || word.endsWith('shes') || word.endsWith('sses') || word.endsWith('xes'))
    return word.slice(0, -2);
  return word.endsWith('ies') && word.length > SHORTEST_PLURAL ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** The stem of a folded word of the given script. */
export const stemOf = (word: string, script: number): string =>
  script === CYRILLIC ? russianStem(word) : script === LATIN ? englishStem(word) : word;

/**
 * What a spelling sounds like, across Arabic, Latin and Cyrillic letters: a skeleton of consonants, so that كنسبا,
 * Kinsabba and Кенсаба meet, and so do Idlib, Idleb and Edlib. A skeleton only proposes; `likeness` then weighs the
 * letters. Neither ever decides between two places.
 */
import { scriptOf } from './script.ts';

const ARABIC: Readonly<Record<string, string>> = {
  ...{ ب: 'b', ت: 't', ث: 't', ج: 'j', ح: 'h', خ: 'h', د: 'd', ذ: 'z', ر: 'r', ز: 'z', س: 's', ش: '$', ص: 's', ض: 'd' },
  ...{ ط: 't', ظ: 'z', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n', ه: 'h' },
};
const CYRILLIC: Readonly<Record<string, string>> = {
  ...{ б: 'b', г: 'g', д: 'd', ж: 'j', з: 'z', к: 'k', л: 'l', м: 'm', н: 'n', п: 'b', р: 'r', с: 's', т: 't', ф: 'f' },
  ...{ х: 'h', ц: 's', ч: '$', ш: '$', щ: '$' },
};
const LATIN: Readonly<Record<string, string>> = {
  ...{ b: 'b', c: 'k', d: 'd', f: 'f', g: 'g', h: 'h', j: 'j', k: 'k', l: 'l', m: 'm', n: 'n', p: 'b', q: 'k', r: 'r' },
  ...{ s: 's', t: 't', x: 'ks', z: 'z', $: '$', X: 'h' },
};

const DIGRAPHS: readonly (readonly [RegExp, string])[] = [
  [/tch|sch|sh|ch/g, '$'],
  [/kh/g, 'X'],
  [/gh/g, 'g'],
  [/dzh|dj/g, 'j'],
  [/dh/g, 'd'],
  [/th/g, 't'],
  [/ph/g, 'f'],
];

function latinWord(word: string, last: boolean): string {
  let text = word;
  for (const [pattern, letter] of DIGRAPHS) text = text.replace(pattern, letter);
  // The written ta marbuta: silent at the end of a name, t inside one (Khirbah Ghazalah, Khirbat Ghazalah).
  if (/[ae]h$/.test(text)) text = last ? text.slice(0, -1) : `${text.slice(0, -1)}t`;
  return text;
}

function arabicWord(word: string, last: boolean): string {
  return word.endsWith('ه') ? (last ? word.slice(0, -1) : `${word.slice(0, -1)}ت`) : word;
}

function spell(word: string, table: Readonly<Record<string, string>>, initials: string): string {
  let out = '';
  for (let index = 0; index < word.length; index += 1) {
    const letter = word.charAt(index);
    // w and y count where they open a word, as consonants; elsewhere they are vowels in one script or another.
    if (index === 0 && initials.includes(letter)) out += 'wуوв'.includes(letter) ? 'w' : 'y';
    else out += table[letter] ?? (/\d/.test(letter) ? letter : '');
  }
  return out;
}

/** The consonants of a spelling that `foldSpelling` has folded, written in one alphabet, doubles once. */
export function soundKey(folded: string): string {
  const script = scriptOf(folded);
  const words = folded.split(' ');
  const spelled = words.map((word, index) => {
    const last = index === words.length - 1;
    if (script === 'arabic') return spell(arabicWord(word, last), ARABIC, 'وي');
    if (script === 'cyrillic') return spell(word.replace(/дж/g, 'ж'), CYRILLIC, 'вяюй');
    return spell(latinWord(word, last), LATIN, 'wvy');
  });
  return spelled.join('').replace(/(.)\1+/g, '$1');
}

/** Vowels brought near: what transliterations leave free is cheap, what tells names apart is not. */
function nearLetters(folded: string): string {
  const script = scriptOf(folded);
  if (script === 'latin') {
    const words = folded.split(' ');
    const text = words.map((word, index) => latinWord(word, index === words.length - 1)).join('');
    return text
      .replace(/ou|oo|ow|w|o/g, 'u')
      .replace(/ee|y|e/g, 'i')
      .replace(/[qc]/g, 'k')
      .replace(/(.)\1+/g, '$1');
  }
  if (script === 'cyrillic')
    return folded
      .replace(/ /g, '')
      .replace(/[ыйе]/g, 'и')
      .replace(/(.)\1+/g, '$1');
  return folded
    .replace(/ /g, '')
    .replace(/[صث]/g, 'س')
    .replace(/ط/g, 'ت')
    .replace(/ظ/g, 'ض')
    .replace(/(.)\1+/g, '$1');
}

const VOWELS = new Set([...'aiuаиоуяюь', ...'اويه']);

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  if (!VOWELS.has(a) || !VOWELS.has(b)) return 1;
  return (a === 'a' && b === 'i') || (a === 'i' && b === 'a') ? 0.3 : 0.6;
}

/** Long vowels of Arabic are written, so leaving one out costs more than a vowel of a transliteration. */
const gap = (letter: string): number => (VOWELS.has(letter) ? (letter > '\u0600' ? 0.7 : 0.4) : 1);

/** 0..1: how alike two folded spellings of one script are, letters weighed (edit distance over the longer length). */
export function likeness(a: string, b: string): number {
  const left = nearLetters(a);
  const right = nearLetters(b);
  if (left === right) return 1;
  const longest = Math.max(left.length, right.length);
  if (longest === 0) return 0;
  let row = Array.from({ length: right.length + 1 }, () => 0);
  for (let j = 1; j <= right.length; j += 1) row[j] = (row[j - 1] ?? 0) + gap(right.charAt(j - 1));
  for (let i = 1; i <= left.length; i += 1) {
    const letter = left.charAt(i - 1);
    const next = [(row[0] ?? 0) + gap(letter)];
    for (let j = 1; j <= right.length; j += 1) {
      const other = right.charAt(j - 1);
      next[j] = Math.min(
        (row[j - 1] ?? 0) + substitution(letter, other),
        (row[j] ?? 0) + gap(letter),
        (next[j - 1] ?? 0) + gap(other),
      );
    }
    row = next;
  }
  return Math.max(0, 1 - (row[right.length] ?? longest) / longest);
}

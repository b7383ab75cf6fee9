/**
 * A text as a set of content words, numbers and weekdays, for telling a copy from an independent telling. Words are
 * folded and cut to a stem; small numbers in words become digits in all three languages. Pure.
 */
import { foldText, wordsOf } from './names.ts';
import { hashWord } from './sketch.ts';

export interface ContentSet {
  /** Hashes of content words, sorted, each once. */
  readonly words: Uint32Array;
  /** The same words in the order of the text, repeated ones once. */
  readonly order: Uint32Array;
  /** Numbers and weekdays: what may not differ between copies. */
  readonly facts: ReadonlySet<string>;
}

const MAX_CHARS = 20_000;
const MAX_ORDER = 120;

const STOP = new Set(
  (
    'في من على الى عن ان انه انها التي الذي هذا هذه ما مع بعد قبل كما وفق حسب بحسب قد لم لا بين عند حيث منذ حتى كان كانت ' +
    'the a an of in on at to and or by for from with that this was were is are be has have had it its as said says after ' +
    'who their they but not been over near since amid most more than ' +
    'и в во на с со по из за к у о об от до не что как его ее их это был была были для при под также сообщает сообщил передает'
  )
    .split(' ')
    .map(foldText),
);

const NUMBER_WORDS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['one', 'واحد واحدة', 'один одна одно', 1],
    ['two', 'اثنان اثنين اثنتان اثنتين', 'два две двое двух', 2],
    ['three', 'ثلاثة ثلاث', 'три трое трех', 3],
    ['four', 'اربعة اربع', 'четыре четверо', 4],
    ['five', 'خمسة خمس', 'пять пятеро', 5],
    ['six', 'ستة ست', 'шесть', 6],
    ['seven', 'سبعة سبع', 'семь', 7],
    ['eight', 'ثمانية ثماني ثمان', 'восемь', 8],
    ['nine', 'تسعة تسع', 'девять', 9],
    ['ten', 'عشرة عشر', 'десять', 10],
    ['eleven', 'احدعشر', 'одиннадцать', 11],
    ['twelve', 'اثناعشر', 'двенадцать', 12],
    ['fifteen', '', 'пятнадцать', 15],
    ['nineteen', '', 'девятнадцать', 19],
    ['twenty', 'عشرون عشرين', 'двадцать', 20],
    ['thirty', 'ثلاثون ثلاثين', 'тридцать', 30],
    ['forty', 'اربعون اربعين', 'сорок', 40],
    ['fifty', 'خمسون خمسين', 'пятьдесят', 50],
    ['sixty', 'ستون ستين', 'шестьдесят', 60],
    ['seventy', 'سبعون سبعين', 'семьдесят', 70],
  ].flatMap(([en, ar, ru, value]) =>
    `${en} ${ar} ${ru}`
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => [foldText(word), Number(value)] as const),
  ),
);

const WEEKDAYS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'sunday الاحد воскресенье воскресенья',
    'monday الاثنين понедельник понедельника',
    'tuesday الثلاثاء вторник вторника',
    'wednesday الاربعاء среда среду среды',
    'thursday الخميس четверг четверга',
    'friday الجمعة пятница пятницу пятницы',
    'saturday السبت суббота субботу субботы',
  ].flatMap((names, day) => names.split(' ').map((name) => [foldText(name), day] as const)),
);

export function contentOf(text: string): ContentSet {
  const words = new Set<number>();
  const facts = new Set<string>();
  const tokens = wordsOf(foldText(text.slice(0, MAX_CHARS)));
  let pending = 0;
  for (const token of tokens) {
    const value = numberOf(token);
    if (value !== undefined) {
      // "thirty one" and "seventeen" in parts add up: tens first, then the unit (Arabic: unit, then ten).
      pending = joins(pending, value) ? pending + value : value;
      continue;
    }
    if (pending > 1) facts.add(`n${pending}`);
    pending = 0;
    const weekday = WEEKDAYS[token];
    if (weekday !== undefined) facts.add(`d${weekday}`);
    else if (!STOP.has(token)) words.add(hashWord(stemOf(token)));
  }
  if (pending > 1) facts.add(`n${pending}`);
  return { words: Uint32Array.from(words).sort(), order: Uint32Array.from(words).subarray(0, MAX_ORDER), facts };
}

const isTens = (value: number): boolean => value >= 10 && value < 100 && value % 10 === 0;

/** "thirty one" (tens, then unit) and, in Arabic, unit then ten: "six and twenty", "nine ten". */
const joins = (before: number, value: number): boolean =>
  (before >= 20 && isTens(before) && value < 10) || (before > 0 && before < 10 && isTens(value));

function numberOf(token: string): number | undefined {
  if (/^\d{1,7}$/.test(token)) return Number(token);
  return NUMBER_WORDS[token] ?? (token.startsWith('و') ? NUMBER_WORDS[token.slice(1)] : undefined);
}

const STEM_LENGTH = 6;

function stemOf(token: string): string {
  let stem = token;
  if (/^[\u0621-\u064a]/.test(stem)) {
    if (stem.length > 4 && /^[وفبلك]/.test(stem)) stem = stem.slice(1);
    if (stem.length > 4 && stem.startsWith('ال')) stem = stem.slice(2);
    else if (stem.length > 4 && stem.startsWith('ل')) stem = stem.slice(1);
    return stem.slice(0, STEM_LENGTH - 1);
  }
  return stem.slice(0, STEM_LENGTH);
}

/**
 * Words that stand in one text where the other has different ones, between words that both have in the same order: a
 * form filled in for another event replaces names, a copy leaves out and adds. At most 120 words of each are aligned.
 */
export function substitutions(a: ContentSet, b: ContentSet): number {
  const [x, y] = [a.order, b.order];
  const width = y.length + 1;
  const longest = new Uint16Array((x.length + 1) * width);
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) {
      const here = i * width + j;
      longest[here] =
        x[i] === y[j]
          ? (longest[here + width + 1] ?? 0) + 1
          : Math.max(longest[here + width] ?? 0, longest[here + 1] ?? 0);
    }
  }
  const inA = new Set(x);
  const inB = new Set(y);
  let replaced = 0;
  let [onlyA, onlyB, i, j] = [0, 0, 0, 0];
  const close = (): void => {
    replaced += Math.min(onlyA, onlyB);
    onlyA = 0;
    onlyB = 0;
  };
  while (i < x.length && j < y.length) {
    if (x[i] === y[j]) {
      close();
      i++;
      j++;
    } else if ((longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))
      onlyA += inB.has(x[i++] ?? 0) ? 0 : 1;
    else onlyB += inA.has(y[j++] ?? 0) ? 0 : 1;
  }
  for (; i < x.length; i++) onlyA += inB.has(x[i] ?? 0) ? 0 : 1;
  for (; j < y.length; j++) onlyB += inA.has(y[j] ?? 0) ? 0 : 1;
  close();
  return replaced;
}

/** How many hashes two sorted sets share. */
export function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let i = 0;
  let j = 0;
  let shared = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left === right) {
      shared++;
      i++;
      j++;
    } else if (left < right) i++;
    else j++;
  }
  return shared;
}

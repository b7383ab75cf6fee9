/** Tells a daily sum-up ("31 violations in three days") from a report of one event, in three languages. Pure. */
import { foldText, wordsOf } from './names.ts';

const BREACHES = ['خرق', 'خروق', 'انتهاك', 'violation', 'breach', 'нарушени'];
const SPANS = [
  '24',
  'ساعه',
  'يوم',
  'اليوم',
  'hours',
  'day',
  'days',
  'total',
  'since',
  'منذ',
  'сутки',
  'суток',
  'часа',
  'дня',
  'всего',
  'прошедшие',
];
const WITHIN = 300;

/** A number of breaches, counted over a stretch of time, near the beginning. */
export function isSumUpText(text: string): boolean {
  const words = wordsOf(foldText(text.slice(0, WITHIN)));
  const isCounted = words.some((word, i) => isBreach(word) && words.slice(Math.max(0, i - 3), i).some(isCount));
  return isCounted && words.some((word) => SPANS.includes(word));
}

const isBreach = (word: string): boolean =>
  BREACHES.some((stem) => word.replace(/^(?:ال|و|ب|ل)+/, '').startsWith(stem));
const isCount = (word: string): boolean =>
  (/^\d{1,4}$/.test(word) && word !== '1') ||
  /^(?:two|three|four|five|six|seven|eight|nine|ten|thirty|twenty|dozens|several|шесть|пять|семь|восемь|девять|десять|несколько|десятки|خمس|ست|سبع|ثمان|تسع|عشر|عشرات|عده)/.test(
    word,
  );

/**
 * Day arithmetic for the date grammar: Gregorian by day numbers (days since 1970-01-01), Hijri by the umm al-qura
 * calendar of the platform's Intl. Pure; knows nothing of words.
 */
import { dayFromNumber } from '../../core/index.ts';

const MS_PER_DAY = 86_400_000;

/** Day number of a date, or undefined for one that does not exist. Months count from 1. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  const n = Date.UTC(year, month - 1, day) / MS_PER_DAY;
  const back = new Date(n * MS_PER_DAY);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? n : undefined;
}

export interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function partsOf(n: number): DayParts {
  const date = new Date(n * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday. */
export const weekdayOf = (n: number): number => (((n + 4) % 7) + 7) % 7;

export const lastDayOfMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Year and month `count` months after the given ones. */
export function shiftMonth(year: number, month: number, count: number): { year: number; month: number } {
  const at = year * 12 + month - 1 + count;
  return { year: Math.floor(at / 12), month: (((at % 12) + 12) % 12) + 1 };
}

const two = (n: number): string => String(n).padStart(2, '0');
export const dayText = (n: number): string => dayFromNumber(n);
export const monthText = (year: number, month: number): string => `${yearText(year)}-${two(month)}`;
export const yearText = (year: number): string => String(year).padStart(4, '0');

const HIJRI_EPOCH_DAY = -492_148.5;
const HIJRI_MONTH_DAYS = 29.530_588;
const FIRST_HIJRI_YEAR = 1300;
const LAST_HIJRI_YEAR = 1600;
const hijriFormat = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/** Hijri date of a day number. */
export function hijriOf(n: number): DayParts {
  const found = { year: 0, month: 0, day: 0 };
  for (const part of hijriFormat.formatToParts(n * MS_PER_DAY)) {
    if (part.type === 'year' || part.type === 'month' || part.type === 'day') found[part.type] = Number(part.value);
  }
  return found;
}

/** Day number of a Hijri date; undefined outside 1300–1600 or for a day that the month does not have. */
export function dayOfHijri(year: number, month: number, day: number): number | undefined {
  if (year < FIRST_HIJRI_YEAR || year > LAST_HIJRI_YEAR || month < 1 || month > 12 || day < 1 || day > 30)
    return undefined;
  const guess = Math.floor(HIJRI_EPOCH_DAY + ((year - 1) * 12 + month - 1) * HIJRI_MONTH_DAYS) + day;
  for (let n = guess - 4; n <= guess + 4; n++) {
    const at = hijriOf(n);
    if (at.year === year && at.month === month && at.day === day) return n;
  }
  return undefined;
}

/** Number of days of a Hijri month. */
export const hijriMonthLength = (year: number, month: number): number =>
  dayOfHijri(year, month, 30) === undefined ? 29 : 30;

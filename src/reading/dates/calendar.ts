/**
 * Day arithmetic for the date grammar: Gregorian by day numbers (days since 1970-01-01), Hijri by the umm al-qura
 * calendar of the platform's Intl. Pure; knows nothing of words.
 */
const MS_PER_DAY = 86_400_000;

const DAYS_TO_EPOCH = 719_468;
const DAYS_OF_ERA = 146_097;

/** Day number of a date, or undefined for one that does not exist. Months count from 1. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > lastDayOfMonth(year, month)) return undefined;
  // Years that begin in March, in eras of 400 years: no Date object on the way.
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * DAYS_OF_ERA + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - DAYS_TO_EPOCH;
}

export interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function partsOf(n: number): DayParts {
  const shifted = n + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const ofEra = shifted - era * DAYS_OF_ERA;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** 0 is Sunday. */
export const weekdayOf = (n: number): number => (((n + 4) % 7) + 7) % 7;

export const lastDayOfMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Year and month `count` months after the given ones. */
export function shiftMonth(year: number, month: number, count: number): { year: number; month: number } {
  const at = year * 12 + month - 1 + count;
  return { year: Math.floor(at / 12), month: (((at % 12) + 12) % 12) + 1 };
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
export function dayText(n: number): string {
  const { year, month, day } = partsOf(n);
  return `${monthText(year, month)}-${two(day)}`;
}
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

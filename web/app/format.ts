/** Dates, times and counts as people read them. Pure; the zone is always the instrument's, never the reader's. */
import { type Count, type Day, isDay, isInstant, type Lang } from '../../src/core/index.ts';
import type { Translate } from './messages.ts';
import type { Preferences } from './preferences.ts';

/** The BCP 47 tag for numbers and dates: Western digits in Arabic unless asked otherwise, Levantine months as a setting. */
export function localeTag(lang: Lang, preferences: Preferences): string {
  if (lang !== 'ar') return lang === 'en' ? 'en-GB' : lang;
  return `${preferences.months === 'levantine' ? 'ar-SY' : 'ar'}-u-nu-${preferences.digits === 'arabic' ? 'arab' : 'latn'}`;
}

export interface Formats {
  /** Thursday 28 April 2016 */
  longDay(day: Day): string;
  /** 28 April 2016 */
  day(day: Day): string;
  /** 28 Apr */
  shortDay(day: Day): string;
  month(day: Day): string;
  /** 28 April 2016, 14:05 in the instrument's zone. */
  instant(instant: string): string;
  number(value: number): string;
  signed(value: number): string;
  /** The zone's name and offset on that day. */
  zone(instant: string): string;
}

const atNoon = (day: Day): Date => new Date(`${day}T12:00:00Z`);

/** Formatters for one language tag and zone. Days are shown as written; only instants are moved to the zone. */
export function createFormats(tag: string, zone: string): Formats {
  const inUtc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options });
  const longDay = inUtc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const day = inUtc({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDay = inUtc({ day: 'numeric', month: 'short' });
  const month = inUtc({ month: 'long' });
  const instant = new Intl.DateTimeFormat(tag, {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' });
  const number = new Intl.NumberFormat(tag);
  const signed = new Intl.NumberFormat(tag, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return {
    longDay: (value) => longDay.format(atNoon(value)),
    day: (value) => day.format(atNoon(value)),
    shortDay: (value) => shortDay.format(atNoon(value)),
    month: (value) => month.format(atNoon(value)),
    instant: (value) => instant.format(new Date(value)),
    number: (value) => number.format(value),
    // Arabic puts a direction mark before the sign; the number is isolated left to right where it is shown.
    signed: (value) => signed.format(value).replace(/[\u061c\u200e\u200f]/g, ''),
    zone: (value) => {
      const name = offset.formatToParts(new Date(value)).find((part) => part.type === 'timeZoneName')?.value ?? '';
      return `${zone}, ${name}`;
    },
  };
}

/** "at least 37", "10 to 14", "not said". */
export function countText(t: Translate, count: Count): string {
  const { low, high } = count;
  if (low !== null && high !== null)
    return low === high ? t('count.exact', { n: low }) : t('count.range', { low, high });
  if (low !== null) return t('count.atLeast', { low });
  if (high !== null) return t('count.atMost', { high });
  return t('count.unknown');
}

/** An EDTF value of the reader (day, month, interval, open end) or an instant, as words. Other forms are shown as written. */
export function edtfText(t: Translate, formats: Formats, value: string | null): string {
  if (value === null) return t('count.unknown');
  const [from, until, more] = value.split('/');
  if (isDay(value)) return formats.day(value);
  if (isInstant(value)) return formats.instant(value);
  if (more === undefined && from !== undefined && until !== undefined) {
    const since = isDay(from) ? formats.day(from) : null;
    const to = isDay(until) ? formats.day(until) : null;
    if (since && to) return t('time.between', { from: since, until: to });
    if (since && until === '..') return t('time.since', { from: since });
    if (to && from === '..') return t('time.until', { until: to });
  }
  return value;
}

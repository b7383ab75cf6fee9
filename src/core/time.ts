/**
 * Instants (UTC milliseconds, printed as RFC 3339) and calendar days (YYYY-MM-DD, always of a named time zone).
 * Nothing here reads the clock: the time comes in through `World`.
 */

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** An instant as RFC 3339 with a `Z`. */
export type Instant = string;

const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const MS_PER_DAY = 86_400_000;

/** True for a day that exists (2016-02-30 does not). */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !DAY_PATTERN.test(value)) return false;
  const ms = Date.parse(`${value}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().slice(0, 10) === value;
}

/** True for an RFC 3339 time with an offset, on a day that exists. */
export function isInstant(value: unknown): value is Instant {
  return (
    typeof value === 'string' &&
    INSTANT_PATTERN.test(value) &&
    isDay(value.slice(0, 10)) &&
    Number.isFinite(Date.parse(value))
  );
}

/** Whole days since 1970-01-01 of a calendar day. */
export const dayNumber = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);

/** The calendar day a number of days after 1970-01-01. */
export const dayFromNumber = (n: number): Day => new Date(n * MS_PER_DAY).toISOString().slice(0, 10);

export const addDays = (day: Day, count: number): Day => dayFromNumber(dayNumber(day) + count);

const zoneFormatters = new Map<string, Intl.DateTimeFormat>();

function zoneFormatter(zone: string): Intl.DateTimeFormat {
  let formatter = zoneFormatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    zoneFormatters.set(zone, formatter);
  }
  return formatter;
}

function wallClock(ms: number, zone: string): Record<string, string> {
  return Object.fromEntries(
    zoneFormatter(zone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
}

/** The calendar day of an instant in an IANA time zone. */
export function dayInZone(instant: Instant | number, zone: string): Day {
  const parts = wallClock(typeof instant === 'number' ? instant : Date.parse(instant), zone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** The UTC milliseconds at which a calendar day begins in a zone (00:00 there; the first moment after a gap). */
export function dayStart(day: Day, zone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`);
  let ms = guess - zoneOffset(guess, zone);
  ms = guess - zoneOffset(ms, zone);
  return ms;
}

function zoneOffset(ms: number, zone: string): number {
  const p = wallClock(ms, zone);
  const wall = Date.UTC(
    Number(p.year),
    Number(p.month) - 1,
    Number(p.day),
    Number(p.hour),
    Number(p.minute),
    Number(p.second),
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

export const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/**
 * RFC 3339 times, strictly: a day and an hour that exist, and an offset that is written. A time without an offset is
 * refused, for it would mean another instant at each desk.
 */
import { LIMITS } from '../model.ts';

const TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,30}))?)?([Zz]|[+-]\d{2}:\d{2})?$/;

/** UTC milliseconds (with a fraction below the millisecond), or why it is no time. */
export function parseTime(value: unknown): number | { readonly reason: string } {
  if (typeof value !== 'string') return { reason: 'must be an RFC 3339 time' };
  const match = TIME.exec(value);
  if (!match) return { reason: `is not an RFC 3339 time: ${JSON.stringify(value.slice(0, 60))}` };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  const second = Number(match[6] ?? 0);
  const offset = match[8];
  if (offset === undefined) return { reason: 'has no offset: write Z or +03:00' };
  const offsetHours = Number(offset.slice(1, 3) || 0);
  const offsetMinutes = Number(offset.slice(4, 6) || 0);
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    offsetHours < 24 &&
    offsetMinutes < 60;
  if (second === 60) return { reason: `is a leap second, which no clock here can tell: ${value}` };
  if (!exists) return { reason: `is a time that does not exist: ${value}` };
  if (year < LIMITS.yearLow || year > LIMITS.yearHigh) return { reason: `is absurd: the year ${year}` };
  const east = offset.startsWith('-') ? -1 : 1;
  const fraction = match[7] === undefined ? 0 : Number(`0.${match[7]}`) * 1000;
  return midnight + ((hour * 60 + minute - east * (offsetHours * 60 + offsetMinutes)) * 60 + second) * 1000 + fraction;
}

/** An instant as RFC 3339 with `Z`; down to whole milliseconds. */
export const formatTime = (ms: number): string => new Date(Math.floor(ms)).toISOString();

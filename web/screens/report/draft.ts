/**
 * What a duty officer writes down, and how it becomes a report (spec/report). Pure. Nothing of it is ever kept in the
 * browser: a testimony left on a shared machine can cost a life.
 */
import { type Count, dayInZone, dayStart, isDay, type Lang, type SourceKind } from '../../../src/core/index.ts';

export interface Draft {
  readonly text: string;
  readonly lang: Lang;
  readonly place: string;
  /** YYYY-MM-DD, or empty. */
  readonly day: string;
  /** HH:MM, or empty when the caller does not know. */
  readonly time: string;
  readonly killedLow: string;
  readonly killedHigh: string;
  readonly injuredLow: string;
  readonly injuredHigh: string;
  readonly source: string;
  readonly kind: SourceKind;
  readonly visibility: 'sealed' | 'public';
}

export const EMPTY_DRAFT: Draft = {
  text: '',
  lang: 'ar',
  place: '',
  day: '',
  time: '',
  killedLow: '',
  killedHigh: '',
  injuredLow: '',
  injuredHigh: '',
  source: '',
  kind: 'hotline',
  visibility: 'sealed',
};

export type DraftFault = 'text' | 'source' | 'day' | 'killed' | 'injured';

/** What still stands in the way of sending, in the order of the form. */
export function faultsOf(draft: Draft): DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.text.trim() === '') faults.push('text');
  if (draft.day !== '' && !isDay(draft.day)) faults.push('day');
  if (draft.day === '' && draft.time !== '') faults.push('day');
  if (countOf(draft.killedLow, draft.killedHigh) === null) faults.push('killed');
  if (countOf(draft.injuredLow, draft.injuredHigh) === null) faults.push('injured');
  if (draft.source.trim() === '') faults.push('source');
  return faults;
}

/** Two fields as a count; one alone leaves the other end open. Null when they are no count. */
export function countOf(low: string, high: string): Count | null {
  const number = (text: string): number | null => (text.trim() === '' ? null : Number(toWesternDigits(text.trim())));
  const count = { low: number(low), high: number(high) };
  const bad = (value: number | null) =>
    value !== null && !(Number.isInteger(value) && value >= 0 && value <= 10_000_000);
  if (bad(count.low) || bad(count.high)) return null;
  if (count.low !== null && count.high !== null && count.low > count.high) return null;
  return count;
}

/** Arabic-Indic and extended digits as an Arabic keyboard types them. */
const toWesternDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));

/** The report to send. Call only without faults. */
export function reportOf(draft: Draft, zone: string): object {
  const start = draft.day === '' ? null : draft.time === '' ? draft.day : instantInZone(draft.day, draft.time, zone);
  const killed = countOf(draft.killedLow, draft.killedHigh);
  const injured = countOf(draft.injuredLow, draft.injuredHigh);
  return {
    source: { name: draft.source.trim(), kind: draft.kind },
    lang: draft.lang,
    text: draft.text.trim(),
    visibility: draft.visibility,
    event: { start, place_text: draft.place.trim() || null, killed, injured },
  };
}

const MS_PER_MINUTE = 60_000;

/**
 * A clock time of a day in a zone as an instant. A time that a change of clocks skips becomes the moment as far after
 * the day's begin; one that comes twice is the first.
 */
export function instantInZone(day: string, time: string, zone: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = hours * 60 + minutes;
  const plain = dayStart(day, zone) + wanted * MS_PER_MINUTE;
  const candidates = [plain - 60 * MS_PER_MINUTE, plain, plain + 60 * MS_PER_MINUTE];
  const found = candidates.find((ms) => dayInZone(ms, zone) === day && minuteOfDay(ms, zone) === wanted);
  return new Date(found ?? plain).toISOString().replace('.000Z', 'Z');
}

function minuteOfDay(ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const [hours = 0, minutes = 0] = format.format(ms).split(':').map(Number);
  return hours * 60 + minutes;
}

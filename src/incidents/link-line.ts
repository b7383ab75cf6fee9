/**
 * One line of `hudna link` input → a report ready for linking. Strict about what is said, silent about what is not:
 * absent, null and unknown mean the same. Refuses with a Problem that names file, line and field. Pure.
 */
import {
  type Count,
  dayNumber,
  isDay,
  isInstant,
  isPoint,
  isPrecision,
  type Precision,
  Problem,
  type ProblemKind,
  UNKNOWN_COUNT,
} from '../core/index.ts';
import type { LinkEvent, LinkReport } from './model.ts';
import { BAD_LINK_INPUT } from './problems.ts';
import { isSumUpText } from './sum-up.ts';

const MAX_TEXT = 1_000_000;
const MAX_NAME = 500;
const MAX_COUNT = 100_000_000;
const DAY_MINUTES = 1_440;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** A report whose event is coarser than this and of no stated kind is a sum-up, not an event. */
const COARSE: readonly string[] = ['governorate', 'country', 'region'];

type Fields = Readonly<Record<string, unknown>>;

/** Throws a Problem for anything that is not what the format says. `where` is `FILE:LINE`. */
export function parseLinkLine(line: string, where: string): LinkReport {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    const hint = /\bNaN\b|Infinity/.test(line) ? ' (NaN and Infinity are no JSON numbers; use null)' : '';
    throw refusal(where, `is not a JSON object on one line${hint}`, cause);
  }
  return reportOf(value, where);
}

/** As `parseLinkLine`, for a value that is parsed already (a row of a CSV file). */
export function reportOf(value: unknown, where: string): LinkReport {
  if (!isRecord(value)) throw refusal(where, 'is not a JSON object');
  const id = typeof value.id === 'number' && Number.isFinite(value.id) ? String(value.id) : value.id;
  if (typeof id !== 'string' || id === '' || id.length > MAX_NAME) throw refusal(where, 'id: must be a non-empty text');
  const source = isRecord(value.source) ? value.source : { name: value.source, origin: value.origin };
  const text = textOf(value.text, where, 'text', MAX_TEXT);
  const published = publishedOf(value.published, where);
  const event = absent(value.event) ? null : eventOf(value.event, where, published, text);
  return {
    id,
    source: textOf(source.name, where, 'source', MAX_NAME) ?? '',
    origin: textOf(value.origin ?? source.origin, where, 'origin', MAX_NAME),
    lang: textOf(value.lang, where, 'lang', 20) ?? 'und',
    published,
    text,
    events: event ? [event] : [],
  };
}

function eventOf(value: unknown, where: string, published: number | null, text: string | null): LinkEvent {
  if (!isRecord(value)) throw refusal(where, 'event: must be an object or null');
  const type = known(textOf(value.type, where, 'event.type', MAX_NAME));
  const precision = precisionOf(value.precision, where);
  const time = timeOf(value, where, published);
  return {
    type,
    ...time,
    ...pointOf(value, where),
    precision,
    radius: radiusOf(value.radius, where),
    placeText: textOf(value.place_text, where, 'event.place_text', MAX_NAME),
    actor: known(textOf(value.actor, where, 'event.actor', MAX_NAME)),
    killed: countOf(value.killed, where, 'event.killed'),
    injured: countOf(value.injured, where, 'event.injured'),
    target: known(textOf(value.target, where, 'event.target', MAX_NAME)),
    aggregate: value.aggregate === true || isSumUp(type, precision, text),
  };
}

const isSumUp = (type: string | null, precision: Precision | null, text: string | null): boolean => {
  if (type !== null && type !== 'ceasefire_violation') return false;
  return (precision !== null && COARSE.includes(precision)) || (text !== null && isSumUpText(text));
};

function timeOf(
  value: Fields,
  where: string,
  published: number | null,
): Pick<LinkEvent, 'startDay' | 'endDay' | 'minute'> {
  const start = instantOf(value.start, where, 'event.start');
  const end = instantOf(value.end, where, 'event.end');
  if (
    start &&
    end &&
    (end.day < start.day || (end.minute !== null && start.minute !== null && end.minute < start.minute))
  ) {
    throw refusal(where, 'event.end: is before event.start');
  }
  const first = start ?? end;
  if (first) return { startDay: first.day, endDay: end?.day ?? first.day, minute: start?.minute ?? null };
  const day = published === null ? null : Math.floor(published / 86_400_000);
  return { startDay: day, endDay: day, minute: null };
}

function instantOf(value: unknown, where: string, field: string): { day: number; minute: number | null } | null {
  if (absent(value)) return null;
  const text: string = typeof value === 'string' ? value : '';
  if (DAY.test(text) && isDay(text)) return { day: dayNumber(text), minute: null };
  // A time without an offset counts as UTC.
  const zoned: string = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
  if (!isInstant(zoned)) throw refusal(where, `${field}: must be a day that exists (2016-05-22) or an RFC 3339 time`);
  const minute = Math.floor(Date.parse(zoned) / 60_000);
  // Midnight to the second is how a day is written by those who must give a time.
  const isMidnight = /T00:00(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)?$/.test(text);
  return { day: dayNumber(text.slice(0, 10)), minute: isMidnight ? null : minute };
}

function pointOf(value: Fields, where: string): Pick<LinkEvent, 'lat' | 'lon'> {
  const { lat, lon } = value;
  if (absent(lat) && absent(lon)) return { lat: null, lon: null };
  for (const [field, part] of [
    ['event.lat', lat],
    ['event.lon', lon],
  ] as const) {
    if (typeof part !== 'number' || !Number.isFinite(part))
      throw refusal(where, `${field}: must be a number, or both lat and lon null`);
  }
  if (!isPoint(lat, lon)) {
    const swapped = isPoint(lon, lat) ? ' (are lat and lon swapped?)' : '';
    const field = Math.abs(Number(lat)) > 90 ? 'event.lat' : 'event.lon';
    throw refusal(where, `${field}: ${field === 'event.lat' ? lat : lon} is outside the Earth${swapped}`);
  }
  return { lat: Number(lat), lon: Number(lon) };
}

function countOf(value: unknown, where: string, field: string): Count {
  if (absent(value)) return UNKNOWN_COUNT;
  const { low, high } = isRecord(value) ? value : { low: value, high: value };
  for (const [name, bound] of [
    ['low', low],
    ['high', high],
  ] as const) {
    if (absent(bound)) continue;
    const sound = typeof bound === 'number' && Number.isInteger(bound) && bound >= 0 && bound <= MAX_COUNT;
    if (!sound) throw refusal(where, `${field}.${name}: must be a whole number from 0 to ${MAX_COUNT}`);
  }
  const count = { low: absent(low) ? null : Number(low), high: absent(high) ? null : Number(high) };
  if (count.low !== null && count.high !== null && count.low > count.high) {
    throw refusal(where, `${field}: low ${count.low} is above high ${count.high}`);
  }
  return count;
}

function precisionOf(value: unknown, where: string): Precision | null {
  if (absent(value) || value === 'unknown') return null;
  if (!isPrecision(value)) throw refusal(where, 'event.precision: is not a precision class');
  return value;
}

function radiusOf(value: unknown, where: string): number | null {
  if (absent(value)) return null;
  const sound = typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1_000_000;
  if (!sound) throw refusal(where, 'event.radius: must be metres from 0 to 1000000');
  return value;
}

function publishedOf(value: unknown, where: string): number | null {
  if (absent(value)) return null;
  const at = instantOf(value, where, 'published');
  if (!at) return null;
  return at.minute === null ? at.day * DAY_MINUTES * 60_000 : at.minute * 60_000;
}

function textOf(value: unknown, where: string, field: string, longest: number): string | null {
  if (absent(value) || value === '') return null;
  if (typeof value !== 'string') throw refusal(where, `${field}: must be a text or null`);
  if (value.length > longest) throw refusal(where, `${field}: longer than ${longest} characters`);
  return value;
}

const known = (code: string | null): string | null => (code === 'unknown' ? null : code);
const absent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refusal = (where: string, detail: string, cause?: unknown, kind: ProblemKind = BAD_LINK_INPUT): Problem =>
  new Problem(kind, detail, { where, cause });

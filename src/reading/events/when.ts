/**
 * When an event happened: the date told nearest to its own words, not the day on which somebody spoke; without one the
 * day of publication. A day unless the words give an hour.
 */
import { addDays, dayInZone, dayStart, isDay } from '../../core/index.ts';
import type { DateFinding } from '../dates/model.ts';
import type { Edtf } from '../model.ts';
import type { Tokens } from '../tokens.ts';
import { gapBetween, hasStop, within } from './anchor.ts';
import type { Unit } from './signs.ts';

export interface When {
  readonly start: Edtf | null;
  readonly end: Edtf | null;
}

/** A sign of the event; `weak` ones (a toll, a death) may be told on another day. */
export interface WhenAnchor {
  readonly from: number;
  readonly to: number;
  readonly weak: boolean;
}

export interface WhenQuestion {
  /** In the order of their weight. */
  readonly units: readonly Unit[];
  readonly anchors: readonly WhenAnchor[];
  readonly dates: readonly DateFinding[];
  readonly published: string | null;
  readonly tokens: Tokens;
  /** The instrument's zone and first day; null without an instrument. */
  readonly zone: string | null;
  readonly inForceFrom: string | null;
  /** A state that lasts (a truce, a siege, fighting): "since Friday" is its beginning. */
  readonly lasts: boolean;
  /** "Over the past day": from the day before publication to that day, when no date is given. */
  readonly overDay: boolean;
}

const STOP_PENALTY = 8;
const SPOKEN_PENALTY = 7;
const UNIT_PENALTY = 12;
const WEAK_PENALTY = 3;
const SINCE_PENALTY = 6;
const WEEK = 7;
const LONGEST_DAYS = 10;
const SINCE_DAYS = 3;

export function whenOf(question: WhenQuestion): When {
  let best: { date: DateFinding; value: string; cost: number } | null = null;
  if (question.dates.length > 0)
    question.units.forEach((unit, order) => {
      for (const date of question.dates) {
        if (!within(date.from, unit)) continue;
        const value = usableValue(date, question);
        const cost = value === null ? Number.POSITIVE_INFINITY : costOf(date, unit, order, question);
        if (value !== null && Number.isFinite(cost) && (!best || cost < best.cost)) best = { date, value, cost };
      }
    });
  const chosen = best as { date: DateFinding; value: string; cost: number } | null;
  if (!chosen)
    return {
      start: question.overDay && question.published ? addDays(question.published, -1) : question.published,
      end: question.overDay ? question.published : null,
    };
  const [from = '', to = null] = chosen.value.split('/');
  const end = to !== null && to !== '..' && to !== from ? to : null;
  return { start: withTime(from, chosen.date, question.zone), end };
}

/** A day or a short interval; months, open ends and "now" say nothing about one event. */
function usableValue(date: DateFinding, question: WhenQuestion): string | null {
  if (date.mod === 'until') return null;
  const value = date.value ?? inForceDay(date, question);
  const [from = '', to] = value?.split('/') ?? [];
  if (!isDay(from.slice(0, 10))) return null;
  // "Since February 76 have died" dates a count, not a blow.
  const { published, lasts } = question;
  if (date.mod === 'since' && !lasts && published !== null && from.slice(0, 10) < addDays(published, -SINCE_DAYS))
    return null;
  if (to === undefined || to === '..') return value;
  return isDay(to.slice(0, 10)) && to.slice(0, 10) <= addDays(from.slice(0, 10), LONGEST_DAYS) ? value : null;
}

/**
 * A day and month without a year, in a text of unknown date: the first such day from a week before the instrument came
 * into force. An assumption of the event only; the date itself stays without a value.
 */
function inForceDay({ monthDay }: DateFinding, { inForceFrom, published }: WhenQuestion): string | null {
  if (monthDay === null || inForceFrom === null || published !== null) return null;
  const earliest = addDays(inForceFrom, -WEEK);
  const year = Number(earliest.slice(0, 4));
  const two = (n: number): string => String(n).padStart(2, '0');
  for (const candidate of [year, year + 1]) {
    const day = `${candidate}-${two(monthDay.month)}-${two(monthDay.day)}`;
    if (isDay(day) && day >= earliest) return day;
  }
  return null;
}

function costOf(date: DateFinding, unit: Unit, order: number, { anchors, tokens, lasts }: WhenQuestion): number {
  let cost = Number.POSITIVE_INFINITY;
  for (const sign of anchors) {
    if (!within(sign.from, unit)) continue;
    const stop = hasStop(tokens, date.from, sign.from) ? STOP_PENALTY : 0;
    cost = Math.min(cost, gapBetween(date, sign) + stop + (sign.weak ? WEAK_PENALTY : 0));
  }
  // A later sentence without any sign of the event dates something else.
  if (!Number.isFinite(cost)) cost = order === 0 || unit.isTitle ? 30 : Number.POSITIVE_INFINITY;
  const spoken = unit.context.some(
    (term) =>
      SPEECH.has(term.value) &&
      gapBetween(term, date) <= (term.from >= date.to ? SPOKEN_AHEAD : 1) &&
      !hasStop(tokens, term.from, date.from) &&
      // "On Wednesday the ministry said": the day opens what is said, unless the event stands between.
      !anchors.some((sign) => sign.from >= date.to && sign.to <= term.from),
  );
  const past = unit.context.some(
    (term) => term.value === 'background' && term.to <= date.from && date.from - term.to <= 6,
  );
  const since = date.mod === 'since' ? (lasts ? -SINCE_PENALTY : SINCE_PENALTY) : 0;
  return cost + order * UNIT_PENALTY + (spoken ? SPOKEN_PENALTY : 0) + (past ? 2 * UNIT_PENALTY : 0) + since;
}

/** "On Wednesday the ministry reported". */
const SPOKEN_AHEAD = 3;
const SPEECH = new Set(['said', 'source', 'denial', 'accuse']);

/** The hour, when the words give one with the day: local time with the zone's offset of that day. */
function withTime(day: string, { time }: DateFinding, zone: string | null): string {
  if (time === null || zone === null || !isDay(day)) return day;
  const two = (n: number): string => String(n).padStart(2, '0');
  const local = Date.parse(`${day}T${two(time.hour)}:${two(time.minute)}:00Z`);
  const offset = Math.round((Date.parse(`${day}T00:00:00Z`) - dayStart(day, zone)) / 60_000);
  if (!Number.isFinite(local) || dayInZone(local - offset * 60_000, zone) !== day) return day;
  const sign = offset < 0 ? '-' : '+';
  return `${day}T${two(time.hour)}:${two(time.minute)}:00${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}

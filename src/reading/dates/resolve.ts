/**
 * From what the words leave open to a value: picks the year, the week and the side of the reference day, and prints EDTF.
 * Pure: (phrase, reference day, tense) → value. Without a reference a relative date has no value.
 */
import { dayNumber } from '../../core/index.ts';
import type { DateMention } from '../model.ts';
import {
  dayOf,
  dayOfHijri,
  dayText,
  hijriMonthLength,
  hijriOf,
  lastDayOfMonth,
  monthText,
  partsOf,
  shiftMonth,
  weekdayOf,
  yearText,
} from './calendar.ts';
import type { Core, Part, Phrase } from './model.ts';
import { monthPart, seasonMonths, yearPart } from './parts.ts';
import type { Tense } from './tense.ts';

/** A stretch of time as its two EDTF ends (equal for one day, month or year), with the days they cover. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly first: number;
  readonly last: number;
}

export interface Setting {
  /** Day number of the reference, or null. */
  readonly reference: number | null;
  readonly tense: Tense;
  /** First day of the week: 0 Sunday, 1 Monday. */
  readonly weekStart: number;
  /** Where the words place the date. */
  readonly bound: Phrase['bound'];
}

/** How far ahead of the day of publication a date without a year may lie when nothing speaks of the future. */
const NEAR_DAYS = 45;
const BOUND_NEAR_DAYS = 200;
/** "С 25 мая" three days before the 25th is an announcement, and "takes effect on 27 February" three days after it no plan. */
const FEW_DAYS = 30;
const dayStretch = (n: number): Stretch => ({ from: dayText(n), to: dayText(n), first: n, last: n });

function daysStretch(first: number, last: number): Stretch {
  return { from: dayText(first), to: dayText(last), first, last };
}

function monthStretch(year: number, month: number): Stretch {
  const text = monthText(year, month);
  const first = dayOf(year, month, 1) ?? 0;
  return { from: text, to: text, first, last: first + lastDayOfMonth(year, month) - 1 };
}

function yearStretch(year: number, yearEnd = year): Stretch {
  return {
    from: yearText(year),
    to: yearText(yearEnd),
    first: dayOf(year, 1, 1) ?? 0,
    last: dayOf(yearEnd, 12, 31) ?? 0,
  };
}

function monthsStretch(year: number, month: number, lastYear: number, lastMonth: number): Stretch {
  const a = monthStretch(year, month);
  const b = monthStretch(lastYear, lastMonth);
  return { from: a.from, to: b.to, first: a.first, last: b.last };
}

/** The stretch that a core means, or null when it cannot be told. */
export function stretchOf(core: Core, set: Setting): Stretch | null {
  switch (core.form) {
    case 'now':
    case 'vague':
      return null;
    case 'relative':
      return set.reference === null ? null : shifted(core, set.reference);
    case 'rolling':
      return set.reference === null ? null : rolled(core, set.reference);
    case 'unit':
      return set.reference === null ? null : unitStretch(core, set.reference, set);
    case 'calendar':
      return calendarStretch(core, set);
  }
}

function shifted(core: Core, reference: number): Stretch {
  const at = partsOf(reference);
  const n = core.count;
  if (core.unit === 'month') {
    const to = shiftMonth(at.year, at.month, n);
    return monthStretch(to.year, to.month);
  }
  if (core.unit === 'year') return yearStretch(at.year + n);
  const days = core.unit === 'week' ? 7 * n : core.unit === 'hour' ? Math.trunc(n / 24) : n;
  return core.into ? daysStretch(reference + days - 1, reference + days) : dayStretch(reference + days);
}

function rolled(core: Core, reference: number): Stretch {
  const at = partsOf(reference);
  const n = core.count;
  if (core.unit === 'year') return yearStretch(at.year - n, at.year);
  if (core.unit === 'month') {
    const from = shiftMonth(at.year, at.month, -n);
    return daysStretch(
      dayOf(from.year, from.month, Math.min(at.day, lastDayOfMonth(from.year, from.month))) ?? reference,
      reference,
    );
  }
  const days = core.unit === 'week' ? 7 * n : core.unit === 'hour' ? Math.max(1, Math.ceil(n / 24)) : n;
  return daysStretch(reference - days, reference);
}

function unitStretch(core: Core, reference: number, set: Setting): Stretch {
  const at = partsOf(reference);
  if (core.unit === 'weekend') {
    const back = (weekdayOf(reference) + 1) % 7;
    // "Talks resume this weekend": the one to come, unless it is the weekend.
    const ahead = core.count === 0 && set.tense === 'future' && back > 1 ? 7 : 0;
    const first = reference - back + 7 * core.count + ahead;
    return daysStretch(first, first + 1);
  }
  if (core.unit === 'week') {
    const first = reference - ((weekdayOf(reference) - set.weekStart + 7) % 7) + 7 * core.count;
    if (core.part === 'start') return daysStretch(first, first + 2);
    if (core.part === 'mid') return daysStretch(first + 2, first + 4);
    if (core.part === 'end') return daysStretch(first + 4, first + 6);
    return daysStretch(first, first + 6);
  }
  if (core.unit === 'year') return withYearPart(core, at.year + core.count);
  const month = shiftMonth(at.year, at.month, core.count);
  return core.part ? partOfMonth(core.part, month.year, month.month) : monthStretch(month.year, month.month);
}

function withYearPart(core: Core, year: number): Stretch {
  if (core.season !== null) return seasonStretch(core.season, year);
  if (core.quarter !== null) return monthsStretch(year, core.quarter * 3 - 2, year, core.quarter * 3);
  const months = core.part ? yearPart(core.part) : null;
  return months ? monthsStretch(year, months[0], year, months[1]) : yearStretch(year, core.yearEnd ?? year);
}

function seasonStretch(season: number, year: number): Stretch {
  const [first, last, overNewYear] = seasonMonths(season);
  return monthsStretch(year, first, overNewYear ? year + 1 : year, last);
}

function partOfMonth(part: Part, year: number, month: number): Stretch {
  const [a, b] = monthPart(part, lastDayOfMonth(year, month));
  return daysStretch(dayOf(year, month, a) ?? 0, dayOf(year, month, b) ?? 0);
}

function calendarStretch(core: Core, set: Setting): Stretch | null {
  if (core.hijri) return hijriStretch(core, set);
  const year =
    core.year ??
    (core.yearShift !== null && set.reference !== null ? partsOf(set.reference).year + core.yearShift : null);
  if (core.month === null && core.monthShift !== null) return dayOfShiftedMonth(core, set);
  if (core.month === null && core.day !== null) return dayOfNearMonth(core, set);
  if (core.month === null && core.weekday !== null) return weekdayStretch(core, set);
  if (year === null && core.season !== null) return null;
  if (year !== null) return ofYear(core, year);
  if (core.month === null || set.reference === null) return null;
  return nearest(core, set, partsOf(set.reference).year, (y) => ofYear(core, y));
}

function ofYear(core: Core, year: number): Stretch | null {
  if (core.month === null) return withYearPart(core, year);
  if (core.day === null) return core.part ? partOfMonth(core.part, year, core.month) : monthStretch(year, core.month);
  const n = dayOf(year, core.month, core.day);
  if (n === undefined) return null;
  return core.into ? daysStretch(n - 1, n) : dayStretch(n);
}

/** Of the candidates by year, the one that the direction, the tense or nearness asks for. */
function nearest(core: Core, set: Setting, year: number, at: (year: number) => Stretch | null): Stretch | null {
  const reference = set.reference ?? 0;
  if (core.dir === 0) return at(year);
  if (core.dir === -1) return latestBy(at, year, reference);
  if (core.dir === 1) return earliestFrom(at, year, reference);
  if (set.bound === 'since') return latestBy(at, year, reference + (set.tense === 'future' ? NEAR_DAYS : FEW_DAYS));
  if (set.bound === 'until' || set.bound === 'from') {
    return latestBy(at, year, reference + (set.tense === 'past' ? FEW_DAYS : BOUND_NEAR_DAYS));
  }
  if (set.tense === 'future') return earliestFrom(at, year, reference - FEW_DAYS);
  return latestBy(at, year, reference + (set.tense === 'past' ? 1 : NEAR_DAYS));
}

/** The latest of three years' candidates that begins no later than the limit. */
function latestBy(at: (year: number) => Stretch | null, year: number, limit: number): Stretch | null {
  for (let y = year + 1; y >= year - 1; y--) {
    const stretch = at(y);
    if (stretch && stretch.first <= limit) return stretch;
  }
  return null;
}

/** The earliest of three years' candidates that ends no sooner than the limit. */
function earliestFrom(at: (year: number) => Stretch | null, year: number, limit: number): Stretch | null {
  for (let y = year - 1; y <= year + 1; y++) {
    const stretch = at(y);
    if (stretch && stretch.last >= limit) return stretch;
  }
  return null;
}

function dayOfShiftedMonth(core: Core, set: Setting): Stretch | null {
  if (set.reference === null || core.day === null) return null;
  const at = partsOf(set.reference);
  const month = shiftMonth(at.year, at.month, core.monthShift ?? 0);
  const n = dayOf(month.year, month.month, core.day);
  return n === undefined ? null : dayStretch(n);
}

/** "On the 27th": of the month of the reference, or of the one before when that still lies ahead. */
function dayOfNearMonth(core: Core, set: Setting): Stretch | null {
  if (set.reference === null || core.day === null) return null;
  const at = partsOf(set.reference);
  const back = core.day > at.day && set.tense !== 'future' ? -1 : core.day < at.day && set.tense === 'future' ? 1 : 0;
  const month = shiftMonth(at.year, at.month, back);
  const n = dayOf(month.year, month.month, core.day);
  return n === undefined ? null : dayStretch(n);
}

function weekdayStretch(core: Core, set: Setting): Stretch | null {
  if (set.reference === null || core.weekday === null) return null;
  const reference = set.reference;
  const ahead = (core.weekday - weekdayOf(reference) + 7) % 7;
  const back = (7 - ahead) % 7;
  const next = reference + (ahead === 0 ? 7 : ahead);
  const open = set.bound === 'until' || set.bound === 'from';
  let n = reference - back;
  if (core.dir === 1) n = next;
  else if (core.dir === -1) n = reference - (back === 0 ? 7 : back);
  else if (core.dir === 0) {
    const start = reference - ((weekdayOf(reference) - set.weekStart + 7) % 7);
    n = start + ((core.weekday - set.weekStart + 7) % 7);
  } else if (set.tense === 'future' && set.bound !== 'since') n = reference + ahead;
  else if (open && set.tense !== 'past') n = reference + ahead;
  return core.into ? daysStretch(n - 1, n) : dayStretch(n);
}

function hijriStretch(core: Core, set: Setting): Stretch | null {
  const month = core.month;
  const at = (year: number): Stretch | null => {
    if (month === null) {
      const first = dayOfHijri(year, 1, 1);
      const next = dayOfHijri(year + 1, 1, 1);
      return first === undefined || next === undefined ? null : daysStretch(first, next - 1);
    }
    if (core.day === null) {
      const length = hijriMonthLength(year, month);
      const first = dayOfHijri(year, month, 1);
      if (first === undefined) return null;
      const [a, b] = core.part ? monthPart(core.part, length) : [1, length];
      return daysStretch(first + a - 1, first + b - 1);
    }
    const n = dayOfHijri(year, month, core.day);
    return n === undefined ? null : dayStretch(n);
  };
  if (core.year !== null) return at(core.year);
  if (set.reference === null) return null;
  return nearest(core, set, hijriOf(set.reference).year, at);
}

export interface Resolved {
  readonly value: string | null;
  readonly mod: DateMention['mod'];
  readonly basis: DateMention['basis'];
  readonly grain: 'day' | 'wider' | 'none';
}

/** The value, modifier and basis of a phrase. */
export function resolvePhrase(phrase: Phrase, published: string | null, tense: Tense, weekStart: number): Resolved {
  const reference = published === null ? null : dayNumber(published);
  const set: Setting = { reference, tense, weekStart, bound: phrase.bound };
  const basis = basisOf(phrase);
  const mod = modOf(phrase);
  if (phrase.core.form === 'now') return { value: 'PRESENT_REF', mod: null, basis: 'relative', grain: 'none' };
  const stretch = phrase.upTo ? rangeOf(phrase.core, phrase.upTo, set) : stretchOf(phrase.core, set);
  if (!stretch) return { value: null, mod, basis, grain: 'none' };
  const grain = stretch.from === stretch.to && stretch.first === stretch.last ? 'day' : 'wider';
  if (phrase.bound === 'since' || phrase.bound === 'from')
    return { value: `${stretch.from}/..`, mod, basis, grain: 'wider' };
  if (phrase.bound === 'until') return { value: `../${stretch.to}`, mod, basis, grain: 'wider' };
  return { value: stretch.from === stretch.to ? stretch.from : `${stretch.from}/${stretch.to}`, mod, basis, grain };
}

function modOf(phrase: Phrase): DateMention['mod'] {
  if (phrase.bound === 'since' || phrase.bound === 'from') return 'since';
  if (phrase.bound === 'until') return 'until';
  if (phrase.bound === 'approx') return 'approx';
  const part = phrase.upTo ? null : phrase.core.part;
  return part === 'start' || part === 'mid' || part === 'end' ? part : null;
}

/** What the words needed to become a value. */
export function basisOf(phrase: Phrase): DateMention['basis'] {
  const core = phrase.upTo ?? phrase.core;
  if (core.year !== null) return 'absolute';
  if (core.form === 'calendar' && core.month !== null && core.dir === null && core.yearShift === null)
    return 'year-from-reference';
  return 'relative';
}

/** Both ends: the right one is settled first, the left one lies before it and takes from it what it lacks. */
function rangeOf(left: Core, right: Core, set: Setting): Stretch | null {
  const end = stretchOf(right, set);
  if (!end) return null;
  const at = partsOf(end.first);
  const dir = left.dir ?? right.dir;
  let start: Stretch | null;
  if (left.weekday !== null && left.day === null) {
    const back = (weekdayOf(end.first) - left.weekday + 7) % 7;
    start = dayStretch(end.first - (back === 0 ? 7 : back));
  } else if (left.form !== 'calendar') start = stretchOf(left, set);
  else if (left.hijri || right.hijri) {
    const hijri = hijriOf(end.first);
    start = stretchOf(
      { ...left, hijri: true, month: left.month ?? right.month, year: left.year ?? hijri.year, dir },
      set,
    );
  } else {
    const month = left.month ?? (left.day === null ? null : at.month);
    const year = left.year ?? (left.month !== null && left.month > at.month ? at.year - 1 : at.year);
    start = stretchOf({ ...left, month, year, yearShift: null, monthShift: null, dir }, set);
  }
  if (!start || start.first > end.last) return null;
  return { from: start.from, to: end.to, first: start.first, last: end.last };
}

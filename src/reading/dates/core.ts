/** One date with everything around it: time and part of the day before or behind, and parts of a month or year. */
import { numberAt, numberWordAt } from '../numbers/parse.ts';
import { NUMBER } from '../tokens.ts';
import { type Timed, timeAt } from './clock.ts';
import { type Anchor, type ParsedCore, skip, yearNumberAt } from './helpers.ts';
import { type ClockTime, type Core, type Daypart, EMPTY_CORE, type Part } from './model.ts';
import { dayMonthAt, monthAt, monthDayAt, relativeDayAt, weekdayAt } from './months.ts';
import { dayMonthFiguresAt, numericDateAt } from './numeric.ts';
import { countedPastAt, dayWordAt, decadeAt, directedAt, shiftAt, unitAt, yearAt } from './relative.ts';
import { type Cursor, hitAt } from './senses.ts';

interface Lead {
  readonly at: number;
  readonly time: ClockTime | null;
  readonly daypart: Daypart | null;
  readonly into: boolean;
  readonly night: boolean;
}

const MAX_LEAD_STEPS = 4;

/** Time and part of the day before a date: الساعة الثالثة من فجر, at 14:30 on, on the morning of, в ночь на. */
export function leadAt(c: Cursor, start: number): Lead {
  let at = start;
  let time: ClockTime | null = null;
  let daypart: Daypart | null = null;
  let into = false;
  let night = false;
  for (let step = 0; step < MAX_LEAD_STEPS; step++) {
    const leads = hitAt(c, at, 'nightinto', step === 0);
    if (leads) {
      into = true;
      night = true;
      daypart = 'night';
      at = skip(c, leads.to, 'the');
      continue;
    }
    const timed: Timed | undefined = time ? undefined : timeAt(c, at);
    if (timed) {
      time = timed.time;
      at = skip(c, afterComma(c, timed.to), 'of', 'in', 'the');
      continue;
    }
    const part = hitAt(c, at, 'daypart', step === 0);
    if (part) {
      daypart = part.value as Daypart;
      at = skip(c, part.to, 'of', 'in', 'the');
      continue;
    }
    const dark = hitAt(c, at, 'night', step === 0);
    if (dark) {
      night = true;
      daypart = 'night';
      at = skip(c, dark.to, 'of', 'in', 'the');
      continue;
    }
    const around = step > 0 || time === null ? undefined : hitAt(c, at, 'approx');
    if (!around) break;
    at = around.to;
  }
  return { at, time, daypart, into, night };
}

const afterComma = (c: Cursor, at: number): number =>
  c.tokens.norm[at] === ',' || c.tokens.norm[at] === '،' ? at + 1 : at;

/** The word يوم before a date. */
function afterDayWord(c: Cursor, at: number, head: boolean): number {
  const pair = hitAt(c, at, 'pairword', head);
  if (pair?.value === 'day') return pair.to;
  const day = hitAt(c, at, 'unit', head);
  return day?.value === 'day' && day.lang === 'ar' && !day.two ? day.to : at;
}

/** A date at a token, with what surrounds it. `head` allows proclitics on its first word. */
export function coreAt(c: Cursor, start: number, anchor: Anchor): ParsedCore | undefined {
  const lead = leadAt(c, start);
  const anchored = lead.at > start ? { ...anchor, anchored: true } : anchor;
  const skipped = skip(c, lead.at, 'skip');
  const at = afterDayWord(c, skipped, skipped === start);
  const parsed =
    (at === skipped ? undefined : bodyAt(c, at, { ...anchored, anchored: true }, false)) ??
    bodyAt(c, skipped, anchored, skipped === start) ??
    (lead.at > start ? dayWordAt(c, start) : undefined);
  if (!parsed) return undefined;
  const named = withWeekday(c, parsed, anchored);
  const tail = tailAt(c, named.to);
  const core: Core = {
    ...named.core,
    into: named.core.into || lead.into,
    time: lead.time ?? tail.time ?? named.core.time,
    daypart: lead.daypart ?? tail.daypart ?? named.core.daypart,
  };
  return { core, to: tail.to };
}

/** أمس الثلاثاء, yesterday, Tuesday, 17 May: one date said twice; a full date among the two wins. */
function withWeekday(c: Cursor, parsed: ParsedCore, anchor: Anchor): ParsedCore {
  if (parsed.core.form === 'calendar' && parsed.core.day !== null && parsed.core.weekday === null)
    return weekdayBehind(c, parsed);
  if (parsed.core.form !== 'relative' || parsed.core.unit !== 'day' || parsed.core.into) return parsed;
  const comma = c.tokens.norm[parsed.to] === ',' || c.tokens.norm[parsed.to] === '،' ? parsed.to + 1 : parsed.to;
  const joined = skip(c, comma, 'in');
  // A comma alone may begin something else: "сегодня, в среду" only with its preposition.
  if (joined > comma && comma === parsed.to) return parsed;
  const at = afterDayWord(c, joined, false);
  const again =
    weekdayAt(c, at, { ...anchor, anchored: true }) ?? (comma > parsed.to ? fullDateAt(c, joined) : dayMonthAt(c, at));
  if (!again || again.core.dir !== null) return parsed;
  return again.core.day !== null ? again : { core: parsed.core, to: again.to };
}

/** "20 мая, в пятницу": the weekday repeats the date and belongs to it. */
function weekdayBehind(c: Cursor, parsed: ParsedCore): ParsedCore {
  const comma = c.tokens.norm[parsed.to] === ',' || c.tokens.norm[parsed.to] === '،' ? parsed.to + 1 : parsed.to;
  if (comma === parsed.to) return parsed;
  const hit = hitAt(c, skip(c, comma, 'in'), 'weekday');
  const goesOn = hit && (c.hits[hit.to] !== undefined || c.tokens.kind[hit.to] === NUMBER);
  return hit && !hit.weak && !goesOn ? { core: { ...parsed.core, weekday: Number(hit.value) }, to: hit.to } : parsed;
}

const fullDateAt = (c: Cursor, at: number): ParsedCore | undefined => dayMonthAt(c, at) ?? monthDayAt(c, at);

/** Part of the day or time behind a date: yesterday evening, Friday at noon, в субботу утром. */
function tailAt(c: Cursor, start: number): { to: number; time: ClockTime | null; daypart: Daypart | null } {
  const none = { to: start, time: null, daypart: null };
  const joined = skip(c, start, 'in');
  const timed = joined > start ? timeAt(c, joined) : undefined;
  if (timed) return { to: timed.to, time: timed.time, daypart: null };
  const part = hitAt(c, joined, 'daypart') ?? (joined === start ? hitAt(c, start, 'night') : undefined);
  if (!part) return none;
  if (part.lang === 'en' && part.to - joined > 1) return none;
  // "вечера" and the like belong to a time; a daypart that another date follows is that date's.
  if (hitAt(c, part.to, 'weekday') || hitAt(c, part.to, 'rel')) return none;
  return { to: part.to, time: null, daypart: part.kind === 'night' ? 'night' : (part.value as Daypart) };
}

/** The alternatives by what stands at the token; the order within each is the order of preference. */
function bodyAt(c: Cursor, at: number, anchor: Anchor, head: boolean): ParsedCore | undefined {
  const list = c.hits[at];
  const figure = c.tokens.kind[at] === NUMBER;
  const number = figure || numberWordAt(c.tokens, at) !== undefined;
  if (!list && !number) return undefined;
  return (
    (list ? (dayWordAt(c, at) ?? weekdayAt(c, at, anchor, head)) : undefined) ??
    (number ? numberLedAt(c, at, anchor, head, figure) : undefined) ??
    (list ? wordLedAt(c, at, anchor, head) : undefined)
  );
}

function numberLedAt(c: Cursor, at: number, anchor: Anchor, head: boolean, figure: boolean): ParsedCore | undefined {
  return (
    (figure ? numericDateAt(c, at) : undefined) ??
    dayMonthAt(c, at, head) ??
    relativeDayAt(c, at, head) ??
    ordinalPartAt(c, at, head) ??
    shiftAt(c, at) ??
    countedPastAt(c, at) ??
    (figure ? (yearAt(c, at, anchor) ?? figuresAt(c, at, anchor)) : undefined)
  );
}

function wordLedAt(c: Cursor, at: number, anchor: Anchor, head: boolean): ParsedCore | undefined {
  return (
    monthDayAt(c, at) ??
    ordinalPartAt(c, at, head) ??
    partAt(c, at, head) ??
    shiftAt(c, at) ??
    countedPastAt(c, at) ??
    directedAt(c, at, anchor) ??
    seasonAt(c, at, head) ??
    monthAt(c, at, anchor, head) ??
    unitAt(c, at, anchor, head) ??
    quarterNameAt(c, at) ??
    decadeAt(c, at)
  );
}

/** 23.05 in Russian and 27/2 in Arabic, when a preposition or يوم stands before. */
function figuresAt(c: Cursor, at: number, anchor: Anchor): ParsedCore | undefined {
  const arabic = anchor.anchored ? dayMonthFiguresAt(c, at, '/') : undefined;
  if (arabic) return arabic;
  return anchor.preposition === '' && anchor.russian ? dayMonthFiguresAt(c, at, '.') : undefined;
}

/** بداية مايو, mid-April, в конце прошлого месяца. Of a single day it says nothing but the time of day. */
function partAt(c: Cursor, at: number, head: boolean): ParsedCore | undefined {
  const part = hitAt(c, at, 'part', head);
  if (!part) return undefined;
  const dash = c.tokens.norm[part.to] === '-' ? part.to + 1 : part.to;
  const from = skip(c, dash, 'of', 'in', 'the');
  const inside = { anchored: true, bareUnit: true, preposition: 'part', russian: false };
  const body =
    weekdayAt(c, from, inside) ??
    dayMonthAt(c, from) ??
    monthDayAt(c, from) ??
    dayWordAt(c, from) ??
    directedAt(c, from, inside) ??
    monthAt(c, from, inside) ??
    unitAt(c, from, inside) ??
    yearAt(c, from, inside);
  if (!body || body.core.form === 'rolling' || body.core.form === 'now' || body.core.form === 'vague') return undefined;
  const single = body.core.day !== null || body.core.weekday !== null || body.core.form === 'relative';
  if (single && part.lang === 'ar') return undefined;
  return single ? body : { core: { ...body.core, part: part.value as Part }, to: body.to };
}

const WEEKS: readonly Part[] = ['week1', 'week2', 'week3', 'week4'];

/** The word half, quarter or week. */
function partNounAt(c: Cursor, at: number, head: boolean): { kind: string; to: number; lang: string } | undefined {
  if (!c.hits[at]) return undefined;
  const half = hitAt(c, at, 'half', head) ?? hitAt(c, at, 'quarter', head);
  if (half) return half;
  const unit = hitAt(c, at, 'unit', head);
  return unit?.value === 'week' ? { kind: 'week', to: unit.to, lang: unit.lang } : undefined;
}

/** The first half of May, الأسبوع الأول من مايو, в первом квартале 2016. */
function ordinalPartAt(c: Cursor, start: number, head: boolean): ParsedCore | undefined {
  const at = skip(c, start, 'the');
  const leading = numberAt(c.tokens, at);
  const last = hitAt(c, at, 'dir') ?? hitAt(c, at, 'dirpast');
  const before = leading?.ordinal ? leading.to : last?.value === -1 ? last.to : undefined;
  const after = before === undefined ? undefined : partNounAt(c, before, false);
  const noun = after ?? partNounAt(c, at, head);
  if (!noun) return undefined;
  const ordinal = after ? leading : numberAt(c.tokens, noun.to);
  const lastBehind = after ? (leading?.ordinal ? undefined : last) : hitAt(c, noun.to, 'dir');
  const isLast = !ordinal?.ordinal && lastBehind?.value === -1 && noun.kind === 'week';
  if (!isLast && (!ordinal?.ordinal || ordinal.value > 4 || ordinal.lead > 0)) return undefined;
  const end = after ? noun.to : isLast ? (lastBehind?.to ?? noun.to) : (ordinal?.to ?? noun.to);
  const from = skip(c, end, 'of', 'the', 'in');
  if (isLast && from === end && noun.lang !== 'ru') return undefined;
  const inside = { anchored: true, bareUnit: true, preposition: 'part', russian: false };
  const body =
    monthAt(c, from, inside) ?? directedAt(c, from, inside) ?? unitAt(c, from, inside) ?? yearAt(c, from, inside);
  if (!body || body.core.day !== null || body.core.weekday !== null) return undefined;
  if (isLast) return body.core.month === null ? undefined : { core: { ...body.core, part: 'weekLast' }, to: body.to };
  if (!ordinal) return undefined;
  if (noun.kind === 'quarter') return { core: { ...body.core, quarter: ordinal.value }, to: body.to };
  const part: Part | undefined =
    noun.kind === 'half' ? (ordinal.value === 1 ? 'half1' : 'half2') : WEEKS[ordinal.value - 1];
  return part ? { core: { ...body.core, part }, to: body.to } : undefined;
}

/** Summer 2015, صيف 2015, летом прошлого года. */
function seasonAt(c: Cursor, at: number, head: boolean): ParsedCore | undefined {
  const season = hitAt(c, at, 'season', head);
  if (!season) return undefined;
  const from = skip(c, season.to, 'of');
  const word = hitAt(c, from, 'unit');
  const year = yearNumberAt(c, word?.value === 'year' ? word.to : from);
  if (year) return { core: { ...EMPTY_CORE, season: Number(season.value), year: year.year }, to: year.to };
  const inside = { anchored: false, bareUnit: false, preposition: '', russian: false };
  const shift = directedAt(c, from, inside) ?? unitAt(c, from, inside);
  if (shift?.core.form !== 'unit' || shift.core.unit !== 'year') return undefined;
  return { core: { ...EMPTY_CORE, season: Number(season.value), yearShift: shift.core.count }, to: shift.to };
}

/** Q1 2016. */
function quarterNameAt(c: Cursor, at: number): ParsedCore | undefined {
  const word = c.tokens.norm[at];
  const quarter = Number(c.tokens.norm[at + 1]);
  if (word !== 'q' || !(quarter >= 1 && quarter <= 4) || c.tokens.end[at] !== c.tokens.start[at + 1]) return undefined;
  const year = yearNumberAt(c, skip(c, at + 2, 'of'));
  return year ? { core: { ...EMPTY_CORE, quarter, year: year.year }, to: year.to } : undefined;
}

/** Calendar dates with a month or weekday by name, in every order the three languages use. */
import { NUMBER, PUNCT, WORD } from '../tokens.ts';
import { dayOf, weekdayOf } from './calendar.ts';
import { type Anchor, afterOrdinalEnding, dayNumberAt, type ParsedCore, skip, yearNumberAt } from './helpers.ts';
import { type Core, EMPTY_CORE } from './model.ts';
import { dayMonthFiguresAt, numericDateAt } from './numeric.ts';
import { type Cursor, type Hit, hitAt, isCapital } from './senses.ts';

type YearTail = Partial<Pick<Core, 'year' | 'yearShift' | 'dir' | 'hijri'>> & { readonly to: number };

/** A month name that may stand at a token: English ones need a capital. */
function monthHit(c: Cursor, at: number, head = false): Hit | undefined {
  const hit = hitAt(c, at, 'month', head);
  if (hit?.lang === 'en' && !isCapital(c, at)) return undefined;
  return hit;
}

const afterStop = (c: Cursor, hit: Hit): number =>
  hit.lang !== 'ar' &&
  c.tokens.norm[hit.to] === '.' &&
  (c.tokens.norm[hit.to - 1]?.length ?? 0) <= 4 &&
  isAbbreviation(c, hit.to)
    ? hit.to + 1
    : hit.to;

/** A full stop after a short month is part of it when the date goes on. */
const isAbbreviation = (c: Cursor, stop: number): boolean =>
  c.tokens.kind[stop + 1] === NUMBER || hitAt(c, stop + 1, 'of') !== undefined || c.tokens.norm[stop + 1] === ',';

/** The second name of a month: شباط/فبراير, فبراير (شباط). */
function afterSecondName(c: Cursor, month: Hit, at: number): number {
  const sign = c.tokens.norm[at];
  if (sign !== '/' && sign !== '(' && sign !== '-') return at;
  const other = hitAt(c, at + 1, 'month');
  if (!other || other.value !== month.value || other.lang !== month.lang) return at;
  if (sign !== '(') return other.to;
  return c.tokens.norm[other.to] === ')' ? other.to + 1 : at;
}

/** What follows a month: a year, `of last year`, or last and next. */
function yearTail(c: Cursor, at: number, hijri = false): YearTail {
  const comma = c.tokens.norm[at] === ',' || c.tokens.norm[at] === '،' ? at + 1 : at;
  const of = skip(c, comma, 'of', 'the');
  const word = hitAt(c, of, 'unit') ?? (hijri ? undefined : hitAt(c, of, 'unit', true));
  const marked = word?.value === 'year' && word.lang !== 'ru' ? skip(c, word.to, 'the') : undefined;
  const year = yearNumberAt(c, marked ?? comma);
  if (year && (hijri ? year.year < 1700 : year.hijri === false) && (year.year >= 1900 || hijri || year.hijri)) {
    return { year: year.year, to: year.to };
  }
  const ahead = yearRelation(c, of);
  if (ahead) return ahead;
  const dir = hitAt(c, at, 'dir');
  if (dir && dir.lang === 'ar') return { dir: dir.value as -1 | 0 | 1, to: dir.to };
  return { to: at };
}

/** last year, العام الماضي, прошлого года, сего года. */
function yearRelation(c: Cursor, at: number): YearTail | undefined {
  const before = hitAt(c, at, 'dir');
  if (before) {
    const unit = hitAt(c, before.to, 'unit');
    return unit?.value === 'year' ? { yearShift: before.value as number, to: yearEnd(c, unit) } : undefined;
  }
  const unit = hitAt(c, at, 'unit');
  const after = unit?.value === 'year' ? hitAt(c, unit.to, 'dir') : undefined;
  return after ? { yearShift: after.value as number, to: after.to } : undefined;
}

const yearEnd = (c: Cursor, unit: Hit): number =>
  c.tokens.norm[unit.to - 1] === 'г' && c.tokens.norm[unit.to] === '.' ? unit.to + 1 : unit.to;

const withTail = (core: Core, tail: YearTail): ParsedCore => ({
  core: {
    ...core,
    year: tail.year ?? null,
    yearShift: tail.yearShift ?? null,
    dir: tail.dir ?? core.dir,
  },
  to: tail.to,
});

/** Day then month: 27 February, 27-го февраля, السابع والعشرين من فبراير, 15 شعبان. */
export function dayMonthAt(c: Cursor, at: number, head = false): ParsedCore | undefined {
  const day = dayNumberAt(c, at, head);
  if (!day) return undefined;
  const of = skip(c, day.to, 'of', 'the');
  const month = monthHit(c, of) ?? (hitAt(c, of, 'unit')?.value === 'month' ? monthHit(c, of + 1) : undefined);
  if (month) {
    const core = { ...EMPTY_CORE, day: day.day, month: Number(month.value) };
    return withTail(core, yearTail(c, afterSecondName(c, month, afterStop(c, month))));
  }
  const hijri = hitAt(c, of, 'hijri');
  if (!hijri) return undefined;
  return withTail(
    { ...EMPTY_CORE, day: day.day, month: Number(hijri.value), hijri: true },
    yearTail(c, hijri.to, true),
  );
}

/** Month then day: February 27, May 20, 2016. */
export function monthDayAt(c: Cursor, at: number): ParsedCore | undefined {
  const month = monthHit(c, at);
  if (month?.lang !== 'en') return undefined;
  const day = dayNumberAt(c, skip(c, afterStop(c, month), 'the'));
  if (!day || c.tokens.norm[day.to] === ':') return undefined;
  const core = { ...EMPTY_CORE, day: day.day, month: Number(month.value) };
  return withTail(core, yearTail(c, day.to));
}

/** A month without a day: in May, مارس 2011, last August. Weak names need an anchor, a year or a direction. */
export function monthAt(c: Cursor, at: number, anchor: Anchor, head = false): ParsedCore | undefined {
  const word = hitAt(c, at, 'unit', head);
  const named = word?.value === 'month' ? skip(c, word.to, 'of') : at;
  const month = monthHit(c, named, head && named === at);
  const hijri = month ? undefined : hitAt(c, named, 'hijri', head && named === at);
  const name = month ?? hijri;
  if (!name) return undefined;
  const tail = yearTail(c, month ? afterSecondName(c, month, afterStop(c, month)) : name.to, hijri !== undefined);
  const told = tail.year !== undefined || tail.yearShift !== undefined || tail.dir !== undefined || named !== at;
  const certain = month !== undefined && month.lang === 'ar' && !month.weak;
  if (!told && !anchor.anchored && !certain) return undefined;
  return withTail(
    { ...EMPTY_CORE, month: Number(name.value), hijri: hijri !== undefined && (tail.year ?? 0) < 1700 },
    tail,
  );
}

/** A weekday, alone or with the date that it goes with; the date wins where they disagree. */
export function weekdayAt(c: Cursor, at: number, anchor: Anchor, head = false): ParsedCore | undefined {
  const hit = hitAt(c, at, 'weekday', head);
  if (!hit || (hit.lang === 'en' && !isCapital(c, at))) return undefined;
  const weekday = Number(hit.value);
  const dated = inOrderOf(dateAfterWeekday(c, hit.to), weekday, c);
  if (dated) return { core: { ...dated.core, weekday }, to: dated.to };
  if (hit.weak || (hit.lang === 'ru' && !anchor.anchored) || isPartOfName(c, at, hit)) return undefined;
  const dir = hitAt(c, hit.to, 'dir');
  const told = dir?.lang === 'ar' ? dir : undefined;
  return { core: { ...EMPTY_CORE, weekday, dir: told ? (told.value as -1 | 0 | 1) : null }, to: told?.to ?? hit.to };
}

/** "the Friday Mosque", "the Sunday Times". */
const isPartOfName = (c: Cursor, at: number, hit: Hit): boolean =>
  hit.lang === 'en' &&
  c.tokens.norm[at - 1] === 'the' &&
  c.tokens.kind[hit.to] === WORD &&
  isCapital(c, hit.to) &&
  !c.hits[hit.to];

/** "Sunday 03/06/2016": the weekday tells day and month apart when both orders exist. */
function inOrderOf(dated: ParsedCore | undefined, weekday: number, c: Cursor): ParsedCore | undefined {
  if (!dated || c.tokens.kind[dated.to - 1] !== NUMBER) return dated;
  const { year, month, day } = dated.core;
  if (year === null || month === null || day === null) return dated;
  const asRead = dayOf(year, month, day);
  const turned = dayOf(year, day, month);
  if (asRead === undefined || turned === undefined || weekdayOf(asRead) === weekday || weekdayOf(turned) !== weekday)
    return dated;
  const sign = c.tokens.norm[dated.to - 2] ?? '';
  return sign === '/' || sign === '-' || sign === '.'
    ? { ...dated, core: { ...dated.core, month: day, day: month } }
    : dated;
}

function dateAfterWeekday(c: Cursor, from: number): ParsedCore | undefined {
  let at = from;
  if (c.tokens.norm[at] === '.' && c.tokens.end[at - 1] === c.tokens.start[at]) at++;
  const comma =
    c.tokens.norm[at] === ',' || c.tokens.norm[at] === '،' || c.tokens.norm[at] === '-' || c.tokens.norm[at] === '–';
  if (comma) at++;
  const open = c.tokens.norm[at] === '(';
  if (open) at++;
  at = skip(c, at, 'in', 'the');
  const date =
    numericDateAt(c, at) ??
    dayMonthAt(c, at) ??
    monthDayAt(c, at) ??
    (comma ? undefined : (relativeDayAt(c, at) ?? dayMonthFiguresAt(c, at, '/')));
  if (!date || (date.core.day === null && !open)) return undefined;
  return { core: date.core, to: open && c.tokens.norm[date.to] === ')' ? date.to + 1 : date.to };
}

/** A day of this or last month: 15 الجاري, 27 من الشهر الماضي, the 15th of this month, 27 числа. */
export function relativeDayAt(c: Cursor, at: number, head = false): ParsedCore | undefined {
  const day = dayNumberAt(c, at, head);
  if (!day) return undefined;
  const bare = hitAt(c, day.to, 'dir');
  if (bare?.lang === 'ar' && c.tokens.kind[at] === NUMBER && !hitAt(c, bare.to, 'unit')) {
    return { core: { ...EMPTY_CORE, day: day.day, monthShift: Number(bare.value) }, to: bare.to };
  }
  const number = hitAt(c, day.to, 'number');
  const of = skip(c, number?.to ?? day.to, 'of', 'the');
  const shift = monthRelation(c, of);
  if (shift) return { core: { ...EMPTY_CORE, day: day.day, monthShift: shift.count }, to: shift.to };
  if (number) return { core: { ...EMPTY_CORE, day: day.day }, to: number.to };
  const article = hitAt(c, at - 1, 'the')?.lang === 'en' || c.tokens.norm[at - 1] === 'the';
  const alone = day.ordinal && article && c.tokens.kind[at] === NUMBER && c.tokens.kind[day.to] === PUNCT;
  const hour = hitAt(c, at - 1, 'daypart')?.lang === 'ru' && c.tokens.kind[at] === NUMBER && day.ordinal;
  return alone || hour ? { core: { ...EMPTY_CORE, day: day.day }, to: afterOrdinalEnding(c, at + 1) } : undefined;
}

/** this month, الشهر الجاري, прошлого месяца. */
function monthRelation(c: Cursor, at: number): { count: number; to: number } | undefined {
  const before = hitAt(c, at, 'dir');
  const unit = hitAt(c, before?.to ?? at, 'unit');
  if (unit?.value !== 'month') return undefined;
  if (before) return { count: Number(before.value), to: unit.to };
  const after = hitAt(c, unit.to, 'dir');
  return after ? { count: Number(after.value), to: after.to } : undefined;
}

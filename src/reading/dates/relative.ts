/** Dates told by units and from the day of publication: last week, قبل يومين, за последние сутки, the start of the year. */
import { numberAt } from '../numbers/parse.ts';
import { NUMBER } from '../tokens.ts';
import { type Anchor, afterOrdinalEnding, nothingCounted, type ParsedCore, skip, yearNumberAt } from './helpers.ts';
import { type Core, EMPTY_CORE, type Part, type Unit } from './model.ts';
import { dayMonthAt, monthDayAt } from './months.ts';
import { type Cursor, type Hit, hitAt } from './senses.ts';

const MAX_COUNT = 2000;

const relative = (unit: Unit, count: number): Core => ({ ...EMPTY_CORE, form: 'relative', unit, count });
const rolling = (unit: Unit, count: number): Core => ({ ...EMPTY_CORE, form: 'rolling', unit, count });
export const unitCore = (unit: Unit, count: number, part: Part | null = null): Core => ({
  ...EMPTY_CORE,
  form: 'unit',
  unit,
  count,
  part,
});

/** today, أمس الأول, позавчера, now, in recent days. */
export function dayWordAt(c: Cursor, at: number): ParsedCore | undefined {
  const kinds = ['now', 'vague', 'rel', 'relnight', 'rolling'];
  let hit: Hit | undefined;
  for (const kind of kinds) {
    const found = hitAt(c, at, kind, true);
    if (found && found.to > (hit?.to ?? 0)) hit = found;
  }
  if (!hit || (hit.kind === 'rel' && hit.value === 0 && hit.lang === 'ar' && countsDays(c, hit.to))) return undefined;
  const { to } = hit;
  switch (hit.kind) {
    case 'now':
      return { core: { ...EMPTY_CORE, form: 'now' }, to };
    case 'vague':
      return { core: { ...EMPTY_CORE, form: 'vague' }, to };
    case 'rolling':
      return { core: rolling(hit.value as Unit, 1), to };
    case 'relnight': {
      // "overnight" and минувшей ночью cover two days; ليلة names the day on which it began.
      const into = hit.lang !== 'ar';
      return { core: { ...relative('day', into ? 0 : Number(hit.value)), into, daypart: 'night' }, to };
    }
    default:
      return { core: relative('day', Number(hit.value)), to };
  }
}

/** لليوم الثاني على التوالي, اليوم الأول للهدنة: a day counted from a beginning, not today. */
function countsDays(c: Cursor, at: number): boolean {
  const number = numberAt(c.tokens, at);
  return number?.ordinal === true && number.value < 100 && !hitAt(c, number.to, 'of');
}

interface Counted {
  readonly count: number;
  readonly unit: Hit;
  readonly to: number;
  /** No number stands there: "a week". */
  readonly bare: boolean;
}

/** A number of units: ثلاثة أيام, يومين, two weeks, a week, неделю. */
export function countedAt(c: Cursor, at: number): Counted | undefined {
  const start = skip(c, at, 'the');
  const number = numberAt(c.tokens, start);
  if (number && number.lead === 0 && !number.ordinal) {
    const unit = hitAt(c, number.to, 'unit');
    if (!unit || number.value > MAX_COUNT || !Number.isInteger(number.value)) return undefined;
    return { count: number.value, unit, to: unit.to, bare: false };
  }
  const unit = hitAt(c, start, 'unit', start === at);
  return unit ? { count: unit.two ? 2 : 1, unit, to: unit.to, bare: !unit.two } : undefined;
}

/** قبل يومين, three days ago, через неделю, بعد أسبوع. */
export function shiftAt(c: Cursor, at: number): ParsedCore | undefined {
  const before = hitAt(c, at, 'before', true);
  const after = before ? undefined : hitAt(c, at, 'after', true);
  if (before || after) {
    const counted = countedAt(c, (before ?? after)?.to ?? at);
    if (
      !counted ||
      countsFromAnother(c, counted.to) ||
      (counted.bare && counted.unit.definite && counted.unit.lang === 'ar')
    )
      return undefined;
    // بعد ساعات, بعد أيام: after some, nobody says how many.
    if (
      after &&
      counted.bare &&
      counted.unit.lang === 'ar' &&
      /^(ساعات|ايام|اسابيع|اشهر|شهور|سنوات|اعوام|سنين)$/.test(c.tokens.norm[counted.to - 1] ?? '')
    )
      return undefined;
    // قبل يوم أمس, قبل يوم الجمعة: the word is no count.
    if (
      counted.bare &&
      (hitAt(c, counted.to, 'weekday') || hitAt(c, counted.to, 'rel') || c.tokens.kind[counted.to] === NUMBER)
    )
      return undefined;
    return { core: relative(counted.unit.value as Unit, before ? -counted.count : counted.count), to: counted.to };
  }
  const counted = countedAt(c, at);
  const ago = counted && hitAt(c, counted.to, 'ago');
  return ago ? { core: relative(counted.unit.value as Unit, -counted.count), to: ago.to } : undefined;
}

/** "after two days of", بعد خمسة أشهر على, через два дня после: counted from something else than the day of publication. */
function countsFromAnother(c: Cursor, at: number): boolean {
  const word = c.tokens.norm[at] ?? '';
  return OTHER_START.has(word) || hitAt(c, at, 'of') !== undefined;
}

const OTHER_START = new Set(['علي', 'من', 'عن', 'ونصف', 'على', 'после', 'от', 'с', 'of', 'after', 'before', 'from']);

/** "in two days", "in three days' time": counts from the reference when nothing says otherwise. */
export function inUnitsAt(c: Cursor, at: number): ParsedCore | undefined {
  const counted = countedAt(c, at);
  if (counted?.unit.lang !== 'en' || countsFromAnother(c, counted.to)) return undefined;
  const quote = c.tokens.norm[counted.to];
  const time = quote === "'" || quote === '’' ? hitAt(c, counted.to + 1, 'time') : undefined;
  return { core: relative(counted.unit.value as Unit, counted.count), to: time?.to ?? counted.to };
}

/** Last week, this month, the past three days, последние двое суток. */
export function directedAt(c: Cursor, at: number, anchor: Anchor): ParsedCore | undefined {
  const start = skip(c, at, 'the');
  const past = hitAt(c, start, 'dirpast', true);
  const dir = past ?? hitAt(c, start, 'dir', true);
  if (!dir || (dir.lang === 'ar' && dir.value !== 0)) return undefined;
  const counted = countedAt(c, dir.to);
  if (counted) {
    const unit = counted.unit.value as Unit;
    // "the last week of August" is a part, "the last days of the siege" no date.
    if (hitAt(c, counted.to, 'of') && counted.unit.lang === 'en') return undefined;
    if (dir.value === -1 && (!counted.bare || unit === 'day' || unit === 'hour'))
      return { core: rolling(unit, counted.count), to: counted.to };
    if (past && (past.lang === 'en' || /^(за|в течение|весь|всю|за весь|за всю)$/.test(anchor.preposition))) {
      return { core: rolling(unit, 1), to: counted.to };
    }
    if (!counted.bare || unit === 'hour' || unit === 'day') return undefined;
    return { core: unitCore(unit, Number(dir.value)), to: counted.to };
  }
  const weekday = hitAt(c, dir.to, 'weekday');
  const month = weekday ? undefined : hitAt(c, dir.to, 'month');
  const named = weekday ?? month;
  if (!named || named.lang === 'ar') return undefined;
  const told = { ...EMPTY_CORE, dir: dir.value as -1 | 0 | 1 };
  if (!weekday) return { core: { ...told, month: Number(named.value) }, to: named.to };
  // "last Saturday, 21 May"
  const comma = c.tokens.norm[weekday.to] === ',' ? weekday.to + 1 : weekday.to;
  const dated = dayMonthAt(c, comma) ?? monthDayAt(c, comma);
  if (dated) return { core: { ...dated.core, weekday: Number(weekday.value) }, to: dated.to };
  return { core: { ...told, weekday: Number(weekday.value) }, to: weekday.to };
}

/** الأسبوع الماضي, الأيام الثلاثة الماضية, عام 2013, and a bare unit where the words before allow it. */
export function unitAt(c: Cursor, at: number, anchor: Anchor, head = false): ParsedCore | undefined {
  const unit = hitAt(c, at, 'unit', head);
  if (!unit) return undefined;
  const kind = unit.value as Unit;
  const year = kind === 'year' && unit.lang !== 'ru' ? yearNumberAt(c, skip(c, unit.to, 'the')) : undefined;
  if (year && (year.year >= 1700 || year.hijri)) {
    return { core: { ...EMPTY_CORE, year: year.year, hijri: year.hijri }, to: year.to };
  }
  const inner = skip(c, unit.to, 'the');
  const number = numberAt(c.tokens, inner);
  const dir = hitAt(c, number && number.lead === 0 ? number.to : unit.to, 'dir');
  if (dir?.lang === 'ar' && unit.lang === 'ar') {
    const count = number && dir.to > number.to ? number.value : unit.two ? 2 : 1;
    if (count > MAX_COUNT) return undefined;
    if (count > 1 || unit.two || kind === 'hour')
      return dir.value === -1 ? { core: rolling(kind, count), to: dir.to } : undefined;
    if (kind === 'day') return undefined;
    return { core: unitCore(kind, Number(dir.value)), to: dir.to };
  }
  if (anchor.bareUnit && unit.definite && kind !== 'day' && kind !== 'hour')
    return { core: unitCore(kind, 0), to: unit.to };
  if (anchor.bareUnit && unit.lang === 'en' && c.tokens.norm[at - 1] === 'the' && kind !== 'day' && kind !== 'hour') {
    return { core: unitCore(kind, 0), to: unit.to };
  }
  if (kind === 'weekend') return anchor.anchored ? { core: unitCore('weekend', 0), to: unit.to } : undefined;
  return undefined;
}

/** The number before: الـ 24 ساعة الماضية. */
export function countedPastAt(c: Cursor, at: number): ParsedCore | undefined {
  const counted = countedAt(c, at);
  if (counted?.unit.lang !== 'ar' || counted.unit.definite) return undefined;
  const dir = hitAt(c, counted.to, 'dir');
  if (dir?.value !== -1 || counted.bare) return undefined;
  return { core: rolling(counted.unit.value as Unit, counted.count), to: dir.to };
}

/** A year by itself: in 2013, 2013 году, 1990s, 1990-х годах, 2012–2014. */
export function yearAt(c: Cursor, at: number, anchor: Anchor): ParsedCore | undefined {
  const year = yearNumberAt(c, at);
  if (!year || year.year < 1700) return undefined;
  if (c.tokens.norm[at + 1] === 's' && c.tokens.end[at] === c.tokens.start[at + 1] && year.year % 10 === 0) {
    return { core: { ...EMPTY_CORE, year: year.year, yearEnd: year.year + 9 }, to: at + 2 };
  }
  const decade =
    afterOrdinalEnding(c, at + 1) > at + 1 &&
    year.year % 10 === 0 &&
    c.tokens.norm[afterOrdinalEnding(c, at + 1) - 1] === 'х';
  if (decade) return { core: { ...EMPTY_CORE, year: year.year, yearEnd: year.year + 9 }, to: year.to };
  if (!anchor.anchored && !year.marked) return undefined;
  if (anchor.preposition === 'approx' && !year.marked && !nothingCounted(c, year.to)) return undefined;
  return { core: { ...EMPTY_CORE, year: year.year }, to: year.to };
}

/** Decades in words. */
export function decadeAt(c: Cursor, at: number): ParsedCore | undefined {
  const decade = hitAt(c, at, 'decade', true);
  return (
    decade && { core: { ...EMPTY_CORE, year: Number(decade.value), yearEnd: Number(decade.value) + 9 }, to: decade.to }
  );
}

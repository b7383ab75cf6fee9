/** A whole date phrase: what binds a date (since, until, about) and what joins two (from … to, 5–10 May, 3 and 4 May). */
import { CYRILLIC } from '../language.ts';
import { coreAt, leadAt } from './core.ts';
import { type Anchor, dayNumberAt, type ParsedCore, skip, yearNumberAt } from './helpers.ts';
import { type Core, EMPTY_CORE, type Phrase } from './model.ts';
import { countedAt, inUnitsAt } from './relative.ts';
import { type Cursor, type Hit, hitAt } from './senses.ts';
import { tenseAround } from './tense.ts';

type Bound = Phrase['bound'];
interface Bounded {
  readonly core: Core;
  readonly upTo: Core | null;
  readonly bound: Bound;
  readonly to: number;
}

const DASHES = new Set(['-', '–', '—', '‑', '−']);

/** The date phrase that begins at a token, if one does. */
export function phraseAt(c: Cursor, start: number): Phrase | undefined {
  const first = c.hits[start]?.[0];
  const preposition = hitAt(c, start, 'nightinto', true) ? undefined : hitAt(c, start, 'in', true);
  const bounded = preposition
    ? (afterPreposition(c, start, preposition) ?? boundedAt(c, start, plainAnchor(c, start)))
    : boundedAt(c, start, plainAnchor(c, start));
  if (!bounded) return undefined;
  return { ...bounded, from: start, lead: first?.clitic.length ?? 0 };
}

const plainAnchor = (c: Cursor, at: number): Anchor => ({
  anchored: false,
  bareUnit: false,
  preposition: '',
  russian: c.tokens.script[at - 1] === CYRILLIC,
});

function afterPreposition(c: Cursor, start: number, preposition: Hit): Bounded | undefined {
  let at = preposition.to;
  const second = hitAt(c, at, 'in');
  if (second) at = second.to;
  const word = c.tokens.norm.slice(start, preposition.to).join(' ');
  const anchor: Anchor = { anchored: true, bareUnit: false, preposition: word, russian: false };
  at = skip(c, at, 'the');
  // "in the night from … to …", "в ночь с … на …", خلال الفترة من … إلى …
  const lead = leadAt(c, at);
  const opener =
    hitAt(c, lead.at, 'since') ?? hitAt(c, lead.at, 'of') ?? hitAt(c, lead.at, 'between') ?? hitAt(c, lead.at, 'from');
  const inner = opener && lead.at > start ? boundedAt(c, lead.at, anchor) : undefined;
  if (inner && (lead.at === at || inner.bound === 'range')) return inner;
  // سجل سبعة خروقات خلال 24 ساعة: the hours just past.
  const hours = /^(خلال|في خلال|في غضون)$/.test(word) ? countedAt(c, at) : undefined;
  if (
    hours &&
    !hours.bare &&
    hours.unit.value === 'hour' &&
    !hitAt(c, hours.to, 'dir') &&
    !hitAt(c, hours.to, 'of') &&
    tenseAround(c.tokens, start, hours.to) !== 'future'
  )
    return {
      core: { ...EMPTY_CORE, form: 'rolling', unit: 'hour', count: hours.count },
      upTo: null,
      bound: 'plain',
      to: hours.to,
    };
  const plain = boundedAt(c, at, anchor);
  if (plain) return plain;
  const ahead = word === 'in' && mayLieAhead(c, start) ? inUnitsAt(c, preposition.to) : undefined;
  return ahead && { core: ahead.core, upTo: null, bound: 'plain', to: ahead.to };
}

/** "They return in two days", but not "killed in two days" or "the first time in four years". */
function mayLieAhead(c: Cursor, at: number): boolean {
  const before = c.tokens.norm[at - 1] ?? '';
  return before !== 'time' && before !== 'once' && before !== 'twice' && tenseAround(c.tokens, at, at + 3) !== 'past';
}

const longer = (a: Hit | undefined, b: Hit | undefined): Hit | undefined => (a && (!b || a.to >= b.to) ? a : b);

function boundedAt(c: Cursor, at: number, anchor: Anchor): Bounded | undefined {
  if (c.hits[at] === undefined) return plainAt(c, at, anchor);
  const between = hitAt(c, at, 'between', true);
  if (between) return rangeFrom(c, skip(c, between.to, 'the'), 'and');
  const opener = longer(longer(hitAt(c, at, 'since', true), hitAt(c, at, 'from', true)), hitAt(c, at, 'of', true));
  if (opener) {
    const opened = openedAt(c, opener);
    if (opened) return opened;
  }
  const until = hitAt(c, at, 'until', true);
  if (until) {
    const core = coreAt(c, skip(c, until.to, 'the'), {
      anchored: true,
      bareUnit: true,
      preposition: 'until',
      russian: false,
    });
    if (core && core.core.form !== 'now') return { core: core.core, upTo: null, bound: 'until', to: core.to };
  }
  // قبل نهاية الشهر, before the end of May: the end of it is the latest.
  const before = hitAt(c, at, 'before', true);
  if (before) {
    const core = coreAt(c, skip(c, before.to, 'the'), {
      anchored: true,
      bareUnit: false,
      preposition: 'before',
      russian: false,
    });
    if (
      core?.core.part === 'end' &&
      (core.core.month !== null || core.core.unit !== null || core.core.monthShift !== null)
    )
      return { core: core.core, upTo: null, bound: 'until', to: core.to };
  }
  const approx = hitAt(c, at, 'approx', true);
  if (approx) {
    const core = coreAt(c, skip(c, approx.to, 'the', 'in'), {
      anchored: true,
      bareUnit: false,
      preposition: 'approx',
      russian: false,
    });
    if (core && isCalendar(core.core)) {
      return { core: core.core, upTo: null, bound: core.core.time ? 'plain' : 'approx', to: core.to };
    }
  }
  return plainAt(c, at, anchor);
}

const isCalendar = (core: Core): boolean => core.form === 'calendar';
const isSingleDay = (core: Core): boolean =>
  core.part === null &&
  (core.day !== null || core.weekday !== null || (core.form === 'relative' && core.unit === 'day'));

/** From a date on, or from one to another: منذ 27 فبراير, from 5 to 10 May, с марта 2011 года, من الاثنين إلى الأربعاء. */
function openedAt(c: Cursor, opener: Hit): Bounded | undefined {
  const start = skip(c, opener.to, 'the');
  const range = rangeFrom(c, start, 'to');
  if (range) return range;
  const since = opener.kind === 'since' || opener.value === 'since';
  const bound: Bound = opener.kind === 'since' ? 'since' : 'from';
  const anchor: Anchor = { anchored: true, bareUnit: true, preposition: opener.kind, russian: false };
  if (opener.kind === 'of' && opener.lang !== 'ar') return undefined;
  const core = coreAt(c, start, anchor);
  if (core) {
    if (opener.kind === 'of' && !isSingleDay(core.core)) return undefined;
    if (core.core.form === 'now' || (core.core.form === 'rolling' && since)) return undefined;
    // منذ منتصف ليل الاثنين الثلاثاء: from the second day on.
    const next =
      core.core.daypart === 'midnight' && core.core.weekday !== null ? hitAt(c, core.to, 'weekday') : undefined;
    if (next) return { core: { ...core.core, weekday: Number(next.value) }, upTo: null, bound, to: next.to };
    return { core: core.core, upTo: null, bound, to: afterOnwards(c, core.to) };
  }
  if (opener.kind !== 'since' || opener.lang !== 'ar') return undefined;
  // منذ ثلاثة أيام, منذ أسبوع: counted back from now.
  const counted = countedAt(c, start);
  if (!counted || (counted.bare && counted.unit.definite)) return undefined;
  const shift: Core = {
    ...EMPTY_CORE,
    form: 'relative',
    unit: counted.unit.value as Core['unit'],
    count: -counted.count,
  };
  return { core: shift, upTo: null, bound: 'since', to: counted.to };
}

const afterOnwards = (c: Cursor, at: number): number => {
  const on = hitAt(c, at, 'onwards');
  return on && on.to - at === 1 && c.tokens.norm[at] !== 'on' ? on.to : at;
};

/** Two ends with `to` or `and` between them; the left one may lack what the right one says. */
function rangeFrom(c: Cursor, start: number, joiner: 'to' | 'and'): Bounded | undefined {
  const anchor: Anchor = { anchored: true, bareUnit: false, preposition: 'range', russian: false };
  const whole = coreAt(c, start, anchor);
  if (whole && whole.core.form !== 'now' && whole.core.form !== 'vague') {
    const next = joinAt(c, whole.to, joiner);
    if (next !== undefined) {
      const right = rightEnd(c, next, whole.core, anchor);
      if (right) return ranged(whole.core, right);
    }
  }
  const day = dayNumberAt(c, start);
  const next = day && joinAt(c, day.to, joiner);
  if (day && next !== undefined) {
    const right = coreAt(c, skip(c, next, 'the'), anchor);
    if (right?.core.day != null) return ranged({ ...EMPTY_CORE, day: day.day }, right);
  }
  const pair = hitAt(c, start, 'pairword');
  const year = yearNumberAt(c, pair?.value === 'year' ? pair.to : start);
  const after = year && joinAt(c, year.to, joiner);
  const last = after === undefined ? undefined : yearNumberAt(c, skip(c, after, 'pairword'));
  if (year && last)
    return ranged({ ...EMPTY_CORE, year: year.year }, { core: { ...EMPTY_CORE, year: last.year }, to: last.to });
  return undefined;
}

const ranged = (left: Core, right: ParsedCore): Bounded => ({
  core: left,
  upTo: right.core,
  bound: 'range',
  to: right.to,
});

/** The right end: a date, or a bare day of the left one's month (May 5 to 10). */
function rightEnd(c: Cursor, at: number, left: Core, anchor: Anchor): ParsedCore | undefined {
  const start = skip(c, at, 'the', 'of', 'in');
  const core = coreAt(c, start, anchor);
  if (core && core.core.form !== 'now' && core.core.form !== 'vague' && sameKind(left, core.core)) return core;
  if (left.day === null || left.month === null) return undefined;
  const day = dayNumberAt(c, start, true);
  if (!day || day.day <= left.day) return undefined;
  const comma = c.tokens.norm[day.to] === ',' ? day.to + 1 : day.to;
  const year = left.year === null ? yearNumberAt(c, comma) : undefined;
  return { core: { ...left, day: day.day, year: year?.year ?? left.year }, to: year?.to ?? day.to };
}

const sameKind = (a: Core, b: Core): boolean =>
  (a.day !== null) === (b.day !== null) ||
  (a.weekday !== null && b.weekday !== null) ||
  a.form !== 'calendar' ||
  b.form !== 'calendar';

/** Where the second end begins after `to`, `and` or a dash. */
function joinAt(c: Cursor, at: number, joiner: 'to' | 'and'): number | undefined {
  if (joiner === 'and') return andAt(c, at);
  if (DASHES.has(c.tokens.norm[at] ?? '')) return at + 1;
  const to = hitAt(c, at, 'to') ?? hitAt(c, at, 'until');
  return to?.to;
}

function andAt(c: Cursor, at: number): number | undefined {
  const and = hitAt(c, at, 'and');
  if (and) return and.to;
  if (c.tokens.norm[at] === 'و') return at + 1;
  if (c.hits[at]?.some((hit) => hit.clitic.startsWith('و'))) return at;
  // و on a spelt number: وعشرين, والخامس
  return dayNumberAt(c, at, true) && dayNumberAt(c, at) === undefined && (c.tokens.norm[at] ?? '').startsWith('و')
    ? at
    : undefined;
}

/** A date without a bound, perhaps joined to a second one by a dash, a slash or "and". */
function plainAt(c: Cursor, at: number, anchor: Anchor): Bounded | undefined {
  const pair = hitAt(c, at, 'pairword', true);
  const start = pair ? pair.to : at;
  const inside = pair ? { ...anchor, anchored: true } : anchor;
  const bare = pairOfDays(c, start, inside, pair !== undefined);
  if (bare) return bare;
  const left = coreAt(c, at, anchor) ?? (pair ? (yearPair(c, pair) ?? coreAt(c, start, inside)) : undefined);
  if (!left) return undefined;
  const whole: Bounded = { core: left.core, upTo: null, bound: 'plain', to: left.to };
  return joinedTo(c, left, inside, pair !== undefined) ?? whole;
}

const yearPair = (c: Cursor, pair: Hit): ParsedCore | undefined => {
  const year = pair.value === 'year' ? yearNumberAt(c, pair.to) : undefined;
  return year && { core: { ...EMPTY_CORE, year: year.year }, to: year.to };
};

/** 5–10 мая, 3 و4 أيار: bare day first, the month behind. */
function pairOfDays(c: Cursor, at: number, anchor: Anchor, paired: boolean): Bounded | undefined {
  const lead = leadAt(c, at);
  const day = dayNumberAt(c, lead.at);
  if (!day) return undefined;
  const dash = DASHES.has(c.tokens.norm[day.to] ?? '');
  const next = dash ? day.to + 1 : andAt(c, day.to);
  if (next === undefined) return undefined;
  const right = coreAt(c, next, { ...anchor, anchored: true });
  const core = right?.core;
  if (!right || core?.day == null || core.month === null || core.day <= day.day) return undefined;
  if (!dash && !paired && core.day !== day.day + 1) return undefined;
  return { ...ranged({ ...EMPTY_CORE, day: day.day, daypart: lead.daypart }, right), bound: 'range' };
}

function joinedTo(c: Cursor, left: ParsedCore, anchor: Anchor, paired: boolean): Bounded | undefined {
  const sign = c.tokens.norm[left.to] ?? '';
  const core = left.core;
  const wide: Anchor = { ...anchor, anchored: true };
  if (DASHES.has(sign) || (sign === '/' && core.weekday !== null)) {
    // "July 9, 2017 - On July 8, …": a dateline ends, no stretch goes on.
    if (c.tokens.norm[left.to + 1] === 'on') return undefined;
    const right = rightEnd(c, left.to + 1, core, wide);
    if (
      right &&
      joins(core, right.core) &&
      !(core.weekday !== null && core.day === null && right.core.weekday === null)
    ) {
      return ranged(core, right);
    }
    return undefined;
  }
  if (
    core.weekday !== null &&
    core.day === null &&
    (core.daypart === 'night' || core.daypart === 'midnight') &&
    core.dir === null
  ) {
    // ليل الاثنين الثلاثاء, ليلة السبت إلى الأحد
    const next = hitAt(c, left.to, 'weekday') ?? hitAt(c, hitAt(c, left.to, 'to')?.to ?? c.tokens.count, 'weekday');
    if (next) return ranged(core, { core: { ...EMPTY_CORE, weekday: Number(next.value) }, to: next.to });
  }
  const next = andAt(c, left.to);
  if (next === undefined) return undefined;
  const right = rightEnd(c, next, core, wide);
  if (!right || right.core.dir === 1 || !joins(core, right.core)) return undefined;
  if (paired) return { ...ranged(core, right), bound: 'pair' };
  return follows(core, right.core) ? { ...ranged(core, right), bound: 'pair' } : undefined;
}

const joins = (a: Core, b: Core): boolean =>
  a.form === 'calendar' &&
  b.form === 'calendar' &&
  ((a.day !== null && b.day !== null) ||
    (a.weekday !== null && b.weekday !== null) ||
    (a.day === null && b.day === null && a.month !== null && b.month !== null) ||
    (a.month === null && b.month === null && a.year !== null && b.year !== null && b.year > a.year));

/** Two dates side by side are one stretch of time. */
function follows(a: Core, b: Core): boolean {
  if (a.weekday !== null && b.weekday !== null && a.day === null) return (a.weekday + 1) % 7 === b.weekday;
  if (a.day !== null && b.day !== null) return b.day === a.day + 1 && (a.month === b.month || a.month === null);
  return a.month !== null && b.month === a.month + 1;
}

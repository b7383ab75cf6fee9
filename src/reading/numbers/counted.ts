/**
 * One count: a number or a noun that counts itself, what stands right behind it (قتيلا, civilians, мирных жителей), its
 * comparator and its range. What the count is of, when no such noun says it, is settled by governing.ts.
 */
import { languageAt, type ReaderContext } from '../context.ts';
import type { Comparator } from '../model.ts';
import { normalise } from '../normalise.ts';
import { NUMBER, PUNCT, WORD } from '../tokens.ts';
import { type CountingMarks, meaningOf } from './marks.ts';
import { GROUPS, type Group } from './model.ts';
import { numberAt, numberWordAt } from './parse.ts';

export interface Counted {
  /** First token of the whole (comparator included) and the token after the last. */
  from: number;
  to: number;
  /** First token of the number itself. */
  number: number;
  /** Folded letters of the first token that stay outside. */
  lead: number;
  value: number;
  upper: number | null;
  comparator: Comparator;
  unit: string | null;
  group: Group;
  /** A noun for people stands behind the number. */
  people: boolean;
  partOf: boolean;
  implicit: boolean;
  /** Token after the number and its noun, before a comparator that follows. */
  nounEnd: number;
}

const fold = (list: string): Set<string> => new Set(list.split(/\s+/).map((word) => normalise(word)));
/** Words that end the search for the counted noun. */
const STOPS = fold(
  'في على إلى عن مع بعد قبل خلال منذ حتى بين عند لدى جراء إثر نتيجة in on at by from with after before during as when while near since to was were is are has have had who which that and or but в на с из от при после и или во со до под к у за для по были был была стали',
);
const OF = fold('من of из');
const RANGE_OPENERS = fold('بين من between from от');
const RANGE_JOINERS = fold('إلى او to or до или');
const DASHES = new Set(['-', '–', '—', '‑']);
const MAX_BEHIND = 4;
const MAX_UNKNOWN = 2;
const MAX_COUNT = 1e9;

/** The count whose number begins at a token; undefined for a number that counts something else, or nothing. */
export function countedAt(ctx: ReaderContext, marks: CountingMarks, at: number): Counted | undefined {
  const { tokens } = ctx;
  const number = numberAt(tokens, at);
  if (
    !number ||
    (number.ordinal && !isDefiniteTen(marks, at, number.value)) ||
    number.value > MAX_COUNT ||
    isAdjective(ctx, marks, at, number.value) ||
    isPartOfName(ctx, at, number.to)
  )
    return undefined;
  // "20+ martyred"
  const plus = tokens.norm[number.to] === '+' && tokens.end[number.to - 1] === tokens.start[number.to] ? 1 : 0;
  const range = rangeAt(ctx, number.to, number.value);
  const behind = nounBehind(ctx, marks, range?.to ?? number.to + plus);
  if (!behind) return undefined;
  const counted: Counted = {
    from: at,
    number: at,
    lead: number.lead,
    value: number.value,
    upper: range?.upper ?? null,
    comparator: plus > 0 ? '>=' : '=',
    partOf: false,
    implicit: false,
    to: behind.nounEnd,
    ...behind,
  };
  openRange(ctx, counted, range !== undefined);
  return compared(marks, counted, ctx);
}

/** عائلة واحدة: "one" behind a noun only says that it is the same. */
function isAdjective({ tokens }: ReaderContext, marks: CountingMarks, at: number, value: number): boolean {
  if (value !== 1 || !(tokens.norm[at] ?? '').startsWith('واحد') || tokens.kind[at - 1] !== WORD) return false;
  return (
    tokens.sentence[at - 1] === tokens.sentence[at] && !marks.tollEnd.has(at) && !OF.has(tokens.norm[at - 1] ?? '')
  );
}

/** الثلاثين behind a comparator is thirty, not the thirtieth. */
const isDefiniteTen = (marks: CountingMarks, at: number, value: number): boolean =>
  value >= 20 && value % 10 === 0 && marks.comparatorEnd.has(at);

/** A number inside a name or a code: "F-16", "Т-72", "القرار 2254" is settled by its noun, not here. */
function isPartOfName(ctx: ReaderContext, at: number, to: number): boolean {
  const { tokens } = ctx;
  if (tokens.kind[at] !== NUMBER) return false;
  const joined = DASHES.has(tokens.norm[at - 1] ?? '') && tokens.end[at - 1] === tokens.start[at];
  if (
    joined &&
    tokens.kind[at - 2] === WORD &&
    tokens.end[at - 2] === tokens.start[at - 1] &&
    tokens.script[at - 2] !== 1
  )
    return true;
  const sign = tokens.norm[to] ?? '';
  // 14:30, 5/6, 3.2.1 and the like.
  return (sign === ':' || sign === '/') && tokens.kind[to + 1] === NUMBER && tokens.end[to] === tokens.start[to + 1];
}

/** 20–30, من 20 إلى 30, between 20 and 30, two or three. */
function rangeAt(ctx: ReaderContext, at: number, low: number): { upper: number; to: number } | undefined {
  const { tokens } = ctx;
  const word = tokens.norm[at] ?? '';
  let next = at;
  if (DASHES.has(word) || RANGE_JOINERS.has(word)) next = at + 1;
  else if (word === 'and' || word === 'и' || word === 'و') next = at + 1;
  else if (!numberWordAt(tokens, at)?.clitic.startsWith('و')) return undefined;
  const joinedByAnd = next === at || word === 'and' || word === 'и' || word === 'و';
  const high = numberAt(tokens, next);
  if (!high || high.ordinal || high.value <= low) return undefined;
  if (joinedByAnd && !opensRange(ctx, at)) return undefined;
  return { upper: high.value, to: high.to };
}

/** Whether "between" stands before the number that ends at a token. */
function opensRange(ctx: ReaderContext, end: number): boolean {
  for (let i = end - 1; i >= Math.max(0, end - 4); i--) {
    const word = ctx.tokens.norm[i] ?? '';
    if (word === 'بين' || word === 'مابين' || word === 'between' || word === 'между') return true;
  }
  return false;
}

function openRange(ctx: ReaderContext, counted: Counted, ranged: boolean): void {
  if (!ranged) return;
  const word = ctx.tokens.norm[counted.from - 1] ?? '';
  if (RANGE_OPENERS.has(word)) counted.from -= 1;
  if (ctx.tokens.norm[counted.from - 1] === 'ما') counted.from -= 1;
}

interface Behind {
  unit: string | null;
  group: Group;
  people: boolean;
  nounEnd: number;
}

/** The noun behind a number, at most a few words on; undefined when it is one that is not counted here. */
export function nounBehind(ctx: ReaderContext, marks: CountingMarks, start: number): Behind | undefined {
  const { tokens } = ctx;
  let at = start;
  let unknown = 0;
  let group: Group = null;
  let people = false;
  let nounEnd = start;
  for (let step = 0; step < MAX_BEHIND && at < tokens.count; step++) {
    if (tokens.sentence[at] !== tokens.sentence[start - 1]) break;
    const unit = marks.unit.get(at);
    const person = marks.person.get(at);
    if (unit && !(people && marks.toll.has(at)) && !(person && person.to > unit.to)) {
      const behind = marks.person.get(unit.to);
      const qualified = behind && languageAt(ctx, at) === 'ar' ? behind : undefined;
      return {
        unit: meaningOf(unit).name,
        group: group ?? groupOf(qualified),
        people: true,
        nounEnd: qualified?.to ?? unit.to,
      };
    }
    if (marks.notCounted.has(at) && !people) return undefined;
    if (person && !isAttribute(ctx, person.to)) {
      group ??= groupOf(person);
      people = true;
      nounEnd = person.to;
      at = person.to;
      continue;
    }
    if (people && !OF.has(tokens.norm[at] ?? '')) break;
    if (tokens.kind[at] === PUNCT) {
      if (!DASHES.has(tokens.norm[at] ?? '')) break;
      at++;
      continue;
    }
    if (tokens.kind[at] === NUMBER || marks.toll.has(at) || marks.part.has(at) || STOPS.has(tokens.norm[at] ?? ''))
      break;
    if (!OF.has(tokens.norm[at] ?? '')) {
      if (people || ++unknown > MAX_UNKNOWN) break;
    }
    at++;
  }
  return { unit: null, group, people, nounEnd };
}

const HELD = fold('held controlled backed led run occupied');

/** "two rebel-held towns" counts towns. */
const isAttribute = ({ tokens }: ReaderContext, to: number): boolean =>
  DASHES.has(tokens.norm[to] ?? '') && HELD.has(tokens.norm[to + 1] ?? '');

export function groupOf(mark: { readonly value: { readonly value: string } } | undefined): Group {
  const name = mark?.value.value.split('=')[0] ?? '';
  return GROUPS.find((group) => group === name) ?? null;
}

/** Puts the comparator before or behind the number into a count. */
export function compared(marks: CountingMarks, counted: Counted, ctx: ReaderContext): Counted {
  const { tokens } = ctx;
  const before = marks.comparatorEnd.get(counted.from) ?? marks.comparatorEnd.get(counted.from - 1);
  const gap = before && before.to < counted.from ? (tokens.norm[counted.from - 1] ?? '') : '';
  if (before && (gap === '' || OF.has(gap) || gap === 'the' || gap === 'a')) {
    return {
      ...counted,
      comparator: risesTo(ctx, before.from) ? '=' : signOf(before.value.value),
      from: before.from,
      lead: leadOf(ctx, before.from, before.start),
    };
  }
  const behind = marks.comparatorAfter.get(counted.to) ?? marks.comparatorAfter.get(counted.number + 1);
  if (!behind || behind.from < counted.number) return counted;
  return { ...counted, comparator: signOf(behind.value.value), to: Math.max(counted.to, behind.to) };
}

/** "выросло до 33", "rose to 33": the count itself, no upper bound. */
const risesTo = (ctx: ReaderContext, at: number): boolean =>
  ctx.tokens.norm[at] === 'до' &&
  /^(?:вы|воз|уве|дос|под)\p{L}+(?:ло|ла|ли|лось|лся|лась|лись)$/u.test(ctx.tokens.norm[at - 1] ?? '');

const leadOf = (ctx: ReaderContext, token: number, start: number): number =>
  normalise(ctx.view, ctx.tokens.start[token] ?? 0, start).length;

function signOf(value: string): Comparator {
  const sign = value.split(' ')[0];
  return sign === '>' || sign === '>=' || sign === '<' || sign === '<=' || sign === '~' ? sign : '=';
}

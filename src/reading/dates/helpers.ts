/** Small steps that every part of the date grammar takes: skipping joining words, numbers of days and of years. */
import { numberAt } from '../numbers/parse.ts';
import { NUMBER, WORD } from '../tokens.ts';
import type { ParsedCore } from './numeric.ts';
import { type Cursor, hitAt } from './senses.ts';

export type { ParsedCore };

/** What the words before a core promise, which decides whether a bare number or word may count. */
export interface Anchor {
  /** A preposition or bound stands before it (in 2013, منذ 2011, с пятницы). */
  readonly anchored: boolean;
  /** A unit without last or next may stand for this one (since the start of the year). */
  readonly bareUnit: boolean;
  /** The text is Russian here, where 23.05 may be a date. */
  readonly russian: boolean;
  /** The preposition itself, folded. */
  readonly preposition: string;
}

export const UNANCHORED: Anchor = { anchored: false, bareUnit: false, preposition: '', russian: false };

/** The token after any of the kinds that stand at `at`, at most four of them. */
export function skip(c: Cursor, at: number, a: string, b = '', d = ''): number {
  let to = at;
  for (let step = 0; step < 4; step++) {
    if (c.hits[to] === undefined) return to;
    const hit = hitAt(c, to, a) ?? (b === '' ? undefined : hitAt(c, to, b)) ?? (d === '' ? undefined : hitAt(c, to, d));
    if (!hit) return to;
    to = hit.to;
  }
  return to;
}

const ORDINAL_ENDINGS = new Set(['st', 'nd', 'rd', 'th', 'го', 'е', 'х', 'м', 'му', 'й', 'ой', 'ого']);

/** After the ending of an ordinal in figures: 27th, 27-го, 1990-х. */
export function afterOrdinalEnding(c: Cursor, at: number): number {
  const { tokens } = c;
  const dash = tokens.norm[at] === '-' && tokens.end[at - 1] === tokens.start[at] ? at + 1 : at;
  const tight = tokens.end[dash - 1] === tokens.start[dash];
  return tight && tokens.kind[dash] === WORD && ORDINAL_ENDINGS.has(tokens.norm[dash] ?? '') ? dash + 1 : at;
}

export interface DayNumber {
  readonly day: number;
  readonly to: number;
  /** Spelt as an ordinal or with an ordinal's ending. */
  readonly ordinal: boolean;
}

/** A day of a month in figures or as an ordinal word; `head` allows proclitics before it. */
export function dayNumberAt(c: Cursor, at: number, head = false): DayNumber | undefined {
  const number = numberAt(c.tokens, at);
  if (!number || (number.lead > 0 && !head) || !Number.isInteger(number.value)) return undefined;
  if (number.value < 1 || number.value > 31) return undefined;
  if (c.tokens.kind[at] === NUMBER) {
    if (number.to !== at + 1 || (c.tokens.norm[at]?.length ?? 0) > 2) return undefined;
    const to = afterOrdinalEnding(c, at + 1);
    return { day: number.value, to, ordinal: to > at + 1 };
  }
  return number.ordinal ? { day: number.value, to: number.to, ordinal: true } : undefined;
}

/** A year in four figures, with the words that follow it (года, г., م, -го). */
export function yearNumberAt(
  c: Cursor,
  at: number,
): { year: number; to: number; marked: boolean; hijri: boolean } | undefined {
  const text = c.tokens.norm[at] ?? '';
  if (c.tokens.kind[at] !== NUMBER || text.length !== 4) return undefined;
  const year = Number(text);
  if (year < 1200 || year > 2199) return undefined;
  let to = afterOrdinalEnding(c, at + 1);
  const unit = hitAt(c, to, 'unit');
  const russianYear = unit?.value === 'year' && unit.lang === 'ru';
  if (unit && russianYear) {
    to = unit.to;
    if (
      c.tokens.norm[unit.to - 1]?.length === 1 &&
      c.tokens.norm[to] === '.' &&
      c.tokens.end[to - 1] === c.tokens.start[to]
    )
      to++;
  }
  const hijri = hitAt(c, to, 'hijriera');
  const era = hijri ?? hitAt(c, to, 'era');
  const tightEra =
    era && (c.tokens.norm[to]?.length ?? 0) > 1 ? era : era && c.tokens.script[to] === 1 ? era : undefined;
  return {
    year,
    to: tightEra?.to ?? to,
    marked: russianYear || to > at + 1 || tightEra !== undefined,
    hijri: hijri !== undefined,
  };
}

/** True when nothing that could be counted follows: a sign, the end, or a joining word. */
export const nothingCounted = (c: Cursor, at: number): boolean =>
  c.tokens.kind[at] !== WORD || c.tokens.sentence[at] !== c.tokens.sentence[at - 1] || (c.hits[at]?.length ?? 0) > 0;

/** Dates in figures: 2016/05/23, 23/5/2016, 23.05.16, 5/23/2016. Day first unless the figures forbid it. */
import { NUMBER } from '../tokens.ts';
import { dayOf } from './calendar.ts';
import { type Core, EMPTY_CORE } from './model.ts';
import type { Cursor } from './senses.ts';

export interface ParsedCore {
  readonly core: Core;
  readonly to: number;
}

const SIGNS = new Set(['/', '-', '.', '–', '\\']);
const CENTURY = 2000;
const tight = (c: Cursor, at: number): boolean => c.tokens.end[at] === c.tokens.start[at + 1];

/** A full date in figures at a token. */
export function numericDateAt(c: Cursor, at: number): ParsedCore | undefined {
  const { tokens } = c;
  const sign = tokens.norm[at + 1] ?? '';
  if (tokens.kind[at] !== NUMBER || !SIGNS.has(sign) || tokens.kind[at + 2] !== NUMBER) return undefined;
  if (tokens.norm[at + 3] !== sign || tokens.kind[at + 4] !== NUMBER) return undefined;
  if (!tight(c, at) || !tight(c, at + 1) || !tight(c, at + 2) || !tight(c, at + 3)) return undefined;
  // A fourth part makes it an address or a version.
  if (tokens.norm[at + 5] === sign && tight(c, at + 4) && tokens.kind[at + 6] === NUMBER && tight(c, at + 5))
    return undefined;
  const parts = [tokens.norm[at] ?? '', tokens.norm[at + 2] ?? '', tokens.norm[at + 4] ?? ''];
  const order = orderOf(parts.map((part) => part.length));
  if (!order) return undefined;
  const [a, b, d] = parts.map(Number) as [number, number, number];
  if (order === 'ymd') return full(a, b, d, at + 5);
  const year = d < 100 ? CENTURY + d : d;
  return full(year, b, a, at + 5) ?? full(year, a, b, at + 5);
}

function orderOf(lengths: readonly number[]): 'ymd' | 'dmy' | undefined {
  const [a = 0, b = 0, d = 0] = lengths;
  if (b > 2) return undefined;
  if (a === 4 && d <= 2) return 'ymd';
  if (a <= 2 && (d === 4 || d === 2)) return 'dmy';
  return undefined;
}

function full(year: number, month: number, day: number, to: number): ParsedCore | undefined {
  if (month < 1 || month > 12 || year < 1000 || dayOf(year, month, day) === undefined) return undefined;
  return { core: { ...EMPTY_CORE, year, month, day }, to };
}

/** Day and month in figures (23.05 in Russian, 27/2 in Arabic), where the words around promise a date. */
export function dayMonthFiguresAt(c: Cursor, at: number, sign: '.' | '/'): ParsedCore | undefined {
  const { tokens } = c;
  if (tokens.kind[at] !== NUMBER || tokens.norm[at + 1] !== sign || tokens.kind[at + 2] !== NUMBER) return undefined;
  if (!tight(c, at) || !tight(c, at + 1)) return undefined;
  const first = tokens.norm[at] ?? '';
  const second = tokens.norm[at + 2] ?? '';
  if (first.length > 2 || second.length > 2 || (sign === '.' && (second.length !== 2 || first.length !== 2)))
    return undefined;
  const day = Number(first);
  const month = Number(second);
  if (month < 1 || month > 12 || dayOf(2000, month, day) === undefined) return undefined;
  return { core: { ...EMPTY_CORE, month, day }, to: at + 3 };
}

/**
 * Counts that stand without a noun of their own because the one before them said it: "53 violations: 22 in Aleppo and 14
 * in Hama", منها 22 في حلب, «Дамаск - 7», "nearly a quarter of them". Each takes the unit of the figure it is a part of.
 */
import type { ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import type { Figure, PlaceMention } from '../model.ts';
import { NUMBER, PUNCT, type Tokens } from '../tokens.ts';
import type { Quantity } from './model.ts';
import { numberAt } from './parse.ts';

/** Farthest that a part may stand behind the whole or behind the part before it, in tokens. */
const REACH = 14;
const MOST_PARTS = 40;
const IN = /^(في|in|at|near|в|во|на|под|قرب)$/;
const OPENS = /^(منها|منهم|بينها|بينهم|including|which|them|том|числе|них|:|و|and|و.+|и|,|،|-|–|—|\()$/;
const HALVES = /^[وفب]?(نصف|ثلث|ربع)(هم|هن|ها)$/;
const SHARES: Readonly<Record<string, number>> = { نصف: 0.5, ثلث: 0.3333, ربع: 0.25 };
const MORE = /^(اكثر|more|over|свыше|более)$/;
const ABOUT = /^(نحو|حوالي|قرابه|nearly|almost|about|around|some|около|почти|порядка)$/;

type Part = Pick<Figure, 'span' | 'value' | 'comparator'> & { readonly whole: Quantity };

/** The parts of counted wholes, in text order. */
export function listedParts(
  ctx: ReaderContext,
  quantities: readonly Quantity[],
  places: readonly PlaceMention[],
  isTaken: (start: number, end: number) => boolean,
): Part[] {
  const { tokens } = ctx;
  const placeStarts = new Set(places.map(({ span }) => span.start));
  const placeEnds = new Set(places.map(({ span }) => span.end));
  const parts: Part[] = [];
  quantities.forEach((whole, i) => {
    if (whole.unit === null || whole.share) return;
    const next = quantities.slice(i + 1, i + 4).find(({ unit, from }) => unit !== null && from >= whole.to);
    const stop = Math.min(
      next && next.sentence === whole.sentence ? next.from : tokens.count,
      whole.to + REACH * MOST_PARTS,
    );
    let last = whole.to;
    for (let at = whole.to; at < stop && at - last <= REACH; at++) {
      if (tokens.paragraph[at] !== tokens.paragraph[whole.from] || tokens.sentence[at] !== whole.sentence) break;
      const them = shareOfThem(tokens, at, stop);
      if (them) {
        const start = tokens.start[them.from] ?? 0;
        const end = tokens.end[them.to - 1] ?? start;
        if (!isTaken(start, end))
          parts.push({ whole, span: spanAt(ctx.doc, start, end), value: them.value, comparator: them.comparator });
        at = them.to - 1;
        continue;
      }
      const number = tokens.kind[at] === PUNCT ? undefined : numberAt(tokens, at);
      if (
        !number ||
        number.ordinal ||
        !Number.isInteger(number.value) ||
        number.value > Math.max(whole.value, whole.upper ?? 0)
      )
        continue;
      const start = (tokens.start[at] ?? 0) + number.lead;
      const end = tokens.end[number.to - 1] ?? start;
      const told = OPENS.test(tokens.norm[at - 1] ?? '') || number.lead > 0;
      if (!told || isTaken(start, end)) {
        at = number.to - 1;
        continue;
      }
      if (isInPlace(tokens, number.to, placeStarts) || isBehindPlace(tokens, at, placeEnds)) {
        parts.push({ whole, span: spanAt(ctx.doc, start, end), value: number.value, comparator: '=' });
        last = number.to;
      }
      at = number.to - 1;
    }
  });
  return parts;
}

/** "22 in Aleppo", «14 في ريف دمشق», "eight in the city of Hama". */
function isInPlace(tokens: Tokens, at: number, placeStarts: ReadonlySet<number>): boolean {
  if (!IN.test(tokens.norm[at] ?? '')) return false;
  for (let i = at + 1; i <= at + 4; i++) {
    if (tokens.kind[i] === PUNCT || tokens.kind[i] === NUMBER) return false;
    if (placeStarts.has(tokens.start[i] ?? -1)) return true;
  }
  return false;
}

/** «Дамаск - 7», "Aleppo: 3", حلب 3. */
function isBehindPlace(tokens: Tokens, at: number, placeEnds: ReadonlySet<number>): boolean {
  const sign = /^[-–—:(]$/.test(tokens.norm[at - 1] ?? '') ? at - 1 : at;
  return sign < at && placeEnds.has(tokens.end[sign - 1] ?? -1);
}

interface OfThem {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly comparator: Figure['comparator'];
}

/** "a quarter of them", أكثر من نصفهم, «60% из них». */
function shareOfThem(tokens: Tokens, at: number, stop: number): OfThem | undefined {
  const word = tokens.norm[at] ?? '';
  const arabic = HALVES.exec(word);
  let to = at + 1;
  let value = arabic ? (SHARES[arabic[1] ?? ''] ?? 0) : 0;
  if (!arabic) {
    const share = /^(half|third|quarter|половина|треть|четверть)$/.exec(word);
    const number = share || tokens.kind[at] !== NUMBER ? undefined : numberAt(tokens, at);
    if (share) value = /^(half|пол)/.test(word) ? 0.5 : /^(third|треть)/.test(word) ? 0.3333 : 0.25;
    else if (number && number.value <= 100 && /^(%|٪|percent|процент(а|ов)?)$/.test(tokens.norm[number.to] ?? '')) {
      value = Math.round(number.value * 100) / 10_000;
      to = number.to + 1;
    } else return undefined;
    const behind = `${tokens.norm[to] ?? ''} ${tokens.norm[to + 1] ?? ''}`;
    if (behind !== 'of them' && behind !== 'из них') return undefined;
    to += 2;
  }
  if (to > stop) return undefined;
  let from = at;
  if (/^(a|one)$/.test(tokens.norm[from - 1] ?? '')) from--;
  const before = tokens.norm[from - 1] ?? '';
  if (/^(من|than)$/.test(before) && MORE.test(tokens.norm[from - 2] ?? ''))
    return { from: from - 2, to, value, comparator: '>' };
  if (MORE.test(before)) return { from: from - 1, to, value, comparator: '>' };
  if (ABOUT.test(before)) return { from: from - 1, to, value, comparator: '~' };
  return { from, to, value, comparator: '=' };
}

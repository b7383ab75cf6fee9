/**
 * The published figures: each count of a named unit with what it is of, since when, and who says so. Figures of several
 * sources stand side by side; nothing is added up or chosen here.
 */
import type { Figure, PlaceMention, Span, Statement } from '../model.ts';
import type { Found, Stage } from '../stages.ts';
import { listedParts } from './listed.ts';
import type { Quantity } from './model.ts';

const PEOPLE = new Set(['deaths', 'injured', 'casualties', 'displaced', 'missing', 'detained']);
/** Farthest that a place may stand from a sum over a long time to be its scope, in units of text. */
const SCOPE_REACH = 160;

export const findFigures: Stage<Figure> = (ctx, found) => {
  const figures: Figure[] = [];
  if (found.quantities.length === 0) return figures;
  const beginnings = beginningsOf(found);
  const said = saidIn(found.statements);
  for (const quantity of found.quantities) {
    if (quantity.unit === null || (quantity.implicit && !PEOPLE.has(quantity.unit))) continue;
    const since = beginnings.get(quantity.sentence) ?? null;
    const common = {
      span: quantity.span,
      unit: quantity.unit,
      scope:
        quantity.group ??
        (since === null && !quantity.share
          ? null
          : placeNear(quantity, found.places, ctx.tokens.sentenceStarts, ctx.tokens.start)),
      since,
      by: said(quantity.span),
    };
    if (quantity.upper === null) figures.push({ ...common, value: quantity.value, comparator: quantity.comparator });
    else {
      // A range is two bounds.
      figures.push({ ...common, value: quantity.value, comparator: '>=' });
      figures.push({ ...common, value: quantity.upper, comparator: '<=' });
    }
  }
  const taken = [...found.quantities.map(({ span }) => span), ...found.dates.map(({ span }) => span)];
  const isTaken = (start: number, end: number): boolean => taken.some((span) => span.start < end && start < span.end);
  for (const { whole, span, value, comparator } of listedParts(ctx, found.quantities, found.places, isTaken)) {
    const since = beginnings.get(whole.sentence) ?? null;
    figures.push({ span, unit: whole.unit ?? '', scope: null, since, by: said(span), value, comparator });
  }
  return figures.sort((a, b) => a.span.start - b.span.start);
};

/** The open beginning told in each sentence, its first: "since March 2011" → 2011-03. */
function beginningsOf(found: Found): Map<number, string> {
  const beginnings = new Map<number, string>();
  for (const { sentence, mod, value } of found.dates) {
    if (mod !== 'since' || !value?.endsWith('/..') || beginnings.has(sentence)) continue;
    beginnings.set(sentence, value.slice(0, -'/..'.length));
  }
  return beginnings;
}

function placeNear(
  quantity: Quantity,
  places: readonly PlaceMention[],
  starts: readonly number[],
  offsets: Int32Array,
): string | null {
  const from = offsets[starts[quantity.sentence] ?? 0] ?? 0;
  const next = starts[quantity.sentence + 1];
  const to = (next === undefined ? undefined : offsets[next]) || Number.POSITIVE_INFINITY;
  let best: PlaceMention | undefined;
  for (let i = firstAtOrAfter(places, from); i < places.length; i++) {
    const place = places[i];
    if (!place || place.span.start >= to) break;
    if (gap(place.span, quantity.span) > SCOPE_REACH) continue;
    if (!best || gap(place.span, quantity.span) < gap(best.span, quantity.span)) best = place;
  }
  return best ? (best.name.en ?? best.name.ar) : null;
}

/** Position of the first place that begins at or after an offset; places come in text order. */
function firstAtOrAfter(places: readonly PlaceMention[], offset: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const gap = (a: Span, b: Span): number => Math.max(0, a.start - b.end, b.start - a.end);

/** Who says it: the speaker of the innermost statement whose content holds the words; null is the article itself. */
export function saidBy(span: Span, statements: readonly Statement[]): string | null {
  let best: { statement: Statement; size: number } | undefined;
  for (const statement of statements) {
    for (const content of statement.content) {
      if (content.start > span.start || content.end < span.end) continue;
      const size = content.end - content.start;
      if (!best || size < best.size) best = { statement, size };
    }
  }
  const speaker = best?.statement.speaker;
  return speaker ? (speaker.actor ?? speaker.name ?? speaker.office) : null;
}

const BLOCK_BITS = 10;
const NO_STATEMENTS: readonly Statement[] = [];

/** `saidBy` for a whole text: statements are kept by blocks of the text, so that a figure asks only those near it. */
function saidIn(statements: readonly Statement[]): (span: Span) => string | null {
  const blocks = new Map<number, Statement[]>();
  for (const statement of statements) {
    for (const { start, end } of statement.content) {
      for (let block = start >> BLOCK_BITS; block <= end >> BLOCK_BITS; block++) {
        const list = blocks.get(block);
        if (!list) blocks.set(block, [statement]);
        else if (list[list.length - 1] !== statement) list.push(statement);
      }
    }
  }
  return (span) => saidBy(span, blocks.get(span.start >> BLOCK_BITS) ?? NO_STATEMENTS);
}

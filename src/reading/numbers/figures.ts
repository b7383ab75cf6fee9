/**
 * The published figures: each count of a named unit with what it is of, since when, and who says so. Figures of several
 * sources stand side by side; nothing is added up or chosen here.
 */
import type { Figure, PlaceMention, Span, Statement } from '../model.ts';
import type { Found, Stage } from '../stages.ts';
import type { Quantity } from './model.ts';

const PEOPLE = new Set(['deaths', 'injured', 'casualties', 'displaced', 'missing', 'detained']);
/** Farthest that a place may stand from a sum over a long time to be its scope, in units of text. */
const SCOPE_REACH = 160;

export const findFigures: Stage<Figure> = (ctx, found) => {
  const figures: Figure[] = [];
  for (const quantity of found.quantities) {
    if (quantity.unit === null || (quantity.implicit && !PEOPLE.has(quantity.unit))) continue;
    const since = sinceOf(quantity, found);
    const common = {
      span: quantity.span,
      unit: quantity.unit,
      scope:
        quantity.group ??
        (since === null && !quantity.share
          ? null
          : placeNear(quantity, found.places, ctx.tokens.sentenceStarts, ctx.tokens.start)),
      since,
      by: saidBy(quantity.span, found.statements),
    };
    if (quantity.upper === null) figures.push({ ...common, value: quantity.value, comparator: quantity.comparator });
    else {
      // A range is two bounds.
      figures.push({ ...common, value: quantity.value, comparator: '>=' });
      figures.push({ ...common, value: quantity.upper, comparator: '<=' });
    }
  }
  return figures;
};

/** The open beginning told in the same sentence: "since March 2011" → 2011-03. */
function sinceOf(quantity: Quantity, found: Found): string | null {
  const date = found.dates.find(
    (one) => one.sentence === quantity.sentence && one.mod === 'since' && one.value?.endsWith('/..'),
  );
  return date?.value?.slice(0, -'/..'.length) ?? null;
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
  for (const place of places) {
    if (place.span.start < from || place.span.start >= to || gap(place.span, quantity.span) > SCOPE_REACH) continue;
    if (!best || gap(place.span, quantity.span) < gap(best.span, quantity.span)) best = place;
  }
  return best ? (best.name.en ?? best.name.ar) : null;
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

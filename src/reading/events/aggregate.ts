/**
 * Sum-ups: "eight violations in the past 24 hours: Aleppo 3, Idlib 3, Hama 2". They are one event marked as aggregate;
 * whether the parts add up is checked and said, never corrected.
 */
import type { ReaderContext } from '../context.ts';
import type { Dropped } from '../document.ts';
import type { Quantity } from '../numbers/model.ts';
import { numberAt } from '../numbers/parse.ts';
import type { Found } from '../stages.ts';
import { anchor, gapBetween, within } from './anchor.ts';
import type { Unit } from './signs.ts';
import type { AnchoredPlace } from './where.ts';

const VIOLATIONS = 'violations';
const MOST_FAULTS = 50;

/** A number of violations stands in the stretch. */
export const countsViolations = (unit: Unit, quantities: readonly Quantity[]): boolean =>
  quantities.some((q) => q.unit === VIOLATIONS && within(q.from, unit));

/** True when the text is about a number of violations over a period. */
export function isAggregate(titles: readonly Unit[], lead: readonly Unit[], quantities: readonly Quantity[]): boolean {
  const counted = (unit: Unit): boolean => countsViolations(unit, quantities);
  const named = (unit: Unit): boolean => unit.words.some((term) => term.value === 'violation');
  const period = (unit: Unit): boolean => unit.context.some((term) => term.value === 'period');
  const [first] = lead;
  if (!first) return false;
  return (
    (counted(first) && (period(first) || titles.some(counted) || tellsNothingElse(first))) ||
    (titles.some(counted) && lead.some((unit) => named(unit) || period(unit)))
  );
}

/** Only breaches are told, by number ("ten breaches were logged on Sunday: five in …"). */
const tellsNothingElse = ({ words }: Unit): boolean =>
  words.every(({ value }) => value === 'violation' || CALM.has(value));
const CALM = new Set(['calm', 'calm.act', 'neutral']);

/** Sentences whose total of violations is not the sum of the numbers given by place. */
export function partsThatDoNotAddUp(ctx: ReaderContext, found: Found): Dropped[] {
  const { tokens } = ctx;
  const faults: Dropped[] = [];
  let checked = 0;
  let places: readonly AnchoredPlace[] | undefined;
  for (const total of found.quantities) {
    if (total.unit !== VIOLATIONS || total.partOf) continue;
    if (faults.length >= MOST_FAULTS || checked++ >= MOST_FAULTS) break;
    const range = { from: total.to, to: tokens.sentenceStarts[total.sentence + 1] ?? tokens.count };
    places ??= anchor(tokens, found.places);
    const parts = numbersByPlace(ctx, found, range, places);
    const sum = parts.reduce((all, part) => all + part.value, 0);
    if (parts.length < 2 || sum === total.value) continue;
    const first = tokens.start[tokens.sentenceStarts[total.sentence] ?? 0];
    const text = ctx.doc.original.slice(first, tokens.end[range.to - 1]);
    faults.push({ reason: `parts_do_not_add_up: ${total.value} said, ${sum} by place`, text });
  }
  return faults;
}

/** Numbers that stand beside a place, each place with one number; [] when the sentence gives no such list. */
function numbersByPlace(
  ctx: ReaderContext,
  found: Found,
  range: { from: number; to: number },
  all: readonly AnchoredPlace[],
): { value: number }[] {
  const { tokens } = ctx;
  const dates = found.dates.filter((date) => date.from < range.to && date.to > range.from);
  const numbers: { from: number; to: number; value: number }[] = [];
  for (let i = range.from; i < range.to; ) {
    const number = dates.some((date) => date.from <= i && i < date.to) ? undefined : numberAt(tokens, i);
    if (number && !number.ordinal) numbers.push({ from: i, to: number.to, value: number.value });
    i = number?.to ?? i + 1;
  }
  const places = all.filter((place) => within(place.from, range));
  const paired = numbers.filter((number) => places.some((place) => gapBetween(place, number) <= BESIDE));
  return places.length === paired.length && paired.length === numbers.length ? paired : [];
}

const BESIDE = 2;

/**
 * Sum-ups: "eight violations in the past 24 hours: Aleppo 3, Idlib 3, Hama 2". They are one event marked as aggregate;
 * whether the parts add up is checked and said, never corrected.
 */
import type { ReaderContext } from '../context.ts';
import type { Dropped } from '../document.ts';
import type { Quantity } from '../numbers/model.ts';
import type { Found } from '../stages.ts';
import { anchor, within } from './anchor.ts';
import type { Unit } from './signs.ts';

const VIOLATIONS = 'violations';

/** True when the text is about a number of violations over a period. */
export function isAggregate(titles: readonly Unit[], lead: readonly Unit[], quantities: readonly Quantity[]): boolean {
  const counted = (unit: Unit): boolean => quantities.some((q) => q.unit === VIOLATIONS && within(q.from, unit));
  const named = (unit: Unit): boolean => unit.words.some((term) => term.value === 'violation');
  const period = (unit: Unit): boolean => unit.context.some((term) => term.value === 'period');
  const [first] = lead;
  if (!first) return false;
  return (
    (counted(first) && (period(first) || titles.some(counted))) ||
    (titles.some(counted) && lead.some((unit) => named(unit) || period(unit)))
  );
}

/** Sentences whose total of violations is not the sum of the numbers given by place. */
export function partsThatDoNotAddUp(ctx: ReaderContext, found: Found): Dropped[] {
  const { tokens } = ctx;
  const places = anchor(tokens, found.places);
  const faults: Dropped[] = [];
  for (let s = 0; s + 1 < tokens.sentenceStarts.length; s++) {
    const range = { from: tokens.sentenceStarts[s] ?? 0, to: tokens.sentenceStarts[s + 1] ?? 0 };
    const inside = found.quantities.filter((q) => within(q.from, range));
    const total = inside.find((q) => q.unit === VIOLATIONS && !q.partOf);
    if (!total) continue;
    const named = places.filter((place) => within(place.from, range) && place.from > total.to);
    const parts = inside.filter((q) => q.from > total.to && q.comparator === '=' && !q.share);
    if (named.length < 2 || parts.length !== named.length) continue;
    const sum = parts.reduce((all, q) => all + q.value, 0);
    if (sum === total.value) continue;
    const text = ctx.doc.original.slice(tokens.start[range.from], tokens.end[range.to - 1]);
    faults.push({ reason: `parts_do_not_add_up: ${total.value} said, ${sum} by place`, text });
  }
  return faults;
}

/**
 * How many were killed and hurt, from the counted quantities of the event's own sentences. Parts told one after another
 * by the same source add up; a part of a whole ("among them three children") and another source's count do not.
 */
import { type Count, UNKNOWN_COUNT } from '../../core/index.ts';
import type { Quantity } from '../numbers/model.ts';
import type { Tokens } from '../tokens.ts';
import { within } from './anchor.ts';
import { goingOn } from './parts.ts';
import type { Unit } from './signs.ts';

export type TollUnit = 'deaths' | 'injured';

/** A quantity as a closed interval: more than 40 is {41, null}, at least 37 is {37, null}, about ten is {10, 10}. */
export function countOf(quantity: Quantity): Count {
  const { value, upper, comparator } = quantity;
  if (upper !== null) return { low: value, high: upper };
  if (comparator === '>') return { low: value + 1, high: null };
  if (comparator === '>=') return { low: value, high: null };
  if (comparator === '<') return { low: null, high: Math.max(0, value - 1) };
  if (comparator === '<=') return { low: null, high: value };
  return { low: value, high: value };
}

/** Counts of one unit told in a stretch, wholes only; "48 in Tartus" after "53 killed in Jableh" counts the same. */
export function tollsIn(unit: Unit, quantities: readonly Quantity[], what: TollUnit, tokens: Tokens): Quantity[] {
  const inside = quantities.filter((q) => within(q.from, unit));
  const taken = (token: number): boolean => inside.some((q) => q.from <= token && token < q.to);
  const found: Quantity[] = [];
  for (const quantity of inside) {
    if (quantity.unit !== what || quantity.partOf || quantity.share || isMixed(quantity, tokens)) continue;
    found.push(quantity);
    for (const { from, to, value } of goingOn(quantity, unit.to, taken, tokens)) {
      found.push({ ...quantity, from, to, value, upper: null, comparator: '=' });
    }
  }
  return found;
}

const AND = new Set(['and', 'و', 'и']);
const WOUNDED = /^(wounded|injured|hurt|جريح|وجريح|جرحي|وجرحي|مصاب|ومصاب|ранен)/;

/** "More than 40 dead and wounded", "dozens between dead and wounded": no count of the dead. */
function isMixed({ from, to }: Quantity, tokens: Tokens): boolean {
  if (tokens.norm[from - 1] === 'بين' || tokens.norm[from - 1] === 'between') return true;
  const at = AND.has(tokens.norm[to] ?? '') ? to + 1 : to;
  const word = tokens.norm[at] ?? '';
  return (at > to || word.startsWith('و')) && WOUNDED.test(word);
}

const MOST_PARTS_GAP = 14;

/**
 * Groups of quantities that belong together: each group is one source's account of one toll. A new group begins after a
 * sign of another source.
 */
export function groupBySource(quantities: readonly Quantity[], breaks: readonly number[]): Quantity[][] {
  const groups: Quantity[][] = [];
  let last: Quantity | undefined;
  for (const quantity of quantities) {
    const before = last;
    const apart =
      !before ||
      quantity.from - before.to > MOST_PARTS_GAP ||
      breaks.some((at) => at >= before.to && at <= quantity.from);
    if (apart) groups.push([quantity]);
    else groups.at(-1)?.push(quantity);
    last = quantity;
  }
  return groups;
}

/** The count of a group: its first when the others are parts of it, else the sum. */
export function sumOf(group: readonly Quantity[]): Count {
  const [first, ...rest] = group.map(countOf);
  if (!first) return UNKNOWN_COUNT;
  if (rest.length === 0) return first;
  const others = rest.reduce((sum, count) => sum + (count.low ?? 0), 0);
  if ((first.low ?? 0) >= others) return first;
  const all = [first, ...rest];
  const low = all.reduce((sum, count) => sum + (count.low ?? 0), 0);
  const open = all.some((count) => count.high === null);
  return { low, high: open ? null : all.reduce((sum, count) => sum + (count.high ?? 0), 0) };
}

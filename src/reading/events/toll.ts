/**
 * How many were killed and hurt, from the counted quantities of the event's own sentences. Parts told one after another
 * by the same source add up; a part of a whole ("among them three children") and another source's count do not.
 */
import { type Count, UNKNOWN_COUNT } from '../../core/index.ts';
import type { Quantity } from '../numbers/model.ts';
import { numberAt } from '../numbers/parse.ts';
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

/** A count; `bare` when it only goes on from one before it, `afterColon` when a colon made it a part of that one. */
export interface Told extends Quantity {
  readonly bare: boolean;
  readonly afterColon: boolean;
}

function hasColon(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (tokens.norm[i] === ':') return true;
  return false;
}

/** Counts already told; a stretch is asked by several decisions, always about its own quantities. */
const told = new WeakMap<Unit, { [K in TollUnit]?: readonly Told[] }>();
const NOBODY: readonly Told[] = [];

/**
 * Counts of one unit told in a stretch, wholes only; "48 in Tartus" after "53 killed in Jableh" counts the same. The
 * quantities may be those of the whole text or of the stretch alone.
 */
export function tollsIn(unit: Unit, quantities: readonly Quantity[], what: TollUnit, tokens: Tokens): readonly Told[] {
  if (quantities.length === 0) return NOBODY;
  let known = told.get(unit);
  if (!known) {
    known = {};
    told.set(unit, known);
  }
  known[what] ??= countTolls(unit, quantities, what, tokens);
  return known[what];
}

function countTolls(unit: Unit, quantities: readonly Quantity[], what: TollUnit, tokens: Tokens): readonly Told[] {
  const found: Told[] = [];
  const inside = quantities.filter((q) => within(q.from, unit));
  if (inside.length === 0) return NOBODY;
  for (const quantity of inside) {
    if (quantity.unit !== what || quantity.partOf || quantity.share || isMixed(quantity, tokens)) continue;
    found.push({ ...quantity, bare: false, afterColon: false });
    for (const { from, to, value } of goingOn(quantity, unit.to, inside, tokens)) {
      const afterColon = hasColon(tokens, quantity.to, from);
      found.push({ ...quantity, from, to, value, upper: null, comparator: '=', bare: true, afterColon });
    }
  }
  return found;
}

const AND = new Set(['and', 'و', 'и']);
const WOUNDED = /^(wounded|injured|hurt|جريح|وجريح|مصابا?$|ومصابا?$|ранен)/;

/** "More than 40 dead and wounded", "dozens between dead and wounded": no count of the dead. */
function isMixed({ from, to, implicit }: Quantity, tokens: Tokens): boolean {
  if (tokens.norm[from - 1] === 'بين' || tokens.norm[from - 1] === 'between') return true;
  const at = AND.has(tokens.norm[to] ?? '') ? to + 1 : to;
  const word = tokens.norm[at] ?? '';
  // "killed 11 and wounded 19" tells two counts.
  if (numberAt(tokens, at + 1)) return false;
  // "Shot dead a woman and wounded her son".
  if (implicit && /^(her|his|their|the|a|an|another)$/.test(tokens.norm[at + 1] ?? '')) return false;
  return (at > to || word.startsWith('و')) && WOUNDED.test(word);
}

const MOST_PARTS_GAP = 14;

/**
 * Groups of quantities that belong together: each group is one source's account of one toll. A new group begins after a
 * sign of another source.
 */
export function groupBySource(quantities: readonly Told[], breaks: readonly number[], tokens: Tokens): Told[][] {
  const groups: Told[][] = [];
  let last: Told | undefined;
  for (const quantity of quantities) {
    const before = last;
    const apart =
      !before ||
      quantity.from - before.to > MOST_PARTS_GAP ||
      (!isJoined(before, quantity, tokens) && breaks.some((at) => at >= before.to && at <= quantity.from));
    if (apart) groups.push([quantity]);
    else groups.at(-1)?.push(quantity);
    last = quantity;
  }
  return groups;
}

/**
 * The count of a group: its first when the others are parts of it, else the sum. Counts joined by "and" are told side by
 * side, so they add up whatever their size.
 */
export function sumOf(group: readonly Told[], tokens: Tokens): Count {
  const [first, ...rest] = group;
  if (!first) return UNKNOWN_COUNT;
  const whole = countOf(first);
  if (rest.length === 0) return whole;
  const total = group.find((count) => isTotal(count, tokens));
  if (total) return countOf(total);
  const others = rest.reduce((sum, count) => sum + (countOf(count).low ?? 0), 0);
  const sideBySide = group.slice(1).every((count, i) => isJoined(group[i] ?? first, count, tokens));
  const parts = rest.some((count) => count.afterColon) || (whole.low === others && !sideBySide);
  if (parts || (!sideBySide && !rest.every((count) => count.bare) && (whole.low ?? 0) >= others)) return whole;
  const all = group.map(countOf);
  const low = all.reduce((sum, count) => sum + (count.low ?? 0), 0);
  const open = all.some((count) => count.high === null);
  return { low, high: open ? null : all.reduce((sum, count) => sum + (count.high ?? 0), 0) };
}

const JOINED_REACH = 9;

/** "And" right before a count, or only commas between two: one goes on where the other ended. */
function isJoined(before: Told, count: Told, tokens: Tokens): boolean {
  const gap = count.from - before.to;
  if (gap > JOINED_REACH) return false;
  if ((tokens.norm[count.from] ?? '').startsWith('و') && tokens.start[count.from] !== count.span.start) return true;
  if (gap > 0 && AND.has(tokens.norm[count.from - 1] ?? '')) return true;
  for (let i = before.to; i < count.from; i++) if (!COMMA.has(tokens.norm[i] ?? '')) return false;
  return gap > 0;
}

const COMMA = new Set([',', '،']);
const TOTAL_REACH = 3;
/** «… ليرتفع عدد ضحايا القصف ذاته إلى أربعة», "bringing the number of dead to 14". */
const RISES =
  /^[وفل]?(?:[يت]رتفع(?:ت)?|ارتفع(?:ت)?|[يت]صل|rose|rises|risen|climbed|bringing|brings|brought|raising|raised|выросло|возросло|увеличилось|довел|довели)$/;
const RISEN_TO = /^(?:الي|to|до)$/;
const RISES_REACH = 12;
const TOTAL = /^[وب]?(?:ال)?(?:مجموع|اجمالي|ليصل|لترتفع|ليرتفع)|^(?:total|altogether|всего|итого|общей)$/;

/** "Four, then ten, total 14": the count that the text itself calls the whole. */
export function isTotal({ from }: Told, tokens: Tokens): boolean {
  for (let i = from - 1; i >= Math.max(0, from - TOTAL_REACH); i--) {
    if (tokens.sentence[i] !== tokens.sentence[from]) return false;
    if (TOTAL.test(tokens.norm[i] ?? '')) return true;
  }
  if (!RISEN_TO.test(tokens.norm[from - 1] ?? '')) return false;
  for (let i = Math.max(0, from - RISES_REACH); i < Math.min(tokens.count, from + TOTAL_REACH); i++)
    if (tokens.sentence[i] === tokens.sentence[from] && RISES.test(tokens.norm[i] ?? '')) return true;
  return false;
}

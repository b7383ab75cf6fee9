/**
 * The main event as other sources count it: one event more for each count that is of the same happening. A count with a
 * scope of its own ("139 in the city since Friday", "18 the day before", "23 in other quarters") is no count of it.
 */
import { UNKNOWN_COUNT } from '../../core/index.ts';
import type { DateFinding } from '../dates/model.ts';
import { spanAt } from '../document.ts';
import type { EventClaim, Statement } from '../model.ts';
import { type Anchored, gapBetween } from './anchor.ts';
import type { Scene } from './scene.ts';
import type { Unit } from './signs.ts';
import { sumOf, type Told } from './toll.ts';

/** Tokens between a count and the date or place that is still taken as its own. */
const SCOPE_REACH = 12;

/** `groupsOf` gives the counts of the dead in a unit, one group a source; `speakerAt` who says what stands there. */
export function otherTolls(
  scene: Scene,
  main: EventClaim,
  own: readonly Unit[],
  groupsOf: (unit: Unit) => readonly Told[][],
  speakerAt: (statements: readonly Statement[], offset: number) => string,
): EventClaim[] {
  const others: EventClaim[] = [];
  for (const unit of own) {
    if (unit.isTitle) continue;
    for (const group of groupsOf(unit)) {
      const killed = sumOf(group, scene.ctx.tokens);
      const known = [main, ...others].some(({ killed: k }) => k.low === killed.low && k.high === killed.high);
      const [first] = group;
      if (known || !first || hasOwnScope(scene, main, unit, first)) continue;
      others.push({
        ...main,
        spans: [spanAt(scene.ctx.doc, first.span.start, first.span.end)],
        killed,
        injured: UNKNOWN_COUNT,
        by: tellerOf(scene, unit, group) ?? speakerAt(scene.local[unit.index]?.statements ?? [], first.span.start),
        alleged: true,
      });
    }
  }
  return others;
}

const TELLER_REACH = 10;
const BEHIND_REACH = 2;

/** Who gives a count, in the words of the text: named right before it, or behind "according to". */
function tellerOf({ ctx, local }: Scene, unit: Unit, group: readonly Told[]): string | null {
  const { tokens } = ctx;
  const first = group[0]?.from ?? 0;
  const last = group.at(-1)?.to ?? first;
  const tellers = local[unit.index]?.tellers ?? [];
  const according = unit.context.find(
    (term) => term.value === 'source' && term.from >= last && term.from - last <= BEHIND_REACH,
  );
  const behind = according && tellers.find(({ from }) => from >= according.from && from - according.to <= BEHIND_REACH);
  const before = tellers.filter(({ to }) => to <= first && first - to <= TELLER_REACH).at(-1);
  const teller = behind ?? before;
  return teller ? ctx.doc.original.slice(teller.start, tokens.end[teller.to - 1]) : null;
}

function hasOwnScope(scene: Scene, main: EventClaim, unit: Unit, toll: Told): boolean {
  const local = scene.local[unit.index];
  if (unit.context.some((term) => term.value === 'separate' && gapBetween(term, toll) <= SCOPE_REACH)) return true;
  const date = nearest(local?.dates ?? [], toll);
  if (date && isOtherTime(date, main)) return true;
  const place = nearest<Anchored<{ readonly place: string | null }>>(local?.places ?? [], toll);
  const mainPlace = scene.found.places[main.places[0] ?? -1]?.place ?? null;
  return place != null && mainPlace !== null && place.value.place !== null && place.value.place !== mainPlace;
}

/** A date beside the count that is not the day of the event: another day, or a stretch of days. */
function isOtherTime({ value, mod, grain }: DateFinding, main: EventClaim): boolean {
  if (value === null || grain === 'none' || value === 'PRESENT_REF') return false;
  if (mod === 'since' || value.includes('/')) return true;
  const day = main.start?.slice(0, 10);
  return grain === 'day' && day !== undefined && value.slice(0, 10) !== day;
}

function nearest<T extends { from: number; to: number }>(all: readonly T[], to: Told): T | null {
  let best: T | null = null;
  for (const one of all) {
    const gap = gapBetween(one, to);
    if (gap <= SCOPE_REACH && (best === null || gap < gapBetween(best, to))) best = one;
  }
  return best;
}

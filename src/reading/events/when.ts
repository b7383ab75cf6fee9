/**
 * When an event happened: the date told nearest to its own words, not the day on which somebody spoke; without one the
 * day of publication. A day unless the words give an hour.
 */
import { addDays, isDay } from '../../core/index.ts';
import type { DateMention, Edtf } from '../model.ts';
import type { Tokens } from '../tokens.ts';
import { type Anchored, gapBetween, hasStop, within } from './anchor.ts';
import type { Unit } from './signs.ts';

export type AnchoredDate = Anchored<DateMention>;

export interface When {
  readonly start: Edtf | null;
  readonly end: Edtf | null;
  /** The date mention it was read from, null when it is the day of publication. */
  readonly mention: number | null;
}

const STOP_PENALTY = 8;
const SPOKEN_PENALTY = 6;
const UNIT_PENALTY = 12;
/** Events older than this at publication are background unless nothing else is told. */
export const RECENT_DAYS = 12;

/** `units` in the order of their weight; `anchors` are the tokens of the event's own signs. */
export function whenOf(
  units: readonly Unit[],
  anchors: readonly { from: number; to: number }[],
  dates: readonly AnchoredDate[],
  published: string | null,
  tokens: Tokens,
): When {
  let best: { date: AnchoredDate; cost: number } | null = null;
  units.forEach((unit, order) => {
    for (const date of dates) {
      if (!within(date.from, unit) || !isUsable(date.value)) continue;
      const cost = costOf(date, unit, anchors, tokens) + order * UNIT_PENALTY;
      if (!best || cost < best.cost) best = { date, cost };
    }
  });
  const chosen = best as { date: AnchoredDate; cost: number } | null;
  if (!chosen) return { start: published, end: null, mention: null };
  return { ...intervalOf(chosen.date.value), mention: chosen.date.index };
}

/** A day or a short interval; months, open ends and "now" say nothing about one event. */
function isUsable(date: DateMention): boolean {
  if (date.value === null || date.mod === 'since' || date.mod === 'until') return false;
  const [from = '', to] = date.value.split('/');
  if (!isDay(from.slice(0, 10))) return false;
  return to === undefined || (isDay(to.slice(0, 10)) && to.slice(0, 10) <= addDays(from.slice(0, 10), 10));
}

function intervalOf(date: DateMention): { start: Edtf | null; end: Edtf | null } {
  const [from = null, to = null] = (date.value ?? '').split('/');
  return { start: from, end: to !== null && to !== from ? to : null };
}

function costOf(
  date: AnchoredDate,
  unit: Unit,
  anchors: readonly { from: number; to: number }[],
  tokens: Tokens,
): number {
  let cost = Number.POSITIVE_INFINITY;
  for (const sign of anchors) {
    if (!within(sign.from, unit)) continue;
    const stop = hasStop(tokens, date.from, sign.from) ? STOP_PENALTY : 0;
    cost = Math.min(cost, gapBetween(date, sign) + stop);
  }
  if (!Number.isFinite(cost)) cost = 20;
  const spoken = unit.context.some((term) => term.value === 'source' && gapBetween(term, date) <= 2);
  const past = unit.context.some(
    (term) => term.value === 'background' && term.to <= date.from && date.from - term.to <= 6,
  );
  return cost + (spoken ? SPOKEN_PENALTY : 0) + (past ? 2 * UNIT_PENALTY : 0);
}

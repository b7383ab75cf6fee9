/** What the date grammar builds before anything is resolved, and what the stage gives to the others. */
import type { DateMention } from '../model.ts';

export type Unit = 'hour' | 'day' | 'week' | 'month' | 'year' | 'weekend';
export type Part = 'start' | 'mid' | 'end' | 'half1' | 'half2' | 'week1' | 'week2' | 'week3' | 'week4' | 'weekLast';

export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
}

export type Daypart = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'dawn' | 'midnight';

/** One date as the words give it; null is what they leave open. */
export interface Core {
  readonly form: 'calendar' | 'relative' | 'rolling' | 'unit' | 'now' | 'vague';
  readonly year: number | null;
  /** Last year of several (2011–2015, the 1990s). */
  readonly yearEnd: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** 0 is Sunday. */
  readonly weekday: number | null;
  readonly hijri: boolean;
  /** 0 spring, 1 summer, 2 autumn, 3 winter. */
  readonly season: number | null;
  readonly quarter: number | null;
  /** Last, this or next, said of a month, weekday or date. */
  readonly dir: -1 | 0 | 1 | null;
  /** The year or month is told from the reference: `of last year` is −1. */
  readonly yearShift: number | null;
  readonly monthShift: number | null;
  /** relative: `count` units away; rolling: the last `count` units; unit: the week, month or year `count` away. */
  readonly unit: Unit | null;
  readonly count: number;
  readonly part: Part | null;
  /** The night that leads into the date named. */
  readonly into: boolean;
  readonly time: ClockTime | null;
  readonly daypart: Daypart | null;
}

export const EMPTY_CORE: Core = Object.freeze({
  form: 'calendar',
  year: null,
  yearEnd: null,
  month: null,
  day: null,
  weekday: null,
  hijri: false,
  season: null,
  quarter: null,
  dir: null,
  yearShift: null,
  monthShift: null,
  unit: null,
  count: 0,
  part: null,
  into: false,
  time: null,
  daypart: null,
});

/** A phrase: one or two cores and how they are bound. */
export interface Phrase {
  readonly core: Core;
  /** The other end of a range or pair. */
  readonly upTo: Core | null;
  readonly bound: 'plain' | 'since' | 'from' | 'until' | 'approx' | 'range' | 'pair';
  /** Tokens, end exclusive; `lead` folded letters of the first token stay outside. */
  readonly from: number;
  readonly to: number;
  readonly lead: number;
}

/** A date with what later stages need besides the published fields. */
export interface DateFinding extends DateMention {
  readonly from: number;
  readonly to: number;
  readonly sentence: number;
  /** The finest thing known: a day, or a wider span of time. */
  readonly grain: 'day' | 'wider' | 'none';
  readonly time: ClockTime | null;
  readonly daypart: Daypart | null;
  /** Month and day of a date that leaves the year open, else null. */
  readonly monthDay: { readonly month: number; readonly day: number } | null;
}

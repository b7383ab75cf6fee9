/** Parts of a month, a year and the seasons, as the contracts cut them. */
import type { Part } from './model.ts';

/** Days of a month that a part covers: 1–10, 11–20, 21–end; halves and weeks. */
export function monthPart(part: Part, lastDay: number): readonly [number, number] {
  switch (part) {
    case 'start':
      return [1, 10];
    case 'mid':
      return [11, 20];
    case 'end':
      return [21, lastDay];
    case 'half1':
      return [1, 15];
    case 'half2':
      return [16, lastDay];
    case 'week1':
      return [1, 7];
    case 'week2':
      return [8, 14];
    case 'week3':
      return [15, 21];
    case 'week4':
      return [22, lastDay];
    case 'weekLast':
      return [lastDay - 6, lastDay];
  }
}

/** Months of a year that a part covers: thirds and halves; null for weeks, which a year does not have that way. */
export function yearPart(part: Part): readonly [number, number] | null {
  switch (part) {
    case 'start':
      return [1, 4];
    case 'mid':
      return [5, 8];
    case 'end':
      return [9, 12];
    case 'half1':
      return [1, 6];
    case 'half2':
      return [7, 12];
    default:
      return null;
  }
}

/** First and last month of a season (0 spring … 3 winter), and whether it crosses the new year. */
export function seasonMonths(season: number): readonly [number, number, boolean] {
  const first = season * 3 + 3;
  return season === 3 ? [12, 2, true] : [first, first + 2, false];
}

/**
 * Years for a text whose day of publication is unknown: from a full date that the text itself gives, or from a weekday
 * that fits its date in few years only, the nearest to the instrument's beginning. Relative days stay without value.
 */
import { dayOf, partsOf, weekdayOf } from './calendar.ts';
import type { Core, Phrase } from './model.ts';

const YEARS_AROUND = 3;

/** The first full date of a text, as a day number; undefined when it gives none. */
export function ownReference(phrases: readonly Phrase[]): number | undefined {
  for (const { core, upTo } of phrases) {
    for (const one of [core, upTo]) {
      if (!one || one.hijri || one.year === null || one.month === null || one.day === null) continue;
      const n = dayOf(one.year, one.month, one.day);
      if (n !== undefined) return n;
    }
  }
  return undefined;
}

/** The phrase with its year filled in where that can be told, else unchanged. */
export function withYear(phrase: Phrase, own: number | undefined, instrument: number | undefined): Phrase {
  const core = filled(phrase.upTo ?? phrase.core, own, instrument);
  if (!core) return phrase;
  return phrase.upTo ? { ...phrase, upTo: core } : { ...phrase, core };
}

function filled(core: Core, own: number | undefined, instrument: number | undefined): Core | undefined {
  if (core.form !== 'calendar' || core.hijri || core.month === null || core.year !== null) return undefined;
  if (core.yearShift !== null || core.dir !== null) return undefined;
  const weekday = core.day === null ? null : core.weekday;
  const base = own ?? (weekday === null ? undefined : instrument);
  if (base === undefined) return undefined;
  let best: { year: number; far: number } | undefined;
  const around = partsOf(base).year;
  for (let year = around - YEARS_AROUND; year <= around + YEARS_AROUND; year++) {
    const n = dayOf(year, core.month, core.day ?? 1);
    if (n === undefined || (weekday !== null && weekdayOf(n) !== weekday)) continue;
    const far = Math.abs(n - base);
    if (!best || far < best.far) best = { year, far };
  }
  return best && { ...core, year: best.year };
}

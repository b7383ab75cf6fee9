/**
 * Years for a text whose day of publication is unknown: from a full date that the text itself gives, or from a weekday
 * that agrees with its date in the first year that the instrument was in force. A weekday that fits another year only is
 * likelier a slip of the pen than a date of that year. Relative days stay without value.
 */
import { dayOf, partsOf, weekdayOf } from './calendar.ts';
import type { Core, Phrase } from './model.ts';

const YEARS_AROUND = 3;
const DAYS_BEFORE = 7;

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
  const day = core.day ?? 1;
  if (own === undefined) return weekday === null ? undefined : inForce({ ...core, day }, weekday, instrument);
  let best: { year: number; far: number } | undefined;
  const around = partsOf(own).year;
  for (let year = around - YEARS_AROUND; year <= around + YEARS_AROUND; year++) {
    const n = dayOf(year, core.month, day);
    if (n === undefined || (weekday !== null && weekdayOf(n) !== weekday)) continue;
    const far = Math.abs(n - own);
    if (!best || far < best.far) best = { year, far };
  }
  return best && { ...core, year: best.year };
}

/** The first such day from a week before the instrument began, when its weekday is the one told. */
function inForce(
  core: Core & { readonly day: number },
  weekday: number,
  instrument: number | undefined,
): Core | undefined {
  if (instrument === undefined || core.month === null) return undefined;
  const { year } = partsOf(instrument - DAYS_BEFORE);
  for (const one of [year, year + 1]) {
    const n = dayOf(one, core.month, core.day);
    if (n !== undefined && n >= instrument - DAYS_BEFORE)
      return weekdayOf(n) === weekday ? { ...core, year: one } : undefined;
  }
  return undefined;
}

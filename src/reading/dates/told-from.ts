/**
 * Days told from a day that the text named before: "the previous day", «днем позже», في اليوم التالي. Not the day of
 * publication counts, but the last single day in the sentence or in one of the two before it; without one it stays open.
 */
import { dayNumber, isDay } from '../../core/index.ts';
import type { Tokens } from '../tokens.ts';
import { dayText } from './calendar.ts';
import type { DateFinding } from './model.ts';

const SENTENCES_BACK = 2;
const SHIFTS: readonly (readonly [RegExp, number])[] = [
  [
    /^(the previous day|a day earlier|the day before|днем ранее|([وف]?في )?اليوم السابق|([وف]?في )?اليوم الذي سبقه)$/,
    -1,
  ],
  [
    /^(the following day|the next day|a day later|the day after|на следующий день|на следующее утро|днем позже|на другой день|([وف]?في )?اليوم التالي)$/,
    1,
  ],
  [/^(the same day|that day|в тот же день|([وف]?في )?(اليوم نفسه|ذلك اليوم|اليوم ذاته))$/, 0],
];

/** The findings in their order, those told from another day with their value. */
export function toldFrom(tokens: Tokens, findings: readonly DateFinding[]): DateFinding[] {
  let last: { readonly day: number; readonly sentence: number } | undefined;
  return findings.map((finding) => {
    const told = finding.value === null ? shifted(tokens, finding, last) : finding;
    if (told.value !== null && isDay(told.value)) last = { day: dayNumber(told.value), sentence: told.sentence };
    return told;
  });
}

function shifted(
  tokens: Tokens,
  finding: DateFinding,
  last: { readonly day: number; readonly sentence: number } | undefined,
): DateFinding {
  if (!last || finding.sentence - last.sentence > SENTENCES_BACK) return finding;
  const words = tokens.norm.slice(finding.from, finding.to).join(' ');
  const shift = SHIFTS.find(([form]) => form.test(words))?.[1];
  return shift === undefined ? finding : { ...finding, value: dayText(last.day + shift) };
}

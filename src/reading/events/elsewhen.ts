/**
 * Which counts of dead and hurt belong to another time than the event: told of the past ("last year 200 died"), since a
 * day long before ("since January 16 were killed"), or over many days ("76 dead in three weeks"). Looks at one stretch.
 */
import { addDays, isDay } from '../../core/index.ts';
import type { ReaderContext } from '../context.ts';
import type { DateFinding } from '../dates/model.ts';
import { normalise } from '../normalise.ts';
import type { Quantity } from '../numbers/model.ts';
import { numberAt } from '../numbers/parse.ts';
import { PUNCT } from '../tokens.ts';
import { gapBetween } from './anchor.ts';
import type { Unit } from './signs.ts';
import { isUnreal } from './unreal.ts';

const SINCE_REACH = 14;
const RECENT_DAYS = 3;
const SPAN_REACH = 8;
const LONG_DAYS = 5;
const TOLLS = new Set(['deaths', 'injured']);
const NOT_TOLD = new Set(['background', 'proposed', 'hypothetical']);

const fold = (list: string): ReadonlySet<string> => new Set(list.split(' ').map((word) => normalise(word)));
const OVER = fold('خلال في طوال على منذ in over during within за в течение last past');
const DAYS = /^(?:يوم|ايام|day|дн|день|сут)/;
const LONGER = /^(?:اسبوع|اسابيع|شهر|شهور|اشهر|سنه|سنوات|عام|اعوام|week|month|year|недел|месяц|лет$|год)/;
const HOURS = /^(?:ساع|hour|час)/;

/** True for a toll that is not the event's own. */
export function isOfAnotherTime(
  quantity: Quantity,
  unit: Unit,
  dates: readonly DateFinding[],
  { tokens, published }: ReaderContext,
): boolean {
  if (!TOLLS.has(quantity.unit ?? '')) return false;
  const supposing = unit.governing.filter((term) => NOT_TOLD.has(term.value));
  if (supposing.length > 0 && isUnreal({ from: quantity.from, to: quantity.to }, supposing, tokens)) return true;
  const since = dates.some(
    (date) =>
      date.mod === 'since' &&
      gapBetween(date, quantity) <= SINCE_REACH &&
      !otherCountBetween(date, quantity, tokens.norm) &&
      isLongAgo(date, published),
  );
  return since || isOverManyDays(quantity, unit, tokens);
}

/** A full stop or semicolon never stands inside a stretch; a colon ends what "since" covers. */
const otherCountBetween = (
  a: { from: number; to: number },
  b: { from: number; to: number },
  norm: readonly string[],
) => {
  const [from, to] = a.to <= b.from ? [a.to, b.from] : [b.to, a.from];
  for (let i = from; i < to; i++) if (norm[i] === ':') return true;
  return false;
};

function isLongAgo({ value }: DateFinding, published: string | null): boolean {
  const day = value?.split('/')[0]?.slice(0, 10) ?? '';
  if (!isDay(day)) return value !== null;
  return published === null || day < addDays(published, -RECENT_DAYS);
}

/** "in 15 days of truce", "за три недели": a number of days, weeks or months behind a word of duration. */
function isOverManyDays(quantity: Quantity, unit: Unit, tokens: ReaderContext['tokens']): boolean {
  const from = Math.max(unit.from, quantity.from - SPAN_REACH);
  const to = Math.min(unit.to, quantity.to + SPAN_REACH);
  for (let i = from; i < to; i++) {
    if (tokens.kind[i] === PUNCT || !OVER.has(tokens.norm[i] ?? '')) continue;
    let at = i + 1;
    while (at < to && FILLER.has(tokens.norm[at] ?? '')) at++;
    const number = numberAt(tokens, at);
    const noun = tokens.norm[number?.to ?? at] ?? '';
    const value = number?.value ?? PLURAL;
    if (number === undefined && !isPlural(noun)) continue;
    if (LONGER.test(noun) || (DAYS.test(noun) && value >= LONG_DAYS) || (HOURS.test(noun) && value >= 24 * LONG_DAYS))
      return true;
  }
  return false;
}

const PLURAL = 3;
const FILLER = fold('the past last previous течение последние последних');
const isPlural = (noun: string): boolean =>
  /^(?:اسابيع|اشهر|شهور|سنوات|اعوام|weeks|months|years|недели|месяцы|годы)$/.test(noun);

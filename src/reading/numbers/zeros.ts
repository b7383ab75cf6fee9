/** "No casualties": a count of nothing, said in words. Silence about a toll is never read as zero. */
import type { ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import { normalise } from '../normalise.ts';
import type { CountingMarks } from './marks.ts';
import type { Quantity } from './model.ts';

const NEGATION = new Set(['لم', 'لن', 'не', 'not'].map((word) => normalise(word)));
const ANYONE = new Set(['أحدا', 'أحد', 'أي', 'anyone', 'anybody', 'никого', 'никто'].map((word) => normalise(word)));
const REACH = 6;

export function zerosIn(ctx: ReaderContext, marks: CountingMarks): Quantity[] {
  const zeros = marks.noToll.flatMap((mark) => zero(ctx, mark.from, mark.to, mark.value.value));
  for (const mark of marks.toll.values()) {
    if (!NEGATION.has(ctx.tokens.norm[mark.from - 1] ?? '')) continue;
    const end = anyoneAfter(ctx, mark.to);
    if (end !== undefined) zeros.push(...zero(ctx, mark.from - 1, end, mark.value.value));
  }
  zeros.push(...without(ctx, marks), ...notCaused(ctx, marks));
  // لم تصب القذائف أحدا: the jussive is no listed form.
  for (let i = 0; i + 1 < ctx.tokens.count; i++) {
    if (ctx.tokens.norm[i] !== 'لم' || !JUSSIVE.has(ctx.tokens.norm[i + 1] ?? '')) continue;
    const end = anyoneAfter(ctx, i + 2);
    if (end !== undefined) zeros.push(...zero(ctx, i, end, JUSSIVE.get(ctx.tokens.norm[i + 1] ?? '') ?? 'injured'));
  }
  return zeros;
}

const WITHOUT = new Set(['دون', 'بدون', 'بلا', 'without', 'без'].map((word) => normalise(word)));
const WITHOUT_REACH = 5;
/** Words that may stand between "without" and what did not happen. */
const BETWEEN = new Set(
  'أن توقع تسفر عن وقوع سقوط تسجيل يوقع يسفر ورود أنباء معلومات أي causing any reports of known'
    .split(' ')
    .map((word) => normalise(word)),
);
const NONE_OF: Readonly<Record<string, string>> = { injured: 'injured', deaths: 'deaths' };
const BOTH = new Set(['ضحايا', 'casualties', 'жертв'].map((word) => normalise(word)));

/** دون أن توقع إصابات, without causing any casualties. */
function without(ctx: ReaderContext, marks: CountingMarks): Quantity[] {
  const { tokens } = ctx;
  const zeros: Quantity[] = [];
  for (let i = 0; i < tokens.count; i++) {
    if (!WITHOUT.has(tokens.norm[i] ?? '') || marks.noToll.some((mark) => mark.from <= i && mark.to > i)) continue;
    for (let k = i + 1; k < Math.min(tokens.count, i + WITHOUT_REACH); k++) {
      const unit = marks.unit.get(k);
      if (unit) {
        const name = BOTH.has(tokens.norm[k] ?? '') ? 'casualties' : NONE_OF[unit.value.value];
        if (name) zeros.push(...zero(ctx, i, unit.to, name));
      }
      if (unit || !BETWEEN.has(tokens.norm[k] ?? '')) break;
    }
  }
  return zeros;
}

const NOT = new Set(['لم', 'لا', 'لن', 'not', "n't", 'не'].map((word) => normalise(word)));
/** What a blow does to people: "did not cause", لم يسفر عن, не привёл к. */
const CAUSES =
  /^(?:[يتن]?سفر|[يتن]ؤ?ود|تودي?|يودي?|[يت]وقع|[يت]خلف|[يت]تسبب|[يت]سجل|[يت]لحق|cause|result|lead|inflict|report|привел|повлек|причин)/;
const NOT_REACH = 8;

/** ولم يسفر القصف عن سقوط ضحايا: what did not follow, some words behind "not". */
function notCaused(ctx: ReaderContext, marks: CountingMarks): Quantity[] {
  const { tokens } = ctx;
  const zeros: Quantity[] = [];
  for (let i = 0; i + 1 < tokens.count; i++) {
    const isNot = NOT.has(tokens.norm[i] ?? '') || NOT.has((tokens.norm[i] ?? '').replace(/^و/, ''));
    if (!isNot || !CAUSES.test(tokens.norm[i + 1] ?? '')) continue;
    for (let k = i + 2; k < Math.min(tokens.count, i + NOT_REACH) && tokens.sentence[k] === tokens.sentence[i]; k++) {
      const unit = marks.unit.get(k);
      const name = unit && (BOTH.has(tokens.norm[k] ?? '') ? 'casualties' : NONE_OF[unit.value.value]);
      if (unit && name && !marks.noToll.some((mark) => mark.from < unit.to && mark.to > i)) {
        zeros.push(...zero(ctx, i, unit.to, name));
        break;
      }
    }
  }
  return zeros;
}

const JUSSIVE = new Map([
  ['تصب', 'injured'],
  ['يصب', 'injured'],
  ['تقتل', 'deaths'],
  ['يقتل', 'deaths'],
  ['تجرح', 'injured'],
]);

function anyoneAfter(ctx: ReaderContext, from: number): number | undefined {
  for (let i = from; i < Math.min(ctx.tokens.count, from + REACH); i++) {
    if (ctx.tokens.sentence[i] !== ctx.tokens.sentence[from]) return undefined;
    if (ANYONE.has(ctx.tokens.norm[i] ?? '')) return i + 1;
  }
  return undefined;
}

function zero(ctx: ReaderContext, from: number, to: number, unit: string): Quantity[] {
  const { tokens } = ctx;
  const units = unit === 'casualties' ? ['deaths', 'injured'] : [unit];
  return units.map((name) => ({
    span: spanAt(ctx.doc, tokens.start[from] ?? 0, tokens.end[to - 1] ?? 0),
    value: 0,
    upper: null,
    comparator: '=',
    unit: name,
    group: null,
    partOf: false,
    share: false,
    implicit: false,
    from,
    to,
    sentence: tokens.sentence[from] ?? 0,
  }));
}

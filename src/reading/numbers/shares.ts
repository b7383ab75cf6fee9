/** Shares of a whole: نصف السكان, half of the population, 60 % of the inhabitants. The value is 0..1. */
import type { ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import { normalise } from '../normalise.ts';
import { NUMBER } from '../tokens.ts';
import { type Counted, compared } from './counted.ts';
import { governedBy } from './governing.ts';
import type { CountingMarks } from './marks.ts';
import type { Quantity } from './model.ts';
import { numberAt } from './parse.ts';

const NONE: ReadonlySet<number> = new Set();
const BETWEEN = new Set(['من', 'of', 'the', 'its', 'всего', 'их', 's', 'country'].map((word) => normalise(word)));
const PERCENT = new Set(['%', '٪', 'percent', 'процента', 'процентов', 'بالميه', 'بالمايه']);
/** Words that carry the share's scope on: "داخل البلاد وخارجها", "inside and outside the country". */
const SCOPE = new Set(
  'داخل خارج البلاد وخارجها وداخلها داخلها خارجها البلد inside outside and the country внутри и за пределами страны'
    .split(' ')
    .map((word) => normalise(word)),
);
const LONGEST_SCOPE = 7;
const ADJACENT = 1.5;

export function sharesIn(ctx: ReaderContext, marks: CountingMarks): Quantity[] {
  const found: Quantity[] = [];
  for (const mark of marks.share.values()) {
    const quantity = shareAt(ctx, marks, mark.from, mark.to, Number(mark.value.value));
    if (quantity) found.push(quantity);
  }
  for (let i = 0; i < ctx.tokens.count; i++) {
    if (ctx.tokens.kind[i] !== NUMBER) continue;
    const number = numberAt(ctx.tokens, i);
    const end = number && afterPercent(ctx, number.to);
    if (!number || !end || number.value > 100) continue;
    const quantity = shareAt(ctx, marks, i, end, Math.round(number.value * 100) / 10_000);
    if (quantity) found.push(quantity);
  }
  return found;
}

function afterPercent(ctx: ReaderContext, at: number): number | undefined {
  const word = ctx.tokens.norm[at] ?? '';
  if (PERCENT.has(word)) return at + 1;
  const next = ctx.tokens.norm[at + 1] ?? '';
  if ((word === 'في' && (next === 'الميه' || next === 'المايه')) || (word === 'per' && next === 'cent')) return at + 2;
  return undefined;
}

function shareAt(
  ctx: ReaderContext,
  marks: CountingMarks,
  from: number,
  end: number,
  value: number,
): Quantity | undefined {
  const { tokens } = ctx;
  let at = end;
  while (at - end < 3 && BETWEEN.has(tokens.norm[at] ?? '')) at++;
  const population = marks.population.get(at) ?? marks.population.get(at + 1);
  if (!population) return undefined;
  const count: Counted = {
    from,
    number: from,
    lead: 0,
    value,
    upper: null,
    comparator: '=',
    unit: null,
    group: null,
    people: true,
    partOf: false,
    implicit: false,
    to: population.to,
    nounEnd: population.to,
  };
  const told = compared(marks, count, ctx);
  const governed = governedBy(tokens, marks, told, NONE);
  if (!governed) return undefined;
  // The word that says what happened to them belongs to the figure when it stands right before it.
  const first =
    governed.before && governed.cost <= ADJACENT && governed.mark.to === told.from ? governed.mark.from : told.from;
  const start = first === told.from ? (tokens.start[first] ?? 0) : governed.mark.start;
  const last = afterScope(ctx, told.to);
  return {
    span: spanAt(ctx.doc, start, tokens.end[last - 1] ?? start),
    value,
    upper: null,
    comparator: told.comparator,
    unit: governed.unit,
    group: null,
    partOf: false,
    share: true,
    implicit: false,
    from: first,
    to: last,
    sentence: tokens.sentence[from] ?? 0,
  };
}

function afterScope(ctx: ReaderContext, at: number): number {
  let to = at;
  while (to - at < LONGEST_SCOPE && SCOPE.has(ctx.tokens.norm[to] ?? '')) to++;
  return to;
}

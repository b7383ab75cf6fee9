/** The stage that finds what is counted: killed, hurt, displaced, strikes, violations …, with parts and shares. */
import type { ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import { ARABIC, LATIN } from '../language.ts';
import type { Mark } from '../lexicon.ts';
import { offsetAfter } from '../normalise.ts';
import type { Stage } from '../stages.ts';
import { NUMBER, PUNCT, WORD } from '../tokens.ts';
import { anotherIn } from './another.ts';
import { type Counted, compared, countedAt, groupOf } from './counted.ts';
import { governedBy } from './governing.ts';
import { type CountingMarks, countingMarks, meaningOf } from './marks.ts';
import type { Quantity } from './model.ts';
import { numberAt, numberWordAt } from './parse.ts';
import { risenTotals } from './rising.ts';
import { rivalUnit } from './rivals.ts';
import { sharesIn } from './shares.ts';
import { zerosIn } from './zeros.ts';

const PART_REACH = 4;
/** What a verb costs that stands behind an "and". */
const NEXT_CLAUSE = 1.5;

export const findQuantities: Stage<Quantity> = (ctx, found) => {
  const marks = countingMarks(ctx);
  const taken = new Uint8Array(ctx.tokens.count);
  for (const date of found.dates) taken.fill(1, date.from, date.to);
  const counts = candidates(ctx, marks, taken);
  const starts = new Set<number>();
  for (const count of counts) for (let i = count.number; i < count.nounEnd; i++) starts.add(i);
  const quantities: Quantity[] = [];
  let before: Quantity | undefined;
  for (const count of counts) {
    const quantity = settle(ctx, marks, count, starts, before) ?? rivalOf(ctx, marks, count, before);
    if (!quantity) continue;
    quantities.push(quantity);
    before = quantity;
  }
  const risen = risenTotals(ctx, marks);
  const others = quantities
    .filter((one) => !risen.some(({ from, to }) => one.from < to && from < one.to))
    .map((one) => (risen.some((whole) => isPartBehind(marks, whole, one)) ? { ...one, partOf: true } : one));
  return [...others, ...risen, ...sharesIn(ctx, marks), ...zerosIn(ctx, marks), ...anotherIn(ctx, marks)].sort(
    (a, b) => a.from - b.from,
  );
};

/** إلى 9 بينهم 4 أطفال: "among them" stands between. */
function isPartBehind(marks: CountingMarks, whole: Quantity, one: Quantity): boolean {
  const part = marks.part.get(whole.to);
  return part !== undefined && (one.from === part.to || one.from === part.to + 1);
}

/** A bare number that another source gives for the toll told before it. */
function rivalOf(ctx: ReaderContext, marks: CountingMarks, count: Counted, before: Quantity | undefined) {
  const unit = count.implicit ? null : rivalUnit(ctx, marks, count, before);
  return unit === null ? undefined : quantityOf(ctx, count, unit);
}

/** Every number and every noun that counts itself. */
function candidates(ctx: ReaderContext, marks: CountingMarks, taken: Uint8Array): Counted[] {
  const counts: Counted[] = [];
  const { tokens } = ctx;
  for (let i = 0; i < tokens.count; ) {
    // "No one was hurt": no number.
    const noOne = tokens.norm[i] === 'one' && tokens.norm[i - 1] === 'no';
    if (taken[i] === 1 || noOne || tokens.kind[i] === PUNCT) {
      i++;
      continue;
    }
    const implicit = implicitAt(ctx, marks, i);
    const count = implicit ?? countedAt(ctx, marks, i);
    if (count) counts.push(count);
    const number = count || tokens.kind[i] === NUMBER || numberWordAt(tokens, i) ? numberAt(tokens, i) : undefined;
    i = Math.max(i + 1, count?.nounEnd ?? 0, number?.to ?? 0);
  }
  return counts;
}

/** قتيلان, a child: counted without a number. */
function implicitAt(ctx: ReaderContext, marks: CountingMarks, at: number): Counted | undefined {
  const { tokens } = ctx;
  const unit = marks.unit.get(at);
  const person = marks.person.get(at);
  const mark = unit && meaningOf(unit).self !== null ? unit : person;
  const told = mark && meaningOf(mark);
  if (!mark || told?.self == null) return undefined;
  const latin = tokens.script[at] === LATIN;
  // "The rebel-held town": nobody is counted.
  if (latin && tokens.norm[mark.to] === '-' && tokens.start[mark.to] === tokens.end[mark.to - 1]) return undefined;
  const from = latin ? articleBefore(ctx, marks, at) : at;
  if (from < 0) return undefined;
  const end = afterRepeatedNumber(ctx, mark);
  const qualified = mark === unit ? marks.person.get(mark.to) : undefined;
  return compared(
    marks,
    {
      from,
      number: from,
      lead: tokens.start[at] === mark.start ? 0 : 1,
      value: told.self,
      upper: null,
      comparator: '=',
      unit: mark === unit ? told.name : null,
      group: groupOf(mark === unit ? qualified : mark),
      people: true,
      partOf: false,
      implicit: true,
      to: end,
      nounEnd: end,
    },
    ctx,
  );
}

const INDEFINITE = new Set(['a', 'an', 'another']);
const DEFINITE = new Set(['the', 'his', 'her', 'their', 'its']);
const ARTICLE_REACH = 3;

/** "a man", "an elderly man", "his wife": the token of the article, -1 without one. */
function articleBefore({ tokens }: ReaderContext, marks: CountingMarks, at: number): number {
  for (let i = at - 1; i >= Math.max(0, at - ARTICLE_REACH); i--) {
    const word = tokens.norm[i] ?? '';
    if (INDEFINITE.has(word) || (DEFINITE.has(word) && i === at - 1)) return i;
    if (tokens.kind[i] !== WORD || tokens.sentence[i] !== tokens.sentence[at]) return -1;
    if (marks.person.has(i) || marks.unit.has(i) || marks.toll.has(i) || LINKS.has(word)) return -1;
  }
  return -1;
}

/** Words after which an article before them belongs to something else ("a bus of the driver"). */
const LINKS = new Set([
  'of',
  'and',
  'or',
  'in',
  'on',
  'at',
  'by',
  'for',
  'with',
  'to',
  'from',
  'that',
  'who',
  'as',
  'was',
  'is',
]);

/** شخص واحد, جنديين اثنين: the number only repeats the form. */
function afterRepeatedNumber(ctx: ReaderContext, mark: Mark): number {
  const word = numberWordAt(ctx.tokens, mark.to);
  return word && word.lead === 0 && word.value === meaningOf(mark).self ? mark.to + 1 : mark.to;
}

function settle(
  ctx: ReaderContext,
  marks: CountingMarks,
  count: Counted,
  starts: ReadonlySet<number>,
  before: Quantity | undefined,
): Quantity | undefined {
  const { tokens } = ctx;
  const announced = partAnnounced(ctx, marks, count, before);
  // "Ten dead, of them …" is a whole with its own noun.
  const self = count.unit === null ? ownPart(ctx, marks, count.nounEnd) : undefined;
  const partOf =
    before !== undefined && (announced || (self !== undefined && before.sentence === tokens.sentence[count.number]));
  const governed = count.unit === null && !partOf ? governedBy(tokens, marks, count, starts) : undefined;
  if (count.implicit && count.unit === null && !partOf && !standsClose(ctx, marks, governed, count, before)) {
    return undefined;
  }
  const inherited =
    partOf || follows(ctx, count, before) || goesOn(ctx, marks, count, before) ? (before?.unit ?? null) : null;
  const nounOfPart = self?.value.value === 'of' && !partOf ? unitOfPart(ctx, marks, self) : null;
  // "Killing a teenager and a man and injuring a girl": what is joined goes on; a verb behind another "and" is the next.
  const goesOnBefore = governed && !governed.before && governed.cost >= NEXT_CLAUSE && follows(ctx, count, before);
  const unit = count.unit ?? nounOfPart?.unit ?? (goesOnBefore ? inherited : null) ?? governed?.unit ?? inherited;
  if (unit === null) return undefined;
  const behind = self ? groupOf(personAfter(ctx, marks, self.to)) : null;
  return quantityOf(ctx, { ...count, group: count.group ?? behind, partOf: partOf || nounOfPart !== null }, unit);
}

const OF_THEM = new Set([
  'منهم',
  'منهن',
  'them',
  'whom',
  'these',
  'них',
  'dead',
  'victims',
  'wounded',
  'injured',
  'killed',
]);

/** "three of them", "four of the dead": the part is named behind the count, and no further count follows. */
function ownPart(ctx: ReaderContext, marks: CountingMarks, at: number): Mark | undefined {
  const mark = marks.part.get(at);
  if (!mark || !OF_THEM.has(ctx.tokens.norm[mark.to - 1] ?? '')) return undefined;
  const person = marks.person.get(mark.to);
  if (numberAt(ctx.tokens, mark.to) || (person && meaningOf(person).self !== null)) return undefined;
  return mark;
}

/** "… the spokesman of the front and his son": kin may stand behind the name of somebody's post. */
const KIN_REACH = 6;
const KIN = /^و(?:زوج|ابن|طفل|والد|شقيق|اخ|جد|حفيد|مرافق|سائق|سايق|حارس|رفيق)\p{L}*ه(?:ا|م|ما)?$/u;

/** A noun that counts itself needs its verb right beside it, or a count just before. */
function standsClose(
  { tokens }: ReaderContext,
  marks: CountingMarks,
  governed: { cost: number; before: boolean } | undefined,
  count: Counted,
  before: Quantity | undefined,
): boolean {
  // "… 27, a doctor at the scene 30" tells who counts.
  if (before && count.from - before.to <= 1 && !marks.tellerEnd.has(count.nounEnd)) return true;
  if (before?.implicit && count.from - before.to <= KIN_REACH && KIN.test(tokens.norm[count.from] ?? '')) return true;
  if (!governed) return false;
  const script = tokens.script[count.from] ?? 0;
  if (script === ARABIC) return governed.before && governed.cost <= 1;
  // Somebody known ("the driver") is counted right beside the verb only.
  if (DEFINITE.has(tokens.norm[count.from] ?? '')) return governed.cost <= (governed.before ? 0.5 : 5);
  return governed.cost <= (script === LATIN ? 6 : 1.5);
}

/** "among them three children and two women": announced just before, or joined to a part. */
function partAnnounced(
  ctx: ReaderContext,
  marks: CountingMarks,
  count: Counted,
  before: Quantity | undefined,
): boolean {
  const { tokens } = ctx;
  if (!before || before.sentence !== tokens.sentence[count.number]) return false;
  for (let i = count.from; i > count.from - PART_REACH && i >= before.to; i--) {
    if (marks.partEnd.has(i)) return true;
    if (marks.tollEnd.has(i) || tokens.kind[i - 1] === PUNCT) break;
  }
  return before.partOf && count.unit === null && count.from - before.to <= 1 && joins(ctx, count, before);
}

/** Only و, and, и or a comma stands between two counts. */
function joins(ctx: ReaderContext, count: Counted, before: Quantity): boolean {
  const { tokens } = ctx;
  if (count.from === before.to) return count.lead > 0 || tokens.norm[count.from]?.startsWith('و') === true;
  const word = tokens.norm[before.to] ?? '';
  return (
    count.from - before.to === 1 && (word === 'and' || word === 'и' || word === ',' || word === '،' || word === 'و')
  );
}

const follows = (ctx: ReaderContext, count: Counted, before: Quantity | undefined): boolean =>
  before !== undefined &&
  count.people &&
  joins(ctx, count, before) &&
  before.sentence === ctx.tokens.sentence[count.number];

const LIST_REACH = 6;
const OF_PEOPLE = new Set(['deaths', 'injured', 'detained', 'missing']);
/** An aside may stand between two counts of people: "300 fighters, most of them of the first group, and ten civilians". */
const ASIDE_REACH = 9;

/** "killed seven in Firdaws and four in Maghayer and five in Sakhour": bare numbers of a list keep the unit. */
function goesOn(ctx: ReaderContext, marks: CountingMarks, count: Counted, before: Quantity | undefined): boolean {
  const { tokens } = ctx;
  if (!before || before.unit === null || !OF_PEOPLE.has(before.unit)) return false;
  if (count.unit !== null || before.sentence !== tokens.sentence[count.number]) return false;
  if (count.from - before.to > (count.people ? ASIDE_REACH : LIST_REACH) || before.partOf) return false;
  const joiner = tokens.norm[count.from - 1] ?? '';
  const joined =
    (tokens.norm[count.from] ?? '').startsWith('و') ||
    joiner === 'and' ||
    joiner === 'и' ||
    joiner === ',' ||
    joiner === '،' ||
    joiner === 'و';
  if (!joined || (!count.people && !placeFollows(tokens.norm[count.nounEnd] ?? ''))) return false;
  for (let i = before.to; i < count.from; i++) if (marks.toll.has(i) || marks.notCounted.has(i)) return false;
  return true;
}

/** A place or a source goes with each number of the list. */
const placeFollows = (word: string): boolean =>
  word === 'في' || word === 'in' || word === 'at' || word === 'в' || word === 'на' || word === 'عند' || word === 'لدي';

/** "four of the dead": the part's own words name the unit. */
function unitOfPart(ctx: ReaderContext, marks: CountingMarks, part: Mark): { unit: string } | null {
  for (let i = part.from; i < part.to; i++) {
    const unit = marks.unit.get(i);
    if (unit) return { unit: meaningOf(unit).name };
  }
  const last = ctx.tokens.norm[part.to - 1] ?? '';
  return last === 'dead' || last === 'killed' ? { unit: 'deaths' } : null;
}

function personAfter(ctx: ReaderContext, marks: CountingMarks, at: number): Mark | undefined {
  for (let i = at; i < Math.min(ctx.tokens.count, at + 3); i++) {
    const person = marks.person.get(i);
    if (person) return person;
  }
  return undefined;
}

export function quantityOf(ctx: ReaderContext, count: Counted, unit: string, share = false): Quantity {
  const { tokens } = ctx;
  const first = tokens.start[count.from] ?? 0;
  const start = count.lead > 0 ? offsetAfter(ctx.view, first, tokens.end[count.from] ?? first, count.lead) : first;
  return {
    span: spanAt(ctx.doc, start, tokens.end[count.to - 1] ?? start),
    value: count.value,
    upper: count.upper,
    comparator: count.comparator,
    unit,
    group: count.group,
    partOf: count.partOf,
    share,
    implicit: count.implicit,
    from: count.from,
    to: count.to,
    sentence: tokens.sentence[count.from] ?? 0,
  };
}

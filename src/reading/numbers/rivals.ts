/**
 * Tolls that several sources give of one thing: "activists: 27, doctors: 14", "state television spoke of 78". Only the
 * first needs a noun; a bare number beside another source counts the same. Says what is counted, never who is right.
 */
import type { ReaderContext } from '../context.ts';
import { normalise } from '../normalise.ts';
import { NUMBER, PUNCT } from '../tokens.ts';
import type { Counted } from './counted.ts';
import type { CountingMarks } from './marks.ts';
import type { Quantity } from './model.ts';
import { numberAt } from './parse.ts';

const fold = (list: string): ReadonlySet<string> => new Set(list.split(' ').map((word) => normalise(word)));

const TOPIC_REACH = 45;
const TELLER_REACH = 9;
const BEHIND_REACH = 4;
const LARGEST = 100_000;
const RIVALS = new Set(['deaths', 'injured']);
/** Words that open a noun for a number of victims; a toll word that begins so sets the topic. */
const TOPIC = fold('حصيلة عدد أعداد toll number numbers death body tally число количество числа жертв жертвы');
/** "14 according to doctors". */
const BY_WHOM = fold('according بحسب حسب وفق وفقا طبقا per по со');
/** What may stand right behind a bare number that counts victims. */
const ENDS = fold(
  'while whereas but and or as when on in dead killed بينما فيما أما و في من مقابل بحسب حسب وفق قتلى а но и в тогда погибших убитых жертв человек according people',
);

/** What a number counts that another source gives, or null when it counts something else. */
export function rivalUnit(
  ctx: ReaderContext,
  marks: CountingMarks,
  count: Counted,
  before: Quantity | undefined,
): string | null {
  const { tokens } = ctx;
  if (count.value < 1 || count.value > LARGEST || isYear(ctx, count)) return null;
  const end = numberAt(tokens, count.number)?.to ?? count.number + 1;
  const next = tokens.norm[end] ?? '';
  const isBare =
    tokens.kind[end] === PUNCT ? next !== '%' && next !== ':' && next !== '/' : next === '' || ENDS.has(next);
  if (!count.people && !isBare) return null;
  const isTold = isWhole(ctx, count) || tellerBefore(ctx, marks, count, before) || tellerBehind(ctx, marks, count);
  if (!isTold) return null;
  return topicOf(ctx, marks, count, before);
}

const WHOLE = fold('المجموع بمجموع الإجمالي total altogether всего итого');

/** "Total 14". */
const isWhole = ({ tokens }: ReaderContext, { from }: Counted): boolean =>
  WHOLE.has(tokens.norm[from - 1] ?? '') || (tokens.norm[from - 1] === ':' && WHOLE.has(tokens.norm[from - 2] ?? ''));

const isYear = ({ tokens }: ReaderContext, { number, value, people }: Counted): boolean =>
  !people && tokens.kind[number] === NUMBER && value >= 1900 && value < 2100;

/** Somebody who tells stands before the number, in its sentence, with no other count between. */
function tellerBefore(
  { tokens }: ReaderContext,
  marks: CountingMarks,
  { from }: Counted,
  before: Quantity | undefined,
): boolean {
  for (let i = from; i > Math.max(0, from - TELLER_REACH); i--) {
    if (before && i <= before.to - 1) return false;
    if (marks.tellerEnd.has(i)) return true;
    if (tokens.sentence[i - 1] !== tokens.sentence[from]) return false;
    if (tokens.kind[i - 1] === NUMBER) return false;
  }
  return false;
}

function tellerBehind({ tokens }: ReaderContext, marks: CountingMarks, { nounEnd }: Counted): boolean {
  if (!BY_WHOM.has(tokens.norm[nounEnd] ?? '')) return false;
  for (let i = nounEnd + 1; i < Math.min(tokens.count, nounEnd + BEHIND_REACH); i++)
    if (marks.teller.has(i)) return true;
  return false;
}

/** The toll told last, or announced by its noun ("death toll in the strike on …"), in the same paragraph. */
function topicOf(
  { tokens }: ReaderContext,
  marks: CountingMarks,
  { from }: Counted,
  before: Quantity | undefined,
): string | null {
  const told = before && RIVALS.has(before.unit ?? '') && !before.share && from - before.to <= TOPIC_REACH;
  if (told && tokens.paragraph[before.from] === tokens.paragraph[from]) return before.unit;
  for (let i = from - 1; i >= Math.max(0, from - TOPIC_REACH); i--) {
    if (tokens.paragraph[i] !== tokens.paragraph[from]) return null;
    const toll = marks.toll.get(i);
    if (toll && TOPIC.has(tokens.norm[i] ?? '') && RIVALS.has(toll.value.value)) return toll.value.value;
  }
  return null;
}

/**
 * What a count of people is of, when its noun does not say: the verb or noun of killing, hurting, driving out that stands
 * nearest, before it or behind it. Distances in words, with a price for signs, joining words and other counts between.
 */
import { ARABIC } from '../language.ts';
import type { Mark } from '../lexicon.ts';
import { normalise } from '../normalise.ts';
import { PUNCT, type Tokens } from '../tokens.ts';
import type { Counted } from './counted.ts';
import type { CountingMarks } from './marks.ts';

const LOOK_BACK = 9;
const LOOK_AHEAD = 8;
const ARABIC_BEHIND = 3;
const OTHER_COUNT = 2;
const INSIDE_COUNT = 0.5;
const JOINING = new Set(
  ['و', 'and', 'or', 'и', 'или', 'а', 'еще', 'another', 'او', 'as', 'well'].map((word) => normalise(word)),
);
/** Words between a verb and its count that cost nothing. */
const FREE = new Set([
  'were',
  'was',
  'have',
  'had',
  'has',
  'been',
  'being',
  'are',
  'is',
  'были',
  'был',
  'была',
  'при',
  'to',
  'الي',
  'the',
  'еще',
  'more',
  'another',
  'of',
  'как',
  'ان',
  // "killed a family of five"
  'a',
  'family',
  'عائله',
  'اسره',
  'كامله',
  'семья',
  'семью',
  'из',
]);
/** Farthest that a verb may stand: with a noun for people, and without one. */
const FAR = 8;
const NEAR_BEFORE = 1.5;
const NEAR_BEHIND = 3.5;

export interface Governed {
  readonly unit: string;
  readonly cost: number;
  readonly mark: Mark;
  readonly before: boolean;
  /** An aside about a part stands between: «семеро, среди которых две женщины, ранены». */
  readonly aside: boolean;
}

/** The toll word that governs a count, if one stands near enough. */
export function governedBy(
  tokens: Tokens,
  marks: CountingMarks,
  counted: Counted,
  counts: ReadonlySet<number>,
): Governed | undefined {
  const back = lookBack(tokens, marks, counted, counts);
  const ahead = lookAhead(tokens, marks, counted, counts);
  const near = back && reaches(tokens, back.mark) ? REACHED : NEAR_BEFORE;
  const nearBack = back && back.cost <= (counted.people ? FAR : near) ? back : undefined;
  const nearAhead = ahead && ahead.cost <= (counted.people ? FAR : NEAR_BEHIND) ? ahead : undefined;
  if (!nearBack) return nearAhead;
  return nearAhead && (nearAhead.aside || nearAhead.cost < nearBack.cost) ? nearAhead : nearBack;
}

const REACHED = 7;
const REACHING = new Set(
  'بلغ بلغت يبلغ ارتفع ارتفعت يرتفع ارتفاع وصل وصلت تجاوز تجاوزت تخطى صار صارت أصبح أصبحت بات رفع يرفع ترفع reached reaches rose rises risen climbed climbs stood stands raised raising bringing brings brought достигло достигает выросло возросло составило составляет увеличилось'
    .split(' ')
    .map((word) => normalise(word)),
);

/** "بلغ قتلى التفجيرات 148": a verb of reaching ties a count to its noun over some words. */
function reaches(tokens: Tokens, mark: Mark): boolean {
  for (let i = mark.from; i >= Math.max(0, mark.from - 3); i--) if (REACHING.has(tokens.norm[i] ?? '')) return true;
  return false;
}

function lookBack(
  tokens: Tokens,
  marks: CountingMarks,
  counted: Counted,
  counts: ReadonlySet<number>,
): Governed | undefined {
  let cost = 0;
  for (let i = counted.from; i > Math.max(0, counted.from - LOOK_BACK); i--) {
    const mark = marks.tollEnd.get(i) ?? bareUnitEndingAt(marks, i, counts);
    // A plural verb follows its subject: عشرة قُتلوا وأربعون جُرحوا.
    if (mark && isPluralVerb(tokens, mark) && countStandsBefore(tokens, mark, counts)) return undefined;
    if (mark)
      return { unit: withSecond(tokens, marks, mark, 'before', counts), cost, mark, before: true, aside: false };
    const at = i - 1;
    if (tokens.sentence[at] !== tokens.sentence[counted.number]) return undefined;
    cost += counts.has(at) ? priceOfCount(counts, at) : priceOf(tokens, at);
  }
  return undefined;
}

function lookAhead(
  tokens: Tokens,
  marks: CountingMarks,
  counted: Counted,
  counts: ReadonlySet<number>,
): Governed | undefined {
  // A comma may follow: the script is that of the noun or of what stands behind it.
  const arabic = tokens.script[counted.nounEnd] === ARABIC || tokens.script[counted.nounEnd - 1] === ARABIC;
  let cost = 0;
  let limit = counted.nounEnd + LOOK_AHEAD;
  let aside = false;
  for (let i = counted.nounEnd; i < Math.min(tokens.count, limit); i++) {
    if (tokens.sentence[i] !== tokens.sentence[counted.number]) return undefined;
    const mark = marks.toll.get(i);
    if (mark) {
      const behind = arabic && !isPluralVerb(tokens, mark) ? ARABIC_BEHIND : 0;
      return {
        unit: withSecond(tokens, marks, mark, 'after', counts),
        cost: cost + behind,
        mark,
        before: false,
        aside,
      };
    }
    // "19 civilians, six women among them, were killed": the aside is passed over.
    const part = marks.part.get(i);
    const closed = part && afterAside(tokens, part.to);
    if (closed) {
      cost += ASIDE;
      // An Arabic verb stands before its people; "and wounded ten" is the next count's.
      if (!arabic && !JOINING.has(tokens.norm[closed] ?? '')) {
        limit += closed - i;
        aside = true;
      }
      i = closed - 1;
      continue;
    }
    cost += counts.has(i) ? priceOfCount(counts, i) : priceOf(tokens, i);
  }
  return undefined;
}

const ASIDE = 1;
const LONGEST_ASIDE = 12;

/** The token after the comma or dash that closes an aside, undefined when none does. */
function afterAside(tokens: Tokens, from: number): number | undefined {
  for (let i = from; i < Math.min(tokens.count, from + LONGEST_ASIDE); i++) {
    if (tokens.sentence[i] !== tokens.sentence[from]) return undefined;
    const sign = tokens.norm[i] ?? '';
    if (tokens.kind[i] === PUNCT && (sign === ',' || sign === '،' || sign === ')' || sign === '–' || sign === '—'))
      return i + 1;
  }
  return undefined;
}

const priceOfCount = (counts: ReadonlySet<number>, at: number): number =>
  counts.has(at - 1) ? INSIDE_COUNT : OTHER_COUNT;

const SUBJECT_REACH = 6;

function countStandsBefore(tokens: Tokens, mark: Mark, counts: ReadonlySet<number>): boolean {
  for (let i = mark.from - 1; i >= Math.max(0, mark.from - SUBJECT_REACH); i--) {
    if (tokens.sentence[i] !== tokens.sentence[mark.from]) return false;
    if (counts.has(i)) return true;
  }
  return false;
}

/** قُتلوا, جُرحوا, قُتلن: the verb that stands behind the people it speaks of. */
function isPluralVerb(tokens: Tokens, mark: Mark): boolean {
  const word = tokens.norm[mark.to - 1] ?? '';
  return tokens.script[mark.from] === ARABIC && (word.endsWith('وا') || word.endsWith('لن') || word.endsWith('حن'));
}

function priceOf(tokens: Tokens, at: number): number {
  const word = tokens.norm[at] ?? '';
  if (tokens.kind[at] === PUNCT)
    return word === ':' || word === '-' || word === '"' ? 0 : word === ',' || word === '،' ? 1.5 : 3;
  if (FREE.has(word)) return 0;
  if (JOINING.has(word)) return 1.5;
  // و at the head of a word joins another clause.
  return tokens.script[at] === ARABIC && word.startsWith('و') && word.length > 3 ? 2 : 1;
}

/** "عدد القتلى إلى", "the wounded": a unit noun without a number of its own works like a toll word. */
function bareUnitEndingAt(marks: CountingMarks, end: number, counts: ReadonlySet<number>): Mark | undefined {
  const mark = marks.unit.get(end - 1);
  if (mark?.to !== end || counts.has(end - 1)) return undefined;
  const plain = mark.value.value;
  return plain === 'deaths' ||
    plain === 'injured' ||
    plain === 'missing' ||
    plain === 'displaced' ||
    plain === 'detained'
    ? mark
    : undefined;
}

const PEOPLE = new Set(['deaths', 'injured']);

/** مقتل وإصابة 15, killed or wounded: both together are casualties. */
function withSecond(
  tokens: Tokens,
  marks: CountingMarks,
  mark: Mark,
  side: 'before' | 'after',
  counts: ReadonlySet<number>,
): string {
  const unit = mark.value.value.split('=')[0] ?? '';
  if (!PEOPLE.has(unit)) return unit;
  if (side === 'before') {
    const joined = JOINING.has(tokens.norm[mark.from - 1] ?? '') ? mark.from - 1 : mark.from;
    const clitic = joined < mark.from || (tokens.norm[mark.from] ?? '').startsWith('و');
    const other = clitic ? marks.tollEnd.get(joined) : undefined;
    if (!other || isPluralVerb(tokens, other)) return unit;
    return PEOPLE.has(other.value.value) && other.value.value !== unit ? 'casualties' : unit;
  }
  const next = JOINING.has(tokens.norm[mark.to] ?? '') ? mark.to + 1 : -1;
  const other = marks.toll.get(next);
  if (!other || !PEOPLE.has(other.value.value) || other.value.value === unit) return unit;
  return counts.has(other.to) ? unit : 'casualties';
}

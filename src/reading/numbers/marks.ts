/** The lexicon's marks that counting needs, indexed by token for lookups in constant time. */
import type { ReaderContext } from '../context.ts';
import type { Mark } from '../lexicon.ts';

type ByToken = ReadonlyMap<number, Mark>;

export interface CountingMarks {
  readonly unit: ByToken;
  readonly person: ByToken;
  readonly toll: ByToken;
  /** Toll words by the token after their last. */
  readonly tollEnd: ByToken;
  readonly noToll: readonly Mark[];
  /** Comparators by the token after their last, and those that follow a number by their first. */
  readonly comparatorEnd: ByToken;
  readonly comparatorAfter: ByToken;
  readonly part: ByToken;
  readonly partEnd: ByToken;
  readonly share: ByToken;
  readonly population: ByToken;
  readonly notCounted: ByToken;
  /** Who gives a count, by the first and by the token after the last. */
  readonly teller: ByToken;
  readonly tellerEnd: ByToken;
}

const NO_MARKS: ByToken = new Map();

function by(marks: readonly Mark[], key: (mark: Mark) => number): ByToken {
  if (marks.length === 0) return NO_MARKS;
  const found = new Map<number, Mark>();
  for (const mark of marks) found.set(key(mark), mark);
  return found;
}
const follows = (mark: Mark): boolean => mark.value.value.endsWith(' after');
const first = (mark: Mark): number => mark.from;
const after = (mark: Mark): number => mark.to;

export function countingMarks(ctx: ReaderContext): CountingMarks {
  const comparators = ctx.marks('comparator');
  return {
    unit: by(ctx.marks('unit'), first),
    person: by(ctx.marks('counted'), first),
    toll: by(ctx.marks('toll'), first),
    tollEnd: by(ctx.marks('toll'), after),
    noToll: ctx.marks('no-toll'),
    comparatorEnd: by(
      comparators.filter((mark) => !follows(mark)),
      after,
    ),
    comparatorAfter: by(
      comparators.filter((mark) => follows(mark) || isEither(mark)),
      first,
    ),
    part: by(ctx.marks('part'), first),
    partEnd: by(ctx.marks('part'), after),
    share: by(ctx.marks('share'), first),
    population: by(ctx.marks('population'), first),
    notCounted: by(ctx.marks('not-counted'), first),
    teller: by(ctx.marks('teller'), first),
    tellerEnd: by(ctx.marks('teller'), after),
  };
}

/** "على الأقل" and "at least" stand before or after the number. */
const isEither = (mark: Mark): boolean => mark.value.value === '>=';

/** `deaths=2` → deaths and 2; the number counts only where the form stands unchanged. */
export function meaningOf(mark: Mark): Meaning {
  let known = meanings.get(mark.value.value);
  if (!known) {
    const [name = '', self] = mark.value.value.split('=');
    known = { exact: { name, self: self === undefined ? null : Number(self) }, inexact: { name, self: null } };
    meanings.set(mark.value.value, known);
  }
  return mark.exact ? known.exact : known.inexact;
}

interface Meaning {
  readonly name: string;
  readonly self: number | null;
}

/** As many as the lexicon has values. */
const meanings = new Map<string, { readonly exact: Meaning; readonly inexact: Meaning }>();

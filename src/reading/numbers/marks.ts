/** The lexicon's marks that counting needs, indexed by token for lookups in constant time. */
import type { ReaderContext } from '../context.ts';
import type { Mark } from '../lexicon.ts';
import type { LexiconKind } from '../lexicon-kinds.ts';

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
}

const by = (marks: readonly Mark[], key: (mark: Mark) => number): Map<number, Mark> =>
  new Map(marks.map((mark) => [key(mark), mark]));
const first = (mark: Mark): number => mark.from;
const after = (mark: Mark): number => mark.to;

export function countingMarks(ctx: ReaderContext): CountingMarks {
  const of = (kind: LexiconKind): readonly Mark[] => ctx.marks(kind);
  const comparators = of('comparator');
  const follows = (mark: Mark): boolean => mark.value.value.endsWith(' after');
  return {
    unit: by(of('unit'), first),
    person: by(of('counted'), first),
    toll: by(of('toll'), first),
    tollEnd: by(of('toll'), after),
    noToll: of('no-toll'),
    comparatorEnd: by(
      comparators.filter((mark) => !follows(mark)),
      after,
    ),
    comparatorAfter: by(
      comparators.filter((mark) => follows(mark) || isEither(mark)),
      first,
    ),
    part: by(of('part'), first),
    partEnd: by(of('part'), after),
    share: by(of('share'), first),
    population: by(of('population'), first),
    notCounted: by(of('not-counted'), first),
  };
}

/** "على الأقل" and "at least" stand before or after the number. */
const isEither = (mark: Mark): boolean => mark.value.value === '>=';

/** `deaths=2` → deaths and 2; the number counts only where the form stands unchanged. */
export function meaningOf(mark: Mark): { name: string; self: number | null } {
  const [name = '', self] = mark.value.value.split('=');
  return { name, self: self === undefined || !mark.exact ? null : Number(self) };
}

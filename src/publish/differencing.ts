/**
 * Finds what a new release would give away by subtraction from what is out already: the count of an area less those of
 * parts of it, or of one area before and after. Pure; decides nothing, names each pair. It checks differences of one
 * row and disjoint parts of it, not every sum a patient reader could form.
 */

export interface ReleasedRow {
  /** What is counted, over which days: only rows of the same measure can be subtracted. */
  readonly measure: string;
  /** Base cells (or ids of the smallest areas) that the row covers. */
  readonly cells: readonly string[];
  readonly count: number;
}

export interface Release {
  readonly id: string;
  readonly rows: readonly ReleasedRow[];
}

export interface Revealed {
  readonly measure: string;
  /** The release that holds the larger row, and those that hold what is subtracted. */
  readonly whole: string;
  readonly parts: readonly string[];
  /** The cells whose count can be worked out, and that count. */
  readonly cells: readonly string[];
  readonly count: number;
}

interface Known {
  readonly release: string;
  readonly cells: ReadonlySet<string>;
  readonly count: number;
}

const isInside = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  part.size <= whole.size && [...part].every((cell) => whole.has(cell));

const areApart = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  return ![...small].some((cell) => large.has(cell));
};

function gather(releases: readonly Release[]): Map<string, Known[]> {
  const byMeasure = new Map<string, Known[]>();
  for (const { id, rows } of releases) {
    for (const { measure, cells, count } of rows) {
      const known = { release: id, cells: new Set(cells), count };
      const list = byMeasure.get(measure);
      if (list === undefined) byMeasure.set(measure, [known]);
      else list.push(known);
    }
  }
  return byMeasure;
}

/** The largest parts of a row that do not overlap, largest first. */
function disjointParts(whole: Known, rows: readonly Known[]): readonly Known[] {
  const parts: Known[] = [];
  const candidates = rows.filter(
    (row) => row !== whole && row.cells.size < whole.cells.size && isInside(row.cells, whole.cells),
  );
  for (const row of candidates.toSorted((a, b) => b.cells.size - a.cells.size)) {
    if (parts.every((part) => areApart(part.cells, row.cells))) parts.push(row);
  }
  return parts;
}

function subtract(measure: string, whole: Known, parts: readonly Known[]): Revealed {
  const covered = new Set(parts.flatMap(({ cells }) => [...cells]));
  const left = [...whole.cells].filter((cell) => !covered.has(cell)).toSorted();
  const count = whole.count - parts.reduce((sum, part) => sum + part.count, 0);
  // Of one area before and after, the difference is of the area itself.
  return {
    measure,
    whole: whole.release,
    parts: parts.map(({ release }) => release),
    cells: left.length > 0 ? left : [...whole.cells].toSorted(),
    count,
  };
}

/**
 * Differences of 1 to least − 1 that `next` makes possible together with the earlier releases. Empty: it may go out.
 * A difference that the earlier releases gave away already is not named again.
 */
export function revealingDifferences(earlier: readonly Release[], next: Release, least: number): readonly Revealed[] {
  const found: Revealed[] = [];
  const isRevealing = ({ count }: Revealed): boolean => count !== 0 && Math.abs(count) < least;
  for (const [measure, rows] of gather([...earlier, next])) {
    const fresh = (row: Known): boolean => row.release === next.id;
    for (const whole of rows) {
      const old = rows.filter((row) => !fresh(row));
      const sets = [...rows, undefined].flatMap((part) => {
        if (part === undefined)
          return [disjointParts(whole, rows), ...(fresh(whole) ? [disjointParts(whole, old)] : [])];
        const same = part.cells.size === whole.cells.size && part !== whole && fresh(whole) && !fresh(part);
        return isInside(part.cells, whole.cells) && (same || part.cells.size < whole.cells.size) ? [[part]] : [];
      });
      for (const parts of sets) {
        if (parts.length === 0 || ![whole, ...parts].some(fresh)) continue;
        const revealed = subtract(measure, whole, parts);
        if (isRevealing(revealed)) found.push(revealed);
      }
    }
  }
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = JSON.stringify([one.measure, one.cells, one.count]);
    return !seen.has(key) && seen.add(key);
  });
}

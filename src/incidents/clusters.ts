/**
 * The clusters: each report goes to the incident whose members it fits best, or opens one. Incremental; the same
 * step, run again over a finished set, is the repair that makes the order of arrival matter little. People's "not the
 * same" and "the same" are hard constraints that no score can overrule.
 */
import type { ReportColumns } from './columns.ts';
import { distanceKm } from './levels.ts';
import type { Scorer } from './scorer.ts';
import type { SpaceIndex } from './space-index.ts';

export const NO_CLUSTER = -1;
/** Incidents that one report is scored against at most, nearest in time first. */
const MAX_SCORED = 64;

export interface Choice {
  /** Best and second-best cluster; NO_CLUSTER for none. */
  best: number;
  score: number;
  second: number;
  secondScore: number;
}

/** Bits by which the best incident beats "a new one or the second-best": a report that fits two is sure of neither. */
export const sureness = ({ score, secondScore }: Choice): number =>
  score - Math.log2(1 + 2 ** Math.min(60, secondScore));

export class Clusters {
  readonly #columns: ReportColumns;
  readonly #scorer: Scorer;
  readonly #index: SpaceIndex;
  /** Cluster of each row. */
  of = new Int32Array(0);
  readonly members: number[][] = [];
  #seen = new Int32Array(0);
  #turn = 0;
  readonly #apart = new Map<number, Set<number>>();
  readonly #together = new Map<number, number>();
  readonly #anchors = new Set<number>();
  /** Pairs that were scored, for the statistics. */
  comparisons = 0;

  constructor(columns: ReportColumns, scorer: Scorer, index: SpaceIndex) {
    this.#columns = columns;
    this.#scorer = scorer;
    this.#index = index;
  }

  /** A person's decision: these two rows are never in one cluster. */
  keepApart(a: number, b: number): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const set = this.#apart.get(one) ?? new Set();
      set.add(other);
      this.#apart.set(one, set);
    }
  }

  /** A person's decision: `row` stays with `anchor`, whatever the score. */
  keepTogether(row: number, anchor: number): void {
    this.#together.set(row, anchor);
    this.#anchors.add(anchor);
  }

  /** A person joined this row with others: only a person moves it. */
  isBound(row: number): boolean {
    return this.#together.has(row) || this.#anchors.has(row);
  }

  /** A person keeps some of one cluster apart from some of the other. */
  areApart(a: number, b: number): boolean {
    const members = this.members[b] ?? [];
    return (this.members[a] ?? []).some((row) => this.#isForbidden(row, members));
  }

  /** How well a whole cluster fits another: the mean over its members; hopeless where people or the units forbid it. */
  fit(from: number, into: number): number {
    const rows = this.members[from] ?? [];
    const members = this.members[into] ?? [];
    let sum = 0;
    let count = 0;
    for (const row of rows.slice(-8)) {
      if (this.#isForbidden(row, members)) return -1e9;
      if (this.#columns.linkable[row] !== 1) continue;
      sum += Math.min(this.#scorer.score(row, members), this.#ceiling(row, members));
      count++;
    }
    return count === 0 ? -1e9 : sum / count;
  }

  /** Forgets what was decided about a row. */
  loosen(row: number): void {
    for (const other of this.#apart.get(row) ?? []) this.#apart.get(other)?.delete(row);
    this.#apart.delete(row);
    this.#together.delete(row);
    this.#anchors.delete(row);
  }

  makeRoom(rows: number): void {
    if (rows <= this.of.length) return;
    const wider = new Int32Array(Math.max(rows, this.of.length * 2, 1024)).fill(NO_CLUSTER);
    wider.set(this.of);
    this.of = wider;
  }

  open(row: number): number {
    this.makeRoom(row + 1);
    const cluster = this.members.length;
    this.members.push([]);
    this.put(row, cluster);
    return cluster;
  }

  put(row: number, cluster: number): void {
    this.makeRoom(row + 1);
    const members = this.members[cluster];
    if (!members) throw new RangeError(`no cluster ${cluster}`);
    members.push(row);
    this.of[row] = cluster;
  }

  /** Takes a row out of its cluster; the row is in none until it is put again. */
  take(row: number): void {
    const cluster = this.of[row] ?? NO_CLUSTER;
    const members = this.members[cluster];
    if (!members) return;
    members.splice(members.indexOf(row), 1);
    this.of[row] = NO_CLUSTER;
  }

  /** As `choose`, for a row that has a cluster: scored there against the others only, without moving it. */
  chooseOther(row: number, near = this.#index.near(row)): Choice {
    const own = this.members[this.of[row] ?? NO_CLUSTER];
    const place = own?.indexOf(row) ?? -1;
    if (!own || place < 0) return this.choose(row, near);
    own.splice(place, 1);
    const choice = this.choose(row, near, this.of[row]);
    own.splice(place, 0, row);
    return choice;
  }

  /**
   * The cluster that a row fits best among those near it. The row must be in none. `home` is scored in any case: a report
   * without a day is found by none of those that it joined.
   */
  choose(row: number, near = this.#index.near(row), home = NO_CLUSTER): Choice {
    const choice: Choice = { best: NO_CLUSTER, score: -1e9, second: NO_CLUSTER, secondScore: -1e9 };
    const anchor = this.#together.get(row);
    if (anchor !== undefined) {
      choice.best = this.of[anchor] ?? NO_CLUSTER;
      const members = this.members[choice.best];
      if (members && members.length > 0) {
        choice.score = this.#scorer.score(row, members);
        return choice;
      }
    }
    this.#startTurn();
    this.#consider(row, home, choice);
    let scored = 0;
    for (const other of near) {
      const cluster = this.of[other] ?? NO_CLUSTER;
      if (this.#consider(row, cluster, choice) && ++scored >= MAX_SCORED) break;
    }
    return choice;
  }

  /** Scores a cluster once a turn; whether it was scored. */
  #consider(row: number, cluster: number, choice: Choice): boolean {
    if (cluster === NO_CLUSTER || this.#seen[cluster] === this.#turn) return false;
    this.#seen[cluster] = this.#turn;
    const members = this.members[cluster];
    if (!members || members.length === 0 || this.#isForbidden(row, members)) return false;
    this.comparisons++;
    const score = Math.min(this.#scorer.score(row, members), this.#ceiling(row, members));
    if (score > choice.score) {
      choice.second = choice.best;
      choice.secondScore = choice.score;
      choice.best = cluster;
      choice.score = score;
    } else if (score > choice.secondScore) {
      choice.second = cluster;
      choice.secondScore = score;
    }
    return true;
  }

  /** An episode and a single event are different units: however well they fit, only a person joins them. */
  #ceiling(row: number, members: readonly number[]): number {
    const { linkFrom, askFrom } = this.#scorer.weights;
    const isMixed = this.#columns.isEpisode(row) !== this.#columns.isEpisode(members[0] ?? row);
    return isMixed ? (linkFrom + askFrom) / 2 : Number.POSITIVE_INFINITY;
  }

  #startTurn(): void {
    if (this.#seen.length < this.members.length) {
      const wider = new Int32Array(Math.max(1024, this.members.length * 2));
      wider.set(this.#seen);
      this.#seen = wider;
    }
    this.#turn++;
  }

  #isForbidden(row: number, members: readonly number[]): boolean {
    const apart = this.#apart.get(row);
    return apart !== undefined && members.some((member) => apart.has(member));
  }

  /** Largest distance between two members in kilometres, for the checks of a merge. */
  spread(cluster: number): number {
    const members = this.members[cluster] ?? [];
    let widest = 0;
    for (const a of members.slice(0, 8)) {
      for (const b of members.slice(0, 8)) widest = Math.max(widest, distanceKm(this.#columns, a, b));
    }
    return widest;
  }
}

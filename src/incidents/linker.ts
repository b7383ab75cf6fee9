/**
 * The linker's state: reports as columns, the blocks, the clusters, the copies. `linkOne` adds a report as it arrives;
 * a file is ingested whole, estimated, linked in order of days and repaired. No database, no clock, no random.
 */
import { Clusters, NO_CLUSTER, sureness } from './clusters.ts';
import { NO_PLACE, ReportColumns, UNKNOWN } from './columns.ts';
import { CopyIndex } from './copy-index.ts';
import defaultWeights from './default-weights.json' with { type: 'json' };
import { distanceKm, gapDays, jointRadiusKm, type Relations } from './levels.ts';
import type { CopyReason, FieldBits, LinkOutcome, LinkReport } from './model.ts';
import { Repeats } from './repeats.ts';
import { Scorer } from './scorer.ts';
import { SpaceIndex, type Window } from './space-index.ts';
import { makeTaxonomy, SHIPPED_TREE, type Taxonomy } from './taxonomy.ts';
import { parseWeights, type WeightSet } from './weights.ts';

export interface LinkerOptions {
  readonly taxonomy?: Taxonomy;
  /** Side of an actor code, or null when it has none. */
  readonly sideOf?: (actor: string) => string | null;
  readonly weights?: WeightSet;
  /** Pairs farther apart than this are never compared. */
  readonly window?: Window;
  /** Days from first to last at which an event is an episode, which only a person joins with single events (2). */
  readonly episodeDays?: number;
}

/** The evidence of a copy is a rule, not an estimate; it outweighs every field. */
const COPY_BITS = 20;
/** How far apart, in joint radii, the places of a copy and its original may be read. */
const COPY_PLACE_SHARE = 0.25;

export const DEFAULT_WEIGHTS: WeightSet = parseWeights(defaultWeights, 'default-weights.json');

export class Linker {
  readonly columns = new ReportColumns();
  readonly scorer: Scorer;
  readonly index: SpaceIndex;
  readonly clusters: Clusters;
  readonly #copies = new CopyIndex();
  readonly #repeats = new Repeats();
  /** Report id of each row; a report's further events have rows of their own under the same id. */
  readonly ids: string[] = [];
  /** Rows of a report's further events. */
  readonly #extra = new Map<number, number[]>();
  readonly #isExtra = new Set<number>();
  readonly #rowOf = new Map<string, number>();
  /** Row of which a row is a copy, and why. */
  readonly #copyOf = new Map<number, { readonly of: number; readonly reason: CopyReason }>();

  readonly #followers = new Map<number, Set<number>>();
  readonly #led = new Map<number, { readonly of: number; readonly reason: CopyReason }>();
  /** Copies that a person parted from their originals. */
  readonly #detached = new Map<number, { readonly of: number; readonly reason: CopyReason }>();

  constructor(options: LinkerOptions = {}) {
    if (options.episodeDays !== undefined) this.columns.episodeDays = Math.max(1, options.episodeDays);
    this.scorer = new Scorer(this.columns, relationsOf(this.columns, options), options.weights ?? DEFAULT_WEIGHTS);
    this.index = new SpaceIndex(this.columns, options.window);
    this.clusters = new Clusters(this.columns, this.scorer, this.index);
  }

  /** Takes a report in without linking it; its row. */
  ingest(report: LinkReport): number {
    const [main, ...others] = report.events;
    const row = this.#addRow(report, main ?? null);
    this.#rowOf.set(report.id, row);
    const extra = others.slice(0, 20).map((event) => this.#addRow({ ...report, text: null }, event));
    if (extra.length > 0) this.#extra.set(row, extra);
    for (const other of extra) this.#isExtra.add(other);
    const found = this.#copies.findAndAdd(row, report, (other) => this.#copyFits(row, other));
    if (found) this.#follow(row, found.row, found.reason);
    const repeated = found ? undefined : this.#repeats.follows(this.columns, row);
    if (repeated !== undefined) this.#follow(row, repeated, 'identical');
    return row;
  }

  #addRow(report: LinkReport, event: LinkReport['events'][number] | null): number {
    const row = this.columns.add(report, event);
    this.ids[row] = report.id;
    return row;
  }

  /** A copy's event, where both have one, must be the same event told again: alike texts may be one form filled in. */
  #copyFits(row: number, other: number): boolean {
    const { columns } = this;
    if (columns.linkable[row] !== 1 || columns.linkable[other] !== 1) return true;
    if (columns.isDated(row) && columns.isDated(other) && gapDays(columns, row, other) > 0) return false;
    for (const column of [columns.type, columns.actor, columns.target]) {
      if (differ(column[row] ?? 0, column[other] ?? 0, 0)) return false;
    }
    for (const column of [columns.killedLow, columns.killedHigh, columns.injuredLow, columns.injuredHigh]) {
      if (differ(column[row] ?? UNKNOWN, column[other] ?? UNKNOWN, UNKNOWN)) return false;
    }
    if (columns.placeClass[row] === NO_PLACE || columns.placeClass[other] === NO_PLACE) return true;
    const joint = jointRadiusKm(columns.radiusKm[row] ?? 0, columns.radiusKm[other] ?? 0);
    return distanceKm(columns, row, other) <= joint * COPY_PLACE_SHARE;
  }

  #follow(row: number, of: number, reason: CopyReason): void {
    const leader = this.leaderOf(of);
    // The first report with a usable event leads; a text that could not be placed follows it.
    if (this.columns.linkable[leader] !== 1 && this.columns.linkable[row] === 1) {
      const cluster = this.clusters.of[leader] ?? NO_CLUSTER;
      this.clusters.take(leader);
      this.#setCopy(leader, row, reason);
      this.#led.set(row, { of: leader, reason });
      // It takes the place of what it copies, so that both stay in one incident.
      if (cluster !== NO_CLUSTER) this.clusters.put(row, cluster);
    } else this.#setCopy(row, leader, reason);
  }

  /** What a row has copied and leads since, because only its own event can be placed; undefined for others. */
  takenFrom(row: number): { readonly of: number; readonly reason: CopyReason } | undefined {
    return this.#led.get(row);
  }

  /** The report that a copy stands behind; itself when it is no copy. */
  leaderOf(row: number): number {
    let at = row;
    for (let up = this.#copyOf.get(at); up !== undefined; up = this.#copyOf.get(at)) at = up.of;
    return at;
  }

  /** Rows that stand behind a row as its copies, copies of copies included. */
  followersOf(row: number): number[] {
    const direct = [...(this.#followers.get(row) ?? [])];
    return direct.flatMap((one) => [one, ...this.followersOf(one)]);
  }

  #setCopy(row: number, of: number, reason: CopyReason): void {
    this.#copyOf.set(row, { of, reason });
    const followers = this.#followers.get(of);
    if (followers) followers.add(row);
    else this.#followers.set(of, new Set([row]));
  }

  isCopy(row: number): boolean {
    return this.#copyOf.has(row);
  }

  /** A person parted a copy from its original: from now on it stands for itself. */
  detach(row: number): void {
    const copy = this.#copyOf.get(row);
    if (!copy) return;
    this.#copyOf.delete(row);
    this.#followers.get(copy.of)?.delete(row);
    this.#detached.set(row, copy);
    if (this.columns.linkable[row] === 1) this.makeKnown(row);
  }

  /** The report that a parted copy copied; undefined for others. */
  detachedFrom(row: number): number | undefined {
    return this.#detached.get(row)?.of;
  }

  /** Undoes `detach`. The row must be in no cluster. */
  attach(row: number): void {
    const copy = this.#detached.get(row);
    if (!copy) return;
    this.#detached.delete(row);
    this.#setCopy(row, copy.of, copy.reason);
    if (this.columns.linkable[row] === 1) this.forget(row);
  }

  copyReason(row: number): CopyReason | null {
    return this.#copyOf.get(row)?.reason ?? null;
  }

  /** True for the row that stands for its report in the clusters. */
  takesPart(row: number): boolean {
    return !this.#isExtra.has(row) && !this.#copyOf.has(row);
  }

  isMain(row: number): boolean {
    return !this.#isExtra.has(row);
  }

  rowOf(id: string): number | undefined {
    return this.#rowOf.get(id);
  }

  clusterOf(row: number): number {
    return this.clusters.of[this.leaderOf(row)] ?? NO_CLUSTER;
  }

  /** Makes a row known to the blocks. Only rows that take part and can be placed belong there. */
  makeKnown(row: number): void {
    this.scorer.density.add(row);
    this.index.add(row);
  }

  /** What a report tells was corrected: later reports meet the corrected event. Moves nothing. */
  correct({ id, events }: LinkReport): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    const known = !this.isCopy(row);
    if (known && this.columns.linkable[row] === 1) this.forget(row);
    this.columns.correct(row, events[0] ?? null);
    if (known && this.columns.linkable[row] === 1) this.makeKnown(row);
  }

  /** Takes a row out of the blocks. */
  forget(row: number): void {
    this.scorer.density.remove(row);
    this.index.remove(row);
  }

  /** Puts a row into the incident it fits, or a new one. */
  place(
    row: number,
    near?: Int32Array,
  ): { score: number | null; decision: LinkOutcome['decision']; second: number; secondScore: number } {
    const { clusters, scorer } = this;
    clusters.makeRoom(this.columns.size);
    if (this.columns.linkable[row] !== 1) {
      clusters.open(row);
      return { score: null, decision: 'opened', second: NO_CLUSTER, secondScore: 0 };
    }
    const choice = clusters.choose(row, near);
    const { linkFrom, askFrom } = scorer.weights;
    if (choice.best !== NO_CLUSTER && sureness(choice) >= linkFrom) {
      clusters.put(row, choice.best);
      return { score: choice.score, decision: 'linked', second: choice.second, secondScore: choice.secondScore };
    }
    clusters.open(row);
    const asked = choice.best !== NO_CLUSTER && sureness(choice) >= askFrom;
    return { score: null, decision: asked ? 'asked' : 'opened', second: choice.best, secondScore: choice.score };
  }

  /** Incidents that a report's further events belong to, its own left out. */
  alsoOf(row: number): number[] {
    const found = new Set<number>();
    for (const extra of this.#extra.get(row) ?? []) {
      if (this.columns.linkable[extra] !== 1) continue;
      const choice = this.clusters.choose(extra);
      if (choice.best !== NO_CLUSTER && choice.score >= this.scorer.weights.linkFrom) found.add(choice.best);
    }
    found.delete(this.clusterOf(row));
    return [...found];
  }

  /** Why a row is in its incident: evidence against the other members. Null for a row that is there alone. */
  explain(row: number): { score: number; parts: FieldBits[] } | null {
    const leader = this.leaderOf(row);
    const copy = this.#copyOf.get(row);
    const members = this.clusters.members[this.clusterOf(row)] ?? [];
    const others = members.filter((member) => member !== row);
    if (copy) return leader === row ? null : copyEvidence(copy.reason);
    return others.length === 0 ? null : this.scorer.explain(row, others);
  }
}

/** Adds one report as it arrives and says where it went and why. `name` says how a cluster is called. */
export function linkOne(
  linker: Linker,
  report: LinkReport,
  name: (cluster: number) => string = (cluster) => incidentName(linker, cluster),
): LinkOutcome {
  const row = linker.ingest(report);
  const { clusters, columns, scorer } = linker;
  const weights = scorer.weights.name;
  const alone = { report: report.id, runnerUp: null, also: [], weights };
  if (linker.isCopy(row)) {
    const { score, parts } = copyEvidence(linker.copyReason(row) ?? 'identical');
    const incident = name(linker.clusterOf(row));
    return { ...alone, incident, decision: 'linked', score, explanation: parts };
  }
  let near: Int32Array | undefined;
  if (columns.linkable[row] === 1) {
    linker.makeKnown(row);
    near = scorer.meetCompany(row, linker.index.near(row));
  }
  clusters.makeRoom(columns.size);
  const led = clusters.of[row] ?? NO_CLUSTER;
  if (led !== NO_CLUSTER) {
    const { score, parts } = copyEvidence(linker.takenFrom(row)?.reason ?? 'identical');
    return { ...alone, incident: name(led), decision: 'linked', score, explanation: parts };
  }
  const placed = linker.place(row, near);
  // A person who is asked sees why the report may belong to the incident that came nearest.
  const explained =
    placed.decision === 'linked'
      ? linker.explain(row)
      : placed.decision === 'asked'
        ? scorer.explain(row, clusters.members[placed.second] ?? [])
        : null;
  return {
    ...alone,
    incident: name(clusters.of[row] ?? NO_CLUSTER),
    decision: placed.decision,
    score: placed.decision === 'linked' ? (explained?.score ?? null) : null,
    explanation: explained?.parts ?? [],
    runnerUp: placed.second === NO_CLUSTER ? null : { incident: name(placed.second), score: placed.secondScore },
    also: linker.alsoOf(row).map(name),
  };
}

function copyEvidence(reason: CopyReason): { score: number; parts: FieldBits[] } {
  const prior = { field: 'prior', level: 'place_and_time', bits: 0 };
  return { score: COPY_BITS, parts: [prior, { field: 'copy', level: reason, bits: COPY_BITS }] };
}

/** An incident is named after the report that opened it. */
export const incidentName = (linker: Linker, cluster: number): string => {
  const opener = linker.clusters.members[cluster]?.[0];
  return `inc-${opener === undefined ? cluster : (linker.ids[opener] ?? opener)}`;
};

const differ = (a: number, b: number, unknown: number): boolean => a !== b && a !== unknown && b !== unknown;

function relationsOf(columns: ReportColumns, options: LinkerOptions): Relations {
  const taxonomy = options.taxonomy ?? makeTaxonomy(SHIPPED_TREE);
  const sideOf = options.sideOf ?? (() => null);
  const kinds = new Map<number, number>();
  const sides: (string | null | undefined)[] = [];
  const side = (actor: number): string | null => {
    let known = sides[actor];
    if (known === undefined) known = sides[actor] = sideOf(columns.actors.names[actor] ?? '');
    return known;
  };
  return {
    kind(a, b) {
      const key = a * 65_536 + b;
      let level = kinds.get(key);
      if (level === undefined) {
        level = taxonomy.level(columns.types.names[a] ?? '', columns.types.names[b] ?? '');
        kinds.set(key, level);
      }
      return level;
    },
    sameSide: (a, b) => side(a) !== null && side(a) === side(b),
  };
}

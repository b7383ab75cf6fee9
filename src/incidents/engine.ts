/**
 * The linker kept in memory beside the database. The stored members and decisions are the truth: the state is rebuilt
 * from them at start, and again whenever a transaction failed after the linker had already moved. What people decided
 * binds it: no score joins what they parted or parts what they joined.
 */
import { NO_CLUSTER } from './clusters.ts';
import type { LinkId, Membership } from './decisions.ts';
import { estimateWeights } from './estimate.ts';
import { DEFAULT_WEIGHTS, incidentName, Linker, linkOne } from './linker.ts';
import type { FieldBits, LinkOutcome, LinkReport } from './model.ts';
import { findRepairs, stirredBy } from './repair.ts';
import type { WeightSet } from './weights.ts';

export interface KnownMember {
  readonly link: LinkReport;
  readonly incident: string;
  /** Placed since repairs were last looked for. */
  readonly fresh: boolean;
}

/** A repair by its names in the database. */
export interface NamedRepair {
  readonly kind: 'merge' | 'move' | 'split';
  /** Events that would go, their copies with them. */
  readonly events: readonly LinkId[];
  readonly from: string;
  /** Null for a split, which opens a new incident. */
  readonly into: string | null;
  readonly gain: number;
  readonly score: number;
  readonly explanation: readonly FieldBits[];
}

/** Reports from which weights are estimated for the first time; then each time there are twice as many. */
const ESTIMATE_FROM = 200;
/** Rows sampled, so that an estimate takes well under a second. */
const ESTIMATE_ROWS = 3_000;

/** What people said of pairs of events. */
export type Bonds = Pick<Membership, 'together' | 'apart'>;

export interface Placed {
  readonly incident: string;
  readonly decision: LinkOutcome['decision'];
  readonly score: number | null;
  readonly explanation: readonly FieldBits[];
  readonly runnerUp: LinkOutcome['runnerUp'];
  readonly weights: string;
  /** The link id of the report whose origin this one shares, when it is a copy. */
  readonly copyOf: string | null;
  readonly copyReason: string | null;
}

export class LinkEngine {
  #linker: Linker;
  readonly #clusters = new Map<string, number>();
  /** Name of each cluster. */
  readonly #names: (string | undefined)[] = [];
  readonly #sideOf: (actor: string) => string | null;
  /** Clusters that changed since repairs were last looked for. */
  #changed = new Set<number>();
  #estimatedFrom = 0;

  constructor(sideOf: (actor: string) => string | null) {
    this.#sideOf = sideOf;
    this.#linker = new Linker({ sideOf });
  }

  /** Starts again from what is stored, in the order in which it was linked. */
  restore(members: readonly KnownMember[], bonds: Bonds, weights?: { set: WeightSet; reports: number }): void {
    this.#linker = new Linker({ sideOf: this.#sideOf, ...(weights ? { weights: weights.set } : {}) });
    this.#estimatedFrom = weights?.reports ?? 0;
    this.#changed = new Set();
    this.#clusters.clear();
    this.#names.length = 0;
    for (const { link } of members) {
      const row = this.#linker.ingest(link);
      if (this.#linker.isCopy(row)) continue;
      if (this.#linker.columns.linkable[row] === 1) this.#linker.makeKnown(row);
    }
    this.#put(members.map(({ link, incident }) => [link.id, incident] as const));
    this.#bind(bonds);
    if (weights) this.#linker.scorer.countRarity();
    for (const { link, fresh } of members) if (fresh) this.#change(this.#linker.rowOf(link.id));
  }

  /** Links one event. Events of one text may be one incident told twice (tolls of two sources), so none is barred. */
  link(report: LinkReport): Placed {
    const linker = this.#linker;
    const outcome = linkOne(linker, report, (cluster) => this.#nameOf(cluster));
    const row = linker.rowOf(report.id) ?? 0;
    this.#change(row);
    const { incident, decision, score, explanation, runnerUp, weights } = outcome;
    const copied = linker.isCopy(row)
      ? { of: linker.leaderOf(row), reason: linker.copyReason(row) }
      : linker.takenFrom(row);
    return {
      incident,
      decision,
      score,
      explanation,
      runnerUp,
      weights,
      copyOf: copied ? (linker.ids[copied.of] ?? null) : null,
      copyReason: copied?.reason ?? null,
    };
  }

  /** What an event tells was corrected. It stays where it is: only a repair or a person moves it. */
  correct(report: LinkReport): void {
    this.#linker.correct(report);
    this.#change(this.#linker.rowOf(report.id));
  }

  /** Puts every event of some incidents where decisions put it, with the bonds among them. */
  settle(membership: Membership): void {
    const { clusters } = this.#linker;
    const events = [...membership.incidentOf.keys()];
    for (const event of events) {
      const row = this.#linker.rowOf(event);
      if (row === undefined) continue;
      clusters.loosen(row);
      if (!this.#linker.isCopy(row)) this.#takeOut(row);
    }
    this.#put([...membership.members].flatMap(([incident, ids]) => ids.map((id) => [id, incident] as const)));
    this.#bind(membership);
    for (const event of events) this.#change(this.#linker.rowOf(event));
  }

  /** The copies of an event that stand behind it. */
  copiesOf(event: LinkId): LinkId[] {
    const row = this.#linker.rowOf(event);
    return row === undefined ? [] : this.#idsOf(this.#linker.followersOf(row));
  }

  /** Incidents that may need repair since this was last asked; asking again gives only what changed since. */
  takeStirred(): number[] {
    const stirred = stirredBy(this.#linker, this.#changed);
    this.#changed = new Set();
    return [...stirred];
  }

  /** The repairs of some of the incidents that `takeStirred` gave. */
  repairsOf(stirred: readonly number[]): NamedRepair[] {
    return findRepairs(this.#linker, stirred).flatMap(({ kind, rows, from, into, gain, score, explanation }) => {
      const home = this.#names[from];
      const target = into === NO_CLUSTER ? null : this.#names[into];
      if (home === undefined || target === undefined) return [];
      const events = this.#idsOf(rows.flatMap((row) => [row, ...this.#linker.followersOf(row)]));
      return [{ kind, events, from: home, into: target, gain, score, explanation }];
    });
  }

  get weights(): WeightSet {
    return this.#linker.scorer.weights;
  }

  /** A new weight set when there are twice as many reports as at the last estimate; every incident is stirred then. */
  estimate(): { readonly set: WeightSet; readonly reports: number } | null {
    const { scorer, index, clusters } = this.#linker;
    const reports = scorer.density.count;
    if (reports < Math.max(ESTIMATE_FROM, this.#estimatedFrom * 2)) return null;
    this.#estimatedFrom = reports;
    scorer.countRarity();
    const set = estimateWeights(scorer, index, DEFAULT_WEIGHTS, `estimated@${reports}`, { rows: ESTIMATE_ROWS });
    scorer.setWeights(set);
    this.#changed = new Set(clusters.members.keys());
    return { set, reports };
  }

  #idsOf(rows: readonly number[]): LinkId[] {
    return rows.map((row) => this.#linker.ids[row] ?? '');
  }

  #change(row: number | undefined): void {
    const cluster = row === undefined ? NO_CLUSTER : this.#linker.clusterOf(row);
    if (cluster !== NO_CLUSTER) this.#changed.add(cluster);
  }

  /** Incident by event, for whoever checks that memory and database agree. */
  incidentOf(event: LinkId): string | undefined {
    const row = this.#linker.rowOf(event);
    return row === undefined ? undefined : this.#names[this.#linker.clusterOf(row)];
  }

  /** Whether no person keeps the incidents of two events apart. */
  mayJoin(a: LinkId, b: LinkId): boolean {
    const { clusters } = this.#linker;
    const [from, into] = [a, b].map((event) => this.#linker.clusterOf(this.#linker.rowOf(event) ?? -1));
    return from !== undefined && into !== undefined && !clusters.areApart(from, into);
  }

  #takeOut(row: number): void {
    const { clusters } = this.#linker;
    const cluster = clusters.of[row] ?? -1;
    clusters.take(row);
    const name = this.#names[cluster];
    if (name !== undefined && clusters.members[cluster]?.length === 0) {
      this.#clusters.delete(name);
      this.#names[cluster] = undefined;
    }
  }

  /** Puts rows that are in no cluster into their incidents; a copy goes with its original while both are in one. */
  #put(homes: readonly (readonly [LinkId, string])[]): void {
    const linker = this.#linker;
    const home = new Map(homes);
    for (const [event, incident] of homes) {
      const row = linker.rowOf(event);
      if (row === undefined) continue;
      const original = linker.detachedFrom(row);
      if (original !== undefined && home.get(linker.ids[linker.leaderOf(original)] ?? '') === incident) {
        linker.attach(row);
      }
      if (linker.isCopy(row)) {
        const leader = linker.ids[linker.leaderOf(row)] ?? '';
        if ((home.get(leader) ?? this.incidentOf(leader)) === incident) continue;
        linker.detach(row);
      }
      const known = this.#clusters.get(incident);
      if (known !== undefined) linker.clusters.put(row, known);
      else this.#name(linker.clusters.open(row), incident);
    }
  }

  #bind({ together, apart }: Bonds): void {
    const { clusters } = this.#linker;
    const rows = (pair: readonly [LinkId, LinkId]) => pair.map((event) => this.#linker.rowOf(event));
    for (const [row, anchor] of together.map(rows)) {
      if (row !== undefined && anchor !== undefined) clusters.keepTogether(row, anchor);
    }
    for (const [a, b] of apart.map(rows)) if (a !== undefined && b !== undefined) clusters.keepApart(a, b);
  }

  #name(cluster: number, incident: string): void {
    this.#clusters.set(incident, cluster);
    this.#names[cluster] = incident;
  }

  /** A restored cluster keeps its stored name; a new one is named after its first report. */
  #nameOf(cluster: number): string {
    const known = this.#names[cluster];
    if (known !== undefined) return known;
    const fresh = incidentName(this.#linker, cluster);
    this.#name(cluster, fresh);
    return fresh;
  }
}

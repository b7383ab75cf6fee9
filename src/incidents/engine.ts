/**
 * The linker kept in memory beside the database. The stored members are the truth: the state is rebuilt from them at
 * start, and again whenever a transaction failed after the linker had already moved.
 */
import { Linker, linkOne } from './linker.ts';
import type { FieldBits, LinkOutcome, LinkReport } from './model.ts';

export interface KnownMember {
  readonly link: LinkReport;
  readonly incident: string;
}

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
  readonly #sideOf: (actor: string) => string | null;

  constructor(sideOf: (actor: string) => string | null) {
    this.#sideOf = sideOf;
    this.#linker = new Linker({ sideOf });
  }

  /** Starts again from what is stored, in the order in which it was linked. */
  restore(members: readonly KnownMember[]): void {
    this.#linker = new Linker({ sideOf: this.#sideOf });
    this.#clusters.clear();
    const { clusters, columns } = this.#linker;
    for (const { link, incident } of members) {
      const row = this.#linker.ingest(link);
      if (this.#linker.isCopy(row)) continue;
      if (columns.linkable[row] === 1) this.#linker.makeKnown(row);
      const known = this.#clusters.get(incident);
      if (known === undefined) this.#clusters.set(incident, clusters.open(row));
      else clusters.put(row, known);
    }
  }

  /** Links one event. Events of one text may be one incident told twice (tolls of two sources), so none is barred. */
  link(report: LinkReport): Placed {
    const linker = this.#linker;
    const outcome = linkOne(linker, report);
    const row = linker.rowOf(report.id) ?? 0;
    const cluster = linker.clusterOf(row);
    const incident = this.#nameOf(cluster, outcome.incident);
    const copy = linker.isCopy(row);
    return {
      incident,
      decision: outcome.decision,
      score: outcome.score,
      explanation: outcome.explanation,
      runnerUp: outcome.runnerUp,
      weights: outcome.weights,
      copyOf: copy ? (linker.ids[linker.leaderOf(row)] ?? null) : null,
      copyReason: copy ? linker.copyReason(row) : null,
    };
  }

  /** A restored cluster keeps its stored name; a new one is named by the linker. */
  #nameOf(cluster: number, fresh: string): string {
    for (const [name, known] of this.#clusters) if (known === cluster) return name;
    this.#clusters.set(fresh, cluster);
    return fresh;
  }
}

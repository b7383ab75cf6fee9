/**
 * What late reports change: incidents that should be one, reports that would fit elsewhere or nowhere where they are.
 * Looks only at rows near something that changed, with bounded work for each; moves nothing itself. What people joined
 * or parted is never touched. Pure reads of the linker's state.
 */
import { NO_CLUSTER, sureness } from './clusters.ts';
import type { Linker } from './linker.ts';
import type { FieldBits } from './model.ts';

export interface Repair {
  readonly kind: 'merge' | 'move' | 'split';
  /** Rows that would go: all of an incident's for a merge, one for a move or a split. */
  readonly rows: readonly number[];
  readonly from: number;
  /** Cluster that takes them; NO_CLUSTER for a split, which opens a new one. */
  readonly into: number;
  /** Bits by which going beats staying, above the threshold of a link. */
  readonly gain: number;
  readonly score: number;
  readonly explanation: readonly FieldBits[];
}

/** Members of a large incident that are looked at, the latest first. */
const MAX_ROWS = 64;
/** Incidents that a large one is compared with as a whole. */
const MAX_RIVALS = 16;

/** The best repair of each cluster given, if any; at most one a cluster, because each changes what the next would be. */
export function findRepairs(linker: Linker, clusters: Iterable<number>): Repair[] {
  const repairs: Repair[] = [];
  for (const cluster of clusters) {
    const repair = bestRepair(linker, cluster);
    if (repair) repairs.push(repair);
  }
  return repairs.sort((a, b) => b.gain - a.gain);
}

function bestRepair(linker: Linker, cluster: number): Repair | undefined {
  const members = linker.clusters.members[cluster] ?? [];
  const rows = members.slice(-MAX_ROWS).filter((row) => linker.columns.linkable[row] === 1);
  const found = rows.flatMap((row) => ofRow(linker, cluster, row) ?? []);
  if (members.length > 1) {
    const merge = ofCluster(linker, cluster);
    if (merge) found.push(merge);
  }
  return found.sort((a, b) => b.gain - a.gain)[0];
}

/** Where one row would go by the same choice that places a new report. */
function ofRow(linker: Linker, from: number, row: number): Repair | undefined {
  const { clusters, scorer, index } = linker;
  const { linkFrom } = scorer.weights;
  const alone = (clusters.members[from]?.length ?? 0) === 1;
  const near = scorer.meetCompany(row, index.near(row));
  if (alone && near.length === 0) return undefined;
  const choice = clusters.chooseOther(row, near);
  const sure = choice.best === NO_CLUSTER ? -1e9 : sureness(choice);
  const fits = sure >= linkFrom;
  if (fits ? choice.best === from : alone) return undefined;
  if (clusters.isBound(row)) return undefined;
  if (fits) {
    const explained = scorer.explain(row, clusters.members[choice.best] ?? []);
    const kind = alone ? 'merge' : 'move';
    return shape(kind, [row], from, choice.best, sure - linkFrom, explained);
  }
  const others = (clusters.members[from] ?? []).filter((member) => member !== row);
  return shape('split', [row], from, NO_CLUSTER, linkFrom - Math.max(sure, -20), scorer.explain(row, others));
}

const shape = (
  kind: Repair['kind'],
  rows: readonly number[],
  from: number,
  into: number,
  gain: number,
  { score, parts }: { readonly score: number; readonly parts: readonly FieldBits[] },
): Repair => ({ kind, rows, from, into, gain, score, explanation: parts });

/** Two incidents of several reports each, one of which fits the other as a whole: the mean over its members. */
function ofCluster(linker: Linker, from: number): Repair | undefined {
  const { clusters, scorer, index } = linker;
  const members = clusters.members[from] ?? [];
  const rivals = new Set<number>();
  for (const row of members.slice(-8)) {
    if (linker.columns.linkable[row] !== 1) continue;
    for (const other of scorer.meetCompany(row, index.near(row))) {
      const rival = clusters.of[other] ?? NO_CLUSTER;
      // The larger incident takes the smaller; of two alike the older takes the younger.
      const size = clusters.members[rival]?.length ?? 0;
      if (rival === from || size < 2 || size < members.length || (size === members.length && rival > from)) continue;
      rivals.add(rival);
      if (rivals.size >= MAX_RIVALS) break;
    }
  }
  let best: { rival: number; score: number } | undefined;
  let second = -1e9;
  for (const rival of rivals) {
    const score = clusters.fit(from, rival);
    if (score > (best?.score ?? -1e9)) {
      second = best?.score ?? -1e9;
      best = { rival, score };
    } else second = Math.max(second, score);
  }
  if (!best) return undefined;
  const gain = best.score - Math.log2(1 + 2 ** Math.min(60, second)) - scorer.weights.linkFrom;
  if (gain < 0) return undefined;
  const nearest = members.find((row) => linker.columns.linkable[row] === 1) ?? members[0] ?? 0;
  const { score, parts } = scorer.explain(nearest, clusters.members[best.rival] ?? []);
  return shape('merge', [...members], from, best.rival, gain, { score, parts });
}

/** Carries a repair out in the linker; the clusters that changed. */
export function applyRepair(linker: Linker, { rows, into }: Repair): number[] {
  const { clusters } = linker;
  const touched = new Set<number>();
  let home = into;
  for (const row of rows) {
    touched.add(clusters.of[row] ?? NO_CLUSTER);
    clusters.take(row);
    if (home === NO_CLUSTER) home = clusters.open(row);
    else clusters.put(row, home);
  }
  touched.add(home);
  touched.delete(NO_CLUSTER);
  return [...touched];
}

/** Clusters that may have to change because these did: those of the rows near their members, and themselves. */
export function stirredBy(linker: Linker, changed: Iterable<number>): Set<number> {
  const { clusters, columns, index } = linker;
  const stirred = new Set<number>();
  for (const cluster of changed) {
    if ((clusters.members[cluster]?.length ?? 0) > 0) stirred.add(cluster);
    for (const row of (clusters.members[cluster] ?? []).slice(-4)) {
      if (columns.linkable[row] !== 1) continue;
      for (const other of index.near(row)) {
        const neighbour = clusters.of[other] ?? NO_CLUSTER;
        if (neighbour !== NO_CLUSTER) stirred.add(neighbour);
      }
    }
  }
  return stirred;
}

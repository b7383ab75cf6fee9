/**
 * Links a whole collection that has been ingested: estimates weights, links in order of days, then sweeps until little
 * moves (the repair that makes the order of arrival matter little). Every step is bounded and counted.
 */

import { Blocks } from './blocks.ts';
import { NO_CLUSTER, sureness } from './clusters.ts';
import { estimateWeights } from './estimate.ts';
import type { Linker } from './linker.ts';

export interface LinkAllOptions {
  /** Name of the estimated weight set; null keeps the linker's weights. */
  readonly estimateAs?: string | null;
  readonly sweeps?: number;
  readonly progress?: (step: string, done: number, of: number) => void;
}

export interface LinkStats {
  readonly reports: number;
  readonly copies: number;
  readonly linkable: number;
  readonly incidents: number;
  readonly asked: number;
  readonly moved: number;
  readonly comparisons: number;
  readonly capped: number;
  readonly leftOut: number;
  readonly weights: string;
}

/** Fewer reports than this cannot carry an estimate of their own. */
const MIN_TO_ESTIMATE = 100;
const PROGRESS_STEP = 20_000;

export function linkAll(linker: Linker, options: LinkAllOptions = {}): LinkStats {
  const { columns, scorer, index, clusters } = linker;
  const tell = options.progress ?? (() => {});
  const order = rowsInOrder(linker);
  for (const row of order) if (columns.linkable[row] === 1) linker.makeKnown(row);
  scorer.countRarity();
  const name = options.estimateAs === undefined ? 'estimated@1' : options.estimateAs;
  if (name !== null && order.length >= MIN_TO_ESTIMATE) {
    scorer.setWeights(estimateWeights(scorer, index, scorer.weights, name));
  }
  const blocks = new Blocks(linker, order);
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0;
    if (columns.linkable[row] === 1) blocks.keep(i);
    if (i % PROGRESS_STEP === 0) tell('compare', i, order.length);
  }
  clusters.makeRoom(columns.size);
  let asked = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0;
    if (linker.place(row, blocks.at(i)).decision === 'asked') asked++;
    if (i % PROGRESS_STEP === 0) tell('link', i, order.length);
  }
  let moved = 0;
  for (let sweep = 0; sweep < (options.sweeps ?? 2); sweep++) {
    const now = sweepOnce(linker, blocks, (i) => tell(`repair ${sweep + 1}`, i, order.length));
    moved += now;
    if (now < order.length / 2_000) break;
  }
  let main = 0;
  for (let row = 0; row < columns.size; row++) if (linker.isMain(row)) main++;
  return {
    reports: main,
    copies: main - order.length,
    linkable: order.reduce((sum, row) => sum + (columns.linkable[row] ?? 0), 0),
    incidents: clusters.members.reduce((sum, members) => sum + (members.length > 0 ? 1 : 0), 0),
    asked,
    moved,
    comparisons: clusters.comparisons,
    capped: index.capped,
    leftOut: index.leftOut,
    weights: scorer.weights.name,
  };
}

function rowsInOrder(linker: Linker): Int32Array {
  const { columns } = linker;
  const rows: number[] = [];
  for (let row = 0; row < columns.size; row++) if (linker.takesPart(row)) rows.push(row);
  const days = columns.startDay;
  // Reports without a day come last, when all that they can be compared with is there.
  const when = (row: number): number => (columns.isDated(row) ? (days[row] ?? 0) : Number.MAX_SAFE_INTEGER);
  return Int32Array.from(rows).sort((a, b) => when(a) - when(b) || a - b);
}

/**
 * Takes each report out and puts it where it fits best now; returns how many moved. A report is looked at again only
 * when something near it moved since it was looked at last.
 */
export function sweepOnce(linker: Linker, blocks: Blocks, tell: (done: number) => void = () => {}): number {
  const { clusters, columns, scorer } = linker;
  const { order } = blocks;
  let moved = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0;
    if (i % PROGRESS_STEP === 0) tell(i);
    if (columns.linkable[row] !== 1 || !blocks.isStirred(row)) continue;
    blocks.settle(row);
    const from = clusters.of[row] ?? NO_CLUSTER;
    const near = blocks.at(i);
    const alone = (clusters.members[from]?.length ?? 0) === 1;
    if (alone && near.length === 0) continue;
    const choice = clusters.chooseOther(row, near);
    const fits = choice.best !== NO_CLUSTER && sureness(choice) >= scorer.weights.linkFrom;
    if (fits ? choice.best === from : alone) continue;
    clusters.take(row);
    if (fits) clusters.put(row, choice.best);
    else clusters.open(row);
    blocks.stir(near);
    moved++;
  }
  return moved;
}

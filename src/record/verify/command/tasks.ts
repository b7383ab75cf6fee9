/** The tasks of `hudna verify`, each from places to a report. Knows no arguments and prints nothing. */
import { audit } from '../audit.ts';
import type { PinnedAuthors } from '../author.ts';
import type { SignedCheckpoint } from '../checkpoint.ts';
import type { Crypto } from '../crypto.ts';
import { checkExtension, firstDifference } from '../extension.ts';
import type { Finding } from '../finding.ts';
import { checkProof, checkPublished, checkReceipt, type ProofReport } from '../included.ts';
import { TileTree } from '../source.ts';
import { type CheckedCheckpoint, checkCheckpoint, endsAtHandover, type Freshness, type Trust } from '../trust.ts';
import type { Report } from './print.ts';
import { logSource } from './sources.ts';
import type { Request, Task } from './usage.ts';

export interface TaskContext {
  readonly crypto: Crypto;
  readonly trust: Trust;
  readonly fresh: Freshness | undefined;
  readonly seen: readonly SignedCheckpoint[];
  readonly entries: 'hudna' | 'any';
  readonly authors: PinnedAuthors | undefined;
  readonly now: number;
  readFile(path: string): Promise<Uint8Array>;
  readPlace(place: string): Promise<{ raw: Uint8Array; source: string | undefined }>;
  readonly onProgress: ((done: number, total: number) => void) | undefined;
}

type Run = (request: Request, context: TaskContext) => Promise<Report>;

const TASKS: Readonly<Record<Task, Run>> = {
  audit: runAudit,
  checkpoint: runCheckpoint,
  proof: async (request, context) => {
    const entry = request.entry === undefined ? undefined : await context.readFile(request.entry);
    const report = checkProof(context, await context.readFile(first(request)), entry);
    return proved(request, context, report);
  },
  bulletin: async (request, context) =>
    proved(request, context, checkPublished(context, await context.readFile(first(request)))),
  receipt: async (request, context) =>
    proved(request, context, checkReceipt(context, await context.readFile(first(request)), context.now)),
  consistency: (request, context) => compareTwo(request, context, false),
  compare: (request, context) => compareTwo(request, context, true),
};

export const runTask: Run = (request, context) => TASKS[request.task](request, context);

const first = (request: Request): string => request.places[0] ?? '';

async function runAudit(request: Request, context: TaskContext): Promise<Report> {
  const report = await audit({
    crypto: context.crypto,
    source: logSource(first(request)),
    trust: context.trust,
    fresh: context.fresh,
    seen: context.seen,
    entries: context.entries,
    authors: context.authors,
    onProgress: context.onProgress ?? (() => {}),
  });
  return report;
}

async function runCheckpoint(request: Request, context: TaskContext): Promise<Report> {
  const { raw, source } = await context.readPlace(first(request));
  const head = checkCheckpoint(context.crypto, raw, context.trust, context.fresh);
  return { ...head, finding: await withSeen(context, head, source) };
}

/** The head's own finding, or the first fault against the checkpoints seen before. */
async function withSeen(context: TaskContext, head: CheckedCheckpoint, source: string | undefined): Promise<Finding> {
  const { checkpoint, finding } = head;
  if (!checkpoint || finding.outcome === 'invalid' || finding.outcome === 'incomplete') return finding;
  for (const seen of context.seen) {
    if (seen.origin !== checkpoint.origin) continue;
    const tiles = source === undefined ? undefined : logSource(source);
    const fault = await checkExtension(context.crypto, seen, checkpoint, tiles);
    if (fault) return fault;
  }
  return finding;
}

/** A proof may be older than a checkpoint seen before: then the seen one has to extend it. */
async function proved(request: Request, context: TaskContext, report: ProofReport): Promise<Report> {
  const { checkpoint, finding } = report;
  if (!checkpoint || finding.outcome === 'invalid' || finding.outcome === 'incomplete') return report;
  const tiles = request.tiles === undefined ? undefined : logSource(request.tiles);
  for (const seen of context.seen) {
    if (seen.origin !== checkpoint.origin) continue;
    const [earlier, later] = seen.size <= checkpoint.size ? [seen, checkpoint] : [checkpoint, seen];
    const fault = await checkExtension(context.crypto, earlier, later, tiles);
    if (fault) return { ...report, finding: fault };
  }
  return report;
}

/** OLD and NEW in that order, or (when `either`) two mirrors of which one may be behind. */
async function compareTwo(request: Request, context: TaskContext, either: boolean): Promise<Report> {
  const [a, b] = await Promise.all(request.places.map((place) => context.readPlace(place)));
  if (!a || !b) throw new Error('two places are needed');
  const logOnly: Trust = { ...context.trust, quorum: { kind: 'none' } };
  const heads = [
    checkCheckpoint(context.crypto, a.raw, either ? context.trust : logOnly, either ? context.fresh : undefined),
    checkCheckpoint(context.crypto, b.raw, context.trust, context.fresh),
  ] as const;
  for (const head of heads)
    if (!head.checkpoint || head.finding.outcome === 'invalid' || endsAtHandover(head.finding)) return head;
  const [left, right] = [heads[0].checkpoint, heads[1].checkpoint];
  if (!left || !right) return heads[0];
  if (left.origin !== right.origin) {
    const finding: Finding = {
      outcome: 'invalid',
      code: 'wrong-origin',
      params: { origin: left.origin },
      firstBadIndex: null,
    };
    return { ...heads[1], finding };
  }

  const swapped = either && left.size > right.size;
  const [earlier, later] = swapped ? [right, left] : [left, right];
  const places = [a.source ?? b.source, b.source ?? a.source];
  const laterSource = swapped ? places[0] : places[1];
  const fault = await checkExtension(
    context.crypto,
    earlier,
    later,
    laterSource === undefined ? undefined : logSource(laterSource),
  );
  const weaker = heads.find((head) => head.finding.outcome !== 'valid') ?? heads[1];
  if (!fault) return { ...heads[1], finding: weaker.finding };
  const evidence = fault.outcome === 'invalid' ? [left.raw, right.raw] : [];
  return { ...heads[1], finding: await locate(context, fault, a.source, b.source, left, right), evidence };
}

/** Names the first entry on which two forked mirrors differ, when both have their tiles. */
async function locate(
  context: TaskContext,
  fault: Finding,
  a: string | undefined,
  b: string | undefined,
  left: SignedCheckpoint,
  right: SignedCheckpoint,
): Promise<Finding> {
  if (fault.code !== 'forked' || a === undefined || b === undefined) return fault;
  const tree = (place: string, checkpoint: SignedCheckpoint) => ({
    tree: new TileTree(context.crypto, logSource(place), checkpoint.size),
  });
  const size = Math.min(left.size, right.size);
  return { ...fault, firstBadIndex: await firstDifference(tree(a, left), tree(b, right), size) };
}

/**
 * Links a file of reports of any size: read in a stream, held as columns, linked, written line by line in the order of
 * the input. Writes beside the target and renames, so that no reader ever sees half a result.
 */
import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Problem } from '../core/index.ts';
import { linesOf } from './lines.ts';
import { type LinkAllOptions, type LinkStats, linkAll } from './link-all.ts';
import { parseLinkLine } from './link-line.ts';
import { Linker, type LinkerOptions } from './linker.ts';
import type { LinkEvent, LinkReport } from './model.ts';
import { BAD_LINK_INPUT } from './problems.ts';
import type { WeightSet } from './weights.ts';

/** Reads the events of a text that came without any; the main one first. */
export type ReadEvents = (report: LinkReport) => readonly LinkEvent[];

export interface LinkFileOptions extends LinkerOptions, LinkAllOptions {
  readonly read?: ReadEvents;
  /** Renames the codes of an event before it is compared. */
  readonly rename?: (event: LinkEvent) => LinkEvent;
  /** Finds the point of an event that only names its place. */
  readonly locate?: (event: LinkEvent, lang: string) => LinkEvent;
  /** Told the weight set that was used. */
  readonly keepWeights?: (weights: WeightSet) => void;
}

/** A report and the `FILE:LINE` it came from. */
export interface PlacedReport {
  readonly report: LinkReport;
  readonly where: string;
}

const PROGRESS_STEP = 20_000;
const WRITE_LINES = 512;

/** Throws a Problem naming file, line and field on the first bad line; then nothing is written. */
export async function linkFile(
  reports: AsyncIterable<readonly PlacedReport[]>,
  output: string,
  options: LinkFileOptions = {},
): Promise<LinkStats> {
  const linker = new Linker(options);
  const rows: number[] = [];
  let read = 0;
  for await (const batch of reports) {
    for (const { report, where } of batch) {
      if (linker.rowOf(report.id) !== undefined) {
        throw new Problem(BAD_LINK_INPUT, `id: "${report.id.slice(0, 80)}" is there twice`, { where });
      }
      rows.push(linker.ingest(prepared(report, options)));
      if (++read % PROGRESS_STEP === 0) options.progress?.('read', read, 0);
    }
  }
  const stats = linkAll(linker, options);
  options.keepWeights?.(linker.scorer.weights);
  await write(linker, rows, output);
  return stats;
}

/** Reports of a file of JSON lines. */
export async function* jsonReports(file: string): AsyncGenerator<PlacedReport[]> {
  for await (const batch of linesOf(file)) {
    yield batch.map(({ line, number }) => {
      const where = `${file}:${number}`;
      return { report: parseLinkLine(line, where), where };
    });
  }
}

function prepared(report: LinkReport, { read, rename, locate }: LinkFileOptions): LinkReport {
  const needsReading = report.events.length === 0 && report.text !== null && read !== undefined;
  const told = needsReading ? read(report) : report.events;
  const events = locate ? told.map((event) => locate(event, report.lang)) : told;
  return { ...report, events: rename ? events.map(rename) : events };
}

async function write(linker: Linker, rows: readonly number[], output: string): Promise<void> {
  const part = `${output}.part`;
  const stream = createWriteStream(part);
  const failed = once(stream, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  try {
    const openers = openersOf(linker, rows);
    let lines: string[] = [];
    for (const row of rows) {
      lines.push(outputLine(linker, row, openers));
      if (lines.length < WRITE_LINES) continue;
      if (!stream.write(lines.join(''))) await Promise.race([once(stream, 'drain'), failed]);
      lines = [];
    }
    stream.end(lines.join(''));
    await Promise.race([once(stream, 'finish'), failed]);
    renameSync(part, output);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new Problem(BAD_LINK_INPUT, 'cannot be written; check the folder and its permissions', {
      where: output,
      cause,
    });
  }
}

/** First report of each incident, in the order of the input. */
function openersOf(linker: Linker, rows: readonly number[]): Map<number, number> {
  const openers = new Map<number, number>();
  for (const row of rows) {
    const cluster = linker.clusterOf(row);
    if (!openers.has(cluster)) openers.set(cluster, row);
  }
  return openers;
}

function outputLine(linker: Linker, row: number, openers: ReadonlyMap<number, number>): string {
  const name = (cluster: number): string => `inc-${linker.ids[openers.get(cluster) ?? -1] ?? cluster}`;
  const cluster = linker.clusterOf(row);
  const opener = openers.get(cluster);
  const explained = opener === row || opener === undefined ? null : (linker.explain(row) ?? linker.explain(opener));
  return `${JSON.stringify({
    id: linker.ids[row],
    incident: name(cluster),
    score: explained?.score ?? null,
    explanation: explained?.parts ?? [],
    also: linker.alsoOf(row).map(name),
  })}\n`;
}

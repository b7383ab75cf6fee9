/** Generated sets with their truth, and how the linker and the baselines score on them. */

import { eventsOfReading, Linker, linkAll, parseLinkLine } from '../../src/incidents/index.ts';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { hardReports } from '../../test/support/reports/hard.ts';
import { oracleLabels } from '../../test/support/reports/oracle.ts';
import { type GeneratedReport, plainReports } from '../../test/support/reports/plain.ts';
import { type Score, scorePartition } from '../../test/support/reports/score.ts';
import { SIZES } from '../../test/support/reports/world.ts';
import { exactKey, flatten, windowComponents } from './baselines.ts';
import { type Loss, lossByNoise } from './confusion.ts';
import { fellegiSunterInDuckDb } from './duckdb.ts';

export interface Measured {
  readonly name: string;
  readonly score: Score;
  readonly seconds: number;
  readonly note: string;
  /** Losses by what makes reports hard; of the linker on the hard preset only. */
  readonly losses?: readonly Loss[];
}

type Labels = readonly (string | number)[];
const THRESHOLDS = [0, 2, 4, 6, 8, 10];

export function makeSet(preset: string, size: string, seed: number) {
  const wanted = SIZES[size];
  if (!wanted) throw new Error(`no size ${size}; sizes: ${Object.keys(SIZES).join(', ')}`);
  if (preset === 'plain') return { reports: [...plainReports(seed, wanted)], oracle: null };
  const { reports, incidents, towns } = hardReports(seed, wanted);
  return { reports, oracle: () => oracleLabels(reports, incidents, towns) };
}

/** Links as `hudna link` does; texts without an event are read. */
export function linkSet(reports: readonly GeneratedReport[], order?: readonly number[]) {
  const instrument = loadInstrument();
  let reader: ReturnType<typeof createReader> | undefined;
  const started = performance.now();
  const linker = new Linker();
  const rows: number[] = [];
  for (const i of order ?? reports.keys()) {
    const line = reports[i]?.line;
    if (!line) continue;
    let report = parseLinkLine(JSON.stringify(line), `report ${i}`);
    if (report.events.length === 0 && report.text !== null) {
      reader ??= createReader({ gazetteer: loadShippedGazetteer(), instrument });
      const published = report.published === null ? null : new Date(report.published).toISOString();
      report = { ...report, events: eventsOfReading(reader.read(report.text, { published, lang: report.lang })) };
    }
    rows[i] = linker.ingest(report);
  }
  const stats = linkAll(linker);
  const labels = rows.map((row) => linker.clusterOf(row));
  return { linker, rows, labels, stats, seconds: (performance.now() - started) / 1000 };
}

export async function measure(
  preset: string,
  size: string,
  seed: number,
  withCopies: boolean,
  heavy: boolean,
): Promise<Measured[]> {
  const { reports, oracle } = makeSet(preset, size, seed);
  const kept = reports.flatMap((report, i) => (withCopies || !report.copy ? [i] : []));
  const truth = kept.map((i) => reports[i]?.truth ?? -1);
  const out: Measured[] = [];
  const add = (name: string, labels: Labels, seconds: number, note = '', losses?: readonly Loss[]): void => {
    out.push({
      ...(losses ? { losses } : {}),
      name,
      score: scorePartition(
        truth,
        kept.map((i) => labels[i] ?? `none-${i}`),
      ),
      seconds,
      note,
    });
  };
  const ours = linkSet(reports);
  const asked = `${((100 * ours.stats.asked) / reports.length).toFixed(1)} % ask a person`;
  add('hudna', ours.labels, ours.seconds, asked, oracle ? lossByNoise(reports, ours.labels) : undefined);
  const flat = flatten(reports.map(({ line }) => line));
  const timed = (name: string, make: () => Labels): void => {
    const started = performance.now();
    const labels = make();
    add(name, labels, (performance.now() - started) / 1000);
  };
  timed('exact key', () => exactKey(flat));
  for (const km of [1, 5, 10]) timed(`window ${km} km + components`, () => windowComponents(flat, km));
  if (heavy) {
    const duck = await fellegiSunterInDuckDb(flat, THRESHOLDS);
    const best = [...duck.labels].map(([threshold, labels]) => ({
      threshold,
      labels,
      f1: scorePartition(
        truth,
        kept.map((i) => labels[i] ?? i),
      ).f1,
    }));
    best.sort((a, b) => b.f1 - a.f1);
    add(
      'Fellegi-Sunter SQL in DuckDB + components',
      best[0]?.labels ?? [],
      duck.seconds,
      `best threshold ${best[0]?.threshold} of ${THRESHOLDS.join(' ')}, chosen on the truth`,
    );
  }
  if (oracle) {
    timed('oracle (ceiling)', oracle);
    timed('told where all others belong', () => toldOfOthers(reports, ours));
  }
  return out;
}

/**
 * The ceiling of the linker's own evidence: every report is placed as the linker would, with all the others where they
 * truly belong. The oracle above also knows the incidents that nobody but this report, or nobody at all, told of.
 */
function toldOfOthers(reports: readonly GeneratedReport[], { linker, rows }: ReturnType<typeof linkSet>): Labels {
  const { clusters, columns, scorer } = linker;
  const known = (row: number): boolean => linker.takesPart(row) && columns.linkable[row] === 1;
  const home = new Map<number, number>();
  for (const row of rows) if (linker.takesPart(row)) clusters.take(row);
  rows.forEach((row, i) => {
    if (!linker.takesPart(row)) return;
    const truth = reports[i]?.truth ?? -1;
    const cluster = truth < 0 || !known(row) ? undefined : home.get(truth);
    if (cluster !== undefined) clusters.put(row, cluster);
    else if (truth >= 0 && known(row)) home.set(truth, clusters.open(row));
    else clusters.open(row);
  });
  const chosen = new Map<number, string>();
  for (const row of rows) {
    if (!known(row)) continue;
    const own = clusters.of[row] ?? -1;
    const isAlone = clusters.members[own]?.length === 1;
    const { best, score } = clusters.chooseOther(row);
    const fits = best >= 0 && score >= scorer.weights.linkFrom;
    chosen.set(row, fits ? `incident ${best}` : isAlone ? `incident ${own}` : `alone ${row}`);
  }
  return rows.map((row) => {
    const leader = linker.leaderOf(row);
    return chosen.get(leader) ?? `incident ${clusters.of[leader] ?? -1 - row}`;
  });
}

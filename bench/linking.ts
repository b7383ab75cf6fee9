/**
 * `npm run bench -- linking [--sizes 1.6k,8k] [--seeds 7,11,23] [--only plain|hard|meltt|sample|order|speed|database|hostile]`:
 * the linker against known truth, with its baselines in the same run. Figures first, the machine last.
 */
import { cpus } from 'node:os';
import {
  APPLY_FROM,
  DEFAULT_WEIGHTS,
  Linker,
  linkAll,
  linkOne,
  PROPOSE_FROM,
  parseLinkLine,
} from '../src/incidents/index.ts';
import { seededRandom } from '../test/support/reports/random.ts';
import { scorePartition } from '../test/support/reports/score.ts';
import { arriveOneByOne } from './linking/arrival.ts';
import type { Loss } from './linking/confusion.ts';
import { againstMeltt } from './linking/meltt.ts';
import { sampleResults } from './linking/sample.ts';
import { linkSet, type Measured, makeSet, measure } from './linking/sets.ts';
import { linkIntoDatabase } from './linking/with-database.ts';

const SECTIONS = ['plain', 'hard', 'meltt', 'sample', 'order', 'speed', 'database', 'hostile'];

export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: string): string[] => {
    const at = args.indexOf(`--${name}`);
    return (at < 0 ? otherwise : (args[at + 1] ?? otherwise)).split(',');
  };
  const sizes = option('sizes', '1.6k,8k');
  const seeds = option('seeds', '7,11,23').map(Number);
  const only = option('only', SECTIONS.join(','));
  for (const preset of ['plain', 'hard'].filter((name) => only.includes(name))) {
    for (const size of sizes) await compare(preset, size, seeds);
  }
  if (only.includes('meltt')) await meltt();
  if (only.includes('sample')) sample();
  if (only.includes('order')) order(seeds[0] ?? 7, ['1.6k', '8k']);
  if (only.includes('speed')) speed(option('speed-sizes', '8k,100k'));
  if (only.includes('database')) await database();
  if (only.includes('hostile')) hostile(Number(option('hostile-share', '0.1')[0]));
  console.log(
    `\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, weights from ${DEFAULT_WEIGHTS.name}`,
  );
}

async function compare(preset: string, size: string, seeds: readonly number[]): Promise<void> {
  for (const withCopies of preset === 'hard' ? [false, true] : [false]) {
    const runs: Measured[][] = [];
    for (const seed of seeds) runs.push(await measure(preset, size, seed, withCopies, size !== '1M'));
    console.log(
      `\n## ${preset}, ${size}, seeds ${seeds.join(' ')}${preset === 'hard' ? (withCopies ? ', with copies' : ', without copies') : ''}`,
    );
    const mean = (index: number, of: (one: Measured) => number): number =>
      runs.reduce((sum, one) => sum + (one[index] ? of(one[index]) : 0), 0) / runs.length;
    const f1 = (runs[0] ?? []).map((_, index) => mean(index, ({ score }) => score.f1));
    const names = (runs[0] ?? []).map(({ name }) => name);
    names.forEach((name, index) => {
      const figures = (['precision', 'recall', 'f1', 'b3F1'] as const).map((key) =>
        mean(index, ({ score }) => score[key]).toFixed(3),
      );
      const hidden = mean(index, ({ score }) => score.hidden).toFixed(0);
      console.log(
        `${name.padEnd(44)} P ${figures[0]} R ${figures[1]} F1 ${figures[2]} B3 ${figures[3]}  hidden ${hidden} of ${mean(index, ({ score }) => score.incidents).toFixed(0)}  ${mean(index, ({ seconds }) => seconds).toFixed(1)} s  ${runs[0]?.[index]?.note ?? ''}`,
      );
    });
    const ceilings = ['oracle', 'told'];
    const baselines = f1.filter((_, index) => index > 0 && !ceilings.some((one) => names[index]?.startsWith(one)));
    const [oracle, told] = ceilings.map((one) => f1[names.findIndex((name) => name.startsWith(one))]);
    console.log(
      `F1 over the best baseline: ${((f1[0] ?? 0) / Math.max(...baselines)).toFixed(2)} ×${oracle ? `; share of the ceiling: ${((f1[0] ?? 0) / oracle).toFixed(3)}; of what its evidence allows, told of the others: ${((f1[0] ?? 0) / (told ?? 1)).toFixed(3)}` : ''}`,
    );
    if (!withCopies) for (const loss of runs[0]?.[0]?.losses ?? []) console.log(lossText(loss));
  }
}

const lossText = ({ noise, pairs, missed, falsePairs }: Loss): string =>
  `  ${noise.padEnd(18)} ${missed} of ${pairs} pairs missed (${((100 * missed) / Math.max(1, pairs)).toFixed(0)} %), ${falsePairs} false`;

async function meltt(): Promise<void> {
  const result = await againstMeltt();
  if (!result) return console.log('\n## MELTT crash data: skipped, needs ../shared/data/linking');
  console.log(
    `\n## MELTT crash data, 4 km and 2 days: ${result.found} of ${result.matches.length} matches found exactly`,
  );
  for (const ids of result.missed) console.log(`  only MELTT: ${ids.join(' + ')}`);
  for (const ids of result.extra) console.log(`  only hudna: ${ids.join(' + ')}`);
}

function sample(): void {
  for (const { name, score, linkable, reports, wrongProtected } of sampleResults()) {
    console.log(
      `\n## the 2016 sample, ${name}: P ${score.precision.toFixed(3)} R ${score.recall.toFixed(3)} F1 ${score.f1.toFixed(3)} B3 ${score.b3F1.toFixed(3)}; ${linkable} of ${reports} could be placed and dated`,
    );
    console.log(`  hospital, camp and market incidents split or merged: ${wrongProtected.join(' ') || 'none'}`);
  }
}

/** Reports added one by one in three orders of arrival, then repaired; and the same set linked whole, which sorts by day. */
function order(seed: number, sizes: readonly string[]): void {
  for (const size of sizes) {
    const { reports } = makeSet('plain', size, seed);
    const random = seededRandom(seed);
    const day = (i: number): number => Date.parse(reports[i]?.line.event?.start ?? '') / 86_400_000;
    const orders = {
      'by day': day,
      'up to 3 days late': (i: number) => day(i) + 3 * random.next(),
      random: () => random.next(),
    };
    const truth = reports.map((report) => report.truth);
    const f1 = (labels: readonly number[]): string => scorePartition(truth, labels).f1.toFixed(4);
    console.log(`\n## order of arrival, plain ${size}: F1 ${f1(linkSet(reports).labels)} linked whole`);
    for (const [name, when] of Object.entries(orders)) {
      const arrival = reports
        .map((_, i) => ({ i, at: when(i) }))
        .sort((a, b) => a.at - b.at)
        .map(({ i }) => i);
      const at = arriveOneByOne(reports, arrival);
      const asArrived = f1(at.labels());
      const sure = at.repair(APPLY_FROM);
      const afterSure = f1(at.labels());
      const proposed = at.repair(PROPOSE_FROM);
      console.log(
        `${name.padEnd(20)} F1 ${asArrived} as it came, ${afterSure} after ${sure} sure repairs, ${f1(at.labels())} after ${proposed} more that a person is asked about`,
      );
    }
  }
}

function speed(sizes: readonly string[]): void {
  let before: number | undefined;
  for (const size of sizes) {
    const { reports } = makeSet('plain', size, 7);
    const cpu = process.cpuUsage();
    const { seconds } = linkSet(reports);
    const used = process.cpuUsage(cpu);
    const cpuSeconds = (used.user + used.system) / 1e6;
    const growth = before === undefined ? '' : `, ${(cpuSeconds / before).toFixed(1)} × the size before`;
    console.log(
      `\n## speed, plain ${size}: ${reports.length} reports estimated and linked in ${seconds.toFixed(1)} s wall, ${cpuSeconds.toFixed(1)} s of processor${growth}; ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`,
    );
    before = cpuSeconds;
  }
  const linker = new Linker();
  const inMemory = makeSet('plain', '8k', 7).reports.map(({ line }, i) => {
    const report = parseLinkLine(JSON.stringify(line), `report ${i}`);
    const started = performance.now();
    linkOne(linker, report);
    return performance.now() - started;
  });
  console.log(`\n## one report added to memory: ${quantiles(inMemory)}`);
}

async function database(): Promise<void> {
  const { reports } = makeSet('plain', '1.6k', 7);
  const server = process.env.HUDNA_TEST_DATABASE_URL;
  for (const url of server ? [undefined, server] : [undefined]) {
    const times = await linkIntoDatabase(reports.slice(0, 600), url);
    console.log(
      `\n## one report linked with ${url ? 'a database server' : 'the embedded database'}, durable: ${quantiles(times)} (${times.length} reports)`,
    );
  }
}

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => {
    const ms = sorted[Math.floor(sorted.length * share)] ?? 0;
    return ms < 1 ? `${(ms * 1000).toFixed(0)} µs` : `${ms.toFixed(1)} ms`;
  };
  return `p50 ${at(0.5)}, p99 ${at(0.99)}, slowest ${at(0.9999)}`;
}

/** Input that could make a linker hang: each takes bounded work. `share` scales the sizes down. */
function hostile(share: number): void {
  const at = (size: number): number => Math.max(1, Math.round(size * share));
  const random = seededRandom(9);
  const told = (i: number, change: object) => ({
    ...{ id: `r${i}`, source: `s${i % 40}`, origin: null, lang: 'en', published: null, text: null },
    event: { type: 'shelling', start: '2016-05-03', lat: 36.2, lon: 37.16, precision: 'town', ...change },
  });
  const sets: [name: string, make: (i: number) => object, size: number][] = [
    ['identical reports of one source', (i) => ({ ...told(i, {}), source: 'one' }), at(1_000_000)],
    [
      'reports of one town and day',
      (i) => told(i, { lat: 36.2 + random.next() / 50, killed: { low: random.int(200), high: null } }),
      at(100_000),
    ],
    ['reports without a day of one place', (i) => told(i, { start: null, killed: random.int(200) }), at(20_000)],
  ];
  for (const [name, make, size] of sets) {
    const linker = new Linker();
    const started = process.cpuUsage();
    for (let i = 0; i < size; i++) linker.ingest(parseLinkLine(JSON.stringify(make(i)), `report ${i}`));
    const stats = linkAll(linker);
    const { user, system } = process.cpuUsage(started);
    console.log(
      `## hostile: ${size} ${name}: ${((user + system) / 1e6).toFixed(1)} s of processor, ${(stats.comparisons / size).toFixed(0)} comparisons a report, ${stats.capped} look-ups capped, ${stats.incidents} incidents`,
    );
  }
}

/**
 * `npm run bench -- reading-sample [dev|held|all] [--places FILE] [--misses FIELD]`: the main event of each report of the
 * 2016 sample against its answer key, overall and per language, with the shipped gazetteer and with one imported.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Gazetteer } from '../../src/places/index.ts';
import { importPlaces, loadGazetteer, loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader, type Reading } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { FIELDS, type Field, judge, type KeyRow, type Marks } from './answer.ts';
import { halfOf } from './halves.ts';

interface SampleReport {
  readonly id: string;
  readonly lang: string;
  readonly published: string | null;
  readonly title: string | null;
  readonly text: string;
}

export interface Judged {
  readonly report: SampleReport;
  readonly key: KeyRow;
  readonly half: 'dev' | 'held';
  readonly reading: Reading;
  readonly marks: Marks | null;
}

const here = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const jsonLines = <Row>(path: string): Row[] =>
  here(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

/** Reads the sample with one gazetteer and judges each report that has facts in the key. */
export function judgeSample(gazetteer: Gazetteer): Judged[] {
  const reader = createReader({ gazetteer, instrument: loadInstrument() });
  const keys = new Map(jsonLines<KeyRow>('test/sample/answer-key.jsonl').map((row) => [row.id, row]));
  const reports = ['sample/reports-a.jsonl', 'sample/reports-b.jsonl'].flatMap((path) => jsonLines<SampleReport>(path));
  return reports.flatMap((report) => {
    const key = keys.get(report.id);
    if (!key) return [];
    const text = report.title ? `${report.title}\n\n${report.text}` : report.text;
    const reading = reader.read(text, { published: report.published, lang: report.lang });
    const marks = key.facts ? judge(reading, key.facts, gazetteer) : null;
    return [{ report, key, half: halfOf(report.id, key.incident), reading, marks }];
  });
}

/** Shares right per field, and of how many. */
export function shares(judged: readonly Judged[]): { n: number; share: Record<Field, number> } {
  const scored = judged.flatMap(({ marks }) => marks ?? []);
  const share = Object.fromEntries(
    FIELDS.map((field) => [field, scored.filter((marks) => marks[field]).length / Math.max(1, scored.length)]),
  ) as Record<Field, number>;
  return { n: scored.length, share };
}

function table(judged: readonly Judged[]): void {
  const row = (name: string, some: readonly Judged[]): void => {
    const { n, share } = shares(some);
    console.log(
      [name.padEnd(14), String(n).padStart(4), ...FIELDS.map((field) => share[field].toFixed(3).padStart(9))].join(' '),
    );
  };
  console.log([''.padEnd(14), '   n', ...FIELDS.map((field) => field.slice(0, 9).padStart(9))].join(' '));
  row('all', judged);
  for (const lang of ['ar', 'ru', 'en'])
    row(
      lang,
      judged.filter(({ report }) => report.lang === lang),
    );
  const empty = judged.filter(({ key }) => key.facts === null);
  const quiet = empty.filter(({ reading }) => reading.events.every((event) => event.aggregate));
  console.log(`reports of no single event: ${quiet.length} of ${empty.length} give none or a sum-up`);
}

function misses(judged: readonly Judged[], field: Field): void {
  for (const { report, key, reading, marks } of judged) {
    if (!marks || marks[field] || !key.facts) continue;
    const main = reading.events[0];
    const place = main ? reading.places[main.places[0] ?? -1] : undefined;
    console.log(`\n${report.id} ${report.published} ${report.title}\n${report.text}`);
    console.log(
      '  key ',
      key.facts.event_type,
      key.facts.start,
      key.facts.place.text,
      key.facts.killed,
      key.facts.alleged_party,
      key.facts.accept ?? '',
    );
    console.log(
      '  ours',
      main?.type,
      main?.start,
      place?.span.text,
      place?.precision,
      main?.killed,
      main?.actor,
      main?.actorText,
    );
  }
}

/** The gazetteer after a file of P-codes was imported into an empty data folder. */
export function imported(file: string): Gazetteer {
  const dataDir = mkdtempSync(join(tmpdir(), 'hudna-bench-'));
  try {
    importPlaces(dataDir, file, 'pcodes');
    return loadGazetteer(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export async function run(args: readonly string[]): Promise<void> {
  const half = args.find((arg) => arg === 'dev' || arg === 'held' || arg === 'all') ?? 'dev';
  const field = FIELDS.find((name) => name === args[args.indexOf('--misses') + 1]);
  const gazetteers: [string, Gazetteer][] = [['shipped gazetteer', loadShippedGazetteer()]];
  const file = args[args.indexOf('--places') + 1] ?? '';
  if (args.includes('--places')) gazetteers.push([`after places import of ${basename(file)}`, imported(file)]);
  for (const [name, gazetteer] of gazetteers) {
    const judged = judgeSample(gazetteer).filter((one) => half === 'all' || one.half === half);
    console.log(`\n${name}, half: ${half}`);
    table(judged);
    if (field && name === gazetteers.at(-1)?.[0]) misses(judged, field);
  }
}

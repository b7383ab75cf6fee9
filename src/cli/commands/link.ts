/**
 * `hudna link`: which reports tell of one event. Needs no database and no server; reads files of any size in a stream.
 * docs/linking.md explains it to someone with two CSV files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { Problem } from '../../core/index.ts';
import {
  BAD_WEIGHTS,
  csvReports,
  eventsOfReading,
  jsonReports,
  type LinkFileOptions,
  type LinkStats,
  linkFile,
  loadTaxonomy,
  type MappedColumn,
  type PlacedReport,
  parseColumnMap,
  parseWeights,
  placeEvent,
  type ReadEvents,
  type WeightSet,
} from '../../incidents/index.ts';
import { type Gazetteer, loadGazetteer } from '../../places/index.ts';
import { createReader, type Reader } from '../../reading/index.ts';
import { actorById, loadInstrument } from '../../terms/index.ts';

interface LinkFlags {
  readonly out: string;
  readonly stats?: boolean;
  readonly json?: boolean;
  readonly map: readonly string[];
  readonly taxonomy?: string;
  readonly windowKm?: number;
  readonly episodeDays?: number;
  readonly windowDays?: number;
  readonly weights?: string;
  readonly saveWeights?: string;
  readonly estimate: boolean;
  readonly terms?: string;
  readonly data: string;
}

const QUIET_MS = 1_000;

export function command(): Command {
  return new Command('link')
    .description('links reports that tell of one event, and says why; needs no database')
    .argument('<inputs...>', 'files of JSON lines, or CSV files (name ending in .csv)')
    .requiredOption('--out <file>', 'where to write one JSON line for each report, in the order of the input')
    .option('--stats', 'print counts to stderr when done')
    .option('--json', 'print the counts as JSON to stdout')
    .option(
      '--map <column=field>',
      'CSV column that holds a field (FILE:COLUMN=field where one file has it); may be given again',
      collect,
      [],
    )
    .option('--taxonomy <file>', 'kinds of event: CSV of code,parent, or JSON with tree and aliases')
    .option('--window-km <km>', 'never compare reports farther apart than this', positive)
    .option('--window-days <days>', 'nor reports whose days differ by more than this', positive)
    .option('--episode-days <days>', 'length from which an event is an episode (2)', positive)
    .option('--weights <file>', 'start from this weight set instead of the shipped one')
    .option('--save-weights <file>', 'write the weight set that was used')
    .option('--no-estimate', 'use the weight set as it is; do not estimate from the input')
    .option('--terms <file>', 'terms file whose parties have sides (default: the shipped 2016 instrument)')
    .option('--data <dir>', 'data folder whose imported places are known to the reader as well', './hudna-data')
    .addHelpText(
      'after',
      '\nA line: {id, source, origin|null, lang, published, text|null, event|null}; a text without an event is read first.\n' +
        'Result: {id, incident, score, explanation:[{field, level, bits}], also:[…]}; the bits sum to the score.\n' +
        'Exit codes: 0 done, 1 refused input (nothing is written), 64 wrong usage.',
    )
    .action(link);
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

function positive(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new InvalidArgumentError('give a number that is not negative.');
}

async function link(inputs: readonly string[], flags: LinkFlags): Promise<void> {
  const columns = parseColumnMap(flags.map, inputs);
  const loaded = flags.taxonomy ? loadTaxonomy(flags.taxonomy) : null;
  const instrument = loadInstrument(flags.terms);
  let used: WeightSet | undefined;
  let loadedPlaces: Gazetteer | undefined;
  const gazetteer = (): Gazetteer => {
    loadedPlaces ??= loadGazetteer(flags.data);
    return loadedPlaces;
  };
  const options: LinkFileOptions = {
    sideOf: (actor) => actorById(instrument, actor)?.side ?? null,
    read: lazyReader(() => createReader({ gazetteer: gazetteer(), instrument }), gazetteer),
    locate: (event, lang) =>
      event.lat === null && event.placeText !== null ? placeEvent(event, gazetteer(), lang) : event,
    progress: progress(),
    ...(flags.episodeDays === undefined ? {} : { episodeDays: flags.episodeDays }),
    window: {
      ...(flags.windowKm === undefined ? {} : { km: flags.windowKm }),
      ...(flags.windowDays === undefined ? {} : { days: flags.windowDays }),
    },
    keepWeights: (weights) => {
      used = weights;
    },
    ...(loaded ? { taxonomy: loaded.taxonomy, rename: loaded.rename } : {}),
    ...(flags.weights ? { weights: weightsOf(flags.weights) } : {}),
    ...(flags.estimate ? {} : { estimateAs: null }),
  };
  const stats = await linkFile(readAll(inputs, columns), flags.out, options);
  if (flags.saveWeights && used) writeFileSync(flags.saveWeights, `${JSON.stringify(used, null, 1)}\n`);
  if (flags.json) process.stdout.write(`${JSON.stringify(stats)}\n`);
  if (flags.stats) process.stderr.write(statsText(stats));
}

async function* readAll(
  inputs: readonly string[],
  columns: readonly MappedColumn[],
): AsyncGenerator<readonly PlacedReport[]> {
  for (const input of inputs) {
    if (input.toLowerCase().endsWith('.csv')) yield* csvReports(input, columns, inputs.length > 1);
    else yield* jsonReports(input);
  }
}

/** The gazetteer is loaded only when a text has to be read. */
function lazyReader(make: () => Reader, gazetteer: () => Gazetteer): ReadEvents {
  let reader: Reader | undefined;
  return (report) => {
    reader ??= make();
    const published = report.published === null ? null : new Date(report.published).toISOString();
    return eventsOfReading(reader.read(report.text ?? '', { published, lang: report.lang }), gazetteer());
  };
}

function weightsOf(file: string): WeightSet {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Problem(BAD_WEIGHTS, 'cannot be read as JSON', { where: file, cause });
  }
  return parseWeights(value, file);
}

function progress(): NonNullable<LinkFileOptions['progress']> {
  const started = performance.now();
  if (process.stderr.isTTY !== true) return () => {};
  return (step, done, of) => {
    if (performance.now() - started < QUIET_MS) return;
    process.stderr.write(`\r${step} ${done}${of > 0 ? ` of ${of}` : ''} reports\u001b[K`);
  };
}

const statsText = (stats: LinkStats): string =>
  `${stats.reports} reports, ${stats.copies} of them copies; ${stats.linkable} could be placed and dated\n` +
  `${stats.incidents} incidents; ${stats.asked} reports wait for a person (${share(stats.asked, stats.reports)})\n` +
  `${stats.comparisons} comparisons; ${stats.capped} look-ups met the cap, leaving out ${stats.leftOut} reports\n` +
  `weights ${stats.weights}\n`;

const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

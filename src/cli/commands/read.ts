/**
 * `hudna read`: one text, or every file of a folder, as the reading/1 document. Needs no database and no network; what
 * it reads is never followed as an instruction.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { declareProblem, isDay, isInstant, isProblem, LANGS, Problem } from '../../core/index.ts';
import { loadGazetteer } from '../../places/index.ts';
import { createReader, decodeText, type Reader, type Reading } from '../../reading/index.ts';
import { loadInstrument } from '../../terms/index.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const QUIET_MS = 1_000;

const UNREADABLE_TEXT = declareProblem('cli/unreadable-text', 422);

interface ReadFlags {
  readonly json?: boolean;
  readonly out?: string;
  readonly published?: string;
  readonly lang?: string;
  readonly terms?: string;
  readonly data: string;
}

export function command(): Command {
  return new Command('read')
    .description('reads a text (file, - for standard input, or every file of a folder) into the reading/1 document')
    .argument('<input>', 'file, - or folder')
    .option('--json', 'print the reading/1 document')
    .option('--out <dir>', 'folder for one NAME.json per file; needed when the input is a folder')
    .option('--published <date>', 'day or time of publication: the reference of "yesterday"', publication)
    .addOption(new Option('--lang <lang>', 'language, when known').choices([...LANGS]))
    .option('--terms <file>', 'terms file whose parties are read (default: the shipped 2016 instrument)')
    .option('--data <dir>', 'data folder whose imported places are known as well', './hudna-data')
    .addHelpText(
      'after',
      '\nTexts are UTF-8 or UTF-16; bytes that are neither are read as the likeliest of windows-1256, windows-1251,\n' +
        'ISO 8859-6 and KOI8-R, and offsets then refer to the decoded text. Largest file: 16 MiB.\n' +
        'Exit codes: 0 done, 1 a file could not be read, 64 wrong usage.',
    )
    .action(read);
}

function publication(value: string): string {
  if (isDay(value) || isInstant(value)) return value;
  throw new InvalidArgumentError('give a day (2016-05-22) or an RFC 3339 time (2016-05-22T10:00:00Z).');
}

function read(input: string, flags: ReadFlags, self: Command): void {
  const isFolder = input !== '-' && statOf(input).isDirectory();
  if (isFolder && !flags.out) self.error(`hudna read: ${input} is a folder; say where to write with --out DIR`);
  if (isFolder && flags.out && resolve(flags.out) === resolve(input))
    self.error('hudna read: --out must be another folder than the input');
  const reader = createReader({ gazetteer: loadGazetteer(flags.data), instrument: loadInstrument(flags.terms) });
  if (isFolder) readFolder(reader, input, flags.out ?? '', flags);
  else if (flags.out) writeReading(flags.out, nameOf(input), readOne(reader, input, flags));
  else print(readOne(reader, input, flags), flags.json === true);
}

function readOne(reader: Reader, file: string, flags: ReadFlags): Reading {
  if (file !== '-' && statOf(file).size > MOST_BYTES)
    throw new Problem(UNREADABLE_TEXT, `larger than ${MOST_BYTES} bytes; cut it into parts`, { where: file });
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new Problem(UNREADABLE_TEXT, 'cannot be read; check the path and its permissions', { where: file, cause });
  }
  if (bytes.length > MOST_BYTES)
    throw new Problem(UNREADABLE_TEXT, `larger than ${MOST_BYTES} bytes; cut it into parts`, { where: file });
  return reader.read(decodeText(bytes).text, { published: flags.published ?? null, lang: flags.lang ?? null });
}

/** Every regular file of the folder, in the order of names; a file that cannot be read does not stop the others. */
function readFolder(reader: Reader, folder: string, out: string, flags: ReadFlags): void {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
  const started = performance.now();
  const talks = process.stderr.isTTY === true;
  let failed = 0;
  files.forEach((name, done) => {
    try {
      writeReading(out, name, readOne(reader, join(folder, name), flags));
    } catch (error) {
      if (!isProblem(error)) throw error;
      failed++;
      process.stderr.write(`hudna: ${error.where}: ${error.message}\n`);
    }
    if (talks && performance.now() - started > QUIET_MS) process.stderr.write(`\r${done + 1} of ${files.length} texts`);
  });
  if (talks && performance.now() - started > QUIET_MS) process.stderr.write('\n');
  if (flags.json) process.stdout.write(`${JSON.stringify({ read: files.length - failed, failed })}\n`);
  if (failed > 0) process.exitCode = 1;
}

/** Written beside and renamed, so that no reader ever sees half a document. */
function writeReading(out: string, name: string, reading: Reading): void {
  mkdirSync(out, { recursive: true });
  const target = join(out, `${name}.json`);
  writeFileSync(`${target}.part`, `${JSON.stringify(reading, null, 1)}\n`);
  renameSync(`${target}.part`, target);
}

const nameOf = (input: string): string => (input === '-' ? 'stdin' : (input.split(/[\\/]/).at(-1) ?? 'text'));

function statOf(path: string): ReturnType<typeof statSync> & { isDirectory(): boolean } {
  try {
    return statSync(path);
  } catch (cause) {
    throw new Problem(UNREADABLE_TEXT, 'there is no such file or folder', { where: path, cause });
  }
}

function print(reading: Reading, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(reading, null, 1)}\n` : summary(reading));
}

/** A few lines for people; the document itself is printed with --json. */
function summary(reading: Reading): string {
  const lines = [
    `language ${reading.language}, published ${reading.published ?? 'unknown'}`,
    ...reading.events.map((event) => {
      const place = reading.places[event.places[0] ?? -1];
      const killed =
        event.killed.low === null ? '' : `, killed ${event.killed.low}${event.killed.high === null ? '+' : ''}`;
      return `${event.type}${event.aggregate ? ' (sum-up)' : ''} ${event.start ?? '?'} ${place?.span.text ?? '?'}, alleged party ${event.actor ?? 'unknown'}${killed}, told by ${event.by}`;
    }),
    `${reading.places.length} places, ${reading.dates.length} dates, ${reading.statements.length} statements, ${reading.proposals.length} proposals, ${reading.figures.length} figures`,
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * hudna cases: decisions that people kept, as a file that readers are tried on. `export` needs a data folder; `check`
 * needs none and changes nothing.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { type CaseMiss, parseCases, type ReadingCase, tryCase } from '../../claims/index.ts';
import { declareProblem, Problem } from '../../core/index.ts';
import { loadGazetteer } from '../../places/index.ts';
import { createReader } from '../../reading/index.ts';
import { loadInstrument } from '../../terms/index.ts';
import { DATA_OPTION, onDataFolder, TERMS_OPTION } from '../data-folder.ts';

const UNREADABLE_CASES = declareProblem('cli/unreadable-cases', 422);
const MOST_SHOWN = 100;

export function command(): Command {
  const cases = new Command('cases').description('decisions that people kept, as cases for the reader');
  cases
    .command('export')
    .description('write the kept decisions of public reports as JSON lines (spec/reading-case.md)')
    .option('--out <file>', 'file to write (default: standard output)')
    .option(...DATA_OPTION)
    .action(async (flags: { out?: string; data: string }) => {
      const answer = (await onDataFolder(flags, 'claim-cases', {})) as { cases: ReadingCase[]; sealed: number };
      const text = answer.cases.map((one) => `${JSON.stringify(one)}\n`).join('');
      if (flags.out) {
        writeFileSync(`${flags.out}.part`, text);
        renameSync(`${flags.out}.part`, flags.out);
      } else process.stdout.write(text);
      if (answer.sealed > 0)
        process.stderr.write(`${answer.sealed} sealed reports have kept decisions too; they stay in the house\n`);
    });
  cases
    .command('check')
    .description('read the texts of a file of cases and compare with what people settled')
    .argument('<file>', 'file of cases')
    .option('--json', 'print the result as JSON')
    .option(...TERMS_OPTION)
    .option('--data <dir>', 'data folder whose imported places are known as well', './hudna-data')
    .addHelpText('after', '\nExit codes: 0 every value is read so, 1 some are not or the file is bad, 64 wrong usage.')
    .action(check);
  return cases;
}

function check(file: string, flags: { json?: boolean; terms?: string; data: string }): void {
  const cases = parseCases(textOf(file), file);
  const gazetteer = loadGazetteer(flags.data);
  const reader = createReader({ gazetteer, instrument: loadInstrument(flags.terms) });
  const misses = cases.flatMap((one) => tryCase(one, reader, gazetteer));
  const values = cases.reduce((sum, one) => sum + one.expect.length, 0);
  if (misses.length > 0) process.exitCode = 1;
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ cases: cases.length, values, misses })}\n`);
    return;
  }
  for (const miss of misses.slice(0, MOST_SHOWN)) process.stderr.write(`${lineOf(miss)}\n`);
  process.stdout.write(
    `${cases.length} cases, ${values} values: ${values - misses.length} read so, ${misses.length} not\n`,
  );
}

const lineOf = ({ id, event, field, expected, read }: CaseMiss): string =>
  `${id}, event ${event}, ${field}: people settled ${JSON.stringify(expected)}, read is ${JSON.stringify(read)}`;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Problem(UNREADABLE_CASES, 'cannot be read', { where: path, cause });
  }
}

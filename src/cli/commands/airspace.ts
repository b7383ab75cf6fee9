/** `hudna airspace check`: the flight channel on the command line. Shares nothing with the ceasefire's commands. */
import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { findConflicts, parseCheckInput } from '../../airspace/index.ts';

const MOST_BYTES = 512 * 1024 * 1024;

export function command(): Command {
  const airspace = new Command('airspace').description('the flight-safety channel: check, serve').exitOverride();
  airspace
    .command('check')
    .description('prints every conflict between volumes of different parties; needs no database')
    .argument('<input>', 'JSON file: minima and volumes (docs/airspace.md), or - for standard input')
    .option('--json', 'print JSON (always so)')
    .action(check);
  return airspace;
}

function check(file: string): void {
  const size = file === '-' ? 0 : statSync(file).size;
  if (size > MOST_BYTES) throw new Error(`${file}: larger than ${MOST_BYTES} bytes`);
  const input = parseCheckInput(readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, ''));
  const started = performance.now();
  const talks = process.stderr.isTTY === true;
  const conflicts = findConflicts(input, (done) => {
    if (talks && performance.now() - started > 1000)
      process.stderr.write(`\r${done} of ${input.volumes.length} volumes`);
  });
  if (talks && performance.now() - started > 1000) process.stderr.write('\n');
  process.stdout.write(`${JSON.stringify({ conflicts }, null, 1)}\n`);
}

/**
 * An import that meets a full disk, or is killed: the file is in the database whole or not at all, the command says what
 * happened, and the same import succeeds when there is room again.
 */
import { spawn } from 'node:child_process';
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dice } from '../record/tampers.ts';
import { inRepository } from '../support/needs.ts';
import { type Finished, runCli } from '../support/run-cli.ts';
import type { Verdict } from './check.ts';
import { fill } from './fill.ts';
import type { DiskImage } from './image.ts';

const FILE = inRepository('sample/reports-a.jsonl');
const LINES = readFileSync(FILE, 'utf8').trimEnd().split('\n').length;

/** One report, so that the folder has a database before the disk is full. */
function seed(folder: string, path: string): Promise<Finished> {
  const report = { id: 'seed-1', source: { name: 'seed', kind: 'other' }, text: 'A first report, before the fault.' };
  writeFileSync(path, `${JSON.stringify(report)}\n`);
  return runCli(['import', path, '--data', folder]);
}

export async function importOnFullDisk(image: DiskImage, dice: Dice, outside: string): Promise<Verdict> {
  const folder = join(image.mount, 'data');
  const first = await seed(folder, join(outside, 'seed.jsonl'));
  if (first.code !== 0) throw new Error(`the first import failed: ${first.stderr}`);
  const fillers = fill(join(image.mount, 'filler'), dice.below(60) * 65_536);
  const full = await runCli(['import', FILE, '--visibility', 'public', '--data', folder]);
  console.log(`  exit ${full.code}: ${full.stderr.trim().split('\n').at(-1) ?? ''}`);
  for (const filler of fillers) unlinkSync(filler);
  const faults = full.code === 0 || plain(full) ? [] : [`no clear message: exit ${full.code}, ${full.stderr}`];
  return afterwards(folder, faults);
}

export async function importKilled(folder: string, dice: Dice, outside: string): Promise<Verdict> {
  const first = await seed(folder, join(outside, 'seed.jsonl'));
  if (first.code !== 0) throw new Error(`the first import failed: ${first.stderr}`);
  const child = spawn(inRepository('bin/hudna'), ['import', FILE, '--visibility', 'public', '--data', folder]);
  const ended = new Promise((done) => child.on('close', done));
  setTimeout(() => child.kill('SIGKILL'), 800 + dice.below(4_000));
  await ended;
  return afterwards(folder, []);
}

/** One line for a person: what, where, what to do; never a trace. */
const plain = ({ code, stderr }: Finished): boolean =>
  code === 1 && /full; nothing of this was stored/.test(stderr) && !/\n\s+at /.test(stderr);

/** Imports the file again: every line is accepted now or was accepted before, all of one kind, and then all are known. */
async function afterwards(folder: string, faults: string[]): Promise<Verdict> {
  const since = performance.now();
  const health = await runCli(['doctor', '--data', folder]);
  const reopenSeconds = (performance.now() - since) / 1_000;
  if (health.code !== 0) faults.push(`doctor: ${health.stdout}${health.stderr}`);
  const again = countsOf(await runCli(['import', FILE, '--visibility', 'public', '--data', folder]), faults);
  const whole = again.accepted === LINES || again.duplicates === LINES;
  if (!whole) faults.push(`half a file was kept: ${JSON.stringify(again)} of ${LINES}`);
  const last = countsOf(await runCli(['import', FILE, '--visibility', 'public', '--data', folder]), faults);
  if (last.duplicates !== LINES) faults.push(`not all known afterwards: ${JSON.stringify(last)}`);
  return { faults, entries: again.accepted, reopenSeconds };
}

function countsOf({ code, stdout, stderr }: Finished, faults: string[]): { accepted: number; duplicates: number } {
  if (code !== 0) {
    faults.push(`import: exit ${code}, ${stderr}`);
    return { accepted: -1, duplicates: -1 };
  }
  return JSON.parse(stdout) as { accepted: number; duplicates: number };
}

/**
 * `npm run faults -- NAME [--rounds N] [--seed N]`: faults that are too long, or need too much, for the test suite. Each
 * prints a line a round and a summary, and ends with exit code 1 when anything acknowledged or signed was lost.
 */
import { mkdirSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from '../../src/record/verify/index.ts';
import { brokenVerifiers, cleanAudits, originals, runCampaign } from '../record/campaign.ts';
import { Dice } from '../record/tampers.ts';
import { channelSite, checkChannel, strikeChannel } from './airspace.ts';
import { check, type Verdict } from './check.ts';
import { fill } from './fill.ts';
import { DiskImage } from './image.ts';
import { importKilled, importOnFullDisk } from './import.ts';
import { MOST_MS, measureStalls } from './stall.ts';
import { sleep, strikeVictim } from './strike.ts';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

interface Summary {
  rounds: number;
  faults: string[];
  entries: number;
  slowest: number;
}

/** Runs rounds on one folder each of `fresh` rounds long, so that young and old folders are both struck. */
async function rounds(name: string, count: number, round: (dice: Dice, i: number) => Promise<Verdict>): Promise<void> {
  const seed = option('seed', 2254);
  const summary: Summary = { rounds: 0, faults: [], entries: 0, slowest: 0 };
  for (let i = 0; i < count; i++) {
    const verdict = await round(new Dice(seed + i), i);
    summary.rounds += 1;
    summary.entries += verdict.entries;
    summary.slowest = Math.max(summary.slowest, verdict.reopenSeconds);
    summary.faults.push(...verdict.faults.map((fault) => `round ${i} (seed ${seed + i}): ${fault}`));
    const words = verdict.faults.length === 0 ? 'nothing lost' : verdict.faults.join('; ');
    console.log(
      `${name} ${i + 1}/${count}: ${verdict.entries} entries, reopened in ${verdict.reopenSeconds.toFixed(1)} s, ${words}`,
    );
  }
  console.log(
    `${name}: ${summary.rounds} rounds, ${summary.faults.length} faults, reopen at most ${summary.slowest.toFixed(1)} s`,
  );
  for (const fault of summary.faults) console.log(`  ${fault}`);
  if (summary.faults.length > 0) process.exitCode = 1;
}

const ROUNDS_A_FOLDER = 5;

async function kill(base: string): Promise<void> {
  await rounds('kill -9', option('rounds', 100), async (dice, i) => {
    const folder = join(base, `kill-${Math.floor(i / ROUNDS_A_FOLDER)}`);
    // Every fifth is struck while it is still opening, some while the folder is being made.
    const young = i % ROUNDS_A_FOLDER === 0;
    const said = await strikeVictim(
      folder,
      dice.below(young ? 2_500 : 1_500),
      (victim) => void victim.kill('SIGKILL'),
      young ? 'start' : 'open',
    );
    return check(folder, said);
  });
}

async function powerLoss(base: string): Promise<void> {
  await rounds('power loss', option('rounds', 50), async (dice, i) => {
    const image = new DiskImage(join(base, `power-${i}`), 400);
    try {
      let verdict: Verdict | undefined;
      // Twice on one disk: a young folder first, then one with a history.
      for (let strike = 0; strike < 2; strike++) {
        const folder = join(image.mount, 'data');
        const said = await strikeVictim(folder, 100 + dice.below(2_000), async (victim) => {
          image.losePower();
          await sleep(20);
          victim.kill('SIGKILL');
        });
        image.detach();
        image.attach();
        const next = await check(folder, said);
        verdict = { ...next, faults: [...(verdict?.faults ?? []), ...next.faults] };
      }
      if (!verdict) throw new Error('nothing was struck');
      return verdict;
    } finally {
      image.remove();
    }
  });
}

const CHANNEL_MODES = ['blind', 'open'] as const;

/** The flight channel killed in the middle of declarations, three times on one folder, in both modes by turns. */
async function airspaceKill(base: string): Promise<void> {
  await rounds('airspace, kill -9 in mid-declaration', option('rounds', 20), async (dice, i) => {
    const site = await channelSite(join(base, `channel-${i}`, 'data'), CHANNEL_MODES[i % 2] ?? 'blind');
    return twice(3, async () => {
      await strikeChannel(site, dice, (server) => void server.kill('SIGKILL'));
      return checkChannel(site);
    });
  });
}

async function airspacePowerLoss(base: string): Promise<void> {
  await rounds('airspace, power loss in mid-declaration', option('rounds', 20), async (dice, i) => {
    const image = new DiskImage(join(base, `channel-${i}`), 400);
    try {
      const site = await channelSite(join(image.mount, 'data'), CHANNEL_MODES[i % 2] ?? 'blind');
      return await twice(2, async () => {
        await strikeChannel(site, dice, async (server) => {
          image.losePower();
          await sleep(20);
          server.kill('SIGKILL');
        });
        image.detach();
        image.attach();
        return checkChannel(site);
      });
    } finally {
      image.remove();
    }
  });
}

/** Strikes again and again on one folder; every strike's faults count. */
async function twice(strikes: number, strike: () => Promise<Verdict>): Promise<Verdict> {
  let all = await strike();
  for (let i = 1; i < strikes; i++) {
    const next = await strike();
    all = { ...next, faults: [...all.faults, ...next.faults] };
  }
  return all;
}

async function diskFull(base: string): Promise<void> {
  await rounds('disk full', option('rounds', 5), async (dice, i) => {
    const image = new DiskImage(join(base, `full-${i}`), 150);
    try {
      const folder = join(image.mount, 'data');
      await strikeVictim(folder, 300, (victim) => void victim.kill('SIGKILL'));
      const fillers = fill(join(image.mount, 'filler'), dice.below(3) * 65_536);
      const said = await strikeVictim(folder, 20_000, (victim) => void victim.kill('SIGKILL'));
      console.log(
        `  the victim said: ${/\S.*(?:ENOSPC|No space|stopped|Error).*/.exec(said.complaint)?.[0] ?? 'nothing'}`,
      );
      for (const filler of fillers) unlinkSync(filler);
      return await check(folder, said);
    } finally {
      image.remove();
    }
  });
}

async function importFull(base: string): Promise<void> {
  await rounds('import on a full disk', option('rounds', 5), async (dice, i) => {
    const image = new DiskImage(join(base, `import-${i}`), 150);
    try {
      return await importOnFullDisk(image, dice, base);
    } finally {
      image.remove();
    }
  });
}

async function importKill(base: string): Promise<void> {
  await rounds('kill -9 in mid-import', option('rounds', 10), async (dice, i) => {
    const folder = join(base, `import-kill-${i}`);
    mkdirSync(folder);
    return importKilled(join(folder, 'data'), dice, folder);
  });
}

async function tamper(): Promise<void> {
  const [count, clean, seed] = [option('rounds', 2_000), option('clean', 1_000), option('seed', 1)];
  const bases = originals();
  const result = await runCampaign(audit, bases, count, seed);
  console.log(
    `tampers: ${result.found} of ${result.tampers} found; first bad index named in ${result.named} of ${result.nameable}`,
  );
  for (const [kind, n] of Object.entries(result.byKind)) console.log(`  ${String(n).padStart(5)} ${kind}`);
  for (const miss of result.misses)
    console.log(`  MISS seed ${miss.seed}, ${miss.tamper}, size ${miss.size}: ${miss.what}`);
  const alarms = await cleanAudits(audit, bases, clean);
  console.log(`clean audits: ${alarms.length} alarms in ${clean}`);
  const [base] = originals([300]);
  if (!base) throw new Error('no log');
  const passed: string[] = [];
  for (const [name, verify] of Object.entries(brokenVerifiers(() => base))) {
    const { misses } = await runCampaign(verify, [base], 1_000, seed, true);
    if (misses.length === 0) passed.push(name);
  }
  console.log(`deliberately broken verifiers not caught: ${passed.length === 0 ? 'none' : passed.join(', ')}`);
  if (result.misses.length + alarms.length + passed.length > 0) process.exitCode = 1;
}

/** Hostile and large files at every door. Judged by the thread's own work: standing still also counts a busy machine. */
async function stall(base: string): Promise<void> {
  const found = await measureStalls(
    join(base, 'stall'),
    process.argv[3] ?? '',
    ({ door, what, answer, stillMs, workMs }) =>
      console.log(
        `${workMs.toFixed(0).padStart(5)} ms (stood still ${stillMs.toFixed(0)} ms) ${door}: ${what}: ${answer}`,
      ),
  );
  const over = found.filter(({ workMs }) => workMs > MOST_MS);
  console.log(`stall: ${found.length} cases, ${over.length} over ${MOST_MS} ms`);
  if (over.length > 0 || found.length === 0) process.exitCode = 1;
}

const FAULTS: Readonly<Record<string, (base: string) => Promise<void>>> = {
  kill,
  'power-loss': powerLoss,
  'airspace-kill': airspaceKill,
  'airspace-power-loss': airspacePowerLoss,
  'disk-full': diskFull,
  'import-full': importFull,
  'import-kill': importKill,
  tamper,
  stall,
};

const [name = ''] = process.argv.slice(2);
const fault = FAULTS[name];
if (fault) {
  const base = mkdtempSync(join(tmpdir(), 'hudna-faults-'));
  try {
    await fault(base);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
} else {
  console.error(`faults: ${Object.keys(FAULTS).join(', ')} (see test/faults/README.md)`);
  process.exitCode = 64;
}

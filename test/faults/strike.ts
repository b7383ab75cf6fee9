/** Runs a victim until something strikes it, and keeps what it said while it lived. */
import { type ChildProcess, spawn } from 'node:child_process';
import { inRepository } from '../support/needs.ts';

export interface Witnessed {
  /** Index of the last entry acknowledged; -1 for none. */
  acknowledged: number;
  /** Size of the last checkpoint that was out. */
  signed: number;
  /** What it wrote to stderr. */
  complaint: string;
}

const STARTUP_LIMIT_MS = 120_000;
/** Enough to be at work, however slow the machine. */
const AT_WORK = 5;

/** Starts a victim on `folder`, lets it work for `ms` once it is open, then calls `strike`; resolves when it is dead. */
export async function strikeVictim(
  folder: string,
  ms: number,
  strike: (victim: ChildProcess) => void | Promise<void>,
  whenToStrike: 'open' | 'start' | 'acknowledged' = 'open',
): Promise<Witnessed> {
  const victim = spawn(process.execPath, ['--import', 'tsx', inRepository('test/faults/victim.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Witnessed = { acknowledged: -1, signed: 0, complaint: '' };
  const dead = new Promise<void>((done) => victim.once('close', () => done()));
  let rest = '';
  const isReady = (word: string | undefined): boolean =>
    whenToStrike === 'acknowledged' ? said.acknowledged >= AT_WORK : word === 'open';
  const opened = new Promise<void>((done) => {
    victim.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [word, number] = line.split(' ');
        if (word === 'ack') said.acknowledged = Math.max(said.acknowledged, Number(number));
        if (word === 'signed') said.signed = Math.max(said.signed, Number(number));
        if (isReady(word)) done();
      }
    });
  });
  victim.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.complaint += text;
  });
  if (whenToStrike !== 'start') await Promise.race([opened, dead, sleep(STARTUP_LIMIT_MS)]);
  await Promise.race([sleep(ms), dead]);
  await strike(victim);
  await dead;
  return said;
}

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

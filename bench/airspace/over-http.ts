/**
 * The arbiter as a desk meets it: a server of its own process on its embedded database, ten clients over HTTP, both
 * sides' event streams open. Times are the clients': beats, sockets and the other process included.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '../../src/airspace/tokens.ts';
import { systemRandom } from '../../src/core/index.ts';
import { percentile, row } from './world.ts';

const CLIENTS = 10;
const SPOTS = 20;
const HOUR = 3_600_000;
const PARTIES = ['alpha', 'bravo'] as const;
type Party = (typeof PARTIES)[number];

export async function overHttp(): Promise<void> {
  // Twice by turns, and the better of each: what else runs on the machine comes and goes.
  const apart = [await measure(false)];
  const busy = [await measure(true)];
  apart.push(await measure(false));
  busy.push(await measure(true));
  print(better(apart), better(busy));
}

const better = (rounds: readonly Figures[]): Figures =>
  [...rounds].sort((a, b) => b.rate - a.rate)[0] ?? { rate: 0, p95: 0, alert: 0, skew: 0, cpu: 0 };

function print(apart: Figures, busy: Figures): void {
  row('over HTTP, ten clients, none overlap', `${apart.rate.toFixed(0)}/s, p95 ${apart.p95.toFixed(0)} ms`);
  row(
    'over HTTP, ten clients, all overlap',
    `${busy.rate.toFixed(0)}/s, p95 ${busy.p95.toFixed(0)} ms`,
    '≥ 60/s, p95 ≤ 100 ms',
  );
  row('  overlapping over not overlapping', (busy.rate / apart.rate).toFixed(2), '≥ 0.8');
  row('  alert at both desks after the request', `p99 ${busy.alert.toFixed(0)} ms`, '≤ 200 ms');
  row('  processor of the server a declaration', `${busy.cpu.toFixed(1)} ms (one core)`);
  row('  skew between the two desks', `p99 ${busy.skew.toFixed(1)} ms`, '≤ 50 ms');
}

interface Figures {
  readonly rate: number;
  readonly p95: number;
  readonly alert: number;
  readonly skew: number;
  /** Milliseconds a declaration. */
  readonly cpu: number;
}

async function measure(overlap: boolean): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-http-'));
  const tokens = { alpha: '', bravo: '' };
  for (const party of PARTIES) tokens[party] = createToken(folder, party, systemRandom);
  const { child, url } = await start(folder);
  try {
    const heard = { alpha: new Map<string, number>(), bravo: new Map<string, number>() };
    const stop = new AbortController();
    for (const party of PARTIES) void listen(url, tokens[party], heard[party], stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const times: number[] = [];
    const met: { asked: number; ids: Record<Party, string> }[] = [];
    const declare = async (party: Party, place: number): Promise<string> => {
      const from = performance.now();
      const reply = await fetch(`${url}/flight/v1/declarations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[party]}`, 'content-type': 'application/json' },
        body: JSON.stringify(declaration(place)),
      });
      const body = (await reply.json()) as { declaration?: { id: string } };
      times.push(performance.now() - from);
      if (!body.declaration) throw new Error(`refused: ${JSON.stringify(body).slice(0, 200)}`);
      return body.declaration.id;
    };
    const client = async (n: number): Promise<void> => {
      for (let i = 0; i < SPOTS; i++) {
        const spot = n * SPOTS + i;
        const alpha = await declare('alpha', 2 * spot);
        const asked = performance.now();
        const bravo = await declare('bravo', overlap ? 2 * spot : 2 * spot + 1);
        met.push({ asked, ids: { alpha, bravo } });
      }
    };
    const before = processorMs(child.pid);
    const from = performance.now();
    await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
    const seconds = (performance.now() - from) / 1000;
    const cpu = (processorMs(child.pid) - before) / times.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    stop.abort();
    const alerts: number[] = [];
    const skews: number[] = [];
    for (const { asked, ids } of met) {
      const [a, b] = PARTIES.map((party) => heard[party].get(ids[party]));
      if (!overlap) continue;
      alerts.push(a === undefined || b === undefined ? Number.POSITIVE_INFINITY : Math.max(a, b) - asked);
      skews.push(a === undefined || b === undefined ? Number.POSITIVE_INFINITY : Math.abs(a - b));
    }
    for (const list of [times, alerts, skews]) list.sort((x, y) => x - y);
    return {
      rate: times.length / seconds,
      p95: percentile(times, 0.95),
      alert: percentile(alerts, 0.99),
      skew: percentile(skews, 0.99),
      cpu,
    };
  } finally {
    child.kill('SIGTERM');
  }
}

/** User and system time of a process so far (Linux: in hundredths of a second). */
function processorMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Places 90 km apart on a wide grid: two on one place meet, others do not. */
function declaration(place: number): unknown {
  const start = Math.ceil(Date.now() / HOUR) * HOUR + HOUR;
  return {
    class: 'manned',
    volumes: [
      {
        outline: {
          circle: { lat: -30 + (place % 60) * 0.8, lon: 10 + Math.floor(place / 60) * 1.2, radiusMetres: 8_000 },
        },
        altitudeLowerMetres: 3_000,
        altitudeUpperMetres: 3_900,
        start: new Date(start).toISOString(),
        end: new Date(start + HOUR / 2).toISOString(),
      },
    ],
  };
}

function start(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const hudna = new URL('../../bin/hudna', import.meta.url).pathname;
  const child = spawn(process.execPath, [hudna, 'airspace', 'serve', '--data', folder, '--port', '0']);
  return new Promise((found, failed) => {
    let out = '';
    child.stdout.on('data', (bytes) => {
      out += String(bytes);
      const url = /listening on (\S+)/.exec(out)?.[1];
      if (url) found({ child, url });
    });
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${out}`)));
  });
}

/** First moment at which each own declaration's alert came in on a party's stream. */
async function listen(url: string, token: string, heard: Map<string, number>, signal: AbortSignal): Promise<void> {
  try {
    const reply = await fetch(`${url}/flight/v1/events`, { headers: { authorization: `Bearer ${token}` }, signal });
    let text = '';
    for await (const bytes of reply.body as AsyncIterable<Uint8Array>) {
      text += Buffer.from(bytes).toString('utf8');
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      const now = performance.now();
      for (const frame of frames) {
        if (!frame.startsWith('event: alert') || !frame.includes('"alert":{')) continue;
        const id = /"declaration":"([^"]+)"/.exec(frame)?.[1];
        if (id && !heard.has(id)) heard.set(id, now);
      }
    }
  } catch {
    // Stopped.
  }
}

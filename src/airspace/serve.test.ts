import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../test/support/needs.ts';
import { systemRandom } from '../core/index.ts';
import { createToken } from './tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'hudna-airspace-'));
const tokens = { alpha: createToken(folder, 'alpha', systemRandom), bravo: createToken(folder, 'bravo', systemRandom) };
let running: ChildProcess | undefined;
afterAll(() => running?.kill('SIGKILL'));

function start(): Promise<string> {
  const child = spawn(process.execPath, [
    inRepository('bin/hudna'),
    'airspace',
    'serve',
    '--data',
    folder,
    '--mode',
    'blind',
    '--port',
    '0',
  ]);
  running = child;
  return new Promise((found, failed) => {
    let out = '';
    child.stdout.on('data', (bytes) => {
      out += String(bytes);
      const url = /listening on (\S+)/.exec(out)?.[1];
      if (url) found(url);
    });
    child.stderr.on('data', (bytes) => {
      out += String(bytes);
    });
    child.on('exit', (code) => failed(new Error(`ended with ${code}: ${out}`)));
  });
}

async function call(
  url: string,
  party: keyof typeof tokens,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never }> {
  const reply = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${tokens[party]}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json().catch(() => ({}))) as never };
}

const circle = (i: number) => ({
  class: 'manned',
  volumes: [
    {
      outline: { circle: { lat: 33 + (i % 40) * 0.1, lon: 36 + Math.floor(i / 40), radiusMetres: 5_000 } },
      altitudeLowerMetres: 3_000,
      altitudeUpperMetres: 3_200,
      start: new Date(Date.now() + 3_600_000).toISOString(),
      end: new Date(Date.now() + 5_400_000).toISOString(),
    },
  ],
});

interface Listed {
  readonly declarations: readonly { verdict: string; declaration: { id: string } }[];
}

describe('hudna airspace serve', () => {
  it('killed in the middle of declarations, loses nothing it acknowledged and calls nothing clear unchecked', async () => {
    const url = await start();
    expect((await fetch(`${url}/dss/v1/operational_intent_references/x`)).status).toBe(404);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok' });
    const door = await fetch(`${url}/desk/flight`);
    expect({ status: door.status, csp: door.headers.get('content-security-policy') }).toMatchObject({
      status: 401,
      csp: expect.stringContaining("default-src 'none'"),
    });
    const acknowledged = { alpha: [] as string[], bravo: [] as string[] };
    const declare = async (party: 'alpha' | 'bravo', i: number): Promise<void> => {
      const answer = await call(url, party, 'POST', '/flight/v1/declarations', circle(i)).catch(() => undefined);
      if (answer?.status === 201)
        acknowledged[party].push((answer.body as { declaration: { id: string } }).declaration.id);
    };
    const work = Promise.all(
      Array.from({ length: 120 }, (_, i) => Promise.all([declare('alpha', i), declare('bravo', i)])),
    );
    while (acknowledged.alpha.length + acknowledged.bravo.length < 40)
      await new Promise((resolve) => setTimeout(resolve, 5));
    running?.kill('SIGKILL');
    await work;

    const again = await start();
    const lists = {
      alpha: (await call(again, 'alpha', 'GET', '/flight/v1/declarations')).body as Listed,
      bravo: (await call(again, 'bravo', 'GET', '/flight/v1/declarations')).body as Listed,
    };
    for (const party of ['alpha', 'bravo'] as const) {
      const known = new Set(lists[party].declarations.map(({ declaration }) => declaration.id));
      expect(acknowledged[party].filter((id) => !known.has(id))).toEqual([]);
    }
    // Each place was asked for by both sides: where both stand, neither may be told clear.
    if (lists.alpha.declarations.length > 0 && lists.bravo.declarations.length > 0) {
      const answer = (await call(again, 'bravo', 'POST', '/flight/v1/declarations', circle(0))).body as {
        verdict: string;
      };
      expect(answer.verdict.trim()).toBe('conflict');
    }
    const stopped = new Promise((resolve) => running?.once('exit', resolve));
    running?.kill('SIGTERM');
    expect(await stopped).toBe(0);
  }, 240_000);
});

/** `hudna serve` with a second reader named in its environment: asked by itself, shown beside each value; a bad setting is refused. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type FakeReader, fakeReader, says } from '../support/fake-reader.ts';
import { runCli, type Started, startCli } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'hudna-second-'));
const data = join(folder, 'data');
const LONG_MS = 180_000;
const TEXT = 'Artillery shelling hit the town of Azaz in northern Aleppo yesterday, killing two people.';
const ANSWER = {
  events: [
    {
      sentences: [TEXT],
      type: 'air_strike',
      target: null,
      target_words: null,
      when: 'yesterday',
      place: 'Azaz',
      actor: null,
      victim: null,
      weapon: null,
      killed: 'two people',
      injured: null,
    },
  ],
};

describe('a served second reader', () => {
  let endpoint: FakeReader | undefined;
  let server: Started | undefined;
  afterAll(async () => {
    await server?.stop();
    await endpoint?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'is asked about a report that came in, and its doubts are listed',
    async () => {
      endpoint = await fakeReader();
      endpoint.behave(says(ANSWER));
      const running = await startCli(['serve', '--port', '0', '--data', data], undefined, {
        HUDNA_READER_URL: endpoint.url,
        HUDNA_READER_MODEL: 'fake-1',
        HUDNA_READER_KEY: 'zqsecretkey',
        HUDNA_LOG: 'info',
      });
      server = running;
      const { stdout } = await runCli(['token', 'create', '--org', 'Cell', '--role', 'analyst', '--data', data]);
      const monitor = await runCli(['token', 'create', '--org', 'Cell', '--role', 'monitor', '--data', data]);
      const call = async (token: string, path: string, body?: object) => {
        const response = await fetch(`${running.url}${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        return response.json();
      };
      const report = {
        source: { name: 'Wire' },
        published: '2016-05-12',
        lang: 'en',
        text: TEXT,
        visibility: 'public',
      };
      const { id } = await call(monitor.stdout, '/api/reports', report);
      await expect
        .poll(async () => (await call(stdout, `/api/reports/${id}/claims`)).second?.outcome, {
          timeout: LONG_MS / 2,
          interval: 500,
        })
        .toBe('read');
      const { items } = await call(stdout, `/api/reports/${id}/claims`);
      const beside = Object.fromEntries(
        items.map((item: { field: string; second: { outcome: string } | null }) => [item.field, item.second?.outcome]),
      );
      expect(beside).toMatchObject({ type: 'differs', place: 'agreed', start: 'agreed', killed: 'agreed' });
      const disputes = await call(stdout, '/api/claims/disputes');
      expect(disputes).toMatchObject({
        total: 1,
        items: [{ report: id, first: { value: 'shelling' }, second: { field: 'type', value: 'air_strike' } }],
      });
      expect(endpoint.asked).toHaveLength(1);
      expect(running.said()).not.toContain('zqsecretkey');
    },
    LONG_MS,
  );

  it('is refused when its address is none, naming the variable', async () => {
    const { HUDNA_READER_URL: _, ...env } = process.env;
    const { code, stderr } = await runCli(['serve', '--port', '0', '--data', join(folder, 'other')], {
      env: { ...env, HUDNA_READER_URL: 'nonsense', HUDNA_READER_MODEL: 'm' },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hudna: HUDNA_READER_URL: /);
  });
});

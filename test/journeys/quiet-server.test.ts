/**
 * A real server on a real folder with its log turned all the way up: what a sender says, who they are and from where they
 * came is in no line of the log, and in clear in no byte of the folder. Set up and opened by the command line alone.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealIdentity, submissionOf } from '../support/intake.ts';
import { runCli, type Started, startCli } from '../support/run-cli.ts';

const SAID = 'zqcanarysaid';
const NAME = 'zqcanaryname';
/** What a browser and a proxy tell of a sender. */
const TRACES = {
  'user-agent': 'zqcanaryagent/1.0',
  'x-forwarded-for': '203.0.113.77',
  referer: 'https://zqcanaryreferer.example/',
  cookie: 'zqcanarycookie=1',
};

describe('a server that somebody wrote to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-quiet-'));
  const data = join(folder, 'data');
  const file = (name: string) => join(folder, name);
  let server: Started;
  let recipients: string[] = [];

  const run = async (...args: string[]) => {
    const answer = await runCli(args);
    expect(answer.stderr).toBe('');
    expect(answer.code).toBe(0);
    return answer.stdout.trim();
  };
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...TRACES, ...headers },
      body,
    });
  const bytesOfFolder = (): Buffer =>
    Buffer.concat(
      readdirSync(data, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name))] : [],
      ),
    );

  beforeAll(async () => {
    server = await startCli(['serve', '--data', data, '--port', '0'], undefined, { HUDNA_LOG: 'trace' });
    const at = ['--data', data];
    recipients = [
      await run('custody', 'keygen', '--out', file('custodian.key')),
      await run('custody', 'keygen', '--out', file('recovery.key')),
    ];
    await run('intake', 'add-key', recipients[0] ?? '', '--org', 'Cell A', ...at);
    await run('intake', 'add-key', recipients[1] ?? '', '--org', 'Cell A', '--recovery', ...at);
    expect(await run('intake', 'open', '--org', 'Cell A', ...at)).toContain('open, answered for by Cell A');
    writeFileSync(file('token'), await run('token', 'create', '--org', 'Cell A', '--role', 'custodian', ...at));
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens to the custodian’s own key, and to the recovery key, on their own machines', async () => {
    const identity = await sealIdentity({ name: NAME, phone: '', reach: '' }, recipients);
    const answer = await post('/api/intake/submissions', JSON.stringify(submissionOf(SAID, { identity })));
    expect(answer.status).toBe(201);
    const { receipt } = (await answer.json()) as { receipt: string };
    const shared = ['custody', 'open', receipt, '--server', server.url, '--token-file', file('token')];
    for (const key of ['custodian.key', 'recovery.key']) {
      const opened = await run(...shared, '--identity', file(key), '--reason', 'a call back was agreed');
      expect(JSON.parse(opened)).toMatchObject({ name: NAME });
    }
    await run('custody', 'keygen', '--out', file('other.key'));
    const refused = await runCli([...shared, '--identity', file('other.key'), '--reason', 'out of curiosity']);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('not sealed to this key');
  }, 60_000);

  it('logs none of it, whatever goes wrong', async () => {
    for (const [path, body] of [
      ['/api/intake/submissions', `{"${SAID}`],
      ['/api/intake/submissions', JSON.stringify(submissionOf(SAID, { identity: 'AAAA' }))],
      ['/api/intake/submissions', JSON.stringify({ ...submissionOf(SAID), [SAID]: SAID })],
      ['/api/reports', JSON.stringify({ text: SAID })],
      [`/api/custody/${SAID}/openings`, JSON.stringify({ reason: SAID })],
      [`/${SAID}?q=${SAID}`, SAID],
    ] as const) {
      const answer = await post(path, body, { authorization: '' }).catch(() => undefined);
      expect(answer?.status ?? 400).toBeGreaterThanOrEqual(400);
    }
    for (const none of ['\u0000', '\ud800']) {
      const answer = await post('/api/intake/submissions', JSON.stringify(submissionOf(`${SAID}${none}${SAID}`)));
      expect(answer.status).toBe(422);
    }
    const said = server.said();
    for (const one of ['zqcanary', '203.0.113.77', '127.0.0.1:', '::1'])
      expect(said.split('\n').filter((line) => line.includes(one))).toEqual([]);
  });

  it('keeps on disk that somebody spoke, and in clear neither their words nor who they are, from where or with what', async () => {
    await server.stop();
    const bytes = bytesOfFolder();
    // The search does find what lies there in clear.
    expect(bytes.includes('report.received')).toBe(true);
    for (const one of [SAID, NAME, 'zqcanaryagent', '203.0.113.77', 'zqcanaryreferer', 'zqcanarycookie'])
      expect([one, bytes.includes(one)]).toEqual([one, false]);
    server = await startCli(['serve', '--data', data, '--port', '0']);
  }, 60_000);
});

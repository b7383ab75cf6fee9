/** The command line: exit codes, one clear line on stderr, and a server that other commands go through. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type Started, startCli } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'hudna-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('usage and refusals', () => {
  it('prints help and ends with 0', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const name of ['demo', 'serve', 'import', 'bulletin', 'read']) expect(stdout).toContain(name);
  });

  it.each([
    ['an unknown command', ['nonsense']],
    ['an unknown option', ['import', '--nonsense', 'a.jsonl']],
    ['a missing argument', ['bulletin']],
    ['a language that is not there', ['bulletin', '2016-04-28', '--lang', 'fr']],
  ])('ends with 64 for %s', async (_title, args) => {
    expect((await runCli(args)).code).toBe(64);
  });

  it.each([
    ['a file that is not there', () => ['import', join(folder, 'nowhere.jsonl')], 'nowhere.jsonl'],
    ['an empty file', () => ['import', file('empty.jsonl', '')], 'empty.jsonl'],
    ['a format that cannot be told', () => ['import', file('a.bin', '???')], '--format'],
    [
      'a bad terms file',
      () => ['bulletin', '2016-04-28', '--terms', file('bad.yaml', 'id: X\n'), '--data', join(folder, 'd0')],
      'line 1',
    ],
  ])('ends with 1 and one line for %s', async (_title, args, words) => {
    const { code, stdout, stderr } = await runCli([...args(), '--data', join(folder, 'd0')]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(words);
  });
});

describe('a server and the commands beside it', () => {
  const data = join(folder, 'data');
  const reports = () =>
    file(
      'reports.jsonl',
      ['أ', 'ب', 'ج']
        .map((letter, i) =>
          JSON.stringify({
            id: `c-${i}`,
            source: { name: `مصدر ${letter}` },
            published: '2016-05-12',
            text: `قصف مدفعي على مدينة إعزاز يوم الأربعاء ${letter}`,
          }),
        )
        .join('\n'),
    );
  let server: Started;
  beforeAll(async () => {
    server = await startCli(['serve', '--data', data, '--port', '0']);
  });
  afterAll(() => server.stop());

  it('is healthy', async () => {
    const response = await fetch(`${server.url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('takes an import through the server that holds the folder, once', async () => {
    const first = await runCli(['import', reports(), '--data', data]);
    expect([first.code, JSON.parse(first.stdout)]).toEqual([0, { read: 3, accepted: 3, duplicates: 0, rejected: [] }]);
    const again = await runCli(['import', reports(), '--data', data]);
    expect(JSON.parse(again.stdout)).toMatchObject({ accepted: 0, duplicates: 3 });
    const bulletin = await runCli(['bulletin', '2016-05-11', '--lang', 'en', '--format', 'json', '--data', data]);
    expect(JSON.parse(bulletin.stdout)).toMatchObject({ day: '2016-05-11', release: null, reports: 3 });
  });

  it('refuses a second server on the folder', async () => {
    const { code, stderr } = await runCli(['serve', '--data', data, '--port', '0']);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('has lost nothing after kill -9, and starts again', async () => {
    const token = (
      await runCli(['token', 'create', '--org', 'Example', '--role', 'monitor', '--data', data])
    ).stdout.trim();
    const payload = { source: { name: 'a' }, text: 'تقرير أُكّد استلامه قبل القتل' };
    const send = () =>
      fetch(`${server.url}/api/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      });
    const first = await send();
    expect(first.status).toBe(201);
    const { id, receipt } = (await first.json()) as { id: string; receipt: object };
    expect(receipt).toMatchObject({ receipt: 1, leaf: expect.any(String) });
    await server.stop('SIGKILL');
    server = await startCli(['serve', '--data', data, '--port', '0']);
    const again = await send();
    expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([200, id]);
  });

  it('publishes a policy to pin, and the record of the folder passes an audit with it', async () => {
    const policy = file('policy', await (await fetch(`${server.url}/record/policy`)).text());
    await server.stop();
    const { code, stdout } = await runCli([
      'verify',
      'audit',
      join(data, 'record', 'log'),
      '--policy',
      policy,
      '--json',
    ]);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ valid: true })]);
    server = await startCli(['serve', '--data', data, '--port', '0']);
  });

  it('restores a backup beside its record; without the key of the log it does not go on', async () => {
    const backup = join(data, 'backup.gz');
    expect((await runCli(['backup', backup, '--data', data])).code).toBe(0);
    await server.stop();
    const [bare, whole] = [join(data, 'bare'), join(data, 'whole')];
    const keyless = await runCli(['restore', backup, '--data', bare]);
    expect([keyless.code, keyless.stderr]).toEqual([1, expect.stringContaining('--data-key')]);
    const key = ['--data-key', join(data, 'keys', 'data.key')];
    expect((await runCli(['restore', backup, ...key, '--data', bare])).code).toBe(0);
    const refused = await runCli(['serve', '--data', bare, '--port', '0']);
    expect([refused.code, refused.stderr.trim().split('\n')]).toEqual([
      1,
      [expect.stringMatching(/log\.key is missing, and this log has signed before/)],
    ]);
    expect((await runCli(['restore', backup, ...key, '--record', bare, '--data', join(data, 'none')])).code).toBe(1);
    expect((await runCli(['restore', backup, ...key, '--record', join(data, 'record'), '--data', whole])).code).toBe(0);
    server = await startCli(['serve', '--data', whole, '--port', '0']);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
});

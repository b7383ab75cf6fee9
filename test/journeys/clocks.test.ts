/** Clocks that are wrong: a co-signer's is flagged, the server's own is found in the record by whoever audits it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWith, program } from '../support/needs.ts';
import { runCli, type Started, startCli } from '../support/run-cli.ts';

interface Status {
  readonly state: string;
  readonly clocksApart: number | null;
}

describeWith([program('faketime')], 'wrong clocks', () => {
  const base = mkdtempSync(join(tmpdir(), 'hudna-clocks-'));
  const data = join(base, 'data');
  const running: Started[] = [];
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop('SIGKILL')));
    rmSync(base, { recursive: true, force: true });
  });
  const status = async (server: Started): Promise<Status> =>
    (await fetch(`${server.url}/record/status`)).json() as Promise<Status>;
  const until = async (server: Started, holds: (status: Status) => boolean): Promise<Status> => {
    for (let tries = 0; tries < 60; tries++) {
      const now = await status(server);
      if (holds(now)) return now;
      await new Promise((done) => setTimeout(done, 500));
    }
    return status(server);
  };

  it('flags co-signers whose clocks are more than a minute apart', async () => {
    const first = await startCli(['serve', '--data', data, '--port', '0']);
    const policy = await (await fetch(`${first.url}/record/policy`)).text();
    await first.stop();
    const logKey = /^log (\S+)/m.exec(policy)?.[1] ?? '';
    const origin = logKey.split('+')[0] ?? '';
    const lines: string[] = [];
    for (const [name, clock] of [
      ['A', undefined],
      ['B', '+300s'],
    ] as const) {
      const [key, state] = [join(base, `${name}.key`), join(base, `${name}.state`)];
      const words = [
        '--origin',
        origin,
        '--log-key',
        logKey,
        '--key',
        key,
        '--state',
        state,
        '--name',
        `${name}.example/w`,
      ];
      const witness = await startCli(['witness', ...words, '--port', '0', '--json'], clock);
      running.push(witness);
      const { vkey, url } = JSON.parse(witness.said()) as { vkey: string; url: string };
      lines.push(`witness ${name} ${vkey} ${url}`);
    }
    writeFileSync(
      join(data, 'record', 'policy'),
      `${[`log ${logKey}`, ...lines, 'group both all A B', 'quorum both'].join('\n')}\n`,
    );
    const server = await startCli(['serve', '--data', data, '--port', '0']);
    const apart = await until(server, ({ state, clocksApart }) => state === 'full' && clocksApart !== null);
    await server.stop();
    expect([apart.state, Math.round((apart.clocksApart ?? 0) / 60)]).toEqual(['full', 5]);
  });

  it('loses nothing when the server steps back two days, and an audit names the first entry that claims too early a time', async () => {
    const token = async () =>
      (await runCli(['token', 'create', '--org', 'Example', '--role', 'monitor', '--data', data])).stdout.trim();
    const server = await startCli(['serve', '--data', data, '--port', '0'], '-2d');
    const bearer = await token();
    const sent = await fetch(`${server.url}/api/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ source: { name: 'a' }, text: 'A report from a server whose clock went back.' }),
    });
    expect(sent.status).toBe(201);
    await until(server, ({ state }) => state === 'full');
    await server.stop();
    const policy = join(data, 'record', 'policy');
    const { code, stdout } = await runCli([
      'verify',
      'audit',
      join(data, 'record', 'log'),
      '--policy',
      policy,
      '--json',
    ]);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { valid: false, code: 'back-dated', firstBadIndex: expect.any(Number) },
    ]);
    const again = await startCli(['serve', '--data', data, '--port', '0']);
    running.push(again);
    expect((await fetch(`${again.url}/health`)).status).toBe(200);
  });
});

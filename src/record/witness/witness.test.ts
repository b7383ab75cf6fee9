/** A witness over HTTP: the status codes of tlog-witness, its memory across a restart, and requests that race. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { naiveSubproof, rootOfHashes, sha256, signedCheckpoint, testKey } from '../../../test/support/log.ts';
import { checkNote, nodeCrypto, parseNote, parseVkey } from '../verify/index.ts';
import { startWitness } from './start.ts';

const ORIGIN = 'witness-test.example/log';
const LOG_KEY = testKey(ORIGIN, 1);
const OTHER_KEY = testKey(ORIGIN, 1, 'somebody else');
const base = mkdtempSync(join(tmpdir(), 'hudna-witness-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const leaves = Array.from({ length: 40 }, (_, i) => Buffer.from(`leaf ${i}`));
const rootAt = (size: number) => rootOfHashes(leaves.slice(0, size).map((leaf) => sha256(Uint8Array.of(0), leaf)));
const noteAt = (size: number, log = LOG_KEY, root = rootAt(size)) => signedCheckpoint(ORIGIN, size, root, { log });
const proofOf = (from: number, to: number) =>
  from === 0 || from === to ? [] : naiveSubproof(from, leaves.slice(0, to), true);
const bodyOf = (old: number | string, proof: readonly Buffer[], note: Buffer) =>
  Buffer.concat([Buffer.from(`old ${old}\n${proof.map((h) => `${h.toString('base64')}\n`).join('')}\n`), note]);

const start = (name: string) =>
  startWitness({
    origin: ORIGIN,
    logKeys: [LOG_KEY.vkey],
    keyPath: join(base, `${name}.key`),
    statePath: join(base, `${name}.state`),
    name: `${name}.example/w`,
    port: 0,
  });

const post = async (url: string, body: Buffer) => {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: new Uint8Array(body) });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

describe('a witness', () => {
  it('co-signs what grows and answers everything else as tlog-witness says', async () => {
    const witness = await start('codes');
    const ask = (body: Buffer) => post(witness.url, body);
    const first = await ask(bodyOf(0, [], noteAt(5)));
    expect(first.status).toBe(200);
    const key = parseVkey(nodeCrypto, witness.vkey);
    if ('fault' in key) throw new Error('bad vkey');
    const text = noteAt(5).toString().split('\n\n')[0];
    const note = parseNote(Buffer.from(`${text}\n\n${first.text}`));
    expect(note && checkNote(nodeCrypto, note, [key]).good).toHaveLength(1);

    expect(await ask(bodyOf(0, [], noteAt(9)))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '5\n' });
    expect((await ask(bodyOf(9, [], noteAt(5)))).status).toBe(400);
    expect((await ask(bodyOf('05', [], noteAt(9)))).status).toBe(400);
    expect(await ask(Buffer.from('old 5\n'))).toMatchObject({ status: 400 });
    expect((await ask(bodyOf(5, proofOf(5, 9).slice(1), noteAt(9)))).status).toBe(422);
    expect((await ask(bodyOf(5, proofOf(5, 9), noteAt(9, LOG_KEY, sha256('lie'))))).status).toBe(422);
    expect((await ask(bodyOf(5, proofOf(5, 9), noteAt(9, OTHER_KEY)))).status).toBe(403);
    const stranger = signedCheckpoint('stranger.example', 9, rootAt(9), { log: testKey('stranger.example', 1) });
    expect((await ask(bodyOf(5, proofOf(5, 9), stranger))).status).toBe(404);
    expect(await ask(bodyOf(5, [], noteAt(5, LOG_KEY, sha256('lie'))))).toMatchObject({ status: 409, text: '5\n' });
    expect((await ask(bodyOf(5, [], noteAt(5)))).status).toBe(200);
    expect(
      (
        await ask(
          bodyOf(
            5,
            Array.from({ length: 64 }, () => sha256('x')),
            noteAt(9),
          ),
        )
      ).status,
    ).toBe(400);
    expect((await ask(Buffer.alloc(300_000, 65))).status).toBe(413);
    expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405);
    expect((await ask(bodyOf(5, proofOf(5, 9), noteAt(9)))).status).toBe(200);
    await witness.close();
  });

  it('remembers across a restart, and keeps a second one off its memory', async () => {
    const witness = await start('memory');
    expect((await post(witness.url, bodyOf(0, [], noteAt(7)))).status).toBe(200);
    await expect(start('memory')).rejects.toMatchObject({ kind: { code: 'record/witness-state-unusable' } });
    await witness.close();
    const again = await start('memory');
    expect(again.vkey).toBe(witness.vkey);
    expect(await post(again.url, bodyOf(0, [], noteAt(6)))).toMatchObject({ status: 409, text: '7\n' });
    await again.close();
  });

  it('lets only one of many racing checkpoints move its memory, and never back', async () => {
    const witness = await start('race');
    await post(witness.url, bodyOf(0, [], noteAt(3)));
    const answers = await Promise.all(
      [40, 12, 33, 8, 21, 5, 39, 17].map((size) => post(witness.url, bodyOf(3, proofOf(3, size), noteAt(size)))),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(7);
    const kept = readFileSync(join(base, 'race.state'), 'utf8').split('\n')[1];
    expect(new Set(answers.filter((a) => a.status === 409).map((a) => a.text))).toEqual(new Set([`${kept}\n`]));
    await witness.close();
  });
});

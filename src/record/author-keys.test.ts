import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { buildLog, testKey } from '../../test/support/log.ts';
import { testCtx, testWorld } from '../../test/support/world.ts';
import type { Ctx } from '../db/index.ts';
import { append } from './append.ts';
import { openAuthorKeys } from './author-keys.ts';
import { EntryJudge, type Envelope, envelopeText, nodeCrypto, parseEnvelope, runVerify, utf8 } from './verify/index.ts';

const AGREEMENT = 'authors-2016';

describe('authors sign their entries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-authors-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const world = testWorld(3);
  const open = (name: string) => openAuthorKeys(join(folder, name), AGREEMENT, world.random);

  /** Envelopes of open entries by two authors, signed with the keys of a folder (or with none). */
  async function entries(keys: Pick<Ctx, 'sign'>, count = 4, kind = 'bulletin.released'): Promise<Envelope[]> {
    const db = await testDatabase();
    for (let i = 0; i < count; i++) {
      const actor = { kind: 'person', id: `p-${i % 2}`, organisation: 'A', role: 'co_chair' } as const;
      const ctx: Ctx = { ...testCtx(db, world, AGREEMENT), ...keys, actor };
      await db.inTransaction((tx) =>
        append(tx, ctx, { agreement: AGREEMENT, kind, object: `o:${i}`, visibility: 'open', content: { i } }),
      );
    }
    const rows = await db.rows<{ envelope: string }>('select envelope from entries order by index');
    await db.close();
    return rows.flatMap(({ envelope }) => parseEnvelope(envelope) ?? []);
  }
  const verdicts = (envelopes: readonly Envelope[]): (string | null)[] => {
    const judge = new EntryJudge(nodeCrypto, null);
    return envelopes.map((envelope, index) => {
      const judged = judge.judge(index, utf8(envelopeText(envelope)));
      return 'code' in judged ? judged.code : null;
    });
  };

  it('with keys from a seed that only its owner reads, the same after a start, another for another agreement', () => {
    const first = open('keys');
    const path = join(folder, 'keys', 'authors.seed');
    expect([first.isNew, open('keys').isNew, statSync(path).mode & 0o777]).toEqual([true, false, 0o600]);
    expect(open('keys').sign('person:a', 'x')).toBe(first.sign('person:a', 'x'));
    expect(first.sign('person:a', 'x').slice(0, 40)).not.toBe(first.sign('person:b', 'x').slice(0, 40));
    const elsewhere = openAuthorKeys(join(folder, 'keys'), 'other', world.random);
    expect(elsewhere.sign('person:a', 'x')).not.toBe(first.sign('person:a', 'x'));
    expect(readFileSync(path, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    writeFileSync(path, 'short\n');
    expect(() => open('keys')).toThrow('not a seed');
  });

  it('so that a sound log is sound, and every altered field is found', async () => {
    const good = await entries({ sign: open('a').sign });
    expect(good.every(({ sig }) => sig !== '')).toBe(true);
    expect(verdicts(good)).toEqual([null, null, null, null]);
    const last = good[3] as Envelope;
    for (const change of [
      { kind: 'bulletin.retracted' },
      { author: 'person:p-9' },
      { n: last.n + 1 },
      { claimedAt: '2016-04-28T12:00:01.000Z' },
      { commit: new Uint8Array(32) },
    ])
      expect(verdicts([...good.slice(0, 3), { ...last, ...change }]).at(-1), JSON.stringify(change)).toBe(
        'bad-author-signature',
      );
    const flipped = last.sig.replace(/.(?=..$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(verdicts([...good.slice(0, 3), { ...last, sig: flipped }]).at(-1)).toBe('bad-author-signature');
    expect(verdicts([...good.slice(0, 3), { ...last, sig: 'AAAA' }]).at(-1)).toBe('bad-author-signature');
  });

  it('so that an entry without the seed stands out: unsigned after signed ones, or signed with another key', async () => {
    const good = await entries({ sign: open('a').sign });
    const unsigned = await entries({});
    const forged = await entries({ sign: open('b').sign });
    const at3 = (envelopes: readonly Envelope[]) => [...good.slice(0, 3), envelopes[3] as Envelope];
    expect(verdicts(at3(unsigned)).at(-1)).toBe('unsigned-entry');
    expect(verdicts(at3(forged)).at(-1)).toBe('author-key-changed');
    // Logs from before there were keys stay sound, and may begin to be signed.
    expect(verdicts(unsigned)).toEqual([null, null, null, null]);
    expect(verdicts([...unsigned.slice(0, 2), ...good.slice(2)])).toEqual([null, null, null, null]);
  });

  it('and may have other keys only after an entry that says so', async () => {
    const good = await entries({ sign: open('a').sign });
    const [told] = await entries({ sign: open('b').sign }, 1, 'author-keys.changed');
    const n = (envelope: Envelope | undefined) => envelope as Envelope;
    const later = await entries({ sign: open('b').sign }, 6);
    expect(verdicts([n(good[1]), n(told), n(later[3])])).toEqual([null, null, null]);
    expect(verdicts([n(good[1]), n(later[3])])).toEqual([null, 'author-key-changed']);
  });

  it('and can be pinned by an auditor, who is told of the first entry by any other key', async () => {
    const good = await entries({ sign: open('a').sign });
    const origin = 'authors.test/log';
    const log = testKey(origin, 1);
    const at = join(folder, 'log');
    for (const [path, bytes] of buildLog(
      origin,
      good.map((one) => Buffer.from(envelopeText(one))),
      { log },
    )) {
      mkdirSync(dirname(join(at, path)), { recursive: true });
      writeFileSync(join(at, path), bytes);
    }
    const keyOf = (one: Envelope | undefined) =>
      Buffer.from(one?.sig ?? '', 'base64')
        .subarray(1, 33)
        .toString('base64');
    const audit = async (lines: readonly string[]) => {
      const said = { out: '', err: '' };
      writeFileSync(join(folder, 'pins'), lines.join('\n'));
      const words = ['audit', at, '--vkey', log.vkey, '--authors', join(folder, 'pins'), '--json'];
      const exit = await runVerify(words, {
        out: (text) => {
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
        now: () => 0,
      });
      return said.out ? { exit, ...JSON.parse(said.out) } : { exit, ...said };
    };
    const all = good.map((one) => `${one.author} ${keyOf(one)}  # as handed over`);
    expect(await audit(['# of the ceremony', '', ...all])).toMatchObject({ exit: 0 });
    expect(await audit(good.map(keyOf))).toMatchObject({ exit: 0 });
    const other = good.findIndex(({ author }) => author !== good[0]?.author);
    const finding = await audit([`${good[0]?.author} ${keyOf(good[0])}`]);
    expect(finding).toMatchObject({ exit: 2, code: 'author-not-pinned', firstBadIndex: other });
    expect(finding.reason).toContain(
      `${good[other]?.author} is signed with a key that was not pinned: ${keyOf(good[other])}`,
    );
    // Whose own keys are pinned is not let in by those of anybody.
    const swapped = [`${good[0]?.author} ${keyOf(good[other])}`, ...good.map(keyOf)];
    expect(await audit(swapped)).toMatchObject({ exit: 2, firstBadIndex: 0 });
    expect(await audit(['person:a notakey'])).toMatchObject({ exit: 1, err: expect.stringMatching(/pins, line 1/) });
    expect(await audit([])).toMatchObject({ exit: 2, firstBadIndex: 0 });
  });
});

/** Entries: gapless order, the author's own counter, the chain of an object, commitments, and no way to alter them. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';
import { testWorld } from '../../test/support/world.ts';
import { append, appendAll, type NewEntry, read } from './index.ts';

const entry = (agreement: string, over: Partial<NewEntry> = {}): NewEntry => ({
  agreement,
  kind: 'report.received',
  object: 'report:1',
  visibility: 'sealed',
  content: { words: 'قصف', n: 1 },
  ...over,
});

describeOnEachDatabase('append', (db) => {
  it('numbers entries without gaps, also when transactions fail or run side by side', async () => {
    const world = testWorld(7);
    const jobs = Array.from({ length: 24 }, (_, i) =>
      db()
        .inTransaction(async (tx) => {
          await append(tx, world, entry('a', { object: `report:${i % 5}` }));
          if (i % 4 === 3) throw new Error('rolled back');
        })
        .catch(() => {}),
    );
    await Promise.all(jobs);
    const entries = await read(db(), { agreement: 'a' });
    expect(entries.map((e) => e.index)).toEqual(Array.from({ length: 18 }, (_, i) => i));
    expect(entries.map((e) => e.n)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  });

  it('keeps one log per instrument', async () => {
    const written = await db().inTransaction((tx) => append(tx, testWorld(8), entry('b')));
    expect(written).toMatchObject({ index: 0, n: 1, author: 'machine:hudna', claimedAt: '2016-04-28T12:00:00.000Z' });
  });

  it('chains the entries of one object, open and sealed apart', async () => {
    const of = (visibility: 'open' | 'sealed', object: string) => entry('c', { visibility, object });
    const written = await db().inTransaction((tx) =>
      appendAll(tx, testWorld(9), [
        of('sealed', 'x'),
        of('open', 'x'),
        of('sealed', 'x'),
        of('sealed', 'y'),
        of('open', 'x'),
      ]),
    );
    const rows = await db().rows<{ envelope: string }>(
      "select envelope from entries where agreement_id = 'c' order by index",
    );
    const prev = rows.map((row) => JSON.parse(row.envelope).prev);
    const ids = written.map((e) => e.id);
    expect(prev).toEqual([null, null, ids[0], null, ids[1]]);
    const later = await db().inTransaction((tx) => append(tx, testWorld(10), of('open', 'x')));
    const [last] = await db().rows<{ envelope: string }>(
      "select envelope from entries where agreement_id = 'c' and index = 5",
    );
    expect(JSON.parse(last?.envelope ?? '').prev).toBe(ids[4]);
    expect(later.index).toBe(5);
  });

  it('commits to the content with a salt, and gives a leaf of one size to every sealed entry', async () => {
    const world = testWorld(11);
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom('open' as const, 'sealed' as const),
        async (content, visibility) => {
          const json = content as NewEntry['content'];
          const { index } = await db().inTransaction((tx) =>
            append(tx, world, entry('d', { content: json, visibility })),
          );
          const [row] = await db().rows<{ envelope: string; leaf_hash: Uint8Array; body: Uint8Array }>(
            "select envelope, leaf_hash, body from entries join entry_contents using (agreement_id, index) where agreement_id = 'd' and index = $1",
            [index],
          );
          if (!row) throw new Error('no row');
          const body = db().vault.unseal<{ salt: string; content: string }>('entry_contents.body', row.body);
          const salt = Buffer.from(body.salt, 'base64');
          const sha = (...parts: (string | Uint8Array)[]) => {
            const hash = createHash('sha256');
            for (const part of parts) hash.update(part);
            return hash.digest();
          };
          expect(JSON.parse(row.envelope).commit).toBe(sha('hudna/commit/v1', salt, body.content).toString('hex'));
          expect(JSON.parse(body.content)).toEqual(JSON.parse(JSON.stringify(json)));
          const sealed = `{"seal":"${sha('hudna/seal/v1', row.envelope).toString('hex')}","v":1}`;
          const leaf = visibility === 'open' ? row.envelope : sealed;
          expect(sealed.length).toBe(81);
          expect(Buffer.from(row.leaf_hash)).toEqual(sha(Uint8Array.of(0), leaf));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('cannot be altered or removed, but a content can be destroyed', async () => {
    await db().inTransaction((tx) => append(tx, testWorld(12), entry('e')));
    const refused = /append-only/;
    await expect(db().run("update entries set kind = 'x.y' where agreement_id = 'e'")).rejects.toThrow(refused);
    await expect(db().run("delete from entries where agreement_id = 'e'")).rejects.toThrow(refused);
    await expect(db().run('truncate entries')).rejects.toThrow(refused);
    await expect(db().run("update entry_contents set body = '\\x00' where agreement_id = 'e'")).rejects.toThrow(
      refused,
    );
    await db().run("delete from entry_contents where agreement_id = 'e'");
    expect(await read(db(), { agreement: 'e' })).toMatchObject([{ content: null, erased: true }]);
  });

  it('refuses what it cannot hold, before anything is written', async () => {
    const attempt = (over: Partial<NewEntry>) =>
      db().inTransaction((tx) => append(tx, testWorld(13), entry('f', over)));
    await expect(attempt({ content: 'x'.repeat(1_048_577) })).rejects.toMatchObject({
      kind: { code: 'record/content-too-large' },
    });
    await expect(attempt({ kind: 'nonsense' })).rejects.toThrow(/room-noun/);
    await expect(attempt({ content: '\ud800' })).rejects.toThrow(/surrogate/);
    expect(await read(db(), { agreement: 'f' })).toEqual([]);
  });

  it('reads by kind, object, start and limit', async () => {
    await db().inTransaction((tx) =>
      appendAll(tx, testWorld(14), [
        entry('g', { kind: 'a.b' }),
        entry('g', { kind: 'c.d', object: 'other' }),
        entry('g', { kind: 'a.b', visibility: 'open' }),
      ]),
    );
    const indexes = async (filter: object) => (await read(db(), { agreement: 'g', ...filter })).map((e) => e.index);
    expect(await indexes({ kinds: ['a.b'] })).toEqual([0, 2]);
    expect(await indexes({ object: 'other' })).toEqual([1]);
    expect(await indexes({ from: 1 })).toEqual([1, 2]);
    expect(await indexes({ limit: 1 })).toEqual([0]);
    expect(await indexes({ visibility: 'open' })).toEqual([2]);
  });
});

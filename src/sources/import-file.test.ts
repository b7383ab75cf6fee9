import { describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';
import { testCtx } from '../../test/support/world.ts';
import { read } from '../record/index.ts';
import { readFileBounded } from './checking/read-file.ts';
import { type ImportOptions, importFile } from './import-file.ts';
import { countReports, listReports } from './store.ts';

const options: ImportOptions = {
  format: 'auto',
  source: 'test',
  mapping: new Map(),
  visibility: 'sealed',
  dryRun: false,
  plausible: { today: '2016-05-10', box: null },
};
const bytes = (text: string) => new TextEncoder().encode(text);

describeOnEachDatabase('importing a file', (db) => {
  it('accepts the good lines, names the bad ones, and adds nothing the second time', async () => {
    const ctx = testCtx(db(), undefined, 'import-1');
    const file = bytes('{"text":"أ"}\n{"text":}\n{"text":"ب","visibility":"public","secret":"zyxwv"}\n{"text":"أ"}\n');
    const first = await importFile(ctx, 'a.jsonl', file, options);
    expect(first).toMatchObject({
      read: 4,
      accepted: 2,
      duplicates: 1,
      rejected: [{ line: 2, reason: expect.stringContaining('not JSON') }],
    });
    expect(await importFile(ctx, 'a.jsonl', file, options)).toMatchObject({ accepted: 0, duplicates: 3 });
    expect(await countReports(db(), 'import-1')).toBe(2);
    const payloads = await db().rows<{ bytes: Uint8Array }>('select bytes from payload where agreement_id = $1', [
      'import-1',
    ]);
    const kept = payloads.map(({ bytes }) => db().vault.unseal<string>('payload.bytes', bytes)).join('');
    expect(kept).toContain('ب');
    expect(kept).not.toContain('zyxwv');
    expect(await read(db(), { agreement: 'import-1' })).toHaveLength(2);
  });

  it('keeps nothing of a file when one report cannot be stored', async () => {
    const ctx = testCtx(db(), undefined, 'import-2');
    const broken = { ...ctx, clock: { now: () => Number.NaN } };
    await expect(importFile(broken, 'a.jsonl', bytes('{"text":"أ"}\n{"text":"ب"}\n'), options)).rejects.toThrow();
    expect(await countReports(db(), 'import-2')).toBe(0);
    expect(await read(db(), { agreement: 'import-2' })).toEqual([]);
  });

  it('keeps the instruments apart', async () => {
    const file = bytes('{"id":"same","text":"أ"}\n');
    await importFile(testCtx(db(), undefined, 'import-3'), 'a.jsonl', file, options);
    expect(await importFile(testCtx(db(), undefined, 'import-4'), 'a.jsonl', file, options)).toMatchObject({
      accepted: 1,
    });
    const { reports } = await listReports(db(), 'import-3', 0, 10, new Date());
    expect(reports.map(({ id, visibility }) => [id, visibility])).toEqual([['same', 'sealed']]);
  });

  it('gives a second report with a taken id an id of its own', async () => {
    const ctx = testCtx(db(), undefined, 'import-5');
    await importFile(ctx, 'a.jsonl', bytes('{"id":"x","text":"أ"}\n{"id":"x","text":"ب"}\n'), options);
    const { reports } = await listReports(db(), 'import-5', 0, 10, new Date());
    expect(new Set(reports.map(({ id }) => id)).size).toBe(2);
    expect(reports.map(({ externalId }) => externalId)).toEqual(['x', 'x']);
  });
});

describe('reading a file', () => {
  it.each([
    ['/nowhere/at/all.jsonl', 'there is no such file'],
    ['/', 'it is a folder'],
  ])('refuses %s plainly', async (path, message) => {
    await expect(readFileBounded(path)).rejects.toMatchObject({ message, where: path });
  });
});

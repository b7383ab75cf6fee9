import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase, testDatabase } from '../../test/support/database.ts';
import { testCtx, testWorld } from '../../test/support/world.ts';
import { dumpTables, isEmpty } from '../db/index.ts';
import { importFile } from '../sources/index.ts';
import { readBackup, writeBackup } from './backup.ts';

const options = {
  format: 'auto',
  source: 'مصدر',
  mapping: new Map(),
  visibility: 'sealed',
  dryRun: false,
  plausible: { today: '2016-05-10', box: null },
} as const;
const FILE = new TextEncoder().encode('{"text":"أ","event":{"lat":36.2,"lon":37.1}}\n{"text":"ب"}\n{"text":"ج"}\n');

describeOnEachDatabase('backup and restore', (db) => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-backup-'));
  const path = join(folder, 'backup.gz');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const rowsOf = async (from: ReturnType<typeof db>) => {
    const lines: unknown[] = [];
    await dumpTables(from, async (line) => {
      lines.push(line);
    });
    return lines;
  };

  beforeAll(async () => {
    await importFile(testCtx(db()), 'a.jsonl', FILE, options);
    await writeBackup(db(), 'test-2016', '2016-05-10T00:00:00Z', path);
  });

  it('gives back every row on the other side, and the counters go on', async () => {
    const other = await testDatabase();
    expect(await readBackup(other, 'test-2016', path)).toBeGreaterThan(9);
    expect(await rowsOf(other)).toEqual(await rowsOf(db()));
    const more = await importFile(
      testCtx(other, testWorld(2)),
      'b.jsonl',
      new TextEncoder().encode('{"text":"د"}\n'),
      options,
    );
    expect(more.accepted).toBe(1);
    await other.close();
  });

  it('sealed to a key, holds nothing to read, and opens to that key only', async () => {
    const [own, other] = [await generateX25519Identity(), await generateX25519Identity()];
    const sealed = join(folder, 'backup.age');
    await writeBackup(db(), 'test-2016', '2016-05-10T00:00:00Z', sealed, () => {}, [await identityToRecipient(own)]);
    const bytes = readFileSync(sealed);
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    // Not even a packed one: what deflate begins with is nowhere behind the header.
    expect(bytes.includes(Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00]))).toBe(false);
    const target = await testDatabase();
    const restore = (keys: readonly string[]) => readBackup(target, 'test-2016', sealed, () => {}, keys);
    await expect(restore([])).rejects.toThrow('--identity');
    await expect(restore([other])).rejects.toThrow('not sealed to this key');
    expect(await isEmpty(target)).toBe(true);
    expect(await restore([own])).toBeGreaterThan(9);
    expect(await rowsOf(target)).toEqual(await rowsOf(db()));
    await target.close();
  });

  it.each([
    ['torn', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1), 'torn or no backup'],
    [
      'without its last line',
      (bytes: Buffer) =>
        gzipSync(`${gunzipSync(bytes).toString('utf8').trimEnd().split('\n').slice(0, -1).join('\n')}\n`),
      'breaks off',
    ],
    [
      'altered',
      (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString('utf8').replace('report.received', 'report.deceived')),
      'altered',
    ],
    ['no gzip', () => Buffer.from('hello'), 'torn or no backup'],
  ])('refuses a file that is %s, and leaves nothing behind', async (title, change, reason) => {
    const other = await testDatabase();
    const bad = join(folder, `${title.replaceAll(' ', '-')}.gz`);
    writeFileSync(bad, change(readFileSync(path)));
    await expect(readBackup(other, 'test-2016', bad)).rejects.toThrow(reason);
    expect(await isEmpty(other)).toBe(true);
    await other.close();
  });

  it('refuses another instrument, and a house that holds data', async () => {
    const other = await testDatabase();
    await expect(readBackup(other, 'other-2016', path)).rejects.toThrow('belongs to the instrument test-2016');
    await other.close();
    await expect(readBackup(db(), 'test-2016', path)).rejects.toThrow('holds data already');
  });
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../core/index.ts';
import { openDatabase } from './connect.ts';
import { dataKeyPath, settleDataKey } from './data-key.ts';
import { REPORT_MARK, sealExisting } from './seal-existing.ts';
import { memoryDatabase } from './testing.ts';
import { vaultOf } from './vault.ts';

const keyOf = (byte: number) => vaultOf(new Uint8Array(32).fill(byte));
const SECRET = { lat: 36.201_234, lon: 37.134_321, text: 'مشفى '.repeat(300) };

describe('the vault', () => {
  const vault = keyOf(1);

  it('opens what it sealed, short or long, and never seals twice alike', () => {
    for (const value of [null, 7, '', 'ا', SECRET, { place: null }])
      expect(vault.unseal('a.b', vault.seal('a.b', value))).toEqual(value);
    expect(vault.seal('a.b', SECRET)).not.toEqual(vault.seal('a.b', SECRET));
    expect(Buffer.from(vault.seal('a.b', SECRET)).toString('latin1')).not.toContain('36.2012');
  });

  it('opens for no other key, no other column, and not when a byte is altered', () => {
    const sealed = vault.seal('a.b', SECRET);
    expect(() => keyOf(2).unseal('a.b', sealed)).toThrow();
    expect(() => vault.unseal('a.c', sealed)).toThrow();
    for (const at of [0, 5, 20, sealed.length - 1]) {
      const altered = Uint8Array.from(sealed, (byte, i) => (i === at ? byte ^ 1 : byte));
      expect(() => vault.unseal('a.b', altered), `byte ${at}`).toThrow();
    }
    expect(() => vault.unseal('a.b', new Uint8Array(3))).toThrow();
  });

  it('marks the same bytes alike, and otherwise with another key or purpose', () => {
    expect(vault.mark('p', 'x')).toBe(vault.mark('p', Buffer.from('x')));
    expect(new Set([vault.mark('p', 'x'), vault.mark('q', 'x'), keyOf(2).mark('p', 'x')]).size).toBe(3);
  });
});

describe('the data key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-key-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once for its owner only; without it, or with another, the database does not open', async () => {
    const dataDir = join(folder, 'house');
    const open = () => openDatabase({ dataDir, log: silentLog });
    const db = await open();
    const path = dataKeyPath(dataDir);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { id } = db.vault;
    await db.close();
    const again = await open();
    expect(again.vault.id).toBe(id);
    await again.close();
    const key = readFileSync(path);
    rmSync(path);
    await expect(open()).rejects.toThrow(id);
    writeFileSync(path, Buffer.alloc(32, 9).toString('base64'));
    await expect(open()).rejects.toThrow(id);
    writeFileSync(path, 'no key');
    await expect(open()).rejects.toThrow('not a data key');
    writeFileSync(path, key);
    await (await open()).close();
  }, 60_000);

  it('seals what an earlier version left in clear, and knows the same report again', async () => {
    const db = await memoryDatabase();
    expect((await settleDataKey(db, join(folder, 'other.key'))).id).not.toBe(db.vault.id);
    const payload = '{"text":"at 36.201234"}';
    const clear = (value: unknown) => Buffer.concat([Buffer.of(0), Buffer.from(JSON.stringify(value))]);
    await db.run("insert into source values ('a', 's', 'S', 'ngo', null)");
    await db.run("insert into payload values ('a', 'plain-hash', $1)", [clear(payload)]);
    await db.run(
      `insert into report (agreement_id, id, fingerprint, source_id, visibility, body, payload, received_at)
       values ('a', 'r', 'plain-hash', 's', 'sealed', $1, 'plain-hash', now())`,
      [clear({ text: 'at 36.201234' })],
    );
    await db.run(
      "insert into entries select 'a', 0, gen_random_uuid(), 'k', 'o', 'sealed', 'x', 1, now(), '', decode(repeat('00', 32), 'hex')",
    );
    await db.run("insert into entry_contents values ('a', 0, $1)", [clear({ salt: '', content: '{}' })]);
    expect(await sealExisting(db)).toBe(3);
    expect(await sealExisting(db)).toBe(0);
    const [row] = await db.rows<{ fingerprint: string; payload: string; body: Uint8Array; bytes: Uint8Array }>(
      'select fingerprint, payload, body, bytes from report join payload on payload.id = report.payload',
    );
    const mark = db.vault.mark(REPORT_MARK, payload);
    expect(row).toMatchObject({ fingerprint: mark, payload: mark });
    expect(db.vault.unseal('report.body', row?.body ?? new Uint8Array())).toEqual({ text: 'at 36.201234' });
    expect(db.vault.unseal('payload.bytes', row?.bytes ?? new Uint8Array())).toBe(payload);
    // Sealed, an entry's content may be destroyed and never changed.
    await expect(db.run("update entry_contents set body = '\\x0100'")).rejects.toThrow('append-only');
    await db.close();
  });
});

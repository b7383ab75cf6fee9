/** Opening a data folder: durable, locked, sound after a kill; refusals name the folder. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../../test/faults/check.ts';
import { strikeVictim } from '../../test/faults/strike.ts';
import { silentLog } from '../core/index.ts';
import { openDatabase } from './connect.ts';

const base = mkdtempSync(join(tmpdir(), 'hudna-db-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const open = (name: string) => openDatabase({ dataDir: join(base, name), log: silentLog });

describe('openDatabase', () => {
  it('makes the folder, refuses a second opener, and keeps what was committed', async () => {
    const db = await open('one');
    await expect(open('one')).rejects.toMatchObject({ kind: { code: 'db/folder-in-use' }, where: join(base, 'one') });
    await db.run('create table kept (x int)');
    await db.run('insert into kept values (7)');
    await db.close();
    const again = await open('one');
    expect(await again.rows('select x from kept')).toEqual([{ x: 7 }]);
    await again.close();
  });

  it('removes what an interrupted creation left and starts afresh', async () => {
    const folder = join(base, 'two');
    mkdirSync(join(folder, 'db.making-1'), { recursive: true });
    writeFileSync(join(folder, 'db.making-1', 'PG_VERSION'), 'half');
    const db = await open('two');
    await db.close();
    expect(readdirSync(folder)).toEqual(['db', 'keys']);
  });

  it('refuses a folder that is something else, touching nothing', async () => {
    const folder = join(base, 'three');
    mkdirSync(join(folder, 'db'), { recursive: true });
    writeFileSync(join(folder, 'db', 'letters.txt'), 'mine');
    await expect(open('three')).rejects.toMatchObject({ kind: { code: 'db/folder-unusable' } });
    expect(existsSync(join(folder, 'db', 'letters.txt'))).toBe(true);
  });

  it('loses nothing acknowledged or signed when the process is killed, and frees the folder', async () => {
    const folder = join(base, 'four');
    const said = await strikeVictim(folder, 400, (victim) => void victim.kill('SIGKILL'), 'acknowledged');
    expect(said.acknowledged).toBeGreaterThan(0);
    expect((await check(folder, said)).faults).toEqual([]);
  });
});

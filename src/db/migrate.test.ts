/** Migrations go forward once, and an altered past is refused. */
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';
import { type Migration, migrate } from './migrate.ts';
import type { Db } from './model.ts';

type Migratable = Db & { script(sql: string): Promise<void> };

const FIRST: Migration = {
  name: '9001-first.sql',
  sql: 'create table first_t (x int);\ninsert into first_t values (1);\n',
};
const BROKEN: Migration = { name: '9002-broken.sql', sql: 'create table second_t (x int); select 1/0;' };

describeOnEachDatabase('migrations', (opened) => {
  const db = () => opened() as Migratable;
  const known = async (): Promise<Migration[]> => (await import('./migrate.ts')).readMigrations('ceasefire');

  it('apply once and remember', async () => {
    const all = [...(await known()), FIRST];
    expect(await migrate(db(), all)).toEqual(['9001-first.sql']);
    expect(await migrate(db(), all)).toEqual([]);
    expect(await db().rows('select x from first_t')).toEqual([{ x: 1 }]);
  });

  it('leave nothing of one that fails', async () => {
    const all = [...(await known()), FIRST, BROKEN];
    await expect(migrate(db(), all)).rejects.toMatchObject({
      kind: { code: 'db/migration-failed' },
      where: BROKEN.name,
    });
    await expect(db().rows('select x from second_t')).rejects.toMatchObject({ code: '42P01' });
  });

  it('refuse a changed or a missing old file', async () => {
    const changed = [...(await known()), { ...FIRST, sql: `${FIRST.sql}-- later` }];
    await expect(migrate(db(), changed)).rejects.toMatchObject({ kind: { code: 'db/migration-changed' } });
    await expect(migrate(db(), await known())).rejects.toMatchObject({ kind: { code: 'db/migration-changed' } });
  });
});

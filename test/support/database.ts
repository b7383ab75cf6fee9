/**
 * A real database for a test: the embedded engine always, a Postgres server too when HUDNA_TEST_DATABASE_URL names one.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import type { Db } from '../../src/db/index.ts';
import { memoryDatabase, serverDatabase } from '../../src/db/testing.ts';
import { describeWith, environment } from './needs.ts';

export { memoryDatabase as testDatabase };

/**
 * Runs the same tests on each engine, with one fresh database for the whole block:
 * `describeOnEachDatabase('the store', (db) => { it('…', async () => { await db().rows(…) }) })`.
 */
export function describeOnEachDatabase(title: string, body: (db: () => Db) => void): void {
  describe(`${title} (embedded)`, () => withDatabase(memoryDatabase, body));
  describeWith([environment('HUDNA_TEST_DATABASE_URL')], `${title} (server)`, () =>
    withDatabase(() => serverDatabase(process.env.HUDNA_TEST_DATABASE_URL ?? ''), body),
  );
}

function withDatabase(open: () => Promise<Db>, body: (db: () => Db) => void): void {
  let opened: Db | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await opened?.close();
  });
  body(() => {
    if (!opened) throw new Error('the database is open only while tests run');
    return opened;
  });
}

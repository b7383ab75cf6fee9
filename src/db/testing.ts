/**
 * Databases for tests of every room: one engine per test process, a schema of its own per call. In memory, or on the
 * server of HUDNA_TEST_DATABASE_URL. Never used by the product.
 */
import { embeddedDb } from './embedded/embedded.ts';
import { type Session, startSession } from './embedded/session.ts';
import { migrate, type Program, readMigrations } from './migrate.ts';
import type { Db } from './model.ts';
import { connectServer } from './server.ts';
import { KEY_BYTES, vaultOf } from './vault.ts';

/** One for all, so that rows move between test databases as they are. */
const TEST_VAULT = vaultOf(new Uint8Array(KEY_BYTES).fill(7));
const ofVault = () => TEST_VAULT;

let shared: Promise<Session> | undefined;
let schemas = 0;

const nextSchema = (): string => `test_${process.pid}_${Date.now().toString(36)}_${schemas++}`;

/** A migrated, empty database in memory. Closing it drops its rows; the engine stays for the next test file. */
export async function memoryDatabase(program: Program = 'ceasefire'): Promise<Db> {
  shared ??= startSession(null);
  const session = await shared;
  const schema = nextSchema();
  await session.send('query', `create schema "${schema}"`);
  const db = embeddedDb(session, schema, ofVault, async () => {
    await session.exclusively(() => session.send('query', `drop schema "${schema}" cascade`));
  });
  await migrate(db, readMigrations(program));
  return db;
}

/** A migrated, empty schema on a Postgres server; closing it drops the schema. */
export async function serverDatabase(url: string, program: Program = 'ceasefire'): Promise<Db> {
  const schema = nextSchema();
  const admin = await connectServer(url, 'public', ofVault);
  await admin.run(`create schema "${schema}"`);
  const db = await connectServer(url, schema, ofVault);
  await migrate(db, readMigrations(program));
  return {
    ...db,
    async close() {
      await db.close();
      await admin.run(`drop schema "${schema}" cascade`);
      await admin.close();
    },
  };
}

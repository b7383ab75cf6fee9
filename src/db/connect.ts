/**
 * Opens the database: the embedded engine in the data folder, or a Postgres server by its address. Returns only when
 * the folder is ours, the engine was seen to reach the disk, and every migration is in.
 */
import { join } from 'node:path';
import type { Log } from '../core/index.ts';
import { embeddedDb } from './embedded/embedded.ts';
import { prepareCluster } from './embedded/image.ts';
import { lockFolder } from './embedded/lock.ts';
import { startSession } from './embedded/session.ts';
import { migrate, type Program, readMigrations } from './migrate.ts';
import type { Db } from './model.ts';
import { connectServer } from './server.ts';

export interface DatabaseOptions {
  /** Whose tables: the ceasefire's unless stated. */
  readonly program?: Program;
  readonly dataDir: string;
  /** A Postgres server; absent means the embedded engine inside `dataDir`. The folder is locked either way. */
  readonly databaseUrl?: string | undefined;
  readonly log: Log;
}

/** Opens and migrates. Close it: the folder stays locked until then (or until the process ends). */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  const lock = await lockFolder(options.dataDir);
  try {
    const db = options.databaseUrl
      ? await connectServer(options.databaseUrl, 'public')
      : await openEmbedded(join(options.dataDir, 'db'), options.log);
    try {
      const applied = await migrate(db, readMigrations(options.program ?? 'ceasefire'));
      if (applied.length > 0) options.log.info({ migrations: applied }, 'schema brought forward');
    } catch (error) {
      await db.close();
      throw error;
    }
    return {
      ...db,
      async close() {
        await db.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openEmbedded(folder: string, log: Log) {
  if (await prepareCluster(folder)) log.info({ folder }, 'database made');
  const session = await startSession(folder);
  return embeddedDb(session, 'public', () => session.close());
}

/**
 * Opens the database: the embedded engine in the data folder, or a Postgres server by its address. Returns only when
 * the folder is ours, the engine was seen to reach the disk, and every migration is in.
 */
import { join } from 'node:path';
import type { Log } from '../core/index.ts';
import { dataKeyPath, knownKey, settleDataKey } from './data-key.ts';
import { embeddedDb } from './embedded/embedded.ts';
import { prepareCluster } from './embedded/image.ts';
import { lockFolder } from './embedded/lock.ts';
import { startSession } from './embedded/session.ts';
import { migrate, type Program, readMigrations } from './migrate.ts';
import type { Db } from './model.ts';
import { sealExisting } from './seal-existing.ts';
import { connectServer } from './server.ts';
import type { OfVault, Vault } from './vault.ts';

export interface DatabaseOptions {
  /** Whose tables: the ceasefire's unless stated. */
  readonly program?: Program;
  readonly dataDir: string;
  /** A Postgres server; absent means the embedded engine inside `dataDir`. The folder is locked either way. */
  readonly databaseUrl?: string | undefined;
  /** Where the data key lies; absent: in the folder `keys` of the data folder. */
  readonly dataKeyFile?: string | undefined;
  readonly log: Log;
}

/** Opens and migrates. Close it: the folder stays locked until then (or until the process ends). */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  const lock = await lockFolder(options.dataDir);
  try {
    let vault: Vault | undefined;
    const ofVault: OfVault = () => {
      if (!vault) throw new Error('the vault is not open yet');
      return vault;
    };
    const db = options.databaseUrl
      ? await connectServer(options.databaseUrl, 'public', ofVault)
      : await openEmbedded(join(options.dataDir, 'db'), ofVault, options.log);
    try {
      const applied = await migrate(db, readMigrations(options.program ?? 'ceasefire'));
      if (applied.length > 0) options.log.info({ migrations: applied }, 'schema brought forward');
      vault = await settleDataKey(db, options.dataKeyFile ?? dataKeyPath(options.dataDir));
      if (!(await knownKey(db))?.complete) {
        const sealed = await sealExisting(db);
        if (sealed > 0) options.log.info({ sealed }, 'what an earlier version left in clear is sealed');
      }
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

async function openEmbedded(folder: string, vault: OfVault, log: Log) {
  if (await prepareCluster(folder)) log.info({ folder }, 'database made');
  const session = await startSession(folder);
  return embeddedDb(session, 'public', vault, () => session.close());
}

/**
 * The key of the vault: a file outside the database, made at the first start, readable by its owner only. A database
 * remembers which key its rows are sealed with; without that key nothing starts, rather than writing with a second one.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../core/index.ts';
import { fsyncPath } from './embedded/disk.ts';
import type { Queryable } from './model.ts';
import { DATA_KEY_MISSING, DATA_KEY_WRONG } from './problems.ts';
import { KEY_BYTES, type Vault, vaultOf } from './vault.ts';

const OWNER_ONLY = 0o600;

/** Where the key of a data folder lies unless the operator keeps it elsewhere. */
export const dataKeyPath = (dataDir: string): string => join(dataDir, 'keys', 'data.key');

/** The vault of a key file; undefined when there is no such file. Throws DATA_KEY_WRONG for what is no key. */
export function readDataKey(path: string): Vault | undefined {
  if (!existsSync(path)) return undefined;
  return vaultOfSecret(readFileSync(path, 'utf8'), path);
}

/** The vault of a key as it is written: 32 bytes in base64. */
export function vaultOfSecret(secret: string, where: string): Vault {
  const key = Buffer.from(secret.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Problem(DATA_KEY_WRONG, `it is not a data key (${KEY_BYTES} bytes in base64)`, { where });
  return vaultOf(key);
}

/** Writes a key under its name, whole and on the disk, or not at all. Throws when the file is there. */
export function writeDataKey(path: string, secret: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.part`;
  rmSync(partial, { force: true });
  const file = openSync(partial, 'wx', OWNER_ONLY);
  try {
    writeSync(file, `${secret}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // A link, not a rename: a key that is there is never replaced.
  linkSync(partial, path);
  rmSync(partial);
  fsyncPath(dirname(path));
  fsyncPath(dirname(dirname(path)));
}

export interface KnownKey {
  readonly id: string;
  /** False until what an earlier version left in clear is sealed. */
  readonly complete: boolean;
}

/** The key that the rows of a database are sealed with; undefined before the first start with one. */
export async function knownKey(db: Queryable): Promise<KnownKey | undefined> {
  return (await db.rows<KnownKey>('select id, complete from data_key'))[0];
}

/** The vault for a database, its key made when neither has one. Throws DATA_KEY_MISSING or DATA_KEY_WRONG, naming the file. */
export async function settleDataKey(db: Queryable, path: string): Promise<Vault> {
  const known = await knownKey(db);
  let vault = readDataKey(path);
  if (!vault) {
    if (known)
      throw new Problem(DATA_KEY_MISSING, `the database is sealed with the data key ${known.id}, and no key is here`, {
        where: path,
      });
    writeDataKey(path, randomBytes(KEY_BYTES).toString('base64'));
    vault = readDataKey(path);
  }
  if (!vault) throw new Problem(DATA_KEY_MISSING, 'the key could not be written', { where: path });
  if (known && known.id !== vault.id)
    throw new Problem(DATA_KEY_WRONG, `the database is sealed with the data key ${known.id}, this is ${vault.id}`, {
      where: path,
    });
  if (!known) await db.run('insert into data_key (id) values ($1) on conflict do nothing', [vault.id]);
  return vault;
}

/**
 * Backup and restore of a data folder: one gzip file of JSON lines. The first line says what it is, the last line how
 * many rows there were and the hash of everything between, so that a torn file is refused. Words and places are in it as
 * they lie in the database, sealed with the data key; the key itself goes along only in a file that is sealed as a whole.
 * The record's log files and keys are not in it: they lie in the folder `record`, which the operator copies, and
 * `bringRecord` puts in place.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, createWriteStream, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { declareProblem, Problem } from '../core/index.ts';
import {
  DATA_KEY_MISSING,
  type Db,
  type DumpLine,
  dumpTables,
  isEmpty,
  readDataKey,
  restoreTables,
  vaultOfSecret,
  writeDataKey,
} from '../db/index.ts';
import { openStream, sealStream } from './sealed-file.ts';

export const BAD_BACKUP = declareProblem('server/bad-backup', 422);
export const NOT_EMPTY = declareProblem('server/not-empty', 409);

interface Header {
  readonly hudnaBackup: 2;
  readonly agreement: string;
  readonly at: string;
  /** Names the data key that its rows are sealed with. */
  readonly dataKey: string;
  /** The key itself; only in a backup that is sealed to recipients. */
  readonly dataKeySecret?: string;
}

/** Copies the folder `record` (log, key, policy) into a data folder that has none. Throws NOT_EMPTY, or BAD_BACKUP for another folder. */
export function bringRecord(from: string, dataDir: string): void {
  const to = join(dataDir, 'record');
  if (existsSync(to)) throw new Problem(NOT_EMPTY, `${to} is there already`, { where: to });
  // A record whose key was lost still has its policy.
  if (!existsSync(join(from, 'keys', 'log.key')) && !existsSync(join(from, 'policy')))
    throw new Problem(BAD_BACKUP, `${from} is no record: it has no keys/log.key and no policy`, { where: from });
  cpSync(from, to, { recursive: true });
}

/** Writes a backup, sealed to the `recipients` (age) where there are some; it appears under its name only when it is whole. The number of rows. */
export async function writeBackup(
  db: Db,
  agreement: string,
  at: string,
  path: string,
  onRows: (rows: number) => void = () => {},
  recipients: readonly string[] = [],
): Promise<number> {
  const partial = `${path}.part`;
  const gzip = createGzip();
  const sealed = await sealStream(gzip, recipients);
  const file = createWriteStream(partial, { mode: 0o600, flush: true });
  const written = pipeline(sealed, file);
  written.catch(() => gzip.destroy());
  const hash = createHash('sha256');
  const write = async (value: unknown, hashed: boolean) => {
    const line = `${JSON.stringify(value)}\n`;
    if (hashed) hash.update(line);
    if (!gzip.write(line)) await once(gzip, 'drain');
  };
  let rows = 0;
  const secret = recipients.length === 0 ? {} : { dataKeySecret: db.vault.secret };
  await write({ hudnaBackup: 2, agreement, at, dataKey: db.vault.id, ...secret } satisfies Header, true);
  await dumpTables(db, async (line) => {
    await write(line, true);
    rows += line.rows.length;
    onRows(rows);
  });
  await write({ end: rows, sha256: hash.digest('hex') }, false);
  gzip.end();
  await written;
  renameSync(partial, path);
  return rows;
}

/**
 * Puts the data key that a backup needs where a new data folder has it, before that is opened: out of the backup when it
 * is sealed as a whole, else from the file `given`. One that is there already stays. Throws BAD_BACKUP for a torn file and
 * DATA_KEY_WRONG for what is no key; whether it is the right one is found when the rows are read.
 */
export async function bringDataKey(
  path: string,
  to: string,
  keys: readonly string[],
  given: string | undefined,
): Promise<void> {
  if (existsSync(to)) return;
  const header = await readHeader(path, keys);
  const vault =
    given === undefined ? header.dataKeySecret && vaultOfSecret(header.dataKeySecret, path) : readDataKey(given);
  if (!vault)
    throw new Problem(
      DATA_KEY_MISSING,
      `the backup is sealed with the data key ${header.dataKey}: name its file with --data-key`,
      {
        where: given ?? path,
      },
    );
  writeDataKey(to, vault.secret);
}

async function readHeader(path: string, keys: readonly string[]): Promise<Partial<Header>> {
  const source = await openStream(path, keys);
  try {
    for await (const line of createInterface({ input: source.pipe(createGunzip()) })) return JSON.parse(line);
  } catch (cause) {
    throw new Problem(BAD_BACKUP, 'not restored: it is torn or no backup', { where: path, cause });
  } finally {
    source.destroy();
  }
  throw new Problem(BAD_BACKUP, 'not restored: it is empty', { where: path });
}

/** Restores a backup into an empty database, whole or not at all. Throws BAD_BACKUP for a torn or foreign file. */
export async function readBackup(
  db: Db,
  agreement: string,
  path: string,
  onRows: (rows: number) => void = () => {},
  keys: readonly string[] = [],
): Promise<number> {
  if (!(await isEmpty(db)))
    throw new Problem(NOT_EMPTY, 'the data folder holds data already: restore into a new one', { where: path });
  const refuse = (reason: string, cause?: unknown) =>
    new Problem(BAD_BACKUP, `not restored: ${reason}`, { where: path, cause });
  const source = await openStream(path, keys).catch((error) => {
    throw error instanceof Problem ? error : refuse('it cannot be read', error);
  });
  return db.inTransaction(async (tx) => {
    const into = await restoreTables(tx);
    const hash = createHash('sha256');
    let [rows, ended, first] = [0, false, true];
    try {
      const lines = createInterface({ input: source.pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
      source.on('error', (error) => lines.emit('error', error));
      for await (const text of lines) {
        const line = JSON.parse(text) as Partial<Header & DumpLine> & { end?: number; sha256?: string };
        if (line.end !== undefined) {
          if (line.end !== rows || line.sha256 !== hash.digest('hex'))
            throw refuse('it was altered: the hash at its end does not fit');
          ended = true;
          break;
        }
        hash.update(`${text}\n`);
        if (first) {
          if (line.hudnaBackup !== 2) throw refuse('it is no backup of this version');
          if (line.dataKey !== db.vault.id)
            throw refuse(`its rows are sealed with the data key ${line.dataKey}, here is ${db.vault.id}`);
          if (line.agreement !== agreement)
            throw refuse(`it belongs to the instrument ${line.agreement}, the terms here are ${agreement}`);
          first = false;
        } else if (line.table !== undefined && line.rows !== undefined) {
          await into.put({ table: line.table, rows: line.rows });
          rows += line.rows.length;
          onRows(rows);
        }
      }
    } catch (error) {
      throw error instanceof Problem ? error : refuse('it is torn or no backup', error);
    }
    if (!ended) throw refuse('it breaks off before its end');
    await into.finish();
    return rows;
  });
}

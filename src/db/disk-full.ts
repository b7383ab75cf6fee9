/** A full disk says so in plain words: whichever engine meets it, nothing of the transaction was stored. */
import { Problem } from '../core/index.ts';
import { DISK_FULL } from './problems.ts';

/** PostgreSQL's SQLSTATE `disk_full`. */
const SQLSTATE = '53100';

/** The error as it is, or as db/disk-full where that is what it means. */
export function orDiskFull(error: unknown): unknown {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code !== SQLSTATE && code !== 'ENOSPC' && !/no space left on device/i.test(String(message))) return error;
  return new Problem(
    DISK_FULL,
    'the disk of the database is full; nothing of this was stored: make room, then do it again',
    {
      cause: error,
    },
  );
}

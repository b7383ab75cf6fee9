/**
 * One file → reports. The whole file is looked at first, then everything acceptable is received in one transaction:
 * after a crash either all of it is there or none. Refused lines are named, the rest goes on.
 */
import { Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import type { CheckOptions, RefusedLine } from './checking/check-file.ts';
import { checkApart } from './checking/thread.ts';
import type { Visibility } from './model.ts';
import { FILE_EMPTY } from './problems.ts';
import { receiveAll } from './service.ts';

export interface ImportOptions extends CheckOptions {
  readonly visibility: Visibility;
  readonly dryRun: boolean;
  readonly onProgress?: (stage: 'checked' | 'received', done: number) => void;
}

export interface ImportResult {
  readonly read: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RefusedLine[];
  /** Ids of the accepted reports, for the caller that waits for their follow-ups. */
  readonly reports: readonly string[];
}

/**
 * Imports a file given by its bytes, or by a path of this machine. `fileName` says what it is called in refusals and
 * helps to tell its format. Throws a Problem when the file as a whole is refused; then nothing was stored.
 */
export async function importFile(
  ctx: Ctx,
  fileName: string,
  content: Uint8Array | string,
  options: ImportOptions,
): Promise<ImportResult> {
  const { format, source, mapping, plausible, visibility, dryRun, onProgress } = options;
  const task = { fileName, content, options: { format, source, mapping, plausible } };
  const { good, rejected } = await checkApart(task, (rows) => onProgress?.('checked', rows));
  const read = good.length + rejected.length;
  if (read === 0) throw new Problem(FILE_EMPTY, 'the file has no row', { where: fileName });
  if (dryRun) return { read, accepted: good.length, duplicates: 0, rejected, reports: [] };
  const received = await receiveAll(ctx, good, visibility, (done) => onProgress?.('received', done));
  const fresh = received.filter(({ duplicate }) => !duplicate);
  return {
    read,
    accepted: fresh.length,
    duplicates: received.length - fresh.length,
    rejected,
    reports: fresh.map(({ id }) => id),
  };
}

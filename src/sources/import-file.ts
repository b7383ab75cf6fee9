/**
 * One file → reports. The whole file is looked at first, then everything acceptable is received in one transaction:
 * after a crash either all of it is there or none. Refused lines are named, the rest goes on.
 */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { checkReport, type Plausible } from './check.ts';
import type { FormatOptions } from './formats/format.ts';
import { chooseFormat } from './formats/index.ts';
import { LIMITS, type ReportInput, type Visibility } from './model.ts';
import { FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE } from './problems.ts';
import { receiveAll } from './service.ts';

export interface ImportOptions {
  readonly format: string;
  readonly source: string | null;
  readonly mapping: ReadonlyMap<string, string>;
  readonly visibility: Visibility;
  readonly dryRun: boolean;
  readonly plausible: Plausible;
  readonly onProgress?: (stage: 'checked' | 'received', done: number) => void;
}

export interface ImportResult {
  readonly read: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  /** Ids of the accepted reports, for the caller that waits for their follow-ups. */
  readonly reports: readonly string[];
}

/** Imports a file given by its bytes. Throws a Problem when the file as a whole is refused; then nothing was stored. */
export async function importBytes(
  ctx: Ctx,
  fileName: string,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportResult> {
  if (bytes.length === 0) throw new Problem(FILE_EMPTY, 'the file is empty', { where: fileName });
  const rejected: { line: number; reason: string }[] = [];
  const good = await checkFile(fileName, bytes, options, rejected);
  const read = good.length + rejected.length;
  if (read === 0) throw new Problem(FILE_EMPTY, 'the file has no row', { where: fileName });
  if (options.dryRun) return { read, accepted: good.length, duplicates: 0, rejected, reports: [] };
  const received = await receiveAll(ctx, good, options.visibility, (done) => options.onProgress?.('received', done));
  const fresh = received.filter(({ duplicate }) => !duplicate);
  return {
    read,
    accepted: fresh.length,
    duplicates: received.length - fresh.length,
    rejected,
    reports: fresh.map(({ id }) => id),
  };
}

async function checkFile(
  fileName: string,
  bytes: Uint8Array,
  options: ImportOptions,
  rejected: { line: number; reason: string }[],
): Promise<ReportInput[]> {
  const formatOptions: FormatOptions = {
    source: options.source,
    mapping: options.mapping,
    fileName: basename(fileName),
  };
  const good: ReportInput[] = [];
  for (const row of await chooseFormat(options.format, fileName, bytes).rows(bytes, formatOptions)) {
    const checked = 'reason' in row ? row : checkReport(row.value, options.plausible);
    if ('reason' in checked) rejected.push({ line: row.line, reason: checked.reason });
    else good.push(checked.report);
    if (good.length + rejected.length > LIMITS.reports) {
      throw new Problem(FILE_TOO_LARGE, `more than ${LIMITS.reports} rows: split the file`, {
        where: `${fileName}:${row.line}`,
      });
    }
    options.onProgress?.('checked', good.length + rejected.length);
  }
  return good;
}

/** Reads a file whole, bounded; a file that vanishes or shrinks half way is refused as a whole. */
export async function readFileBounded(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > LIMITS.file)
        throw new Problem(FILE_TOO_LARGE, `${size} bytes, more than ${LIMITS.file}: split the file`, { where: path });
      const bytes = await file.readFile();
      if (bytes.length > LIMITS.file)
        throw new Problem(FILE_TOO_LARGE, `grew beyond ${LIMITS.file} bytes while it was read`, { where: path });
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code ?? 'unknown error'})`;
    throw new Problem(FILE_UNREADABLE, why, { where: path, cause: error });
  }
}

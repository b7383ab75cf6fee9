/** One file → the reports that pass the gate, and its refused lines. Pure but for its pace: a batch is told as soon as it is there. */
import { basename } from 'node:path';
import { Problem } from '../../core/index.ts';
import { checkReport, type Plausible } from '../check.ts';
import { chooseFormat } from '../formats/index.ts';
import { LIMITS, type ReportInput } from '../model.ts';
import { FILE_EMPTY, FILE_TOO_LARGE } from '../problems.ts';

export interface CheckOptions {
  readonly format: string;
  readonly source: string | null;
  readonly mapping: ReadonlyMap<string, string>;
  readonly plausible: Plausible;
}

export interface RefusedLine {
  readonly line: number;
  readonly reason: string;
}

export interface Batch {
  readonly good: readonly ReportInput[];
  readonly rejected: readonly RefusedLine[];
}

const BATCH = 200;

/** Checks a whole file. Throws a Problem when it is refused as a whole, also after some batches were told. */
export async function checkFile(
  fileName: string,
  bytes: Uint8Array,
  options: CheckOptions,
  onBatch: (batch: Batch) => void,
): Promise<void> {
  if (bytes.length === 0) throw new Problem(FILE_EMPTY, 'the file is empty', { where: fileName });
  const { format, source, mapping, plausible } = options;
  let good: ReportInput[] = [];
  let rejected: RefusedLine[] = [];
  let rows = 0;
  const tell = () => {
    onBatch({ good, rejected });
    [good, rejected] = [[], []];
  };
  const asked = { source, mapping, fileName: basename(fileName) };
  for (const row of await chooseFormat(format, fileName, bytes).rows(bytes, asked)) {
    const checked = 'reason' in row ? row : checkReport(row.value, plausible);
    if ('reason' in checked) rejected.push({ line: row.line, reason: checked.reason });
    else good.push(checked.report);
    rows += 1;
    if (rows > LIMITS.reports)
      throw new Problem(FILE_TOO_LARGE, `more than ${LIMITS.reports} rows: split the file`, {
        where: `${fileName}:${row.line}`,
      });
    if (good.length + rejected.length >= BATCH) tell();
  }
  tell();
}

/** xlsx: the first sheet of a workbook, read by a library that evaluates nothing; same mapping as csv. */
import { readSheet } from 'read-excel-file/node';
import { Problem } from '../../core/index.ts';
import { BAD_FILE, BAD_MAPPING } from '../problems.ts';
import type { Format, FormatOptions, Row } from './format.ts';
import { mappingFaults, planColumns, reportFromCells } from './table.ts';
import { unpackedSize } from './zip-size.ts';

/** A workbook is a zip: these bound what may come out of it. */
const MAX_UNPACKED_BYTES = 300_000_000;
const MAX_FILES = 2_000;

export const xlsx: Format = {
  name: 'xlsx',
  accepts: (fileName, head) => /\.xlsx$/i.test(fileName) || head.startsWith('PK\u0003\u0004'),
  async rows(bytes, options) {
    const size = unpackedSize(bytes);
    if (!size) throw new Problem(BAD_FILE, 'not an XLSX workbook', { where: options.fileName });
    if (size.bytes > MAX_UNPACKED_BYTES || size.files > MAX_FILES) {
      throw new Problem(
        BAD_FILE,
        `the workbook unpacks to ${size.bytes} bytes in ${size.files} files: save it as CSV`,
        {
          where: options.fileName,
        },
      );
    }
    return rowsOf(await cellsOf(bytes, options), options);
  },
};

async function cellsOf(bytes: Uint8Array, options: FormatOptions): Promise<unknown[][]> {
  try {
    return await readSheet(Buffer.from(bytes));
  } catch (error) {
    throw new Problem(BAD_FILE, 'not a readable XLSX workbook; open and save it again, or save it as CSV', {
      where: options.fileName,
      cause: error,
    });
  }
}

function* rowsOf(sheet: readonly unknown[][], options: FormatOptions): Generator<Row> {
  const header = (sheet[0] ?? []).map((cell) => String(cell ?? ''));
  const faults = mappingFaults(header, options.mapping);
  const plan = planColumns(header, options);
  if (!plan.includes('text')) faults.push('no column gives the text: map one with --map COLUMN=text');
  if (faults.length > 0) throw new Problem(BAD_MAPPING, faults.join('; '), { where: options.fileName });
  for (let i = 1; i < sheet.length; i++) {
    yield { line: i + 1, value: reportFromCells(sheet[i] ?? [], plan, options) };
  }
}

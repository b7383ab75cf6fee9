/** csv: a table with a header row, comma, semicolon or tab. Columns are mapped with --map or named like the fields. */
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText, Problem } from '../../core/index.ts';
import { LIMITS } from '../model.ts';
import { BAD_FILE, BAD_MAPPING } from '../problems.ts';
import type { Format, Row } from './format.ts';
import { mappingFaults, planColumns, reportFromCells } from './table.ts';

export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/** Header and records of a CSV text; throws a Problem where the quoting breaks, naming the line. */
export function readCsv(
  bytes: Uint8Array,
  fileName: string,
): { header: readonly string[]; records: readonly CsvRecord[] } {
  const text = decodeText(bytes).text.replace(/^\ufeff/, '');
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: LIMITS.line,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [header, ...records] = rows;
    return {
      header: header?.record ?? [],
      records: records.map(({ record, info }) => ({ line: info.lines, cells: record })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : undefined;
    throw new Problem(BAD_FILE, `the CSV breaks off: ${error.message.slice(0, 200)}`, {
      where: line ? `${fileName}:${line}` : fileName,
      cause: error,
    });
  }
}

function delimiterOf(text: string): string {
  const header = text.slice(0, Math.max(0, text.indexOf('\n'))) || text.slice(0, 2_000);
  const counted = DELIMITERS.map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

export const csv: Format = {
  name: 'csv',
  accepts: (fileName) => /\.(csv|tsv)$/i.test(fileName),
  *rows(bytes, options) {
    const { header, records } = readCsv(bytes, options.fileName);
    const faults = mappingFaults(header, options.mapping);
    if (faults.length > 0) throw new Problem(BAD_MAPPING, faults.join('; '), { where: options.fileName });
    const plan = planColumns(header, options);
    if (!plan.includes('text')) {
      throw new Problem(
        BAD_MAPPING,
        `no column gives the text: map one with --map COLUMN=text (columns: ${header.join(', ')})`,
        {
          where: options.fileName,
        },
      );
    }
    for (const { line, cells } of records) {
      yield cells.length > header.length
        ? ({ line, reason: `${cells.length} cells under ${header.length} columns` } satisfies Row)
        : { line, value: reportFromCells(cells, plan, options) };
    }
  },
};

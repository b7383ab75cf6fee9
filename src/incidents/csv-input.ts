/**
 * Reports of a CSV file through a mapping of its columns, so that a researcher's own table can be linked as it is. A
 * column that carries a field's own name needs no mapping; other columns are ignored.
 */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse';
import { Problem } from '../core/index.ts';
import type { PlacedReport } from './link-file.ts';
import { reportOf } from './link-line.ts';
import { BAD_COLUMN_MAP, BAD_LINK_INPUT } from './problems.ts';

const REPORT_FIELDS = ['id', 'source', 'origin', 'lang', 'published', 'text'] as const;
const EVENT_FIELDS = [
  'type',
  'start',
  'end',
  'lat',
  'lon',
  'precision',
  'radius',
  'place_text',
  'actor',
  'killed',
  'killed_low',
  'killed_high',
  'injured',
  'injured_low',
  'injured_high',
  'target',
] as const;
const NUMBERS = new Set([
  'lat',
  'lon',
  'radius',
  'killed',
  'killed_low',
  'killed_high',
  'injured',
  'injured_low',
  'injured_high',
]);
export const CSV_FIELDS: readonly string[] = [...REPORT_FIELDS, ...EVENT_FIELDS];
const MAX_RECORD = 1_000_000;

/** `COLUMN=field` pairs → column by field. */
export function parseColumnMap(pairs: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const [column, field] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1 || !CSV_FIELDS.includes(field)) {
      throw new Problem(BAD_COLUMN_MAP, `is not COLUMN=field; fields: ${CSV_FIELDS.join(', ')}`, {
        where: `--map ${pair}`,
      });
    }
    map.set(field, column);
  }
  return map;
}

/**
 * Reports of one CSV file. Ids are prefixed with the file's name when `prefix` is set (several files may number their
 * rows alike); without a source column the file's name is the source.
 */
export async function* csvReports(
  file: string,
  columns: ReadonlyMap<string, string>,
  prefix: boolean,
): AsyncGenerator<PlacedReport[]> {
  const name = basename(file).replace(/\.csv$/i, '');
  const parser = createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parse({ columns: true, bom: true, info: true, skip_empty_lines: true, max_record_size: MAX_RECORD }));
  let batch: PlacedReport[] = [];
  let row = 0;
  try {
    for await (const { record, info } of parser) {
      row++;
      const where = `${file}:${info.lines}`;
      batch.push({ report: reportOf(tableRow(record, columns, { name, row, prefix, where }), where), where });
      if (batch.length >= 1_000) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Problem(BAD_LINK_INPUT, `is no readable CSV: ${detail}`, { where: file, cause: error });
  }
  yield batch;
}

interface Around {
  readonly name: string;
  readonly row: number;
  readonly prefix: boolean;
  readonly where: string;
}

function tableRow(
  record: Readonly<Record<string, string>>,
  columns: ReadonlyMap<string, string>,
  around: Around,
): unknown {
  for (const [field, column] of columns) {
    if (!(column in record)) {
      throw new Problem(BAD_COLUMN_MAP, `there is no column "${column}" (mapped to ${field})`, { where: around.where });
    }
  }
  const get = (field: string): unknown => cell(record[columns.get(field) ?? field], field);
  const report = Object.fromEntries(REPORT_FIELDS.map((field) => [field, get(field)]));
  const told = Object.fromEntries(EVENT_FIELDS.map((field) => [field, get(field)]));
  const id = report.id ?? String(around.row);
  return {
    ...report,
    id: around.prefix ? `${around.name}:${id}` : id,
    source: report.source ?? around.name,
    event: Object.values(told).every((value) => value === null)
      ? null
      : { ...told, killed: tollOf(told, 'killed'), injured: tollOf(told, 'injured') },
  };
}

const tollOf = (told: Readonly<Record<string, unknown>>, field: string): unknown => ({
  low: told[`${field}_low`] ?? told[field] ?? null,
  high: told[`${field}_high`] ?? (told[`${field}_low`] === null ? (told[field] ?? null) : null),
});

/** An empty cell and NA say nothing; a cell that should be a number and is none is left for the field's own refusal. */
function cell(text: string | undefined, field: string): unknown {
  const value = text?.trim() ?? '';
  if (value === '' || value === 'NA') return null;
  if (!NUMBERS.has(field)) return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

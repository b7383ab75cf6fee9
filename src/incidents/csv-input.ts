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

/** A column that holds a field, in every file or in one of them. */
export interface MappedColumn {
  readonly file: string | null;
  readonly column: string;
  readonly field: string;
}

/** The name by which a file's rows and columns are called: without folder and `.csv`. */
const nameOf = (file: string): string => basename(file).replace(/\.csv$/i, '');

/** `COLUMN=field` pairs; `FILE:COLUMN=field` where only one of the `inputs` has the column. */
export function parseColumnMap(pairs: readonly string[], inputs: readonly string[] = []): MappedColumn[] {
  const names = inputs.map(nameOf);
  return pairs.map((pair) => {
    const at = pair.lastIndexOf('=');
    const [column, field] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1 || !CSV_FIELDS.includes(field)) {
      throw new Problem(BAD_COLUMN_MAP, `is not COLUMN=field; fields: ${CSV_FIELDS.join(', ')}`, {
        where: `--map ${pair}`,
      });
    }
    const file = names.find((name) => column.startsWith(`${name}:`));
    return file === undefined ? { file: null, column, field } : { file, column: column.slice(file.length + 1), field };
  });
}

/** Column by field for a file with this header: its own mappings first, else the first that it has. */
function columnsFor(
  map: readonly MappedColumn[],
  name: string,
  header: readonly string[],
  where: string,
): Map<string, string> {
  const columns = new Map<string, string>();
  for (const field of new Set(map.map((one) => one.field))) {
    const own = map.filter((one) => one.field === field && one.file === name);
    const shared = map.filter((one) => one.field === field && one.file === null);
    const wanted = own.length > 0 ? own : shared;
    if (wanted.length === 0) continue;
    const found = wanted.find(({ column }) => header.includes(column));
    if (!found) {
      const asked = wanted.map(({ column }) => `"${column}"`).join(' or ');
      throw new Problem(BAD_COLUMN_MAP, `there is no column ${asked} (mapped to ${field})`, { where });
    }
    columns.set(field, found.column);
  }
  return columns;
}

/**
 * Reports of one CSV file. Ids are prefixed with the file's name when `prefix` is set (several files may number their
 * rows alike); without a source column the file's name is the source.
 */
export async function* csvReports(
  file: string,
  map: readonly MappedColumn[],
  prefix: boolean,
): AsyncGenerator<PlacedReport[]> {
  const name = nameOf(file);
  let columns: ReadonlyMap<string, string> | undefined;
  const parser = createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parse({ columns: true, bom: true, info: true, skip_empty_lines: true, max_record_size: MAX_RECORD }));
  let batch: PlacedReport[] = [];
  let row = 0;
  try {
    for await (const { record, info } of parser) {
      row++;
      const where = `${file}:${info.lines}`;
      columns ??= columnsFor(map, name, Object.keys(record), where);
      batch.push({ report: reportOf(tableRow(record, columns, { name, row, prefix }), where), where });
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
}

function tableRow(
  record: Readonly<Record<string, string>>,
  columns: ReadonlyMap<string, string>,
  around: Around,
): unknown {
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

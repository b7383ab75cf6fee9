/** Rows of a table (CSV, XLSX) → reports, by a mapping of column to field. Cells are data: a formula stays a text. */
import type { FormatOptions } from './format.ts';

/** The fields a column may be mapped to, each with where it goes in a report. */
export const TABLE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  id: ['id'],
  text: ['text'],
  title: ['title'],
  published: ['published'],
  lang: ['lang'],
  visibility: ['visibility'],
  source: ['source', 'name'],
  source_kind: ['source', 'kind'],
  camp: ['source', 'camp'],
  url: ['source', 'url'],
  origin: ['source', 'origin'],
  type: ['event', 'type'],
  start: ['event', 'start'],
  end: ['event', 'end'],
  lat: ['event', 'lat'],
  lon: ['event', 'lon'],
  precision: ['event', 'precision'],
  place_text: ['event', 'place_text'],
  actor: ['event', 'actor'],
  killed_low: ['event', 'killed', 'low'],
  killed_high: ['event', 'killed', 'high'],
  injured_low: ['event', 'injured', 'low'],
  injured_high: ['event', 'injured', 'high'],
  target: ['event', 'target'],
};

const NUMERIC = new Set(['lat', 'lon', 'killed_low', 'killed_high', 'injured_low', 'injured_high']);

type Bag = { [key: string]: unknown };

/** Which field each column fills: the mapping given, else a column named like the field. */
export function planColumns(header: readonly string[], options: FormatOptions): (string | null)[] {
  return header.map((column) => {
    const name = column.trim();
    return options.mapping.get(name) ?? (Object.hasOwn(TABLE_FIELDS, name) ? name : null);
  });
}

/** Columns named by the mapping that the table does not have, and fields that do not exist. */
export function mappingFaults(header: readonly string[], mapping: ReadonlyMap<string, string>): string[] {
  const columns = new Set(header.map((column) => column.trim()));
  return [...mapping].flatMap(([column, field]) => [
    ...(columns.has(column) ? [] : [`there is no column ${column}`]),
    ...(Object.hasOwn(TABLE_FIELDS, field)
      ? []
      : [`there is no field ${field}; fields: ${Object.keys(TABLE_FIELDS).join(', ')}`]),
  ]);
}

/** A report-shaped value from one row. Empty cells are absent; a number that is none stays a text for the gate to refuse. */
export function reportFromCells(
  cells: readonly unknown[],
  plan: readonly (string | null)[],
  options: FormatOptions,
): unknown {
  const report: Bag = {};
  plan.forEach((field, i) => {
    const cell = cells[i];
    const path = field === null ? undefined : TABLE_FIELDS[field];
    if (field === null || !path || cell === null || cell === undefined || cell === '') return;
    put(report, path, NUMERIC.has(field) ? asNumber(cell) : asText(cell));
  });
  if (!report.source && options.source !== null) report.source = { name: options.source };
  return report;
}

function put(bag: Bag, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) bag[key] = value;
  else {
    const inner = (bag[key] ?? {}) as Bag;
    bag[key] = inner;
    put(inner, rest, value);
  }
}

function asNumber(cell: unknown): unknown {
  if (typeof cell === 'number') return cell;
  const text = String(cell).trim();
  return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;
}

function asText(cell: unknown): unknown {
  if (cell instanceof Date) {
    const iso = cell.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
  }
  return typeof cell === 'string' ? cell : String(cell);
}

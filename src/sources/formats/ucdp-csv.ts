/**
 * ucdp-csv: event records of the Uppsala Conflict Data Program. The columns are codings, not words of a witness, so the
 * text of the report is the row told in one sentence, and the event carries what the columns say. UCDP does not code a
 * weapon, so the type stays open.
 */
import { Problem } from '../../core/index.ts';
import { BAD_FILE } from '../problems.ts';
import { readCsv } from './csv.ts';
import type { Format, Row } from './format.ts';

const NEEDED = [
  'id',
  'start_date',
  'end_date',
  'side_a_name',
  'side_b_name',
  'location_where_name',
  'deaths_low',
  'deaths_high',
];

export const ucdpCsv: Format = {
  name: 'ucdp-csv',
  accepts: (fileName, head) =>
    /\.csv$/i.test(fileName) && head.includes('location_where_name') && head.includes('side_a_name'),
  *rows(bytes, options) {
    const { header, records } = readCsv(bytes, options.fileName);
    const absent = NEEDED.filter((column) => !header.includes(column));
    if (absent.length > 0) {
      throw new Problem(BAD_FILE, `not a UCDP table: the columns ${absent.join(', ')} are missing`, {
        where: options.fileName,
      });
    }
    for (const { line, cells } of records) {
      const cell = (column: string) => (cells[header.indexOf(column)] ?? '').trim();
      yield rowOf(line, cell, options.source ?? 'UCDP');
    }
  },
};

function rowOf(line: number, cell: (column: string) => string, source: string): Row {
  const low = wholeNumber(cell('deaths_low'));
  const high = wholeNumber(cell('deaths_high'));
  if (low === undefined || high === undefined)
    return { line, reason: 'deaths_low or deaths_high is not a whole number' };
  const place = placeWords(cell);
  if (place === '') return { line, reason: 'no column says where' };
  return {
    line,
    value: {
      id: `ucdp-${cell('id')}`,
      source: { name: source, kind: 'monitor', url: null, origin: cell('source_article') || null },
      published: cell('source_date') || cell('end_date'),
      lang: 'en',
      title: null,
      text: `${cell('side_a_name')} and ${cell('side_b_name')}, ${place}, ${days(cell)}: ${deaths(low, high)}.`,
      event: {
        type: null,
        start: cell('start_date'),
        end: cell('end_date'),
        place_text: place,
        killed: { low, high },
      },
    },
  };
}

/** "Al X village, Y district, Z governorate", each part once. */
function placeWords(cell: (column: string) => string): string {
  const parts = ['location_where_name', 'location_adm2_name', 'location_adm1_name']
    .map(cell)
    .filter((part) => part !== '');
  return [...new Set(parts)].join(', ');
}

const days = (cell: (column: string) => string): string =>
  cell('start_date') === cell('end_date') ? cell('start_date') : `${cell('start_date')} to ${cell('end_date')}`;

const deaths = (low: number, high: number): string => (low === high ? `${low} deaths` : `${low} to ${high} deaths`);

function wholeNumber(text: string): number | undefined {
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

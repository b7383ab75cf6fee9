/** The formats a file may come in, in the order in which they are tried. A new one is a file here and a line below. */
import { Problem } from '../../core/index.ts';
import { UNKNOWN_FORMAT } from '../problems.ts';
import { article } from './article.ts';
import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { geojson } from './geojson.ts';
import { reportJsonl } from './report-jsonl.ts';
import { ucdpCsv } from './ucdp-csv.ts';
import { xlsx } from './xlsx.ts';

export const FORMATS: readonly Format[] = [xlsx, geojson, ucdpCsv, csv, reportJsonl, article];

const HEAD_BYTES = 4_096;

/** The format named, or with `auto` the first that accepts the file. Throws a Problem that lists the names. */
export function chooseFormat(name: string, fileName: string, bytes: Uint8Array): Format {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const format =
    name === 'auto' ? FORMATS.find((one) => one.accepts(fileName, head)) : FORMATS.find((one) => one.name === name);
  if (format) return format;
  const names = FORMATS.map((one) => one.name).join(', ');
  const detail =
    name === 'auto'
      ? `the format cannot be told; name it with --format (${names})`
      : `no format ${name}; formats: ${names}`;
  throw new Problem(UNKNOWN_FORMAT, detail, { where: fileName });
}

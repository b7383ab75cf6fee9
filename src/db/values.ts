/**
 * How values go to Postgres and come back, the same on both engines: every parameter is sent as text and typed by the
 * statement, every column is parsed by the table below. A calendar date stays a `YYYY-MM-DD` string, never a Date.
 */
import type { SqlValue } from './model.ts';

const BYTEA = 17;
const BYTEA_ARRAY = 1001;

/** One parameter as Postgres input text; null stays null. Lists become one-dimensional arrays. */
export function encodeParam(value: SqlValue | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${hexOf(value)}`;
  if (Array.isArray(value)) return `{${value.map(encodeElement).join(',')}}`;
  return String(value);
}

function encodeElement(value: SqlValue): string {
  const text = encodeParam(value);
  if (text === null) return 'NULL';
  if (Array.isArray(value)) return text;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

type Parse = (text: string) => unknown;

const asText: Parse = (text) => text;
const asNumber: Parse = (text) => {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond exact numbers`);
  return value;
};
const asBoolean: Parse = (text) => text === 't';
const asInstant: Parse = (text) => new Date(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'));
// A plain copy: a Buffer may be a window into a shared pool, and a Uint8Array is what the interface promises.
const asBytes: Parse = (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
const asJson: Parse = (text) => JSON.parse(text);

const SCALARS: Readonly<Record<number, Parse>> = {
  16: asBoolean,
  [BYTEA]: asBytes,
  20: asNumber,
  21: asNumber,
  23: asNumber,
  26: asNumber,
  114: asJson,
  700: asNumber,
  701: asNumber,
  1082: asText,
  1184: asInstant,
  1700: asNumber,
  3802: asJson,
};

const ARRAYS: Readonly<Record<number, Parse>> = {
  1000: listOf(asBoolean),
  [BYTEA_ARRAY]: listOf(asBytes),
  1005: listOf(asNumber),
  1007: listOf(asNumber),
  1009: listOf(asText),
  1015: listOf(asText),
  1016: listOf(asNumber),
  1022: listOf(asNumber),
  1182: listOf(asText),
  1185: listOf(asInstant),
  1231: listOf(asNumber),
  2951: listOf(asText),
};

/** Parsers by type oid, for both engines. A type that is not here comes as the text Postgres printed. */
export const PARSERS: Readonly<Record<number, Parse>> = { ...SCALARS, ...ARRAYS };

/** PGlite would encode bytes itself; they already are text. */
export const SERIALIZERS: Readonly<Record<number, (text: string) => string>> = { [BYTEA]: (text) => text };

function listOf(parse: Parse): Parse {
  return (text) => elementsOf(text).map((element) => (element === null ? null : parse(element)));
}

/** The elements of a one-dimensional array literal; NULL is null. Linear, no backtracking. */
export function elementsOf(literal: string): (string | null)[] {
  const elements: (string | null)[] = [];
  let i = 1;
  while (i < literal.length - 1) {
    let element = '';
    const quoted = literal[i] === '"';
    if (quoted) i++;
    while (i < literal.length - 1 && (quoted ? literal[i] !== '"' : literal[i] !== ',')) {
      if (literal[i] === '\\') i++;
      element += literal[i++];
    }
    if (quoted) i++;
    elements.push(!quoted && element === 'NULL' ? null : element);
    i++;
  }
  return elements;
}

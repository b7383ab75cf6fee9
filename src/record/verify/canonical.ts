/**
 * RFC 8785 canonical JSON: one text for one value, so that a hash over it means something. Refuses what JSON cannot say
 * exactly (undefined, NaN, half a surrogate pair) instead of changing it.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const MAX_DEPTH = 64;
const ANY_SURROGATE = /[\uD800-\uDFFF]/;
// A high surrogate without its low one, or a low one without its high one.
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The canonical text. Throws a TypeError for a value that JSON cannot hold or that is nested deeper than 64. */
export const canonicalJson = (value: Json): string => write(value, 0);

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError(`nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('not a finite number');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return `[${value.map((element) => write(element, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) return writeObject(value as Record<string, unknown>, depth);
  throw new TypeError(`a ${typeof value} has no JSON form`);
}

function writeString(value: string): string {
  if (ANY_SURROGATE.test(value) && LONE_SURROGATE.test(value)) throw new TypeError('half a surrogate pair');
  return JSON.stringify(value);
}

/** Members in the order of their names' UTF-16 code units, which is what sort() does. */
function writeObject(value: Record<string, unknown>, depth: number): string {
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${writeString(name)}:${write(value[name], depth + 1)}`).join(',')}}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

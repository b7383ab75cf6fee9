/**
 * What may stand in a log. A list of what is allowed, not of what is forbidden: a field that nobody thought of is left
 * out. Words of people, addresses, coordinates and tokens have no field here.
 */

const NUMBERS = new Set(['entry', 'attempts', 'size', 'index', 'status', 'port', 'rows', 'ms']);
/** Fields whose values come from a list in our own code: names of handlers, codes, migrations. */
const CODES = new Set(['code', 'handler', 'operation', 'method', 'witness', 'rules', 'stage']);
/** Sentences of the record about its own checkpoints and witnesses. */
const SENTENCES = new Set(['refusal', 'reason']);
const MAX_SENTENCE = 600;
const LISTS = new Set(['migrations']);
const CODE = /^[A-Za-z0-9][A-Za-z0-9 ._:+/-]{0,99}$/;
/** A line of a stack: a function and a place in a file. */
const FRAME = /^\s{1,8}at (?:[\w.<>$# ]{1,100} \()?(?:file:\/\/\/|node:|\/)[\w@./-]{1,300}:\d+:\d+\)?$/;
const ERROR_NAME = /^[A-Za-z]{1,60}(?=$|:)/;
const MAX_FRAMES = 12;

/** The fields of a log line that may be written. `stack` loses its first lines, in which the message stands. */
export function allowedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (NUMBERS.has(name) && typeof value === 'number') kept[name] = value;
    else if (CODES.has(name) && typeof value === 'string' && CODE.test(value)) kept[name] = value;
    else if (SENTENCES.has(name) && typeof value === 'string') kept[name] = value.slice(0, MAX_SENTENCE);
    else if (name === 'error') kept.error = ERROR_NAME.exec(String(value))?.[0] ?? 'Error';
    else if (LISTS.has(name) && Array.isArray(value)) kept[name] = value.filter((one) => CODE.test(String(one)));
    else if (name === 'stack' && typeof value === 'string') kept.stack = framesOf(value);
  }
  return kept;
}

const framesOf = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim());

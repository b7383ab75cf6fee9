/** report-jsonl: one report (spec/report) a line. A line that is not JSON is refused by number; the others go on. */
import { decodeText } from '../../core/index.ts';
import { LIMITS } from '../model.ts';
import type { Format, FormatOptions, Row } from './format.ts';
import { byteLines } from './lines.ts';

const MAX_DEPTH = 32;

export const reportJsonl: Format = {
  name: 'report-jsonl',
  accepts: (fileName, head) => /\.(jsonl|ndjson)$/i.test(fileName) || /^\ufeff?\s*\{[^\n]*"text"/.test(head),
  *rows(bytes, options) {
    for (const { line, bytes: slice } of byteLines(bytes)) {
      if (slice.length > LIMITS.line)
        yield { line, reason: `the line has ${slice.length} bytes, more than ${LIMITS.line}` };
      else yield* rowOf(line, decodeText(slice).text.replace(/^\ufeff/, ''), options);
    }
  },
};

function* rowOf(line: number, text: string, options: FormatOptions): Generator<Row> {
  if (text.trim() === '') return;
  if (deeperThan(text, MAX_DEPTH)) {
    yield { line, reason: `nested deeper than ${MAX_DEPTH}` };
    return;
  }
  try {
    yield { line, value: withSource(JSON.parse(text), options.source) };
  } catch (error) {
    yield { line, reason: `not JSON: ${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'}` };
  }
}

/** Gives a report without a source the one named by the caller. */
function withSource(value: unknown, source: string | null): unknown {
  if (source === null || typeof value !== 'object' || value === null || 'source' in value) return value;
  return { ...value, source: { name: source } };
}

/** Bounds the nesting before the parser recurses; brackets inside strings do not count. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

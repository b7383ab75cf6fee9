/** Reads a file line by line in bounded memory: a line longer than the limit is refused, never collected. */
import { createReadStream } from 'node:fs';
import { Problem } from '../core/index.ts';
import { BAD_LINK_INPUT } from './problems.ts';

const MAX_LINE_BYTES = 8 * 1024 * 1024;
const NEWLINE = 10;

export interface NumberedLine {
  readonly line: string;
  /** From 1. */
  readonly number: number;
}

/** Non-empty lines of a UTF-8 file in batches, with their numbers; a BOM at the start is no content. */
export async function* linesOf(file: string): AsyncGenerator<readonly NumberedLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  const refuse = (detail: string, cause?: unknown): Problem =>
    new Problem(BAD_LINK_INPUT, detail, { where: number === 0 ? file : `${file}:${number}`, cause });
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const batch: NumberedLine[] = [];
      let from = 0;
      for (let end = bytes.indexOf(NEWLINE, from); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
        number++;
        keep(batch, bytes.toString('utf8', from, end), number);
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > MAX_LINE_BYTES) {
        number++;
        throw refuse(`is longer than ${MAX_LINE_BYTES} bytes`);
      }
      yield batch;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    number = 0;
    throw refuse('cannot be read; check the path and its permissions', error);
  }
  const last: NumberedLine[] = [];
  keep(last, rest.toString('utf8'), number + 1);
  yield last;
}

function keep(batch: NumberedLine[], text: string, number: number): void {
  const line = number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
  if (line.trim() !== '') batch.push({ line, number });
}

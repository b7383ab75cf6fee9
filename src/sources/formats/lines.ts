/** Lines of a byte array without copying it: a hostile line of any length costs one slice at most. */

export interface ByteLine {
  readonly line: number;
  readonly bytes: Uint8Array;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Splits at LF; a CR before it is dropped. The last line needs no LF. Lines count from 1. */
export function* byteLines(bytes: Uint8Array): Generator<ByteLine> {
  let start = 0;
  let line = 1;
  while (start < bytes.length) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found === -1 ? bytes.length : found;
    const trimmed = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
    yield { line, bytes: bytes.subarray(start, trimmed) };
    start = end + 1;
    line += 1;
  }
}

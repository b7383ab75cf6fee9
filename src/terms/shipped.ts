/** The instrument that ships with the product, and reading a terms file from disk. */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '../core/index.ts';
import type { Instrument } from './model.ts';
import { readTerms } from './parse.ts';
import { TERMS_UNREADABLE } from './problems.ts';

export const SHIPPED_TERMS = fileURLToPath(new URL('../../sample/terms.yaml', import.meta.url));

const MAX_BYTES = 8_000_000;

/** Loads and checks a terms file; the shipped 2016 instrument when no path is given. Throws a Problem that lists every fault. */
export function loadInstrument(path: string = SHIPPED_TERMS): Instrument {
  return readTerms(textOf(path), path);
}

function textOf(path: string): string {
  try {
    if (statSync(path).size > MAX_BYTES)
      throw new Problem(TERMS_UNREADABLE, `larger than ${MAX_BYTES} bytes`, { where: path });
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(TERMS_UNREADABLE, 'the terms file cannot be read; check the path and its permissions', {
      where: path,
      cause: error,
    });
  }
}

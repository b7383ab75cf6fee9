/** Reads the hand-written sentences with counted things (fixtures/quantities.tsv); for tests and benchmarks only. */
import { readFileSync } from 'node:fs';
import { isLang, type Lang } from '../../core/index.ts';
import type { Quantity } from './model.ts';

export interface QuantityRow {
  readonly line: number;
  readonly lang: Lang;
  readonly sentence: string;
  readonly expected: readonly string[];
  readonly half: 'dev' | 'held';
}

export function quantityRows(): QuantityRow[] {
  const text = readFileSync(new URL('./fixtures/quantities.tsv', import.meta.url), 'utf8');
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line, i) => {
      const [lang = '', sentence = '', expected = '', half = ''] = line.split('\t');
      if (!isLang(lang)) throw new Error(`quantities.tsv:${i + 2}: language ${lang}`);
      return {
        line: i + 2,
        lang,
        sentence,
        expected: expected.split('; ').filter((one) => one !== ''),
        half: half === 'held' ? 'held' : 'dev',
      };
    });
}

/** A quantity in the notation of the fixture. */
export function notationOf(quantity: Quantity): string {
  const sign = quantity.comparator === '=' ? '' : quantity.comparator;
  const range = quantity.upper === null ? '' : `-${quantity.upper}`;
  const group = quantity.group === null ? '' : `[${quantity.group}]`;
  return `${quantity.unit}:${sign}${quantity.value}${range}${group}${quantity.partOf ? '[part]' : ''}${quantity.share ? '[share]' : ''}`;
}

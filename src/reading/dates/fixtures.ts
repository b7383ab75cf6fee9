/** Reads the hand-written date expressions (fixtures/) and scores answers against them; for tests and benchmarks only. */
import { readFileSync } from 'node:fs';
import type { Lang } from '../../core/index.ts';
import { normalise } from '../normalise.ts';

export interface DateRow {
  readonly line: number;
  readonly expression: string;
  readonly sentence: string;
  readonly published: string | null;
  /** Values that count as right; `-` alone means that nothing is a date here. */
  readonly values: readonly string[];
  readonly mod: string | null;
  readonly half: 'dev' | 'held';
}

export interface DateAnswer {
  readonly start: number;
  readonly end: number;
  readonly value: string | null;
  readonly mod: string | null;
}

export function dateRows(lang: Lang): DateRow[] {
  const text = readFileSync(new URL(`./fixtures/dates.${lang}.tsv`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line, i) => {
      const [expression = '', sentence = '', published = '', values = '', mod = '', half = ''] = line.split('\t');
      return {
        line: i + 2,
        expression,
        sentence,
        published: published === '' ? null : published,
        values: values.split(' | '),
        mod: mod === '' ? null : mod,
        half: half === 'held' ? 'held' : 'dev',
      };
    });
}

/** Whether the answers to a row are right: the value of the first that overlaps the expression (modifier apart). */
export function judgeRow(row: DateRow, answers: readonly DateAnswer[]): { value: boolean; mod: boolean; got: string } {
  const shown = answers.map((answer) => `${answer.value}${answer.mod ? ` ${answer.mod}` : ''}`).join(', ') || '-';
  if (row.expression === '') {
    const none = answers.length === 0 || (row.values.length > 1 && row.values.includes(String(answers[0]?.value)));
    return { value: none, mod: none, got: shown };
  }
  const at = row.sentence.indexOf(row.expression);
  const end = at + row.expression.length;
  const over = answers.filter((answer) => answer.start < end && answer.end > at);
  const [first] = over;
  if (!first) return { value: row.values.includes('-'), mod: row.values.includes('-'), got: shown };
  const value = over.length === 1 && row.values.includes(String(first.value));
  return { value, mod: value && (first.mod ?? null) === row.mod, got: shown };
}

/** The expression folded, for grouping mistakes. */
export const foldedExpression = (row: DateRow): string => normalise(row.expression);

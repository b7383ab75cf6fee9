/** The shipped lists hold no dead row; a bad list is told row by row. */
import { describe, expect, it } from 'vitest';
import { shippedLexiconFiles } from './lexicon.ts';
import { checkEntries, parseTolerantly } from './lexicon-check.ts';

const HEADER = 'form\tlanguage\tkind\tvalue\tsource';

describe('lexicon check', () => {
  it('finds no error in the shipped lists', () => {
    const lists = shippedLexiconFiles().map(({ name, text }) => parseTolerantly(text, name));
    const findings = [
      ...lists.flatMap((list) => list.findings),
      ...checkEntries(lists.flatMap((list) => list.entries)),
    ];
    expect(findings.filter((finding) => finding.level === 'error')).toEqual([]);
  });

  it('names each bad row, dead forms, doubles and forms with two values', () => {
    const text = [
      HEADER,
      'قتيل\tar\tunit\tdeaths=1\town',
      'قتيل\tfr\tunit\tdeaths\town',
      'x\ten\tnothing\ty\town',
      'dead\ten\tunit\tdeaths',
      '...\ten\tunit\tdeaths\town',
      'قَتيل\tar\tunit\tdeaths=1\town',
      'قتيل\tar\tunit\tinjured\town',
      'wounded\tru\tunit\tinjured\town',
    ].join('\n');
    const { entries, findings } = parseTolerantly(text, 'x.tsv');
    expect(findings.map(({ where, level }) => `${where} ${level}`)).toEqual([
      'x.tsv:3 error',
      'x.tsv:4 error',
      'x.tsv:5 error',
    ]);
    expect(checkEntries(entries).map(({ where, level }) => `${where} ${level}`)).toEqual([
      'x.tsv:6 error',
      'x.tsv:7 note',
      'x.tsv:8 note',
      'x.tsv:9 note',
    ]);
    expect(parseTolerantly('a\tb', 'y.tsv').findings[0]?.where).toBe('y.tsv:1');
  });
});

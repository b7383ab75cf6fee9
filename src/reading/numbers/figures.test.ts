/** Figures as the seed article and short texts tell them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWith, shared, sharedPath } from '../../../test/support/needs.ts';
import { createReader } from '../read.ts';

const reader = createReader();

describe('figures', () => {
  it('gives a range as two bounds and parts with their group', () => {
    const { figures } = reader.read('Between 20 and 30 people were wounded, among them three children.', {
      lang: 'en',
    });
    expect(figures.map(({ value, comparator, unit, scope }) => [value, comparator, unit, scope])).toEqual([
      [20, '>=', 'injured', null],
      [30, '<=', 'injured', null],
      [3, '=', 'injured', 'children'],
    ]);
  });

  it('keeps the beginning of a sum over time', () => {
    const [figure] = reader.read('С марта 2011 года погибли более 270 тысяч человек.').figures;
    expect(figure).toMatchObject({ value: 270_000, comparator: '>', unit: 'deaths', since: '2011-03' });
  });
});

interface GoldFigure {
  readonly span: { readonly start: number; readonly end: number };
  readonly value: number;
  readonly comparator: string;
  readonly unit: string;
  readonly since: string;
}

describeWith([shared('seed')], 'figures of the seed article', () => {
  it('finds both with words, value, comparator, unit and since, and no other', () => {
    const text = readFileSync(sharedPath('seed/000_111d6dfa0daf4090.txt'), 'utf8');
    const gold = (JSON.parse(readFileSync(sharedPath('seed/gold.json'), 'utf8')) as { figures: GoldFigure[] }).figures;
    const { figures } = reader.read(text, { published: '2016-05-22' });
    const plain = (figure: GoldFigure): unknown => [
      figure.span.start,
      figure.span.end,
      figure.value,
      figure.comparator,
      figure.unit,
      figure.since,
    ];
    expect(figures.map((figure) => plain({ ...figure, since: figure.since ?? '' }))).toEqual(gold.map(plain));
  });
});

/** The hand-written sentences (development half) and the rules that every count must keep. */
import { describe, expect, it } from 'vitest';
import { LANGS } from '../../core/index.ts';
import { findDates } from '../dates/find.ts';
import { shippedLexicon } from '../lexicon.ts';
import { openText } from '../open.ts';
import { NOTHING_FOUND } from '../stages.ts';
import { findQuantities } from './find.ts';
import { notationOf, quantityRows } from './fixtures.ts';
import type { Quantity } from './model.ts';

function quantities(text: string): readonly Quantity[] {
  const ctx = openText({ gazetteer: null, instrument: null, lexicon: shippedLexicon() }, text);
  return findQuantities(ctx, { ...NOTHING_FOUND, dates: findDates(ctx, NOTHING_FOUND) });
}

describe('findQuantities', () => {
  it.each(LANGS)('%s: development half', (lang) => {
    const rows = quantityRows().filter((row) => row.lang === lang && row.half === 'dev');
    const wrong = rows
      .map((row) => ({ row, got: quantities(row.sentence).map(notationOf) }))
      .filter(({ row, got }) => [...got].sort().join() !== [...row.expected].sort().join())
      .map(({ row, got }) => `${row.line}: ${row.sentence} → ${got.join('; ')}`);
    expect(rows.length).toBeGreaterThanOrEqual(20);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['The death toll from the shelling of Duma has risen to 12.', ['12 deaths']],
    ['ارتفع إلى 9 بينهم 4 أطفال عدد الشهداء الذين قضوا جراء الغارات.', ['9 deaths', '4 deaths part']],
    ['До шести выросло число погибших при обстреле.', ['6 deaths']],
    ['وارتفع القتلى السبت إلى ثلاثة وكان العدد اثنين.', ['3 deaths']],
    [
      'Один погиб, ещё семеро, среди которых две женщины, получили ранения.',
      ['1 deaths', '7 injured', '2 injured part'],
    ],
    ['killed 23 people, including several children, and wounded ten', ['23 deaths', '10 injured']],
  ])('%s', (text, expected) => {
    const told = quantities(text).map(({ value, unit, partOf }) => `${value} ${unit}${partOf ? ' part' : ''}`);
    expect(told).toEqual(expected);
  });

  it('gives spans with comparator and noun, without proclitics', () => {
    expect(quantities('وسقط نحو عشرين قتيلا').map((quantity) => quantity.span.text)).toEqual(['نحو عشرين قتيلا']);
    expect(quantities('killed at least three civilians').map((quantity) => quantity.span.text)).toEqual([
      'at least three civilians',
    ]);
    expect(quantities('أدى إلى نزوح نصف السكان داخل البلاد وخارجها.').map((quantity) => quantity.span.text)).toEqual([
      'نزوح نصف السكان داخل البلاد وخارجها',
    ]);
  });
});

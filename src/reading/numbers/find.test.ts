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

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiClaim } from '../../../src/server/api/types.ts';
import { narrowest, segmentsOf, shortQuote, wordsOf } from './segments.ts';

const claim = (...spans: [number, number][]): ApiClaim => ({
  value: { field: 'weapon', text: '' },
  spans: spans.map(([start, end]) => ({ start, end })),
  basis: 'read',
  standing: 'proposed',
  alleged: false,
  by: null,
});

describe('the marked words of a report', () => {
  it('joined again are the report, whatever the spans', () => {
    const offset = fc.oneof(fc.integer({ min: -5, max: 60 }), fc.constant(Number.NaN), fc.double());
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.array(fc.array(fc.tuple(offset, offset), { maxLength: 4 }), { maxLength: 6 }),
        (document, spans) => {
          const segments = segmentsOf(
            document,
            spans.map((one) => claim(...one)),
          );
          expect(segments.map((segment) => segment.text).join('')).toBe(document);
        },
      ),
    );
  });

  it('know every claim that rests on them, where claims overlap', () => {
    const segments = segmentsOf('قصف مدفعي على حي السكري', [claim([0, 9]), claim([4, 13]), claim([14, 23])]);
    expect(segments.map(({ text, claims }) => [text, claims])).toEqual([
      ['قصف ', [0]],
      ['مدفعي', [0, 1]],
      [' على', [1]],
      [' ', []],
      ['حي السكري', [2]],
    ]);
  });

  it('show the narrowest claim, and none that rests on whole sentences', () => {
    const sentence = 'أصابت غارة جوية مساء الأربعاء مستشفى في حي السكري بمدينة حلب فقتلت عشرات';
    const claims = [claim([0, sentence.length]), claim([37, 50])];
    const shown = segmentsOf(sentence, claims).map((segment) => [segment.text.length, narrowest(segment, claims)]);
    expect(shown).toEqual([
      [37, -1],
      [13, 1],
      [sentence.length - 50, -1],
    ]);
  });

  it('are cut at a word where the list has no room', () => {
    expect(shortQuote('حي السكري')).toBe('حي السكري');
    const quote = shortQuote('Убиты не менее 30 человек, ранены 62, среди них медики, женщины и дети');
    expect(quote.length).toBeLessThanOrEqual(49);
    expect(quote.endsWith('…')).toBe(true);
    expect(shortQuote('x'.repeat(200))).toHaveLength(49);
  });

  it('are quoted as they stand', () => {
    expect(wordsOf('حي السكري', claim([0, 2], [3, 9]))).toEqual(['حي', 'السكري']);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiClaim } from '../../../src/server/api/types.ts';
import { segmentsOf, wordsOf } from './segments.ts';

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

  it('are quoted as they stand', () => {
    expect(wordsOf('حي السكري', claim([0, 2], [3, 9]))).toEqual(['حي', 'السكري']);
  });
});

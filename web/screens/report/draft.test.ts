import { describe, expect, it } from 'vitest';
import { countOf, EMPTY_DRAFT, faultsOf, identityOf, receiptOf, testimonyOf } from './draft.ts';

describe('a report as it is written down', () => {
  it('is not sent without words, nor with a part of no day, nor with an identity that does not fit', () => {
    expect(faultsOf(EMPTY_DRAFT)).toEqual(['text']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', part: 'evening' })).toEqual(['day']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', killedLow: '5', killedHigh: '3' })).toEqual(['killed']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', earlier: '12' })).toEqual(['earlier']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', reach: 'ليلاً '.repeat(200) })).toEqual(['identity']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف' })).toEqual([]);
  });

  it('takes counts in either kind of digits, with an open end, and nothing else', () => {
    expect(countOf('٣', '')).toEqual({ low: 3, high: null });
    expect(countOf('۱۲', '15')).toEqual({ low: 12, high: 15 });
    expect(countOf('', '')).toEqual({ low: null, high: null });
    for (const bad of ['-1', '1.5', 'ten', '1e99']) expect(countOf(bad, ''), bad).toBeNull();
  });

  it.each([
    ['1234-5678-9012', '1234-5678-9012'],
    ['123456789012', '1234-5678-9012'],
    [' ١٢٣٤ ٥٦٧٨ ٩٠١٢ ', '1234-5678-9012'],
    ['1234–5678–9012', '1234-5678-9012'],
    ['1234-5678-901', null],
    ['1234-5678-90123', null],
    ['abcd-5678-9012', null],
  ])('reads the receipt number %s', (typed, receipt) => {
    expect(receiptOf(typed)).toBe(receipt);
  });

  it('keeps who spoke out of the testimony', () => {
    const draft = { ...EMPTY_DRAFT, text: ' قصف على إعزاز ', place: 'إعزاز', day: '2016-04-28', killedLow: '2' };
    const spoken = { ...draft, name: ' zqname ', phone: 'zqphone', reach: '' };
    expect(testimonyOf(spoken)).toEqual({
      text: 'قصف على إعزاز',
      lang: 'ar',
      place: 'إعزاز',
      point: null,
      precision: null,
      day: '2016-04-28',
      part: null,
      target: null,
      killed: { low: 2, high: null },
      injured: { low: null, high: null },
    });
    expect(identityOf(draft)).toBeNull();
    expect(identityOf(spoken)).toEqual({ name: 'zqname', phone: 'zqphone', reach: '' });
  });
});

import { describe, expect, it } from 'vitest';
import { countOf, EMPTY_DRAFT, faultsOf, instantInZone, reportOf } from './draft.ts';

describe('a report as it is written down', () => {
  it('is not sent without words and a source, nor with a time of no day', () => {
    expect(faultsOf(EMPTY_DRAFT)).toEqual(['text', 'source']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', source: 'متصل', time: '14:00' })).toEqual(['day']);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', source: 'متصل', killedLow: '5', killedHigh: '3' })).toEqual([
      'killed',
    ]);
    expect(faultsOf({ ...EMPTY_DRAFT, text: 'قصف', source: 'متصل' })).toEqual([]);
  });

  it('takes counts in either kind of digits, with an open end, and nothing else', () => {
    expect(countOf('٣', '')).toEqual({ low: 3, high: null });
    expect(countOf('۱۲', '15')).toEqual({ low: 12, high: 15 });
    expect(countOf('', '')).toEqual({ low: null, high: null });
    for (const bad of ['-1', '1.5', 'ten', '1e99']) expect(countOf(bad, ''), bad).toBeNull();
  });

  it.each([
    ['2016-04-28', '14:05', 'Asia/Damascus', '2016-04-28T11:05:00Z'],
    ['2016-02-27', '00:00', 'Asia/Damascus', '2016-02-26T22:00:00Z'],
    // The clocks of Berlin skip 02:00–03:00 on 2016-03-27 and repeat it on 2016-10-30.
    ['2016-03-27', '12:00', 'Europe/Berlin', '2016-03-27T10:00:00Z'],
    ['2016-10-30', '12:00', 'Europe/Berlin', '2016-10-30T11:00:00Z'],
    ['2016-10-30', '02:30', 'Europe/Berlin', '2016-10-30T00:30:00Z'],
  ])('knows the instant of %s %s in %s', (day, time, zone, instant) => {
    expect(instantInZone(day, time, zone)).toBe(instant);
  });

  it('becomes a report whose source is sealed unless the officer says otherwise', () => {
    const report = reportOf(
      { ...EMPTY_DRAFT, text: ' قصف على إعزاز ', source: ' متصل ', place: 'إعزاز', day: '2016-04-28', killedLow: '2' },
      'Asia/Damascus',
    );
    expect(report).toEqual({
      source: { name: 'متصل', kind: 'hotline' },
      lang: 'ar',
      text: 'قصف على إعزاز',
      visibility: 'sealed',
      event: {
        start: '2016-04-28',
        place_text: 'إعزاز',
        killed: { low: 2, high: null },
        injured: { low: null, high: null },
      },
    });
  });
});

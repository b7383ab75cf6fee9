import { describe, expect, it } from 'vitest';
import { linkKey, waterfallOf } from './link-words.ts';

describe('why a report is here', () => {
  it('says the band of distance, whatever the classes of the two places', () => {
    expect(linkKey({ field: 'place', level: 'town_district_within_1' })).toBe('link.place.within_1');
    expect(linkKey({ field: 'place', level: 'site_site_same_point' })).toBe('link.place.same_point');
    expect(linkKey({ field: 'place', level: 'same_name' })).toBe('link.place.same_name');
    expect(linkKey({ field: 'time', level: 'same_day' })).toBe('link.time.same_day');
  });

  it('adds up to the score and leaves out what says nothing', () => {
    const rows = waterfallOf([
      { field: 'prior', level: 'prior', bits: -6 },
      { field: 'place', level: 'same_name', bits: 5.5 },
      { field: 'actor', level: 'same', bits: 0 },
      { field: 'time', level: 'same_day', bits: 3 },
    ]);
    expect(rows.map((row) => row.field)).toEqual(['prior', 'place', 'time']);
    expect(rows[2]).toMatchObject({ from: -0.5, to: 2.5 });
  });
});

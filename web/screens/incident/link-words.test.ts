import { describe, expect, it } from 'vitest';
import { linkKeys, waterfallOf } from './link-words.ts';

describe('why a report is here', () => {
  it('says the band of distance, whatever the classes of the two places', () => {
    expect(linkKeys({ field: 'place', level: 'town_district_within_1' })).toEqual(['link.place.within_1']);
    expect(linkKeys({ field: 'place', level: 'site_site_same_point' })).toEqual(['link.place.same_point']);
    expect(linkKeys({ field: 'place', level: 'same_name' })).toEqual(['link.place.same_name']);
    expect(linkKeys({ field: 'time', level: 'same_day' })).toEqual(['link.time.same_day']);
  });

  it('says of a named place how near it is and whether the name is the same', () => {
    expect(linkKeys({ field: 'place', level: 'town_town_within_half_same_name' })).toEqual([
      'link.place.within_half',
      'link.place.same_name',
    ]);
    expect(linkKeys({ field: 'place', level: 'fine_district_beyond_other_name' })).toEqual([
      'link.place.beyond',
      'link.place.other_name',
    ]);
  });

  it('says of a day whether the news came at one time', () => {
    expect(linkKeys({ field: 'time', level: 'one_day_same_news' })).toEqual([
      'link.time.one_day',
      'link.time.same_news',
    ]);
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

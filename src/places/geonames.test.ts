import { describe, expect, it } from 'vitest';
import { parseGeonames } from './geonames.ts';

const row = (cells: Readonly<Record<number, string>>): string =>
  Array.from({ length: 19 }, (_, at) => cells[at] ?? '').join('\t');
const GOOD = {
  0: '1',
  1: 'Ţarţūs',
  3: 'Tartous,trtws,طرطوس,Тартус,טרטוס,LTK,Тартүс',
  4: '34.889',
  5: '35.887',
  7: 'PPLA',
  8: 'SY',
  10: '14',
  14: '89457',
};

describe('a GeoNames dump', () => {
  it('gives a place with its names in our letters only', () => {
    const { places, refused } = parseGeonames(`${row(GOOD)}\n`);
    expect(refused).toEqual([]);
    expect(places[0]).toMatchObject({
      id: 'gn:1',
      class: 'city',
      area: 'iso:SY-TA',
      name: { ar: 'طرطوس', en: 'Tartus', ru: 'Тартус' },
      population: 89457,
    });
    expect(places[0]?.names.map(({ form }) => form)).toEqual(['Tartus', 'Tartous', 'طرطوس', 'Тартус']);
  });
  it('refuses each bad row with its line, keeps the others and leaves other kinds aside', () => {
    const text = [
      row(GOOD),
      'a\tb',
      row({ ...GOOD, 0: 'x' }),
      row({ ...GOOD, 4: '97' }),
      row({ ...GOOD, 5: '' }),
      row({ ...GOOD, 1: ' ' }),
      row({ ...GOOD, 7: 'HSP' }),
      row({ ...GOOD, 0: '2' }),
    ].join('\r\n');
    const { places, refused, leftAside } = parseGeonames(text);
    expect(places.map(({ id }) => id)).toEqual(['gn:1', 'gn:2']);
    expect(refused.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(leftAside).toBe(1);
  });
  it('skips a header and a byte order mark', () => {
    expect(parseGeonames(`\ufeffgeonameid\tname\n${row(GOOD)}`)).toMatchObject({
      refused: [],
      places: [{ id: 'gn:1' }],
    });
  });
});

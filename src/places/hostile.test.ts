/** Whatever a file holds, an importer answers: places, refusals, no exception, no long work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBoundaries } from './boundaries.ts';
import { createGazetteer } from './gazetteer.ts';
import { parseGeonames } from './geonames.ts';
import { parseOwnList } from './own-list.ts';
import { parsePcodes } from './pcodes.ts';

const PARSERS = { parseGeonames, parsePcodes, parseBoundaries, parseOwnList };
const HEADER = 'pcode,name_en,name_ar,lat,lon,adm1_pcode';
const piece = fc.constantFrom(
  '"',
  ',',
  '\n',
  '\r',
  '\t',
  '\u0000',
  'SY02',
  '36.1',
  HEADER,
  '\ufeff',
  'حلب',
  '{',
  '[',
  '""',
  "'",
  '\\',
  'x'.repeat(300),
  '1e999',
  'NaN',
  '-0',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
);

describe.each(Object.entries(PARSERS))('%s', (_name, parser) => {
  it('answers any text, and its places can be looked up', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { places, refused } = parser(text);
        const gazetteer = createGazetteer(places);
        for (const { names } of places) for (const { form } of names) gazetteer.lookup(form);
        return refused.every(({ line, reason }) => Number.isInteger(line) && reason !== '');
      }),
    );
  });
  it('refuses a line of a megabyte', () => {
    const { places, refused } = parser(`${HEADER}\nC1,${'x'.repeat(1_000_000)},y,36.1,37.2,SY02\n`);
    expect(places).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
  });
});

describe('a table with broken quotes', () => {
  it('keeps the rows before and after', () => {
    const { places, refused } = parsePcodes(
      `${HEADER}\nC1,One,واحد,36.1,37.2,SY02\nC2,"Two" x,اثنان,36.3,37.3,SY02\nC3,Three,ثلاثة,36.5,37.2,SY02\n`,
    );
    expect(places.map(({ id }) => id)).toEqual(expect.arrayContaining(['pc:C1', 'pc:C3']));
    expect(places.length + refused.length).toBe(3);
  });
});

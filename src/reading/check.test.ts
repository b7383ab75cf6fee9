/** The fixtures of spec/reading.md, and the invariants on the sample, on hostile and on random text. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../test/support/needs.ts';
import { loadShippedGazetteer } from '../places/index.ts';
import { loadInstrument } from '../terms/index.ts';
import { checkReading } from './check.ts';
import { isEdtf } from './edtf.ts';
import { hostileStrings } from './hostile.ts';
import type { Reading } from './model.ts';
import { createReader } from './read.ts';

const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
const complaints = (text: string, published: string | null = '2016-05-22'): string[] =>
  checkReading(reader.read(text, { published }), text);

function fixtures(kind: string): [string, { text: string; reading: Reading }][] {
  const folder = inRepository(`spec/fixtures/reading/${kind}`);
  return readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))]);
}

describe('spec/reading fixtures', () => {
  it.each(fixtures('valid'))('%s is sound', (_name, { text, reading }) => {
    expect(checkReading(reading, text)).toEqual([]);
  });
  it.each(fixtures('invalid'))('%s is refused', (_name, { text, reading }) => {
    expect(checkReading(reading, text)).toHaveLength(1);
  });
});

describe('every reading', () => {
  it('of the sample is sound', () => {
    const lines = ['a', 'b'].flatMap((part) =>
      readFileSync(inRepository(`sample/reports-${part}.jsonl`), 'utf8').split('\n'),
    );
    const wrong = lines
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; text: string; published: string | null })
      .flatMap(({ id, text, published }) => complaints(text, published).map((what) => `${id} ${what}`));
    expect(wrong).toEqual([]);
  });

  it('of a hostile string is sound', () => {
    const wrong = hostileStrings().flatMap(({ name, text }) =>
      complaints(text.slice(0, 2_000)).map((what) => `${name} ${what}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of random text made of the words of the trade is sound', () => {
    const words =
      'قصف حلب أمس في منذ 27 فبراير شباط قتل ثلاثة مدنيين بينهم و “ ” قال إن المتحدث باسم روسيا عرضت اقتراح لم &quot; <b> </b> killed at least 5 on May Friday , . said “ the Russia Aleppo в пятницу 5 мая погибли двое заявил , что « » Москва \n \r\n Next Post ٢٣/٥/٢٠١٦ - – ( ) 2016 نصف السكان of them'.split(
        ' ',
      );
    const text = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, fc.constantFrom('2016-05-22', null), (made, published) => {
        expect(complaints(made, published)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('isEdtf', () => {
  it.each([
    '2016',
    '2016-05',
    '2016-05-20',
    '2016-05-20T14:30',
    '2016-05-01/2016-05-10',
    '2011-03/..',
    '../2016',
    'PRESENT_REF',
  ])('%s', (value) => expect(isEdtf(value)).toBe(true));
  it.each(['', '2016-13', '2016-02-30', '../..', 'a/b', '2016/2017/2018', 'yesterday'])('not %s', (value) =>
    expect(isEdtf(value)).toBe(false),
  );
});

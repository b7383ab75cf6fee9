import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadShippedGazetteer } from '../../places/index.ts';
import { loadInstrument } from '../../terms/index.ts';
import { createReader } from '../read.ts';

const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
const placesIn = (text: string) => reader.read(text).places;
const spansIn = (text: string) => placesIn(text).map((place) => place.span.text);

describe('one place a phrase', () => {
  test.each([
    ['تعرض ريف حلب الشمالي لقصف', 'ريف حلب الشمالي'],
    ['وقعت المعارك في شمال سوريا', 'شمال سوريا'],
    ['shelling in the northern Aleppo countryside', 'northern Aleppo countryside'],
    ['бои на севере провинции Латакия', 'севере провинции Латакия'],
  ])('%s', (text, phrase) => {
    expect(spansIn(text)).toEqual([phrase]);
  });
});

describe('how a name is used', () => {
  test.each([
    ['موسكو أكدت أن الهدنة صامدة', 'metonym'],
    ['لا اتفاقات بين واشنطن وموسكو', 'metonym'],
    ['وصل الوفد إلى مكتب في موسكو', 'literal'],
    ['Ankara denied the report', 'metonym'],
    ['Дамаск отверг обвинения', 'metonym'],
    ['قصف طال مدينة دمشق', 'literal'],
  ])('%s', (text, use) => {
    expect(placesIn(text).at(-1)?.use).toBe(use);
  });

  test('a dateline is told from a headline', () => {
    expect(placesIn('حلب – فرانس برس: قصفت الطائرات حي السكري.')[0]?.use).toBe('dateline');
    expect(placesIn('Idlib: two dead in a raid\n\nA raid on Idlib city killed two people on Monday.')[0]?.use).toBe(
      'literal',
    );
  });
});

describe('common words are no villages', () => {
  test.each(['أغلق الباب وخرج', 'في وزارة الدفاع', 'قال الشيخ إن الحق واضح', 'طالبت بوقف القتال'])('%s', (text) => {
    expect(spansIn(text)).toEqual([]);
  });
});

test('a name nobody knows is kept as text, in the area its words give', () => {
  const place = placesIn('قصف على قرية زنقريطة في ريف إدلب').find(({ span }) => span.text === 'زنقريطة');
  expect(place?.place).toBeNull();
  expect(place?.name.ar).toBe('زنقريطة');
  expect(place?.precision).toBe('governorate');
  expect(place?.lat).toBeCloseTo(35.8, 0);
});

test('namesakes: the area that the sentence names decides, and the other is the runner-up', () => {
  const inIdlib = placesIn('غارات على بلدة الحميدية في ريف إدلب')[0];
  const anywhere = placesIn('غارات على بلدة الحميدية')[0];
  expect(inIdlib?.confidence).toBeGreaterThan(0);
  expect(
    [inIdlib, anywhere].every((place) => place === undefined || place.candidates.every(({ score }) => score <= 3)),
  ).toBe(true);
});

test('any text: spans equal the text, confidence within bounds', () => {
  const words = fc.constantFrom(
    'قصف',
    'على',
    'بلدة',
    'دوما',
    'في',
    'ريف',
    'حلب',
    'الشمالي',
    'و',
    'near',
    'Aleppo',
    'в',
    'Алеппо',
    '«',
    ':',
    '\n',
    '\u200f',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
      const text = parts.join(' ');
      for (const place of placesIn(text)) {
        expect(text.slice(place.span.start, place.span.end)).toBe(place.span.text);
        expect(place.confidence).toBeGreaterThanOrEqual(0);
        expect(place.confidence).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 150 },
  );
});

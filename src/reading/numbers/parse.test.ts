/** Numbers as three languages write them. */
import { describe, expect, it } from 'vitest';
import { tokenise } from '../tokens.ts';
import { numberAt } from './parse.ts';

const read = (text: string): [number, number] | undefined => {
  const number = numberAt(tokenise(text), 0);
  return number && [number.value, number.to];
};

describe('numberAt', () => {
  it.each([
    ['270 ألف', 270_000],
    ['270,000', 270_000],
    ['270 000 человек', 270_000],
    ['١٬٢٠٠', 1200],
    ['1.2 million', 1_200_000],
    ['1,5 млн', 1_500_000],
    ['400 тыс.', 400_000],
    ['ثلاثة', 3],
    ['سبعة وعشرين', 27],
    ['السابع والعشرين', 27],
    ['الحادي عشر', 11],
    ['خمسة عشر', 15],
    ['مئة وخمسة وعشرون', 125],
    ['ثلاثمئة', 300],
    ['ثلاثة آلاف ومئتين', 3200],
    ['ألفين', 2000],
    ['عشرين ألفا', 20_000],
    ['خمسة وعشرين ألف', 25_000],
    ['ألف ومئتي', 1200],
    ['twenty-seven', 27],
    ['twenty-seventh', 27],
    ['two hundred and five', 205],
    ['three thousand two hundred', 3200],
    ['two dozen', 24],
    ['двадцать семь', 27],
    ['двадцать седьмого', 27],
    ['семеро', 7],
    ['сто двадцать пять', 125],
    ['двести', 200],
    ['три тысячи двести', 3200],
  ])('%s is %d', (text, value) => expect(read(text)?.[0]).toBe(value));

  it.each([
    ['ثلاثة وأربعة', 1],
    ['двадцать тридцать', 1],
    ['2016 300 people', 1],
    ['23.05.2016', 1],
    ['27 300 people', 1],
  ])('%s ends after %d token', (text, to) => expect(read(text)?.[1]).toBe(to));
});

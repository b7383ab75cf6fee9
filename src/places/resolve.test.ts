import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceMetres, PRECISION_RADIUS_METRES } from '../core/index.ts';
import { loadShippedGazetteer, resolvePlace } from './index.ts';

const gazetteer = loadShippedGazetteer();
const resolve = (words: string) => resolvePlace(gazetteer, words);

describe('a place that is listed', () => {
  it.each([
    ['قرية العيس بريف حلب الجنوبي', 'العيس', 'town', 36.0, 37.0],
    ['حي السكري في مدينة حلب', 'السكري', 'neighbourhood', 36.18, 37.14],
    ['حي السكري بحلب', 'السكري', 'neighbourhood', 36.18, 37.14],
    ['بلدة خان طومان جنوب حلب', 'خان طومان', 'town', 36.11, 37.05],
    ['مخيم اليرموك جنوب دمشق', 'مخيم اليرموك', 'neighbourhood', 33.47, 36.3],
    ['الغوطة الشرقية', 'الغوطة الشرقية', 'subdistrict', 33.53, 36.41],
    ['Kinsabba town in Latakia province', 'كنسبا', 'town', 35.73, 36.17],
    ['the Sheikh Maqsoud neighbourhood of Aleppo', 'الشيخ مقصود', 'neighbourhood', 36.23, 37.15],
    ['село Харбнафса в провинции Хама', 'حربنفسه', 'town', 34.92, 36.64],
    ['квартал Шейх-Максуд города Алеппо', 'الشيخ مقصود', 'neighbourhood', 36.23, 37.15],
    ['н.п. Хан-Туман (провинция Алеппо)', 'خان طومان', 'town', 36.11, 37.05],
    ['Western Daraa governorate', 'محافظة درعا', 'governorate', 32.85, 36.15],
  ])('%s', (words, ar, precision, lat, lon) => {
    const { found, place, point, precision: got } = resolve(words);
    expect([found, place?.name.ar, got]).toEqual(['listed', ar, precision]);
    expect(distanceMetres(point ?? { lat: 0, lon: 0 }, { lat, lon })).toBeLessThan(
      PRECISION_RADIUS_METRES[got ?? 'site'],
    );
  });

  it('takes the namesake that lies in the area named', () => {
    expect(resolve('حي الزهراء في حمص').place?.area).toBe('iso:SY-HI');
    expect(resolve('بلدة الزهراء بريف حلب الشمالي').place?.area).toBe('iso:SY-HL');
    expect(resolve('Suran, Hama').place?.area).toBe('iso:SY-HM');
    expect(resolve('Sawran near Azaz').place?.area).toBe('iso:SY-HL');
  });

  it('takes the namesake that the context is about', () => {
    const words = 'حي الحميدية';
    expect(resolvePlace(gazetteer, words, { area: 'iso:SY-DY' }).place?.area).toBe('iso:SY-DY');
    expect(resolvePlace(gazetteer, words, { area: 'iso:SY-HI' }).place?.area).toBe('iso:SY-HI');
    expect(resolvePlace(gazetteer, words, { near: { lat: 35.15, lon: 36.76 } }).place?.area).toBe('iso:SY-HM');
  });

  it('is less sure of a name that several places have', () => {
    expect(resolve('الحميدية').confidence).toBeLessThan(resolve('كنسبا').confidence / 2);
  });

  it('is coarser near a place than at it', () => {
    expect(resolve('قرب مدينة الباب').precision).toBe('subdistrict');
    expect(resolve('outskirts of Saraqib').precision).toBe('subdistrict');
    expect(resolve('в районе города Саракиб').place?.name.ar).toBe('سراقب');
  });
});

describe('a place that is not listed', () => {
  it.each([
    ['بلدة زرقونية في ريف حلب الجنوبي', 'زرقونية', 'ريف حلب الجنوبي', 'district'],
    ['قرية زرقونية بناحية كنسبا', 'زرقونية', 'ناحية كنسبا', 'subdistrict'],
    ['قرية زرقونية في محافظة حماة', 'زرقونية', 'محافظة حماة', 'governorate'],
    ['Zarquniya village, Kinsabba subdistrict', 'Zarquniya', 'ناحية كنسبا', 'subdistrict'],
    ['Zarquniya village in northern Hama countryside', 'Zarquniya', 'ريف حماة الشمالي', 'district'],
    ['село Заркуния в провинции Идлиб', 'Заркуния', 'محافظة إدلب', 'governorate'],
    ['деревня Заркуния, нахия Кинсибба', 'Заркуния', 'ناحية كنسبا', 'subdistrict'],
  ])('%s is kept as text in the smallest area named', (words, text, area, precision) => {
    const resolved = resolve(words);
    expect([resolved.found, resolved.text, resolved.place?.name.ar, resolved.precision]).toEqual([
      'area',
      text,
      area,
      precision,
    ]);
  });

  it('is nowhere when its words name no area', () => {
    expect(resolve('قرية زرقونية')).toMatchObject({ found: 'unknown', place: null, point: null, text: 'زرقونية' });
  });

  it('lies between the two places that are named', () => {
    const { point, precision, found } = resolve('Road between al-Bab and Azaz');
    expect(found).toBe('area');
    expect(point?.lat).toBeCloseTo((36.37 + 36.59) / 2, 1);
    expect(PRECISION_RADIUS_METRES[precision ?? 'site']).toBeGreaterThan(20_000);
    expect(resolve('طريق بين الباب واعزاز').point).toEqual(point);
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    'بلدة',
    'ريف',
    'حلب',
    'في',
    'شمال',
    'village',
    'of',
    'Hama',
    'near',
    'между',
    'и',
    'село',
    'Хама',
    '-',
    '/',
    '(',
    ',',
    "'s",
    'و',
    'بين',
  );
  it('gives an answer, bounded, with a radius wherever it gives a point', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { found, point, radiusMetres, confidence, place } = resolve(text);
        expect(found === 'unknown').toBe(point === null);
        expect(point === null).toBe(radiusMetres === null);
        expect(place === null).toBe(point === null);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
      }),
    );
  });
});

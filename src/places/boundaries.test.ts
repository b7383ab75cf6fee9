import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaAt, areaNear } from './areas.ts';
import { parseBoundaries } from './boundaries.ts';

const square = (west: number, south: number, side = 1): [number, number][] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const feature = (properties: object, coordinates: unknown, type = 'Polygon'): object => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});
const collection = (...features: unknown[]): string => JSON.stringify({ type: 'FeatureCollection', features });
const ALEPPO = { adm1_pcode: 'SY02', adm1_en: 'Aleppo', adm1_ar: 'حلب' };

describe('a boundary set', () => {
  it('gives areas with names, centres and outlines', () => {
    const deep = { ...ALEPPO, ADM2_PCODE: 'SY0203', ADM2_EN: 'Wide', ADM2_AR: 'الوسيعة' };
    const {
      places,
      areas = [],
      refused,
    } = parseBoundaries(
      collection(feature(ALEPPO, [square(36, 36)]), feature(deep, [[square(36, 36, 0.5)]], 'MultiPolygon')),
    );
    expect(refused).toEqual([]);
    expect(places.map(({ id, class: kind, area, name }) => [id, kind, area, name.ar])).toEqual([
      ['iso:SY-HL', 'governorate', 'iso:SY', 'محافظة حلب'],
      ['pc:SY0203', 'district', 'iso:SY-HL', 'منطقة الوسيعة'],
    ]);
    expect(places[0]?.point).toEqual({ lat: 36.5, lon: 36.5 });
    expect(areaAt(areas, { lat: 36.7, lon: 36.7 })).toBe('iso:SY-HL');
  });
  it('refuses each bad feature by its number and keeps the others', () => {
    const bad = [
      null,
      feature({}, [square(0, 0)]),
      feature(ALEPPO, []),
      feature(ALEPPO, [[[1, 2]]]),
      feature(ALEPPO, [
        [
          [1, 'x'],
          [1, 2],
          [2, 2],
          [1, 1],
        ],
      ]),
      feature({ adm1_pcode: '../..', adm1_en: 'x' }, [square(0, 0)]),
    ];
    const { places, refused } = parseBoundaries(collection(...bad, feature(ALEPPO, [square(36, 36)])));
    expect(places.map(({ id }) => id)).toEqual(['iso:SY-HL']);
    expect(refused.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  });
  it('refuses what is no collection', () => {
    for (const text of ['', '{', '[]', '{"type":"Feature"}', 'null'])
      expect(parseBoundaries(text)).toMatchObject({ places: [], refused: [{ line: 1 }] });
  });
  it('answers any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { places, refused } = parseBoundaries(JSON.stringify({ type: 'FeatureCollection', features: [value] }));
        return places.length + refused.length === 1;
      }),
    );
  });
});

describe('point in area', () => {
  const hole = [square(0, 0, 10), square(4, 4, 2)];
  const areas = [{ id: 'a', polygons: [hole], box: [0, 0, 10, 10] as const }];
  it('knows outlines and holes', () => {
    expect(areaAt(areas, { lat: 1, lon: 1 })).toBe('a');
    expect(areaAt(areas, { lat: 5, lon: 5 })).toBeUndefined();
    expect(areaAt(areas, { lat: 11, lon: 5 })).toBeUndefined();
  });
  it('agrees with the box of a square for any point off its lines', () => {
    const plain = [{ id: 'a', polygons: [[square(0, 0, 10)]], box: [0, 0, 10, 10] as const }];
    const degree = fc.double({ min: -20, max: 20, noNaN: true }).filter((value) => value !== 0 && value !== 10);
    fc.assert(
      fc.property(
        degree,
        degree,
        (lat, lon) => (areaAt(plain, { lat, lon }) === 'a') === (lat > 0 && lat < 10 && lon > 0 && lon < 10),
      ),
    );
  });
  it('gives a point just outside a corner to the area, a far one to none', () => {
    expect(areaNear(areas, { lat: -0.01, lon: -0.01 }, 3_000)).toBe('a');
    expect(areaNear(areas, { lat: -0.1, lon: -0.1 }, 3_000)).toBeUndefined();
  });
});

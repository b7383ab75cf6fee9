import { describe, expect, it } from 'vitest';
import type { PublicIncident } from './model.ts';
import type { ReleaseText } from './release.ts';
import { byGovernorate, toCoarsen } from './release-differences.ts';

const incident = (id: string, area: string, precision = 'district') =>
  ({
    id,
    place: { id: 'p', name: { ar: 'ا', en: 'A', ru: 'А' }, precision, area },
    point: { lat: 1, lon: 2 },
  }) as unknown as PublicIncident;
const release = (number: number, incidents: readonly PublicIncident[]) =>
  ({ number, bulletins: { en: { incidents } } }) as unknown as ReleaseText;
const many = (area: string, count: number) => Array.from({ length: count }, (_, i) => incident(`${area}${i}`, area));
const ids = (list: readonly PublicIncident[]) => new Set(list.map(({ id }) => id));

describe('a release beside the ones before it', () => {
  it('tells the first release as it is', () => {
    const list = many('a', 1);
    expect(toCoarsen([], list, ids(list))).toEqual(new Set());
  });

  it.each([
    ['one more in an area that had some', many('a', 6), [...many('a', 6), incident('new', 'a')], ['new']],
    ['a first one in an area', many('a', 6), [...many('a', 6), incident('new', 'b')], ['new']],
    ['five more at once', many('a', 6), [...many('a', 6), ...many('b', 5)], []],
    ['nothing new', many('a', 6), many('a', 6), []],
  ])('%s', (_name, before, after, coarse) => {
    expect([...toCoarsen([release(1, before)], after, ids(after))]).toEqual(coarse);
  });

  it('leaves ordinary incidents alone', () => {
    const after = [...many('a', 6), incident('new', 'a')];
    expect(toCoarsen([release(1, many('a', 6))], after, ids(many('a', 6)))).toEqual(new Set());
  });

  it('never tells more closely what it told by the governorate before', () => {
    const was = [...many('a', 6), incident('new', 'a', 'governorate')];
    const is = [...many('a', 6), incident('new', 'a')];
    expect([...toCoarsen([release(1, many('a', 6)), release(2, was)], is, ids(is))]).toEqual(['new']);
  });

  it('keeps of it the governorate', () => {
    expect(byGovernorate(incident('x', 'area'), { ar: 'ح', en: 'G', ru: 'Г' })).toMatchObject({
      point: null,
      slot: null,
      place: { id: 'area', precision: 'governorate', area: 'area', name: { en: 'G' } },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { mergePlaces } from './merge.ts';
import type { Place } from './model.ts';

const place = (id: string, form: string, lat: number, lon: number, more: Partial<Place> = {}): Place => ({
  ...{
    id,
    class: 'village',
    name: { ar: form, en: form, ru: form },
    names: [{ lang: 'en', form }],
    country: 'SY',
    area: null,
  },
  ...{ parent: null, point: { lat, lon }, precision: 'town', population: 0 },
  ...more,
});

describe('merging lists', () => {
  it('joins namesakes of one kind that are near, and the earlier list wins', () => {
    const first = place('a', 'Zarquniya', 36, 37);
    const second = place('b', 'al-Zarquniya', 36.02, 37.02, { class: 'town', population: 900, parent: 'x' });
    const [merged, ...rest] = mergePlaces([first], [second]);
    expect(rest).toEqual([]);
    expect(merged).toMatchObject({
      id: 'a',
      class: 'village',
      population: 900,
      parent: 'x',
      point: { lat: 36, lon: 37 },
    });
    expect(merged?.names.map(({ form }) => form)).toEqual(['Zarquniya', 'al-Zarquniya']);
  });
  it('keeps namesakes apart that are far, of another kind, or of one list', () => {
    const first = place('a', 'Zarquniya', 36, 37);
    expect(mergePlaces([first], [place('b', 'Zarquniya', 36.1, 37)])).toHaveLength(2);
    expect(mergePlaces([first], [place('b', 'Zarquniya', 36, 37, { class: 'neighbourhood' })])).toHaveLength(2);
    expect(mergePlaces([first, place('b', 'Zarquniya', 36.001, 37)])).toHaveLength(2);
  });
  it('joins rows of the same id wherever they are, and takes nothing twice', () => {
    expect(mergePlaces([place('a', 'One', 36, 37)], [place('a', 'Two', 10, 10)])).toHaveLength(1);
    const list = [place('a', 'One', 36, 37), place('b', 'Two', 35, 37)];
    expect(mergePlaces(list, list)).toEqual(list);
  });
  it('takes the nearest of several namesakes', () => {
    const merged = mergePlaces(
      [place('a', 'One', 36, 37), place('b', 'One', 36.03, 37)],
      [place('c', 'One', 36.029, 37, { population: 5 })],
    );
    expect(merged.map(({ id, population }) => [id, population])).toEqual([
      ['a', 0],
      ['b', 5],
    ]);
  });
});

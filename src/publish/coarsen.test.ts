import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { distanceMetres, isCoarser, PRECISIONS } from '../core/index.ts';
import { censusOf, isProtectedIncident, publishableFrom, publishWhen, publishWhere } from './coarsen.ts';

const point = fc.record({
  lat: fc.double({ min: 31, max: 38, noNaN: true }),
  lon: fc.double({ min: 34, max: 43, noNaN: true }),
});
const precision = fc.constantFrom(...PRECISIONS);
/** Five places at one point of every degree: cells with many such places and cells with none. */
const crowd = censusOf(
  Array.from({ length: 70 * 5 }, (_, index) => ({
    lat: 31.5 + (Math.floor(index / 5) % 7),
    lon: 34.5 + Math.floor(index / 35),
  })),
);

describe('where an incident is published', () => {
  it('is the same for every point of a cell, for whatever is published', () => {
    fc.assert(
      fc.property(point, precision, fc.boolean(), (exact, known, guarded) => {
        const shown = publishWhere(exact, known, guarded, crowd);
        if (shown.point === null) return;
        const cell = latLngToCell(exact.lat, exact.lon, guarded ? 5 : 7);
        const twin = publishWhere(nearby(exact, cell, guarded ? 5 : 7), known, guarded, crowd);
        expect(twin).toEqual(shown);
      }),
    );
  });
  it('is never finer than the rule, never finer than what is known', () => {
    fc.assert(
      fc.property(point, precision, fc.boolean(), (exact, known, guarded) => {
        const shown = publishWhere(exact, known, guarded, crowd);
        expect(isCoarser(known, shown.precision)).toBe(false);
        expect(isCoarser(guarded ? 'district' : 'neighbourhood', shown.precision)).toBe(false);
        if (isCoarser(known, 'district')) expect(shown.point).toBeNull();
      }),
    );
  });
  it('lies within the cell it names', () => {
    fc.assert(
      fc.property(point, (exact) => {
        const shown = publishWhere(exact, 'site', false, crowd);
        expect(distanceMetres(exact, shown.point ?? { lat: 0, lon: 0 })).toBeLessThan(2_200);
      }),
    );
  });
  it('of a protected place has five such places in its cell, or no point at all', () => {
    const lonely = { lat: 34.123, lon: 38.456 };
    expect(publishWhere(lonely, 'site', true, new Map())).toEqual({
      point: null,
      cell: null,
      precision: 'governorate',
    });
    const four = censusOf([lonely, lonely, lonely, lonely]);
    expect(publishWhere(lonely, 'site', true, four).point).toBeNull();
    const five = publishWhere(lonely, 'site', true, censusOf([lonely, lonely, lonely, lonely, lonely]));
    expect(five.cell).toBe(latLngToCell(lonely.lat, lonely.lon, 5));
    expect(five.precision).toBe('district');
  });
  it('grows coarser, never elsewhere, where too few such places are near', () => {
    fc.assert(
      fc.property(point, fc.array(point, { maxLength: 40 }), (exact, places) => {
        const few = publishWhere(exact, 'site', true, censusOf(places));
        const many = publishWhere(exact, 'site', true, censusOf([...places, exact, exact, exact, exact, exact]));
        expect(many.cell).toBe(latLngToCell(exact.lat, exact.lon, 5));
        expect(isCoarser(many.precision, few.precision)).toBe(false);
      }),
    );
  });
  it('knows what is protected', () => {
    expect(isProtectedIncident([null, 'civilians', 'market'])).toBe(false);
    for (const target of ['hospital', 'school', 'camp', 'aid_convoy'] as const)
      expect(isProtectedIncident([null, target])).toBe(true);
  });
});

/** Another point of the same cell: a few steps away, as long as the cell is the same. */
function nearby(exact: { lat: number; lon: number }, cell: string, resolution: number): { lat: number; lon: number } {
  for (const step of [0.01, 0.002, 0.0004, 0.00008]) {
    const other = { lat: exact.lat + step, lon: exact.lon - step };
    if (latLngToCell(other.lat, other.lon, resolution) === cell) return other;
  }
  return exact;
}

describe('when it is told', () => {
  const zone = 'Asia/Damascus';
  it.each([
    ['2016-04-27T20:30:00Z', '2016-04-27', 3],
    ['2016-04-27T21:30:00Z', '2016-04-28', 0],
    ['2016-04-28T02:59:00Z', '2016-04-28', 0],
    ['2016-04-28T03:00:00Z', '2016-04-28', 1],
    ['2016-04-28T12:00:00+03:00', '2016-04-28', 2],
  ])('%s is slot %s %s', (start, day, slot) => expect(publishWhen(start, zone, false)).toEqual({ day, slot }));
  it('keeps the day alone where no hour is known or the place is protected', () => {
    expect(publishWhen('2016-04-27', zone, false)).toEqual({ day: '2016-04-27', slot: null });
    expect(publishWhen('2016-04-27T21:30:00Z', zone, true)).toEqual({ day: '2016-04-28', slot: null });
  });
  it('tells one of four quarters for any instant, clock changes included', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2015-01-01'), max: new Date('2017-12-31'), noInvalidDate: true }),
        (date) => {
          const { slot } = publishWhen(date.toISOString(), zone, false);
          return slot !== null && slot >= 0 && slot <= 3;
        },
      ),
    );
  });
  it('waits a day, or three, from the later of its end and its being known', () => {
    const hour = 3_600_000;
    expect(publishableFrom(0, 10 * hour, false)).toBe(34 * hour);
    expect(publishableFrom(20 * hour, 10 * hour, false)).toBe(44 * hour);
    expect(publishableFrom(0, 10 * hour, true)).toBe(82 * hour);
  });
});

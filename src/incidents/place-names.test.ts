import { describe, expect, it } from 'vitest';
import { loadShippedGazetteer } from '../places/index.ts';
import type { LinkEvent } from './model.ts';
import { foldName } from './names.ts';
import { placeEvent } from './place-event.ts';
import { PlaceNames } from './place-names.ts';

describe('two names of places', () => {
  const kinship = (a: string, b: string) => new PlaceNames(['', foldName(a), foldName(b)]).kinship(1, 2);

  it.each([
    ['Idlib', 'Edleb', 'same'],
    ['كنسبا', 'Kinsabba', 'same'],
    ['مدينة إعزاز', 'اعزاز', 'same'],
    ['Aleppo', 'Azaz', 'other'],
    ['حلب', 'إدلب', 'other'],
    ['Aleppo', 'Aleppo countryside', 'unknown'],
    ['Aleppo', 'حلب', 'unknown'],
    ['Aleppo', '', 'unknown'],
  ] as const)('%s and %s: %s', (a, b, expected) => {
    expect(kinship(a, b)).toBe(expected);
    expect(kinship(b, a)).toBe(expected);
  });
});

describe('an event that only names its place', () => {
  const gazetteer = loadShippedGazetteer();
  const event: LinkEvent = {
    ...{ type: null, startDay: null, endDay: null, minute: null, lat: null, lon: null, precision: null, radius: null },
    ...{ placeText: 'Azaz', actor: null, target: null, aggregate: false },
    ...{ killed: { low: null, high: null }, injured: { low: null, high: null } },
  };

  it('is placed by the gazetteer, with its precision', () => {
    const placed = placeEvent(event, gazetteer, 'en');
    expect(placed.precision).toBe('town');
    expect(placed.lat).toBeCloseTo(36.59, 1);
  });

  it('keeps a point of its own, a coarser precision, and a name that the gazetteer does not know', () => {
    const stated = { ...event, lat: 1, lon: 2 };
    expect(placeEvent(stated, gazetteer, 'en')).toBe(stated);
    expect(placeEvent({ ...event, precision: 'district' }, gazetteer, 'en').precision).toBe('district');
    const unknown = { ...event, placeText: 'Zzyzx' };
    expect(placeEvent(unknown, gazetteer, 'en')).toBe(unknown);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceMetres } from '../core/index.ts';
import { coarsePoint, coarsePrecision } from './coarse-point.ts';

const point = fc.record({
  lat: fc.double({ min: 30, max: 40, noNaN: true }),
  lon: fc.double({ min: 33, max: 45, noNaN: true }),
});

describe('public points', () => {
  it('are the same for every point of a cell and never farther off than its edge', () => {
    fc.assert(
      fc.property(point, fc.boolean(), (exact, guarded) => {
        const shown = coarsePoint(exact, guarded);
        expect(coarsePoint(shown, guarded)).toEqual(shown);
        expect(distanceMetres(exact, shown)).toBeLessThan(guarded ? 14_000 : 2_200);
      }),
    );
  });

  it('never claim more precision than is published', () => {
    expect(coarsePrecision('site', false)).toBe('neighbourhood');
    expect(coarsePrecision('town', false)).toBe('town');
    expect(coarsePrecision('neighbourhood', true)).toBe('district');
    expect(coarsePrecision('governorate', true)).toBe('governorate');
  });
});

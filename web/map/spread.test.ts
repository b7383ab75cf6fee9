import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringOffsets, spread } from './spread.ts';

describe('marks on one spot', () => {
  it('never stand nearer than their size, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 8, max: 40 }), (count, size) => {
        const offsets = ringOffsets(count, size);
        expect(offsets).toHaveLength(count);
        for (const [i, a] of offsets.entries()) {
          for (const b of offsets.slice(i + 1)) {
            expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(size * 0.99);
          }
        }
      }),
    );
  });

  it('keep their true point when they are alone, and are left out when they have none', () => {
    const placed = spread(
      [
        { id: 'a', point: { lat: 36.2, lon: 37.16 } },
        { id: 'b', point: null },
        { id: 'c', point: { lat: 33.5, lon: 36.3 } },
        { id: 'd', point: { lat: 36.2001, lon: 37.1601 } },
      ],
      20,
    );
    expect(placed.map(({ item }) => item.id).sort()).toEqual(['a', 'c', 'd']);
    expect(placed.find(({ item }) => item.id === 'c')?.offset).toEqual([0, 0]);
    expect(placed.find(({ item }) => item.id === 'd')?.offset).not.toEqual([0, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { barOf, scaleMax } from './toll-bars.ts';

describe('the toll on its scale', () => {
  it('runs from the lowest to the highest figure, and is open when no upper end is named', () => {
    const counts = [
      { low: 14, high: 20 },
      { low: 27, high: null },
      { low: null, high: null },
    ];
    const max = scaleMax(counts);
    expect(max).toBe(27);
    expect(barOf({ low: 0, high: 27 }, max)).toEqual({ start: 0, size: 100, open: false });
    expect(barOf({ low: 27, high: null }, max)).toEqual({ start: 98.5, size: 1.5, open: true });
    expect(barOf({ low: null, high: null }, max)).toBeNull();
  });

  it('shows zero as a figure, not as nothing', () => {
    expect(barOf({ low: 0, high: 0 }, scaleMax([{ low: 0, high: 0 }]))).toEqual({ start: 0, size: 1.5, open: false });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber } from '../../src/core/index.ts';
import { monthStarts, moveByKey, timeScale } from './scale.ts';

describe('the time scale', () => {
  it('finds each day again at its own middle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 800 }),
        fc.integer({ min: 50, max: 4000 }),
        fc.nat(799),
        (days, width, at) => {
          const scale = timeScale('2016-02-24', addDays('2016-02-24', days - 1), width);
          const day = addDays('2016-02-24', at % days);
          expect(scale.dayAt(scale.x(day) + scale.step / 2)).toBe(day);
        },
      ),
    );
  });

  it('never leaves the range, whatever the pointer or the key does', () => {
    const scale = timeScale('2016-02-24', '2016-06-03', 1000);
    for (const x of [-50, 0, 999.99, 1000, 9999]) {
      const n = dayNumber(scale.dayAt(x));
      expect(n).toBeGreaterThanOrEqual(dayNumber('2016-02-24'));
      expect(n).toBeLessThanOrEqual(dayNumber('2016-06-03'));
    }
    expect(moveByKey('ArrowRight', scale, '2016-06-03')).toBe('2016-06-03');
    expect(moveByKey('PageDown', scale, '2016-02-26')).toBe('2016-02-24');
  });

  it('moves by sight: right is later, left is earlier', () => {
    const scale = timeScale('2016-02-24', '2016-06-03', 1000);
    expect(moveByKey('ArrowRight', scale, '2016-04-28')).toBe('2016-04-29');
    expect(moveByKey('ArrowLeft', scale, '2016-03-01')).toBe('2016-02-29');
    expect(moveByKey('Home', scale, '2016-03-01')).toBe('2016-02-24');
    expect(moveByKey('End', scale, '2016-03-01')).toBe('2016-06-03');
    expect(moveByKey('a', scale, '2016-03-01')).toBeNull();
  });

  it('names the months that begin inside', () => {
    expect(monthStarts(timeScale('2016-02-24', '2016-05-02', 100))).toEqual(['2016-03-01', '2016-04-01', '2016-05-01']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealingDifferences } from './differencing.ts';
import { LEAST_COUNT, mergeSmallCounts } from './small-counts.ts';

const table = fc
  .array(fc.integer({ min: 0, max: 20 }), { maxLength: 15 })
  .map((counts) => counts.map((count, index) => ({ key: `k${index}`, count })));

describe('small counts', () => {
  it('are never printed, nor found by subtracting from the sum, for any table', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { rows: kept, others, withheld } = mergeSmallCounts(rows);
        expect(kept.every(({ count }) => count === 0 || count >= LEAST_COUNT)).toBe(true);
        if (others !== null && !withheld) {
          expect(others.count).toBeGreaterThanOrEqual(LEAST_COUNT);
          expect(others.keys.length).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });
  it('keep the sum and every key, unless withheld', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { rows: kept, others, withheld } = mergeSmallCounts(rows);
        const sum = (list: readonly { count: number }[]): number => list.reduce((all, { count }) => all + count, 0);
        expect([...kept.map(({ key }) => key), ...(others?.keys ?? [])].toSorted()).toEqual(
          rows.map(({ key }) => key).toSorted(),
        );
        if (!withheld) expect(sum(kept) + (others?.count ?? 0)).toBe(sum(rows));
      }),
    );
  });
  it('are merged by a table of cases', () => {
    const of = (...counts: number[]) => mergeSmallCounts(counts.map((count, index) => ({ key: `${index}`, count })));
    expect(of(7, 9, 0)).toMatchObject({ others: null, withheld: false });
    expect(of(7, 2, 3, 9)).toMatchObject({
      rows: [{ count: 7 }, { count: 9 }],
      others: { keys: ['1', '2'], count: 5 },
    });
    expect(of(7, 2, 9)).toMatchObject({ rows: [{ count: 9 }], others: { keys: ['0', '1'], count: 9 } });
    expect(of(0, 2)).toMatchObject({ rows: [{ count: 0 }], others: { count: 0 }, withheld: true });
    expect(() => of(1.5)).toThrow(RangeError);
  });
});

describe('differences between releases', () => {
  const row = (count: number, ...cells: string[]) => ({ measure: 'shelling, week 17', cells, count });
  const release = (id: string, ...rows: ReturnType<typeof row>[]) => ({ id, rows });
  const check = (
    earlier: Parameters<typeof revealingDifferences>[0],
    next: Parameters<typeof revealingDifferences>[1],
  ) => revealingDifferences(earlier, next, 5);

  it('are found between an area and a part of it', () => {
    const earlier = [release('r1', row(20, 'a', 'b'))];
    expect(check(earlier, release('r2', row(22, 'a', 'b', 'c')))).toMatchObject([
      { cells: ['c'], count: 2, whole: 'r2', parts: ['r1'] },
    ]);
    expect(check(earlier, release('r2', row(25, 'a', 'b', 'c')))).toEqual([]);
    expect(check(earlier, release('r2', row(20, 'a', 'b', 'c')))).toEqual([]);
  });
  it('are found whichever of the two comes first', () => {
    expect(check([release('r1', row(22, 'a', 'b', 'c'))], release('r2', row(20, 'a', 'b')))).toMatchObject([
      { cells: ['c'], count: 2 },
    ]);
  });
  it('are found between an area and several parts of it together', () => {
    const earlier = [release('r1', row(10, 'a'), row(10, 'b'))];
    expect(check(earlier, release('r2', row(23, 'a', 'b', 'c')))).toMatchObject([{ cells: ['c'], count: 3 }]);
  });
  it('are found between one area before and after', () => {
    expect(check([release('r1', row(20, 'a', 'b'))], release('r2', row(21, 'b', 'a')))).toMatchObject([
      { cells: ['a', 'b'], count: 1 },
    ]);
    expect(check([release('r1', row(20, 'a', 'b'))], release('r2', row(20, 'a', 'b')))).toEqual([]);
  });
  it('are not found between different measures', () => {
    const other = { ...row(21, 'a', 'b'), measure: 'shelling, week 18' };
    expect(check([release('r1', row(20, 'a', 'b'))], release('r2', other))).toEqual([]);
  });
  it('of any area and its parts are found exactly when the rest is small', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 12 }), (parts, rest) => {
        const names = parts.map((_, index) => `p${index}`);
        const total = parts.reduce((sum, count) => sum + count, rest);
        const earlier = [release('r1', ...parts.map((count, index) => row(count, names[index] ?? '')))];
        const found = check(earlier, release('r2', row(total, ...names, 'rest')));
        expect(found.some(({ cells, count }) => cells.length === 1 && cells[0] === 'rest' && count === rest)).toBe(
          rest < 5,
        );
      }),
    );
  });
});

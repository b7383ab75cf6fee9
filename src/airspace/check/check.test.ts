import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../../test/support/needs.ts';
import { isProblem } from '../../core/index.ts';
import { bruteDistance, metres, move } from '../testing/oracle.ts';
import { anyOutline, seeded } from '../testing/shapes.ts';
import { type CheckConflict, findConflicts } from './check.ts';
import { parseCheckInput } from './parse.ts';

type Fields = Record<string, unknown>;
const MINIMA = { horizontalMetres: 9_260, verticalMetres: 300, timeSeconds: 300 };
const volume = (id: string, party: string, fields: Fields = {}): Fields => ({
  id,
  declaration: `D-${id}`,
  party,
  outline: { circle: { lat: 36.2, lon: 37.16, radiusMetres: 5_000 } },
  altitudeLowerMetres: 3_000,
  altitudeUpperMetres: 4_000,
  start: '2016-05-22T10:00:00Z',
  end: '2016-05-22T11:00:00Z',
  ...fields,
});
const check = (volumes: readonly unknown[], minima: Fields = MINIMA): CheckConflict[] =>
  findConflicts(parseCheckInput(JSON.stringify({ minima, volumes })));

describe('a conflict', () => {
  it('is nearer than all three minima', () => {
    expect(check([volume('a', 'A'), volume('b', 'B')])).toEqual([
      {
        a: 'a',
        b: 'b',
        window: { start: '2016-05-22T10:00:00.000Z', end: '2016-05-22T11:00:00.000Z' },
        minHorizontalMetres: 0,
        minVerticalMetres: 0,
      },
    ]);
  });

  it('is never between volumes of one party', () => expect(check([volume('a', 'A'), volume('b', 'A')])).toEqual([]));

  it.each([
    [4_300, 0],
    [4_299.99, 1],
    [4_300.01, 0],
  ])('heights: from %d metres up there are %d', (altitudeLowerMetres, count) => {
    const found = check([volume('a', 'A'), volume('b', 'B', { altitudeLowerMetres, altitudeUpperMetres: 6_000 })]);
    expect(found).toHaveLength(count);
    for (const conflict of found) expect(conflict.minVerticalMetres).toBeCloseTo(299.99, 6);
  });

  it('does not take rounding for nearness: 1300.1 - 1000.1 is 300', () => {
    const low = volume('a', 'A', { altitudeLowerMetres: 0, altitudeUpperMetres: 1000.1 });
    const high = volume('b', 'B', { altitudeLowerMetres: 1300.1, altitudeUpperMetres: 2000 });
    expect(check([low, high])).toEqual([]);
  });

  it.each([
    ['2016-05-22T11:05:00Z', 0],
    ['2016-05-22T11:04:59Z', 1],
    ['2016-05-22T11:04:59.999Z', 1],
    ['2016-05-22T14:05:00+03:00', 0],
    ['2016-05-22T14:04:00+03:00', 1],
  ])('times: from %s on there are %d, and the window lies between', (start, count) => {
    const found = check([volume('a', 'A'), volume('b', 'B', { start, end: '2016-05-22T12:00:00Z' })]);
    expect(found).toHaveLength(count);
    for (const { window } of found) {
      expect(window.start).toBe('2016-05-22T11:00:00.000Z');
      expect(window.end).toBe(new Date(start).toISOString());
    }
  });

  it('may last no time at all', () => {
    const at = '2016-05-22T10:30:00Z';
    expect(check([volume('a', 'A'), volume('b', 'B', { start: at, end: at })])).toMatchObject([
      { window: { start: '2016-05-22T10:30:00.000Z', end: '2016-05-22T10:30:00.000Z' } },
    ]);
  });

  it.each([0.01, -0.01, 0])('circles: a minimum kept with %d metres to spare', (spare) => {
    const centre = { lat: 36.2, lon: 37.16 };
    const other = move(centre, 77, 40_000);
    const radiusMetres = metres(centre, other) - 5_000 - MINIMA.horizontalMetres - spare;
    const found = check([volume('a', 'A'), volume('b', 'B', { outline: { circle: { ...other, radiusMetres } } })]);
    expect(found).toHaveLength(spare < 0 ? 1 : 0);
    for (const conflict of found) expect(conflict.minHorizontalMetres).toBeCloseTo(9_259.99, 4);
  });

  it('is found among many, all of them and no other, as brute force finds them', () => {
    const random = seeded(2016);
    const volumes = Array.from({ length: 120 }, (_, i) => {
      const start = Date.UTC(2016, 4, 22) + random() * 3 * 3_600_000;
      const low = random() * 5_000;
      return {
        outline: anyOutline(random, { lat: 34 + random(), lon: 37 + random() }, 15_000),
        party: `P${i % 3}`,
        altitudeLowerMetres: low,
        altitudeUpperMetres: low + random() * 2_000,
        start,
        end: start + random() * 3_600_000,
      };
    });
    const expected: [string, string, number][] = [];
    volumes.forEach((a, i) => {
      volumes.slice(i + 1).forEach((b, k) => {
        const height = Math.max(
          a.altitudeLowerMetres - b.altitudeUpperMetres,
          b.altitudeLowerMetres - a.altitudeUpperMetres,
        );
        const time = Math.max(a.start - b.end, b.start - a.end);
        if (a.party === b.party || height >= 300 || time >= 300_000) return;
        const d = bruteDistance(a.outline, b.outline);
        if (d < 9_260) expected.push([`v${i}`, `v${i + 1 + k}`, d]);
      });
    });
    const text = volumes.map((v, i) => {
      const ring = v.outline.polygon?.map((p) => [p.lon, p.lat]);
      const times = {
        start: new Date(Math.floor(v.start)).toISOString(),
        end: new Date(Math.floor(v.end)).toISOString(),
      };
      return { ...v, ...times, id: `v${i}`, outline: ring ? { polygon: ring } : v.outline };
    });
    const found = check(text);
    expect(expected.length).toBeGreaterThan(50);
    expect(found.map(({ a, b }) => `${a} ${b}`)).toEqual(expected.map(([a, b]) => `${a} ${b}`));
    found.forEach((conflict, i) => {
      expect(Math.abs(conflict.minHorizontalMetres - (expected[i]?.[2] ?? -1))).toBeLessThan(0.005);
    });
  });
});

describe('a refusal is for the whole input and names the volume and the field', () => {
  const bad: readonly (readonly [string, Fields, RegExp])[] = [
    [
      'a bow tie',
      {
        outline: {
          polygon: [
            [36, 35],
            [37, 36],
            [37, 35],
            [36, 36],
          ],
        },
      },
      /"x".*outline\.polygon.*itself/,
    ],
    ['an empty ring', { outline: { polygon: [] } }, /"x".*outline\.polygon.*empty/],
    ['no radius', { outline: { circle: { lat: 1, lon: 1 } } }, /"x".*radiusMetres.*missing/],
    ['a radius of nothing', { outline: { circle: { lat: 1, lon: 1, radiusMetres: 0 } } }, /radiusMetres.*empty/],
    [
      'a radius round the Earth',
      { outline: { circle: { lat: 1, lon: 1, radiusMetres: 3e7 } } },
      /radiusMetres.*absurd/,
    ],
    ['no outline', { outline: undefined }, /"x".*outline.*missing/],
    ['two outlines', { outline: { circle: {}, polygon: [] } }, /exactly one/],
    ['latitude 91', { outline: { circle: { lat: 91, lon: 1, radiusMetres: 1 } } }, /"x".*circle\.lat.*beyond 90/],
    [
      'latitude -90.1 in a ring',
      {
        outline: {
          polygon: [
            [0, 0],
            [1, -90.1],
            [2, 2],
          ],
        },
      },
      /polygon\[1\] lat/,
    ],
    ['longitude 1000', { outline: { circle: { lat: 1, lon: 1000, radiusMetres: 1 } } }, /lon.*absurd/],
    ['a text for a number', { altitudeLowerMetres: '3000' }, /altitudeLowerMetres.*number/],
    ['no height', { altitudeUpperMetres: null }, /altitudeUpperMetres.*missing/],
    ['an absurd height', { altitudeUpperMetres: 1e7 }, /altitudeUpperMetres.*absurd/],
    ['heights upside down', { altitudeLowerMetres: 5_000 }, /altitudeLowerMetres.*above/],
    ['times the wrong way round', { start: '2016-05-22T12:00:00Z' }, /start.*later/],
    ['30 February', { start: '2016-02-30T10:00:00Z' }, /start.*does not exist/],
    ['24 o’clock', { end: '2016-05-22T24:00:00Z' }, /end.*does not exist/],
    ['no offset', { end: '2016-05-22T11:00:00' }, /end.*offset/],
    ['a day only', { end: '2016-05-22' }, /end.*RFC 3339/],
    ['no party', { party: undefined }, /"x".*party.*missing/],
    ['a blank party', { party: '  ' }, /party.*empty/],
    ['an id twice', { id: 'ok' }, /"ok".*id.*twice/],
    ['no id', { id: undefined }, /volumes\[1\] id.*missing/],
  ];
  it.each(bad)('%s', (_, fields, line) => {
    let caught: unknown;
    try {
      check([volume('ok', 'A'), volume('x', 'B', fields)]);
    } catch (error) {
      caught = error;
    }
    if (!isProblem(caught)) throw new Error('was not refused');
    expect(`${caught.where}: ${caught.message}`).toMatch(line);
    expect(`${caught.where}: ${caught.message}`).not.toContain('\n');
  });

  it.each([
    [{ ...MINIMA, horizontalMetres: 0 }],
    [{ ...MINIMA, verticalMetres: 0 }],
    [{ ...MINIMA, timeSeconds: 0 }],
    [{ ...MINIMA, timeSeconds: -1 }],
    [{ ...MINIMA, verticalMetres: 1e9 }],
    [{ horizontalMetres: 1, verticalMetres: 1 }],
  ])('minima %j', (minima) => expect(() => check([], minima)).toThrow(/above 0|missing|absurd/));

  it('numbers too large for a number, and text that is not JSON', () => {
    const text = JSON.stringify({ minima: MINIMA, volumes: [volume('x', 'A')] });
    expect(() => parseCheckInput(text.replace('4000', '1e999'))).toThrow(/finite/);
    expect(() => parseCheckInput(text.replace('4000', 'NaN'))).toThrow(/JSON/);
    expect(() => parseCheckInput('[]')).toThrow(/object/);
  });
});

describe('hudna airspace check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-check-'));
  const run = (input: unknown) => {
    const file = join(folder, 'input.json');
    writeFileSync(file, typeof input === 'string' ? input : JSON.stringify(input));
    return spawnSync(process.execPath, [inRepository('bin/hudna'), 'airspace', 'check', file], { encoding: 'utf8' });
  };

  it('prints conflicts and exits 0', () => {
    const { status, stdout, stderr } = run({ minima: MINIMA, volumes: [volume('a', 'A'), volume('b', 'B')] });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).conflicts).toHaveLength(1);
  });

  it('refuses with exit 1, nothing on stdout and one line', () => {
    const { status, stdout, stderr } = run({ minima: MINIMA, volumes: [volume('a\nb', 'A', { party: '' })] });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/"a\\nb".*party/);
  });

  it('answers 64 to wrong usage', () => {
    const { status } = spawnSync(process.execPath, [inRepository('bin/hudna'), 'airspace', 'check'], {
      encoding: 'utf8',
    });
    expect(status).toBe(64);
  });
});

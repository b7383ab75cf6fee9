import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../../test/support/needs.ts';
import { isProblem } from '../../core/index.ts';
import { findConflicts } from './check.ts';
import { parseCheckInput } from './parse.ts';

// Every refusal that the contract names, and what must not be refused, written as text the way an input arrives.

const MINIMA = '{"horizontalMetres":9260,"verticalMetres":300,"timeSeconds":300}';
const CIRCLE = '{"circle":{"lat":36.2,"lon":37.16,"radiusMetres":5000}}';
const base: Record<string, string> = {
  id: '"x"',
  declaration: '"D"',
  party: '"B"',
  outline: CIRCLE,
  altitudeLowerMetres: '3000',
  altitudeUpperMetres: '4000',
  start: '"2016-05-22T10:00:00Z"',
  end: '"2016-05-22T11:00:00Z"',
};
const volume = (change: Record<string, string | null> = {}): string => {
  const fields = Object.entries({ ...base, ...change }).filter(([, value]) => value !== null);
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
};
const input = (volumes: readonly string[], minima = MINIMA): string =>
  `{"minima":${minima},"volumes":[${volumes.join(',')}]}`;
const first = volume({ id: '"ok"', party: '"A"' });
const polygon = (corners: string): Record<string, string> => ({ outline: `{"polygon":${corners}}` });
const circle = (fields: string): Record<string, string> => ({ outline: `{"circle":{${fields}}}` });

function refusal(text: string): string {
  try {
    parseCheckInput(text);
  } catch (error) {
    if (isProblem(error)) return `${error.where}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

describe('a volume is refused, by its id and the field', () => {
  it.each([
    ['a bow tie', polygon('[[36,35],[37,36],[37,35],[36,36]]'), 'outline.polygon'],
    ['a ring that touches itself', polygon('[[36,35],[37,35],[37,36],[36.5,35],[36,36]]'), 'outline.polygon'],
    ['a spike run back over', polygon('[[36,35],[37,35],[38,35],[37,35],[36.5,36]]'), 'outline.polygon'],
    ['corners on one line', polygon('[[36,0],[37,0],[38,0]]'), 'outline.polygon'],
    ['two corners', polygon('[[36,35],[37,35]]'), 'outline.polygon'],
    ['two corners and the first again', polygon('[[36,35],[37,35],[36,35]]'), 'outline.polygon'],
    ['no corners', polygon('[]'), 'outline.polygon'],
    ['corners that are no list', polygon('"square"'), 'outline.polygon'],
    ['a corner of one number', polygon('[[36],[37,35],[36.5,36]]'), 'outline.polygon[0]'],
    ['a corner of three numbers', polygon('[[36,35,0],[37,35,0],[36.5,36,0]]'), 'outline.polygon[0]'],
    ['a corner as text', polygon('[["36","35"],[37,35],[36.5,36]]'), 'outline.polygon[0] lon'],
    ['an edge half round the Earth', polygon('[[0,0],[180,0],[90,45]]'), 'outline.polygon[0]'],
    ['latitude beyond the pole', polygon('[[36,35],[37,90.0001],[36.5,36]]'), 'outline.polygon[1] lat'],
    ['an absurd longitude', polygon('[[36,35],[3700,35],[36.5,36]]'), 'outline.polygon[1] lon'],
    ['a circle of nothing', circle('"lat":1,"lon":1,"radiusMetres":0'), 'outline.circle.radiusMetres'],
    ['a circle of minus nothing', circle('"lat":1,"lon":1,"radiusMetres":-0'), 'outline.circle.radiusMetres'],
    ['a circle below nothing', circle('"lat":1,"lon":1,"radiusMetres":-5'), 'outline.circle.radiusMetres'],
    ['a circle round the Earth', circle('"lat":1,"lon":1,"radiusMetres":2e9'), 'outline.circle.radiusMetres'],
    ['a circle of infinity', circle('"lat":1,"lon":1,"radiusMetres":1e999'), 'outline.circle.radiusMetres'],
    ['a radius as text', circle('"lat":1,"lon":1,"radiusMetres":"5000"'), 'outline.circle.radiusMetres'],
    ['no radius', circle('"lat":1,"lon":1'), 'outline.circle.radiusMetres'],
    ['no latitude', circle('"lon":1,"radiusMetres":5'), 'outline.circle.lat'],
    ['latitude null', circle('"lat":null,"lon":1,"radiusMetres":5'), 'outline.circle.lat'],
    ['latitude true', circle('"lat":true,"lon":1,"radiusMetres":5'), 'outline.circle.lat'],
    ['latitude -90.5', circle('"lat":-90.5,"lon":1,"radiusMetres":5'), 'outline.circle.lat'],
    ['no outline', { outline: null }, 'outline'],
    ['an outline of nothing', { outline: '{}' }, 'outline'],
    ['an outline of both', { outline: '{"circle":{"lat":1,"lon":1,"radiusMetres":5},"polygon":[]}' }, 'outline'],
    ['an outline as list', { outline: '[]' }, 'outline'],
    ['heights upside down', { altitudeLowerMetres: '4000.001' }, 'altitudeLowerMetres'],
    ['no lower height', { altitudeLowerMetres: null }, 'altitudeLowerMetres'],
    ['a height as text', { altitudeUpperMetres: '"4000"' }, 'altitudeUpperMetres'],
    ['a height of infinity', { altitudeUpperMetres: '1e400' }, 'altitudeUpperMetres'],
    ['a height in space', { altitudeUpperMetres: '400000' }, 'altitudeUpperMetres'],
    ['a height below the crust', { altitudeLowerMetres: '-20000' }, 'altitudeLowerMetres'],
    ['times upside down', { start: '"2016-05-22T11:00:00.001Z"' }, 'start'],
    ['times upside down by their offsets', { start: '"2016-05-22T10:30:00-01:00"' }, 'start'],
    ['30 February', { start: '"2016-02-30T10:00:00Z"' }, 'start'],
    ['29 February of a common year', { start: '"2015-02-29T10:00:00Z"' }, 'start'],
    ['31 April', { start: '"2016-04-31T10:00:00Z"' }, 'start'],
    ['month 13', { start: '"2016-13-01T10:00:00Z"' }, 'start'],
    ['day 0', { start: '"2016-05-00T10:00:00Z"' }, 'start'],
    ['24 o’clock', { end: '"2016-05-22T24:00:00Z"' }, 'end'],
    ['minute 60', { end: '"2016-05-22T10:60:00Z"' }, 'end'],
    ['second 61', { end: '"2016-05-22T10:59:61Z"' }, 'end'],
    ['a leap second', { end: '"2016-12-31T23:59:60Z"' }, 'end'],
    ['an offset of a day', { end: '"2016-05-22T11:00:00+24:00"' }, 'end'],
    ['no offset', { end: '"2016-05-22T11:00:00"' }, 'end'],
    ['a day alone', { end: '"2016-05-22"' }, 'end'],
    ['seconds since 1970', { end: '1463914800' }, 'end'],
    ['a time in words', { end: '"tomorrow"' }, 'end'],
    ['a time of nothing', { end: '""' }, 'end'],
    ['no time', { end: null }, 'end'],
    ['the year 0001', { start: '"0001-01-01T00:00:00Z"' }, 'start'],
    ['no party', { party: null }, 'party'],
    ['party null', { party: 'null' }, 'party'],
    ['a blank party', { party: '" "' }, 'party'],
    ['a party that is a number', { party: '7' }, 'party'],
    ['an id twice', { id: '"ok"' }, 'id'],
  ] as [string, Record<string, string | null>, string][])('%s', (_, change, field) => {
    const line = refusal(input([first, volume(change)]));
    const id = change.id ?? '"x"';
    expect(line).toMatch(new RegExp(`^volumes\\[1\\] \\(id ${id}\\) ${field.replaceAll(/[[\].]/g, '\\$&')}: `));
    expect(line).not.toMatch(/[\r\n]/);
  });

  it.each([
    ['no id', { id: null }],
    ['an id that is a number', { id: '7' }],
    ['a blank id', { id: '""' }],
  ] as [string, Record<string, string | null>][])('%s, by its place', (_, change) => {
    expect(refusal(input([first, volume(change)]))).toMatch(/^volumes\[1\] id: /);
  });

  it.each(['null', '7', '"x"', '[]'])('%s for a volume, by its place', (text) => {
    expect(refusal(input([first, text]))).toMatch(/^volumes\[1\]: /);
  });
});

describe('minima and the whole', () => {
  it.each([
    ['"horizontalMetres":0,"verticalMetres":300,"timeSeconds":300', 'minima.horizontalMetres'],
    ['"horizontalMetres":9260,"verticalMetres":0,"timeSeconds":300', 'minima.verticalMetres'],
    ['"horizontalMetres":9260,"verticalMetres":300,"timeSeconds":0', 'minima.timeSeconds'],
    ['"horizontalMetres":9260,"verticalMetres":300,"timeSeconds":-0', 'minima.timeSeconds'],
    ['"horizontalMetres":-1,"verticalMetres":300,"timeSeconds":300', 'minima.horizontalMetres'],
    ['"horizontalMetres":"9260","verticalMetres":300,"timeSeconds":300', 'minima.horizontalMetres'],
    ['"horizontalMetres":1e999,"verticalMetres":300,"timeSeconds":300', 'minima.horizontalMetres'],
    ['"horizontalMetres":9260,"verticalMetres":300', 'minima.timeSeconds'],
    ['"horizontalMetres":9260,"verticalMetres":300,"timeSeconds":null', 'minima.timeSeconds'],
  ])('minima of %s', (fields, where) => {
    expect(refusal(input([], `{${fields}}`))).toMatch(new RegExp(`^${where}: `));
  });

  it.each(['', 'nothing', '[]', 'null', '{"volumes":[]}', `{"minima":${MINIMA}}`, `{"minima":${MINIMA},"volumes":{}}`])(
    'an input of %j',
    (text) => expect(refusal(text)).toMatch(/^(input|minima|volumes): /),
  );

  it('refuses a hundred thousand good volumes for the one bad', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => volume({ id: `"v${i}"` }));
    many[77_777] = volume({ id: '"v77777"', end: '"2016-02-30T00:00:00Z"' });
    expect(refusal(input(many))).toMatch(/^volumes\[77777\] \(id "v77777"\) end: /);
  }, 120_000);
});

describe('what is odd and none the less right', () => {
  const conflicts = (...volumes: string[]) => findConflicts(parseCheckInput(input(volumes)));
  it.each([
    ['minus nothing', { altitudeLowerMetres: '-0', altitudeUpperMetres: '4000' }],
    ['heights that are one', { altitudeLowerMetres: '4000' }],
    ['an instant', { start: '"2016-05-22T11:00:00Z"' }],
    ['ten digits of a second', { end: '"2016-05-22T11:00:00.1234567891Z"' }],
    ['small letters', { end: '"2016-05-22t11:00:00z"' }],
    ['another offset', { end: '"2016-05-22T14:00:00+03:00"' }],
    ['29 February of a leap year', { start: '"2016-02-29T23:59:59Z"' }],
    ['a longitude past the antimeridian', polygon('[[-323.1,36],[-322.5,36],[-323,36.5]]')],
    ['a closing corner', polygon('[[36.9,36],[37.5,36],[37,36.5],[36.9,36]]')],
    ['a corner twice in a row', polygon('[[36.9,36],[37.5,36],[37.5,36],[37,36.5]]')],
    ['fields that nobody knows', { note: '{"a":[1]}' }],
    ['no declaration', { declaration: null }],
  ] as [string, Record<string, string | null>][])('%s', (_, change) => {
    const found = conflicts(first, volume(change));
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toMatch(/:-0\b/);
  });

  it('no volumes at all, one volume, and two of one party', () => {
    expect(conflicts()).toEqual([]);
    expect(conflicts(first)).toEqual([]);
    expect(conflicts(first, volume({ party: '"A"' }))).toEqual([]);
  });

  it('parties that differ by one letter are two', () => {
    expect(conflicts(volume({ id: '"1"', party: '"a"' }), volume({ id: '"2"', party: '"A"' }))).toHaveLength(1);
  });
});

describe('hudna airspace check', () => {
  it('prints half a million conflicts from a small heap: they are written as they are found', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hudna-many-')), 'input.json');
    const many = Array.from({ length: 1_500 }, (_, i) => volume({ id: `"v${i}"`, party: i % 2 ? '"A"' : '"B"' }));
    writeFileSync(file, input(many));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=96', inRepository('bin/hudna'), 'airspace', 'check', file],
      {
        encoding: 'utf8',
        maxBuffer: 512 * 1024 * 1024,
        env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=96' },
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/"a":/g)).toHaveLength(750 * 750);
    expect(JSON.parse(stdout).conflicts).toHaveLength(750 * 750);
  }, 240_000);
});

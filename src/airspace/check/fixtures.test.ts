import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../../test/support/needs.ts';
import { isProblem } from '../../core/index.ts';
import { findConflicts } from './check.ts';
import { parseCheckInput } from './parse.ts';

const folder = inRepository('spec/fixtures/flight');
const fixtures = (kind: string): [string, { input: unknown; expect: unknown }][] =>
  readdirSync(join(folder, kind)).map((name) => [name, JSON.parse(readFileSync(join(folder, kind, name), 'utf8'))]);

describe('the fixtures of spec/flight', () => {
  it.each(fixtures('valid'))('valid/%s', (_, fixture) => {
    const found = findConflicts(parseCheckInput(JSON.stringify(fixture.input)));
    expect(found.map(({ a, b }) => [a, b])).toEqual(fixture.expect);
  });

  it.each(fixtures('invalid'))('invalid/%s', (_, fixture) => {
    let caught: unknown;
    try {
      parseCheckInput(JSON.stringify(fixture.input));
    } catch (error) {
      caught = error;
    }
    if (!isProblem(caught)) throw new Error('was not refused');
    expect(`${caught.where}: ${caught.message}`).toMatch(new RegExp(String(fixture.expect)));
  });
});

/** The fixtures of spec/places.md mean what the page says. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../test/support/needs.ts';
import { parseBoundaries } from './boundaries.ts';
import { parseGeonames } from './geonames.ts';
import type { Parsed } from './import-model.ts';
import { parseOwnList } from './own-list.ts';
import { parsePcodes } from './pcodes.ts';

const PARSERS: Readonly<Record<string, (text: string) => Parsed>> = {
  'own-list': parseOwnList,
  pcodes: parsePcodes,
  geonames: parseGeonames,
  boundaries: parseBoundaries,
};

function read(kind: 'valid' | 'invalid'): { name: string; parsed: Parsed }[] {
  const folder = inRepository(`spec/fixtures/places/${kind}`);
  return readdirSync(folder).map((name) => {
    const parser = Object.entries(PARSERS).find(([prefix]) => name.startsWith(prefix))?.[1];
    if (parser === undefined) throw new Error(`no parser for ${name}`);
    return { name, parsed: parser(readFileSync(`${folder}/${name}`, 'utf8')) };
  });
}

describe('fixtures of spec/places', () => {
  it.each(read('valid'))('$name is taken whole', ({ parsed }) => {
    expect(parsed.refused).toEqual([]);
    expect(parsed.places.length).toBeGreaterThan(0);
  });
  it.each(read('invalid'))('$name is refused with a reason', ({ parsed }) => {
    expect(parsed.places).toEqual([]);
    expect(parsed.refused[0]?.reason).not.toBe('');
  });
});

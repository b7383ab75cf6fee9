import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith, shared, sharedPath } from '../../test/support/needs.ts';
import { importPlaces, loadGazetteer, loadShippedGazetteer } from './index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hudna-places-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const TABLE = 'pcode,name_en,name_ar,lat,lon,adm1_pcode\nC1,Zarquniya,زرقونية,36.1,37.2,SY02\n';

describe('importing places', () => {
  it('stores a file once and makes its places known', () => {
    const data = join(folder, 'once');
    const file = write('table.csv', TABLE);
    expect(loadGazetteer(data)).toBe(loadShippedGazetteer());
    expect(importPlaces(data, file, 'pcodes')).toMatchObject({ read: 1, accepted: 1, refused: [], known: false });
    expect(importPlaces(data, file, 'pcodes')).toMatchObject({ accepted: 1, known: true });
    expect(readdirSync(join(data, 'places'))).toHaveLength(1);
    const gazetteer = loadGazetteer(data);
    expect(gazetteer.lookup('زرقونية')[0]?.place).toMatchObject({ id: 'pc:C1', area: 'iso:SY-HL' });
    expect(gazetteer.version).not.toBe(loadShippedGazetteer().version);
    expect(gazetteer.version).toBe(loadGazetteer(data).version);
  });
  it('reads windows-1256 and UTF-16', () => {
    const data = join(folder, 'encodings');
    const utf16 = Buffer.from(`\ufeff${TABLE}`, 'utf16le');
    importPlaces(data, write('utf16.csv', utf16), 'pcodes');
    // زرقونية in windows-1256.
    const arabic = Buffer.from([0xd2, 0xd1, 0xde, 0xe6, 0xe4, 0xed, 0xc9]);
    const [before = '', after = ''] = TABLE.replace('C1', 'C2').replace('36.1', '33.1').split('زرقونية');
    importPlaces(data, write('ansi.csv', Buffer.concat([Buffer.from(before), arabic, Buffer.from(after)])), 'pcodes');
    expect(
      loadGazetteer(data)
        .lookup('زرقونية')
        .map(({ place }) => place.id)
        .sort(),
    ).toEqual(['pc:C1', 'pc:C2']);
  });
  it('says what is wrong and stores nothing', () => {
    const data = join(folder, 'bad');
    expect(() => importPlaces(data, join(folder, 'absent.csv'), 'pcodes')).toThrow(/cannot be read/);
    expect(() => importPlaces(data, write('bad.csv', 'x,y\n1,2\n'), 'pcodes')).toThrow(/no column pcode/);
    expect(() => importPlaces(data, write('empty.json', ''), 'geojson')).toThrow(/not JSON/);
    expect(() => readdirSync(join(data, 'places'))).toThrow();
  });
  it('refuses to start on a damaged store rather than forget places', () => {
    const data = join(folder, 'damaged');
    importPlaces(data, write('table.csv', TABLE), 'pcodes');
    const [name = ''] = readdirSync(join(data, 'places'));
    writeFileSync(join(data, 'places', name), '{"format":"hudna-places/1"}');
    expect(() => loadGazetteer(data)).toThrow(/import its source again/);
  });
});

const GEO = 'data/geo/syr_places_adm4.csv';
describeWith([shared(GEO)], 'an official table and boundary set', () => {
  it('are taken in whole; names, areas and outlines are then known', () => {
    const data = join(folder, 'official');
    expect(importPlaces(data, sharedPath(GEO), 'pcodes')).toMatchObject({ read: 7580, accepted: 7580, refused: [] });
    for (const level of [1, 2, 3])
      importPlaces(data, sharedPath(`data/geo/syr_adm${level}_simplified.geojson`), 'geojson');
    const gazetteer = loadGazetteer(data);
    expect(gazetteer.places.length).toBeGreaterThan(8_000);
    expect(gazetteer.lookup('Aleppo')[0]?.place.id).toBe(loadShippedGazetteer().lookup('Aleppo')[0]?.place.id);
    expect(gazetteer.lookup('Segata')[0]?.place.id).toBe('pc:C8382');
    expect(gazetteer.governorateAt({ lat: 36.2, lon: 37.16 })?.id).toBe('iso:SY-HL');
    expect(new Set(gazetteer.places.filter(({ class: kind }) => kind === 'governorate').map(({ id }) => id)).size).toBe(
      14,
    );
  });
});

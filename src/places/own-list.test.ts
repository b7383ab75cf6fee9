import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../test/support/needs.ts';
import { governorateFeatures, loadShippedGazetteer, neighbourFeatures } from './index.ts';
import { OWN_LIST_COLUMNS, parseOwnList } from './own-list.ts';

const text = readFileSync(inRepository('sample/places.tsv'), 'utf8');
const list = parseOwnList(text);
const rows = text
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const gazetteer = loadShippedGazetteer();

describe('our own list', () => {
  it('is read without a refusal', () => expect(list.refused).toEqual([]));
  it('has at least 400 rows, 40 quarters of Aleppo, and names in three languages', () => {
    expect(rows.length).toBeGreaterThanOrEqual(400);
    expect(
      list.places.filter(({ parent, class: kind }) => parent === 'hu:sy-aleppo' && kind === 'neighbourhood').length,
    ).toBeGreaterThanOrEqual(40);
    for (const { name } of list.places) expect([name.ar, name.en, name.ru].every((form) => form !== '')).toBe(true);
  });
  it('names parents that are in it', () => {
    const ids = new Set(list.places.map(({ id }) => id));
    const lost = list.places.filter(({ parent }) => parent?.startsWith('hu:') && !ids.has(parent));
    expect(lost.map(({ id }) => id)).toEqual([]);
  });
  it('gives coordinates to two decimals at most', () => {
    expect(
      rows.filter(
        (cells) => !/^-?\d+(\.\d{1,2})?$/.test(cells[5] ?? '') || !/^-?\d+(\.\d{1,2})?$/.test(cells[6] ?? ''),
      ),
    ).toEqual([]);
  });
  it('lists no medical, school or shelter site', () => {
    const sites = /مشفى|مستشفى|مستوصف|عيادة|مدرسة|ملجأ|hospital|clinic|school|shelter|больниц|госпитал|школ/iu;
    expect(rows.filter((cells) => cells.some((cell) => sites.test(cell))).map((cells) => cells[0])).toEqual([]);
  });
  it('puts no bracket into a shown name', () => {
    expect(
      rows
        .filter((cells) => [cells[2], cells[3], cells[4]].some((name) => /[()[\]]/.test(name ?? '')))
        .map((cells) => cells[0]),
    ).toEqual([]);
  });
  it('refuses each bad row with its line and keeps the others', () => {
    const header = OWN_LIST_COLUMNS.join('\t');
    const good = (id: string): string => `${id}\tvillage\tقرية\tVillage\tСело\t36.1\t37.1\tSY-HL\t\t\t\t`;
    const bad = [
      good('Bad Id'),
      good('aa').replace('village', 'planet'),
      good('bb').replace('قرية', 'x'),
      good('cc').replace('36.1', '99'),
      good('dd'),
      good('dd'),
      `${good('ee')}\tmore`,
    ];
    const parsed = parseOwnList([header, '# a remark', ...bad].join('\n'));
    expect(parsed.places.map(({ id }) => id)).toEqual(['hu:sy-dd']);
    expect(parsed.refused.map(({ line }) => line)).toEqual([3, 4, 5, 6, 8, 9]);
  });
});

describe('the shipped gazetteer', () => {
  it('knows the fourteen governorates, each by its outline at its own seat', () => {
    const seats: Readonly<Record<string, string>> = {
      ...{ دمشق: 'DI', حلب: 'HL', دوما: 'RD', حمص: 'HI', حماة: 'HM', اللاذقية: 'LA', إدلب: 'ID' },
      ...{ الحسكة: 'HA', 'دير الزور': 'DY', طرطوس: 'TA', الرقة: 'RA', درعا: 'DR', السويداء: 'SU', القنيطرة: 'QU' },
    };
    for (const [name, code] of Object.entries(seats)) {
      const place = gazetteer.lookup(name)[0]?.place;
      expect([name, place?.area]).toEqual([name, `iso:SY-${code}`]);
      expect([name, place && gazetteer.governorateAt(place.point)?.id]).toEqual([name, `iso:SY-${code}`]);
    }
  });
  it('puts capitals of neighbours into no governorate', () => {
    for (const name of ['Beirut', 'Baghdad', 'Amman', 'Ankara']) {
      const place = gazetteer.lookup(name)[0]?.place;
      expect(place?.country).not.toBe('SY');
      expect(place && gazetteer.governorateAt(place.point)).toBeUndefined();
    }
  });
  it('gives the map fourteen named outlines and the countries around', () => {
    const { features } = governorateFeatures(gazetteer);
    expect(features).toHaveLength(14);
    for (const { properties } of features) expect(properties.name.ar).toMatch(/^محافظة /);
    expect(new Set(neighbourFeatures(gazetteer).features.map(({ properties }) => properties.iso))).toContain('TR');
  });
  it('finds places nearest first within the distance', () => {
    const [first, ...rest] = gazetteer.near({ lat: 35.73, lon: 36.17 }, 10_000);
    expect(first?.name.en).toMatch(/Kinsabba|Nahshabba/);
    expect(rest.length).toBeGreaterThan(0);
    expect(gazetteer.near({ lat: 0, lon: 0 }, 10_000)).toEqual([]);
  });
  it('keeps countries, capitals and names of 2016 in three languages', () => {
    for (const [spelling, name] of [
      ['روسيا', 'Russia'],
      ['США', 'United States'],
      ['Женеве', 'Geneva'],
      ['جنيف', 'Geneva'],
      ['Хмеймиме', 'Hmeimim'],
      ['حميميم', 'Hmeimim'],
      ['باب الهوى', 'Bab al-Hawa'],
      ['طريق الكاستيلو', 'Castello road'],
      ['Дарайя', 'Darayya'],
      ['Эль-Ис', 'al-Eis'],
    ] as const) {
      expect([spelling, gazetteer.lookup(spelling)[0]?.place.name.en]).toEqual([spelling, name]);
    }
  });
});

/**
 * Reads our own list of places (sample/places.tsv, spec/places.md): a pure parser, text in, places and refusals out.
 * A row that is the seat of a district or a subdistrict also yields that area, named with the word for it.
 */
import { isPoint, isPrecision, type Precision, type Trilingual } from '../core/index.ts';
import { governorateId } from './governorates.ts';
import type { Parsed, Refusal } from './import-model.ts';
import { PLACE_CLASSES, type Place, type PlaceClass, type PlaceName } from './model.ts';
import { scriptOf } from './script.ts';

export const OWN_LIST_COLUMNS = [
  'id',
  'class',
  'ar',
  'en',
  'ru',
  'lat',
  'lon',
  'area',
  'parent',
  'seat',
  'also',
  'note',
] as const;

/** Precision of a class where the row does not say otherwise (`class:precision`). */
export const PRECISION_OF_CLASS: Readonly<Record<PlaceClass, Precision>> = {
  country: 'country',
  region: 'district',
  governorate: 'governorate',
  district: 'district',
  subdistrict: 'subdistrict',
  city: 'town',
  town: 'town',
  village: 'town',
  neighbourhood: 'neighbourhood',
  camp: 'neighbourhood',
  crossing: 'neighbourhood',
  road: 'town',
  facility: 'neighbourhood',
  border: 'district',
  water: 'town',
};

const LANG_OF_SCRIPT = { arabic: 'ar', latin: 'en', cyrillic: 'ru', other: 'other' } as const;

const isClass = (value: string): value is PlaceClass => PLACE_CLASSES.includes(value as PlaceClass);

function namesOf(shown: Trilingual, also: string): PlaceName[] {
  const names: PlaceName[] = [];
  const seen = new Set<string>();
  for (const form of [shown.ar, shown.en, shown.ru, ...also.split('|')].map((text) => text.trim())) {
    if (form === '' || seen.has(form)) continue;
    seen.add(form);
    names.push({ lang: LANG_OF_SCRIPT[scriptOf(form)], form });
  }
  return names;
}

/** A quarter is written with and without its word; every quarter gets both, so that namesakes stay equals. */
const quarterOf = (ar: string): string => (/^(حي|الحي|شارع|ساحة|دوار|مشروع|مخيم) /.test(ar) ? ar : `حي ${ar}`);

/** The words that name the area whose seat a town is. */
const SEATS: Readonly<Record<string, readonly ['district' | 'subdistrict', Trilingual]>> = {
  d: ['district', { ar: 'منطقة {}', en: '{} district', ru: 'район {}' }],
  s: ['subdistrict', { ar: 'ناحية {}', en: '{} subdistrict', ru: 'нахия {}' }],
};

function areaOfSeat(seat: Place, code: string): Place | undefined {
  const [level, words] = SEATS[code] ?? [];
  if (level === undefined || words === undefined) return undefined;
  const named = (lang: 'ar' | 'en' | 'ru', form: string): string => words[lang].replace('{}', form);
  const name = { ar: named('ar', seat.name.ar), en: named('en', seat.name.en), ru: named('ru', seat.name.ru) };
  const names = seat.names.flatMap(({ lang, form }) => (lang === 'other' ? [] : [{ lang, form: named(lang, form) }]));
  return {
    ...seat,
    id: `${seat.id}.${code}`,
    class: level,
    precision: level,
    name,
    names,
    parent: seat.area,
    population: 0,
  };
}

function rowPlaces(cells: Readonly<Record<string, string>>, home: string | null): Place[] | string {
  const [kind = '', precise] = (cells.class ?? '').split(':');
  if (!/^[a-z0-9-]{2,60}$/.test(cells.id ?? '')) return 'id is not lower-case letters, digits and hyphens';
  if (!isClass(kind)) return `class "${kind}" is unknown`;
  if (precise !== undefined && !isPrecision(precise)) return `precision "${precise}" is unknown`;
  const name = { ar: cells.ar ?? '', en: cells.en ?? '', ru: cells.ru ?? '' };
  if (scriptOf(name.ar) !== 'arabic') return 'ar is not in Arabic letters';
  if (scriptOf(name.en) !== 'latin') return 'en is not in Latin letters';
  if (scriptOf(name.ru) !== 'cyrillic') return 'ru is not in Cyrillic letters';
  const point = { lat: Number(cells.lat), lon: Number(cells.lon) };
  if (!isPoint(point.lat, point.lon) || cells.lat === '' || cells.lon === '') return 'lat or lon is no coordinate';
  const area = cells.area ?? '';
  if (!/^([A-Z]{2}(-[A-Z]{2})?)?$/.test(area)) return `area "${area}" is no ISO 3166 code`;
  const isGovernorate = kind === 'governorate';
  const own = `hu:${home ?? area.slice(0, 2).toLowerCase()}-`;
  const place: Place = {
    id: isGovernorate ? governorateId(area) : `${own}${cells.id}`,
    class: kind,
    name,
    names: namesOf(name, kind === 'neighbourhood' ? `${quarterOf(name.ar)}|${cells.also ?? ''}` : (cells.also ?? '')),
    country: area === '' ? 'SY' : area.slice(0, 2),
    area: area === '' ? null : isGovernorate ? 'iso:SY' : `iso:${area}`,
    parent: cells.parent ? `${own}${cells.parent}` : area === '' || isGovernorate ? null : `iso:${area}`,
    point,
    precision: precise !== undefined && isPrecision(precise) ? precise : PRECISION_OF_CLASS[kind],
    population: 0,
  };
  const areas = [...(cells.seat ?? '')].flatMap((code) => areaOfSeat(place, code) ?? []);
  return [place, ...areas];
}

/**
 * Parses the list. The first line names the columns; empty lines and lines that open with # are skipped. Ids begin with
 * the code of the country whose list it is; with null, of the country of each row (data/elsewhere.tsv).
 */
export function parseOwnList(text: string, home: string | null = 'sy'): Parsed {
  const places: Place[] = [];
  const refused: Refusal[] = [];
  const seen = new Set<string>();
  let header: string[] | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '' || raw.startsWith('#')) continue;
    const cells = raw.replace(/^\ufeff/, '').split('\t');
    if (header === undefined) {
      header = cells;
      const missing = OWN_LIST_COLUMNS.filter((column) => !cells.includes(column) && column !== 'note');
      if (missing.length > 0)
        return { places, refused: [{ line: 1, reason: `no column ${missing.join(', ')}` }], leftAside: 0 };
      continue;
    }
    const row = Object.fromEntries(header.map((column, at) => [column, (cells[at] ?? '').trim()]));
    const result = cells.length > header.length ? 'more cells than columns' : rowPlaces(row, home);
    if (typeof result === 'string') refused.push({ line: index + 1, reason: result });
    else if (result.some(({ id }) => seen.has(id)))
      refused.push({ line: index + 1, reason: `id ${row.id} occurs twice` });
    else {
      for (const place of result) seen.add(place.id);
      places.push(...result);
    }
  }
  return { places, refused, leftAside: 0 };
}

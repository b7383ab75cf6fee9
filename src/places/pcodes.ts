/**
 * Reads an OCHA table of P-codes: one settlement a row, with the areas that hold it. Columns are known by the names OCHA
 * uses (pcode, name_en, name_ar, lat, lon, adm1_pcode …; admin4Pcode, ADM3_EN, Latitude …). A pure parser.
 */
import { isPoint, type Precision, type Trilingual } from '../core/index.ts';
import { governorateId, governorateOfPcode } from './governorates.ts';
import { LONGEST_NAME, MOST_ROWS, type Parsed, type Refusal } from './import-model.ts';
import type { Place, PlaceClass, PlaceName } from './model.ts';

type Field =
  | 'pcode'
  | 'en'
  | 'fullEn'
  | 'ar'
  | 'lat'
  | 'lon'
  | `code${1 | 2 | 3}`
  | `en${1 | 2 | 3}`
  | `ar${1 | 2 | 3}`;

/** Headers, lower case and without spaces, hyphens and underscores, by field; the first that is present counts. */
const HEADERS: Readonly<Record<Field, readonly string[]>> = {
  pcode: ['pcode', 'admin4pcode', 'adm4pcode', 'locationpcode', 'localitypcode'],
  en: ['nameen', 'admin4nameen', 'adm4en', 'locnameen', 'namelatin', 'name'],
  fullEn: ['namefullen', 'altnameen', 'adm4alt1en'],
  ar: ['namear', 'admin4namear', 'adm4ar', 'locnamear'],
  lat: ['lat', 'latitude', 'y'],
  lon: ['lon', 'long', 'lng', 'longitude', 'x'],
  ...{ code1: ['adm1pcode', 'admin1pcode'], en1: ['adm1en', 'admin1nameen'], ar1: ['adm1ar', 'admin1namear'] },
  ...{ code2: ['adm2pcode', 'admin2pcode'], en2: ['adm2en', 'admin2nameen'], ar2: ['adm2ar', 'admin2namear'] },
  ...{ code3: ['adm3pcode', 'admin3pcode'], en3: ['adm3en', 'admin3nameen'], ar3: ['adm3ar', 'admin3namear'] },
};
const NEEDED: readonly Field[] = ['pcode', 'en', 'lat', 'lon'];

const LEVELS = [
  { level: 3, kind: 'subdistrict', words: { ar: 'ناحية {}', en: '{} subdistrict' } },
  { level: 2, kind: 'district', words: { ar: 'منطقة {}', en: '{} district' } },
] as const;

type Row = (field: Field) => string;

const LONGEST_LINE = 65_536;

/** Comma, semicolon or tab: whichever the header has most of. */
function separatorOf(header: string): string {
  const count = (mark: string): number => header.split(mark).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

/**
 * Cells of one line. Names of places hold no line breaks, so a line is read by itself, and a stray quotation mark spoils
 * its own line only; undefined when one stays open.
 */
function cellsOf(line: string, separator: string): string[] | undefined {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at);
    if (quoted && letter === '"' && line.charAt(at + 1) === '"') {
      cell += letter;
      at += 1;
    } else if (letter === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (letter === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return quoted ? undefined : [...cells, cell];
}

function columnsOf(header: readonly string[]): Map<Field, number> {
  const known = header.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const columns = new Map<Field, number>();
  for (const field of Object.keys(HEADERS) as Field[]) {
    const at = HEADERS[field].map((name) => known.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined) columns.set(field, at);
  }
  return columns;
}

function namesOf(en: readonly string[], ar: readonly string[]): PlaceName[] {
  const all = [
    ...en.map((form) => ({ lang: 'en', form }) as const),
    ...ar.map((form) => ({ lang: 'ar', form }) as const),
  ];
  // "Tall Elkarameh - Kherbet X" and تل_خربة give two names of one place.
  const parts = all.flatMap(({ lang, form }) =>
    [form, ...form.split(/ - |_/)].map((one) => ({ lang, form: one.trim() })),
  );
  const seen = new Set<string>();
  return parts.filter(({ form }) => form !== '' && !seen.has(form) && seen.add(form));
}

const shown = (en: string, ar: string): Trilingual => ({ ar: ar || en, en, ru: en });

function areaIdOf(code1: string, fallback: string): string {
  const iso = governorateOfPcode(code1);
  return iso === undefined ? `pc:${code1 || fallback}` : governorateId(iso);
}

function settlementOf(row: Row): Place | string {
  const pcode = row('pcode');
  const en = row('en');
  if (!/^[A-Za-z0-9]{2,24}$/.test(pcode)) return `pcode "${pcode.slice(0, 30)}" is not letters and digits`;
  if (en === '' || en.length > LONGEST_NAME) return 'the English name is empty or too long';
  if (row('ar').length > LONGEST_NAME) return 'the Arabic name is too long';
  const point = { lat: Number(row('lat')), lon: Number(row('lon')) };
  if (row('lat') === '' || row('lon') === '' || !isPoint(point.lat, point.lon))
    return 'latitude or longitude is no coordinate';
  const code3 = row('code3');
  return {
    id: `pc:${pcode}`,
    class: 'village',
    name: shown(en, row('ar').split('_')[0] ?? ''),
    names: namesOf([en, row('fullEn')], [row('ar')]),
    country: countryOf(row('code1') || code3),
    area: areaIdOf(row('code1'), code3.slice(0, 4)),
    parent: code3 === '' ? null : `pc:${code3}`,
    point,
    precision: 'town',
    population: 0,
  };
}

const countryOf = (code: string): string => (/^[A-Z]{2}/.test(code) ? code.slice(0, 2) : 'ZZ');

interface Sum {
  readonly row: Row;
  lat: number;
  lon: number;
  count: number;
}

/** The areas of one level that the rows name, each at the middle of its settlements. */
function areasOf(
  rows: readonly { row: Row; place: Place }[],
  { level, kind, words }: (typeof LEVELS)[number],
): Place[] {
  const sums = new Map<string, Sum>();
  for (const { row, place } of rows) {
    const code = row(`code${level}`);
    if (!/^[A-Za-z0-9]{2,24}$/.test(code) || row(`en${level}`) === '') continue;
    const sum = sums.get(code) ?? { row, lat: 0, lon: 0, count: 0 };
    sum.lat += place.point.lat;
    sum.lon += place.point.lon;
    sum.count += 1;
    sums.set(code, sum);
  }
  return [...sums].map(([code, { row, lat, lon, count }]) => {
    const en = row(`en${level}`).slice(0, LONGEST_NAME);
    const ar = row(`ar${level}`)
      .replace(/^مركز\s*/, '')
      .slice(0, LONGEST_NAME);
    const name = shown(words.en.replace('{}', en), ar === '' ? '' : words.ar.replace('{}', ar));
    const area = areaIdOf(row('code1'), code.slice(0, 4));
    return {
      id: `pc:${code}`,
      class: kind satisfies PlaceClass,
      name,
      names: namesOf([name.en], ar === '' ? [] : [name.ar]),
      country: countryOf(code),
      area,
      parent: level === 3 && row('code2') !== '' ? `pc:${row('code2')}` : area,
      point: { lat: lat / count, lon: lon / count },
      precision: kind satisfies Precision,
      population: 0,
    };
  });
}

/** Settlements, then the subdistricts and districts that hold them. Refusals name the line (from 1) and the reason. */
export function parsePcodes(text: string): Parsed {
  const refused: Refusal[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/, MOST_ROWS);
  const separator = separatorOf(lines[0] ?? '');
  const columns = columnsOf(cellsOf(lines[0] ?? '', separator) ?? []);
  const missing = NEEDED.filter((field) => !columns.has(field));
  if (missing.length > 0) {
    const wanted = missing.map((field) => HEADERS[field][0]).join(', ');
    return { places: [], refused: [{ line: 1, reason: `no column ${wanted}` }], leftAside: 0 };
  }
  const rows: { row: Row; place: Place }[] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const cells = line.length > LONGEST_LINE ? undefined : cellsOf(line, separator);
    const row: Row = (field) => cells?.[columns.get(field) ?? -1]?.trim() ?? '';
    const place = cells === undefined ? 'an open quotation mark, or a line too long' : settlementOf(row);
    if (typeof place === 'string') refused.push({ line: index + 1, reason: place });
    else if (seen.has(place.id)) refused.push({ line: index + 1, reason: `pcode ${place.id.slice(3)} occurs twice` });
    else {
      seen.add(place.id);
      rows.push({ row, place });
    }
  }
  const areas = LEVELS.flatMap((level) => areasOf(rows, level));
  return { places: [...rows.map(({ place }) => place), ...areas], refused, leftAside: 0, derived: areas.length };
}

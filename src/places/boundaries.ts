/**
 * Reads a GeoJSON set of administrative boundaries with Arabic and English names (adm1_pcode, adm1_en, adm1_ar …, any
 * capitals): places of class governorate, district or subdistrict, and their outlines. A pure parser.
 */
import { isPoint, type Precision } from '../core/index.ts';
import { type Area, boxOf, type Ring } from './areas.ts';
import { governorateId, governorateOfPcode } from './governorates.ts';
import { LONGEST_NAME, type Parsed, type Refusal } from './import-model.ts';
import type { Place, PlaceClass, PlaceName } from './model.ts';

const MOST_FEATURES = 50_000;
const MOST_VERTICES = 5_000_000;

const KINDS = ['governorate', 'district', 'subdistrict'] as const satisfies readonly (PlaceClass & Precision)[];
const WORDS = [
  { ar: 'محافظة {}', en: '{} governorate' },
  { ar: 'منطقة {}', en: '{} district' },
  { ar: 'ناحية {}', en: '{} subdistrict' },
] as const;

type Properties = ReadonlyMap<string, string>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function propertiesOf(value: unknown): Properties {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return new Map(
    entries.flatMap(([key, one]) => (typeof one === 'string' ? [[key.toLowerCase(), one.trim()] as const] : [])),
  );
}

/** The deepest level whose code the feature names: 1, 2 or 3. */
const levelOf = (properties: Properties): number | undefined =>
  [3, 2, 1].find((level) => properties.has(`adm${level}_pcode`));

function ringOf(value: unknown): Ring | string {
  if (!Array.isArray(value) || value.length < 4) return 'a ring has fewer than four corners';
  for (const corner of value) {
    if (!Array.isArray(corner) || !isPoint(corner[1], corner[0])) return 'a corner is no [longitude, latitude]';
  }
  return value as unknown as Ring;
}

function polygonsOf(geometry: unknown): readonly (readonly Ring[])[] | string {
  if (!isRecord(geometry)) return 'no geometry';
  const list =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : undefined;
  if (!Array.isArray(list) || list.length === 0) return 'geometry is no Polygon or MultiPolygon';
  const polygons: Ring[][] = [];
  for (const polygon of list) {
    if (!Array.isArray(polygon) || polygon.length === 0) return 'a polygon without a ring';
    const rings: Ring[] = [];
    for (const one of polygon) {
      const ring = ringOf(one);
      if (typeof ring === 'string') return ring;
      rings.push(ring);
    }
    polygons.push(rings);
  }
  return polygons;
}

/** Centre of the largest outline, by the shoelace formula; its first corner when the outline has no area. */
function centreOf(polygons: readonly (readonly Ring[])[]): { lat: number; lon: number } {
  let best = { area: -1, lat: 0, lon: 0 };
  for (const [outline = []] of polygons) {
    const [x0 = 0, y0 = 0] = outline[0] ?? [];
    let [doubled, x, y] = [0, 0, 0];
    for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
      // Relative to the first corner: coordinates are large beside the outline's own size.
      const [x1, y1] = [(outline[j]?.[0] ?? x0) - x0, (outline[j]?.[1] ?? y0) - y0];
      const [x2, y2] = [(outline[i]?.[0] ?? x0) - x0, (outline[i]?.[1] ?? y0) - y0];
      const cross = x1 * y2 - x2 * y1;
      doubled += cross;
      x += (x1 + x2) * cross;
      y += (y1 + y2) * cross;
    }
    const centre = doubled === 0 ? { lat: y0, lon: x0 } : { lat: y0 + y / (3 * doubled), lon: x0 + x / (3 * doubled) };
    if (Math.abs(doubled) > best.area) best = { area: Math.abs(doubled), ...centre };
  }
  return { lat: best.lat, lon: best.lon };
}

const idOf = (level: number, code: string): string => {
  const iso = level === 1 ? governorateOfPcode(code) : undefined;
  return iso === undefined ? `pc:${code}` : governorateId(iso);
};

function featurePlace(properties: Properties, polygons: Area['polygons']): Place | string {
  const level = levelOf(properties);
  if (level === undefined) return 'no property adm1_pcode, adm2_pcode or adm3_pcode';
  const code = properties.get(`adm${level}_pcode`) ?? '';
  const en = properties.get(`adm${level}_en`) ?? '';
  const ar = properties.get(`adm${level}_ar`) ?? '';
  if (!/^[A-Za-z]{2}[A-Za-z0-9]{1,22}$/.test(code)) return `adm${level}_pcode "${code.slice(0, 30)}" is no P-code`;
  if (en === '' || en.length > LONGEST_NAME || ar.length > LONGEST_NAME)
    return `adm${level}_en is empty, or a name too long`;
  const kind = KINDS[level - 1] ?? 'governorate';
  const words = WORDS[level - 1] ?? WORDS[0];
  const name = { ar: words.ar.replace('{}', ar.replace(/^مركز\s*/, '') || en), en: words.en.replace('{}', en) };
  const names: PlaceName[] = [{ lang: 'en', form: name.en }];
  if (ar !== '') names.push({ lang: 'ar', form: name.ar });
  const outer = properties.get(`adm${level - 1}_pcode`);
  const first = properties.get('adm1_pcode');
  const country = code.slice(0, 2).toUpperCase();
  return {
    id: idOf(level, code),
    class: kind,
    name: { ...name, ru: name.en },
    names,
    country,
    area: level === 1 || first === undefined ? `iso:${country}` : idOf(1, first),
    parent: outer === undefined ? `iso:${country}` : idOf(level - 1, outer),
    point: centreOf(polygons),
    precision: kind,
    population: 0,
  };
}

/** Every feature of the collection. Refusals number the features from 1; broken JSON is one refusal of line 1. */
export function parseBoundaries(text: string): Parsed {
  let collection: unknown;
  try {
    collection = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { places: [], refused: [{ line: 1, reason: 'not JSON' }], leftAside: 0 };
  }
  const features = isRecord(collection) && collection.type === 'FeatureCollection' ? collection.features : undefined;
  if (!Array.isArray(features))
    return { places: [], refused: [{ line: 1, reason: 'no GeoJSON FeatureCollection' }], leftAside: 0 };
  const places: Place[] = [];
  const areas: Area[] = [];
  const refused: Refusal[] = [];
  let vertices = 0;
  for (const [index, one] of features.entries()) {
    const polygons =
      index >= MOST_FEATURES
        ? `more than ${MOST_FEATURES} features`
        : polygonsOf(isRecord(one) ? one.geometry : undefined);
    const place =
      typeof polygons === 'string'
        ? polygons
        : featurePlace(propertiesOf(isRecord(one) ? one.properties : undefined), polygons);
    if (typeof polygons !== 'string') vertices += polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
    const reason =
      vertices > MOST_VERTICES
        ? `more than ${MOST_VERTICES} corners in all`
        : typeof place === 'string'
          ? place
          : undefined;
    if (reason !== undefined || typeof place === 'string' || typeof polygons === 'string') {
      refused.push({ line: index + 1, reason: reason ?? 'unreadable' });
      if (index >= MOST_FEATURES || vertices > MOST_VERTICES) break;
      continue;
    }
    places.push(place);
    areas.push({ id: place.id, polygons, box: boxOf(polygons) });
  }
  return { places, refused, leftAside: 0, areas };
}

/**
 * Holds sample/places.tsv against other lists that a developer has (never committed): a folder with
 * `syr_places_adm4.csv` (P-codes), `geonames_cities500_SY_neighbours.tsv` and `syr_adm1_simplified.geojson`.
 * Run: `npx tsx scripts/check-places.ts ../shared/data/geo`. Prints every settlement whose namesakes are all more than
 * 5 km away and every place outside its governorate; a row whose `note` says why is counted, not printed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { distanceMetres, type Point } from '../src/core/index.ts';
import { type Areas, areaAt, boxOf } from '../src/places/areas.ts';
import { foldSpelling } from '../src/places/fold.ts';
import { parseGeonames } from '../src/places/geonames.ts';
import { governorateId, governorateOfPcode } from '../src/places/governorates.ts';
import type { Place } from '../src/places/model.ts';
import { parseOwnList } from '../src/places/own-list.ts';
import { soundKey } from '../src/places/sound.ts';

const FAR_METRES = 5_000;
const OWN = fileURLToPath(new URL('../sample/places.tsv', import.meta.url));

interface Known {
  readonly name: string;
  readonly point: Point;
  readonly area: string | undefined;
}

function push(index: Map<string, Known[]>, key: string, known: Known): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [known]);
  else list.push(known);
}

function readKnown(folder: string): Map<string, Known[]> {
  const index = new Map<string, Known[]>();
  const add = (form: string, known: Known): void => {
    const key = foldSpelling(form);
    if (key === '') return;
    push(index, key, known);
    push(index, `~${soundKey(key)}`, known);
  };
  const rows = parse(readFileSync(join(folder, 'syr_places_adm4.csv'), 'utf8'), { columns: true, bom: true }) as Record<
    string,
    string
  >[];
  for (const row of rows) {
    const iso = governorateOfPcode(row.adm1_pcode ?? '');
    const known = {
      name: row.name_en ?? '',
      point: { lat: Number(row.lat), lon: Number(row.lon) },
      area: iso && governorateId(iso),
    };
    for (const form of [row.name_en, row.name_full_en, row.name_ar]) add(form ?? '', known);
  }
  const dump = parseGeonames(readFileSync(join(folder, 'geonames_cities500_SY_neighbours.tsv'), 'utf8'));
  for (const place of dump.places) {
    if (place.country !== 'SY') continue;
    for (const { form } of place.names)
      add(form, { name: place.name.en, point: place.point, area: place.area ?? undefined });
  }
  return index;
}

function readAreas(folder: string): Areas {
  const text = readFileSync(join(folder, 'syr_adm1_simplified.geojson'), 'utf8');
  const { features } = JSON.parse(text) as {
    features: { properties: Record<string, string>; geometry: { type: string; coordinates: never } }[];
  };
  return features.map(({ properties, geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return { id: governorateId(governorateOfPcode(properties.adm1_pcode ?? '') ?? ''), polygons, box: boxOf(polygons) };
  });
}

/** The namesakes of a place: same letters, else same sound in the same governorate. */
function namesakes(index: Map<string, Known[]>, place: Place): readonly Known[] {
  const keys = place.names.map(({ form }) => foldSpelling(form));
  const same = keys.flatMap((key) => index.get(key) ?? []);
  if (same.length > 0) return same;
  return keys.flatMap((key) => index.get(`~${soundKey(key)}`) ?? []).filter(({ area }) => area === place.area);
}

const SETTLEMENTS = new Set(['city', 'town', 'village']);

function main(folder: string): void {
  const text = readFileSync(OWN, 'utf8');
  const notes = new Map(
    text
      .split('\n')
      .map((line) => line.split('\t'))
      .map((cells) => [`hu:sy-${cells[0]}`, cells[11] ?? '']),
  );
  const { places, refused } = parseOwnList(text);
  for (const { line, reason } of refused) process.stdout.write(`refused\tline ${line}\t${reason}\n`);
  const index = readKnown(folder);
  const areas = readAreas(folder);
  const count = { checked: 0, far: 0, noted: 0, unknown: 0, outside: 0 };
  const ids = new Map(places.map((place) => [place.id, place]));
  for (const place of places) {
    if (place.class === 'district' || place.class === 'subdistrict' || place.country !== 'SY') continue;
    const noted = (notes.get(place.id) ?? '') !== '';
    const holder = areaAt(areas, place.point);
    if (place.area !== null && place.class !== 'governorate' && holder !== place.area) {
      count.outside += 1;
      if (noted) count.noted += 1;
      else process.stdout.write(`outside\t${place.id}\tsays ${place.area}\tlies in ${holder ?? 'none'}\n`);
    }
    const city = place.parent?.startsWith('hu:') ? ids.get(place.parent) : undefined;
    if (city !== undefined && distanceMetres(city.point, place.point) > 12_000)
      process.stdout.write(`far from its city\t${place.id}\n`);
    if (!SETTLEMENTS.has(place.class)) continue;
    count.checked += 1;
    const known = namesakes(index, place);
    const nearest = known
      .map((one) => ({ one, distance: distanceMetres(one.point, place.point) }))
      .toSorted((a, b) => a.distance - b.distance)[0];
    if (nearest === undefined) {
      count.unknown += 1;
      if (!noted) process.stdout.write(`unknown\t${place.id}\t${place.name.ar}\t${place.name.en}\n`);
    } else if (nearest.distance > FAR_METRES) {
      count.far += 1;
      if (noted) count.noted += 1;
      else {
        const inside = known
          .filter(({ area }) => area === place.area)
          .map(({ name, point }) => `${name} ${point.lat},${point.lon}`);
        process.stdout.write(
          `far\t${place.id}\t${place.name.ar}\t${place.point.lat},${place.point.lon}\t${(nearest.distance / 1000).toFixed(1)} km\t${inside.slice(0, 4).join(' | ') || `none in ${place.area}: ${nearest.one.area}`}\n`,
        );
      }
    }
  }
  process.stdout.write(
    `${count.checked} settlements checked: ${count.far} more than 5 km off, ${count.unknown} unknown to the other lists, ${count.outside} places outside their governorate, ${count.noted} of these with a note\n`,
  );
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: npx tsx scripts/check-places.ts FOLDER\n');
  process.exitCode = 64;
} else main(folder);

/** Reads the shipped files, and what was imported into a data folder, and gives the gazetteer they make together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../core/index.ts';
import { shippedAreas } from './area-files.ts';
import type { Areas } from './areas.ts';
import { parseCountries } from './countries.ts';
import { withoutEveryday } from './everyday.ts';
import { createGazetteer } from './gazetteer.ts';
import { parseGeonames } from './geonames.ts';
import { GOVERNORATES, governorateId } from './governorates.ts';
import { STORE_FORMAT, type StoredPlaces } from './import.ts';
import { mergePlaces } from './merge.ts';
import type { Gazetteer, Place } from './model.ts';
import { parseOwnList } from './own-list.ts';
import { BROKEN_STORE } from './problems.ts';

const shipped = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

/** The lists shipped with the program, in the order in which they win: our own of the host country and of elsewhere, countries, GeoNames. */
const shippedLists = (): readonly (readonly Place[])[] =>
  [
    parseOwnList(shipped('../../sample/places.tsv')).places,
    parseOwnList(shipped('./data/elsewhere.tsv'), null).places,
    parseCountries(shipped('./data/countries.tsv')),
    parseGeonames(shipped('./data/geonames.tsv')).places,
  ].map((list) => list.map(withoutEveryday));

let loaded: Gazetteer | undefined;

/** The shipped gazetteer, built at the first call and the same object afterwards (it is read-only). */
export function loadShippedGazetteer(): Gazetteer {
  loaded ??= createGazetteer(mergePlaces(...shippedLists()), { areas: shippedAreas() });
  return loaded;
}

function readStored(path: string): StoredPlaces {
  let stored: Partial<StoredPlaces>;
  try {
    stored = JSON.parse(readFileSync(path, 'utf8')) as Partial<StoredPlaces>;
  } catch (cause) {
    throw new Problem(BROKEN_STORE, 'is not JSON: remove it and import its source again', { where: path, cause });
  }
  const { format, source, places, areas } = stored;
  if (format !== STORE_FORMAT || source === undefined || !Array.isArray(places) || !Array.isArray(areas)) {
    throw new Problem(BROKEN_STORE, `is not ${STORE_FORMAT}: remove it and import its source again`, { where: path });
  }
  return { format, source, places, areas };
}

/** Files of DIR/places in the order of their names, which are hashes: the order of imports does not matter. */
function storedIn(dataDir: string): readonly StoredPlaces[] {
  const folder = join(dataDir, 'places');
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => readStored(join(folder, name)));
}

/** Imported outlines of all the governorates take the place of the shipped ones; fewer than all are not mixed in. */
function areasOf(stored: readonly StoredPlaces[]): Areas {
  const wanted = new Set(GOVERNORATES.map(({ iso }) => governorateId(iso)));
  const complete = stored.find(
    ({ areas }) => new Set(areas.map(({ id }) => id).filter((id) => wanted.has(id))).size === wanted.size,
  );
  return complete?.areas.filter(({ id }) => wanted.has(id)) ?? shippedAreas();
}

/**
 * Shipped and imported places together, one row a place. Without imports it is the shipped gazetteer itself. Throws
 * `places/broken-store` when a stored file was damaged.
 */
export function loadGazetteer(dataDir: string): Gazetteer {
  const stored = storedIn(dataDir);
  if (stored.length === 0) return loadShippedGazetteer();
  const places = mergePlaces(...shippedLists(), ...stored.map((file) => file.places.map(withoutEveryday)));
  return createGazetteer(places, { areas: areasOf(stored) });
}

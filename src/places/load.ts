/** Reads the shipped files once and gives the gazetteer they make. The only file of this room that reads shipped data. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shippedAreas } from './area-files.ts';
import { parseCountries } from './countries.ts';
import { createGazetteer } from './gazetteer.ts';
import { parseGeonames } from './geonames.ts';
import { mergePlaces } from './merge.ts';
import type { Gazetteer, Place } from './model.ts';
import { parseOwnList } from './own-list.ts';

const shipped = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

/** The rows shipped with the program: our own list, countries, GeoNames; one row a place. */
export function shippedPlaces(): readonly Place[] {
  return mergePlaces(
    parseOwnList(shipped('../../sample/places.tsv')).places,
    parseCountries(shipped('./data/countries.tsv')),
    parseGeonames(shipped('./data/geonames.tsv')).places,
  );
}

let loaded: Gazetteer | undefined;

/** The shipped gazetteer, built at the first call and the same object afterwards (it is read-only). */
export function loadShippedGazetteer(): Gazetteer {
  loaded ??= createGazetteer(shippedPlaces(), { areas: shippedAreas() });
  return loaded;
}

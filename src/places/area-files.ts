/**
 * Reads the shipped boundaries: for `governorateAt`, and as GeoJSON for the map. Boundaries are generalised and show no
 * position on any border.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Trilingual } from '../core/index.ts';
import { type Areas, boxOf, type Ring } from './areas.ts';
import type { Gazetteer } from './model.ts';

type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

export interface AreaFeature {
  readonly type: 'Feature';
  /** Id of the place in the gazetteer. */
  readonly id: string;
  readonly properties: { readonly id: string; readonly iso: string; readonly name: Trilingual };
  readonly geometry: Geometry;
}

export interface AreaCollection {
  readonly type: 'FeatureCollection';
  /** Where the outlines are from, and their licence: to be printed beside the map. */
  readonly source: string;
  readonly features: readonly AreaFeature[];
}

interface AreaFile {
  readonly source: string;
  readonly features: readonly {
    readonly id: string;
    readonly properties: { readonly iso: string };
    readonly geometry: Geometry;
  }[];
}

const readFile = (name: string): AreaFile =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`./data/${name}`, import.meta.url)), 'utf8')) as AreaFile;

/** The boundaries of the governorates, ready for `areaAt`. */
export function shippedAreas(): Areas {
  return readFile('governorates.geojson').features.map(({ id, geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return { id, polygons, box: boxOf(polygons) };
  });
}

function withNames(file: AreaFile, gazetteer: Gazetteer): AreaCollection {
  const features = file.features.map(({ id, properties: { iso }, geometry }): AreaFeature => {
    const name = gazetteer.byId(id)?.name ?? { ar: iso, en: iso, ru: iso };
    return { type: 'Feature', id, properties: { id, iso, name }, geometry };
  });
  return { type: 'FeatureCollection', source: file.source, features };
}

/** The fourteen governorates with their names in three languages. */
export const governorateFeatures = (gazetteer: Gazetteer): AreaCollection =>
  withNames(readFile('governorates.geojson'), gazetteer);

/** Outlines of the countries around, cut to the map's window. */
export const neighbourFeatures = (gazetteer: Gazetteer): AreaCollection =>
  withNames(readFile('neighbours.geojson'), gazetteer);

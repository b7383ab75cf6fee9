/**
 * GET /api/areas: the map's outlines as GeoJSON, the governorates of the country first, then the neighbours. GET
 * /api/places: settlements by a spelling, and the towns that a map names. Never a camp, a facility or a crossing: this
 * must not become a list of places to protect.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PUBLIC } from '../access/index.ts';
import { LANGS, type Point, type Trilingual } from '../core/index.ts';
import { type AreaFeature, governorateFeatures, neighbourFeatures } from './area-files.ts';
import type { Gazetteer, Place, PlaceClass } from './model.ts';

interface OutlineFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly properties: {
    readonly id: string;
    readonly role: 'area' | 'neighbour';
    readonly name: Trilingual;
    readonly label: Point;
  };
  readonly geometry: AreaFeature['geometry'];
}

export function placeRoutes(app: FastifyInstance, gazetteer: Gazetteer): void {
  const areas = governorateFeatures(gazetteer);
  const neighbours = neighbourFeatures(gazetteer);
  const answer = {
    type: 'FeatureCollection' as const,
    bbox: boxOfAll(areas.features),
    source: [...new Set([areas.source, neighbours.source])],
    features: [
      ...areas.features.map((one) => outline(one, 'area')),
      ...neighbours.features.map((one) => outline(one, 'neighbour')),
    ],
  };
  app.get(
    '/api/areas',
    { config: PUBLIC, schema: { tags: ['public'], summary: 'Outlines for the map, with names in three languages' } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=3600');
      return answer;
    },
  );

  const towns = { items: gazetteer.places.filter((place) => TOWNS.has(place.class)).map(shortPlace) };
  app.get(
    '/api/places',
    {
      config: PUBLIC,
      schema: {
        tags: ['public'],
        summary: 'Settlements by a spelling of their name, best first; without a name the cities and towns',
        querystring: nameQuery,
      },
    },
    async (request) => {
      const { name, lang } = nameQuery.parse(request.query);
      if (name === undefined) return towns;
      const found = gazetteer.lookup(name, lang).map(({ place }) => place);
      return { items: found.filter((place) => SETTLEMENTS.has(place.class)).map(shortPlace) };
    },
  );
}

const nameQuery = z.object({ name: z.string().trim().min(2).max(100).optional(), lang: z.enum(LANGS).optional() });
const TOWNS: ReadonlySet<PlaceClass> = new Set(['city', 'town']);
const SETTLEMENTS: ReadonlySet<PlaceClass> = new Set([
  'governorate',
  'district',
  'subdistrict',
  'city',
  'town',
  'village',
  'neighbourhood',
]);

const shortPlace = ({ id, name, class: kind, precision, point, area }: Place) => ({
  id,
  name,
  class: kind,
  precision,
  point,
  area,
});

const outline = ({ id, properties, geometry }: AreaFeature, role: 'area' | 'neighbour'): OutlineFeature => ({
  type: 'Feature',
  id,
  properties: { id, role, name: properties.name, label: labelPoint(geometry) },
  geometry,
});

type Position = readonly number[];

const ringsOf = (geometry: AreaFeature['geometry']): readonly (readonly Position[])[] =>
  geometry.type === 'Polygon'
    ? geometry.coordinates.slice(0, 1)
    : geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));

/** Where the name stands: the centroid of the largest outline. */
function labelPoint(geometry: AreaFeature['geometry']): Point {
  const centroids = ringsOf(geometry).map(centroidOf);
  const largest = centroids.reduce((a, b) => (Math.abs(b.area) > Math.abs(a.area) ? b : a), {
    area: 0,
    lat: 0,
    lon: 0,
  });
  return { lat: round(largest.lat), lon: round(largest.lon) };
}

/** Area (square degrees, signed) and centroid of a ring. */
function centroidOf(ring: readonly Position[]): Point & { area: number } {
  let [area, lat, lon] = [0, 0, 0];
  for (let i = 0; i < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[(i + 1) % ring.length] ?? [];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    lon += (x0 + x1) * cross;
    lat += (y0 + y1) * cross;
  }
  return { area: area / 2, lat: lat / (3 * area), lon: lon / (3 * area) };
}

function boxOfAll(features: readonly AreaFeature[]): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of features.flatMap(({ geometry }) => ringsOf(geometry)).flat()) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box.map(round) as [number, number, number, number];
}

const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;

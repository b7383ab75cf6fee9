/**
 * The map's style: governorates, outlines around them, names. No tiles, no glyph server, no outside host: everything
 * comes from /api/areas and the page's own font. Colours are read from the tokens, so both palettes work.
 */
import type { FeatureCollection } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { isCoarser, type Lang, type Point, PRECISION_RADIUS_METRES, type Precision } from '../../src/core/index.ts';
import type { ApiAreas, ApiPlaces } from '../../src/server/api/types.ts';
import { shortAreaNames } from '../ui/area-names.ts';

export type Colours = (token: string) => string;

/** Resolves `--token` to a colour of the theme in force: canvas cannot read custom properties. */
export function readColours(host: HTMLElement): Colours {
  const probe = document.createElement('span');
  host.append(probe);
  return (token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
}

/** The family that the names are drawn with. */
export const mapFont = (lang: Lang): string => (lang === 'ar' ? 'IBM Plex Sans Arabic' : 'IBM Plex Sans');

const NOTHING = { type: 'FeatureCollection' as const, features: [] };

export function mapStyle(areas: ApiAreas, lang: Lang, colour: Colours): StyleSpecification {
  const geometry = areas as unknown as FeatureCollection;
  const shortNames = shortAreaNames(areas, lang);
  const names: FeatureCollection = {
    type: 'FeatureCollection',
    features: areas.features.map(({ properties }) => ({
      type: 'Feature',
      properties: { name: shortNames.get(properties.id) ?? properties.name[lang], role: properties.role },
      geometry: { type: 'Point', coordinates: [properties.label.lon, properties.label.lat] },
    })),
  };
  return {
    version: 8,
    sources: {
      areas: { type: 'geojson', data: geometry },
      names: { type: 'geojson', data: names },
      radius: { type: 'geojson', data: NOTHING },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colour('--map-sea') } },
      {
        id: 'neighbours',
        type: 'fill',
        source: 'areas',
        filter: ['==', ['get', 'role'], 'neighbour'],
        paint: { 'fill-color': colour('--map-land'), 'fill-outline-color': colour('--map-area-line') },
      },
      {
        id: 'areas',
        type: 'fill',
        source: 'areas',
        filter: ['==', ['get', 'role'], 'area'],
        paint: { 'fill-color': colour('--map-area') },
      },
      {
        id: 'area-lines',
        type: 'line',
        source: 'areas',
        filter: ['==', ['get', 'role'], 'area'],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': colour('--map-area-line'), 'line-width': 1.2 },
      },
      {
        id: 'radius',
        type: 'fill',
        source: 'radius',
        paint: { 'fill-color': colour('--accent'), 'fill-opacity': 0.14 },
      },
      {
        id: 'radius-line',
        type: 'line',
        source: 'radius',
        paint: { 'line-color': colour('--accent'), 'line-width': 1.5, 'line-dasharray': [3, 2] },
      },
      {
        id: 'names',
        type: 'symbol',
        source: 'names',
        layout: {
          'text-field': ['get', 'name'],
          'text-font': [mapFont(lang)],
          'text-size': ['case', ['==', ['get', 'role'], 'area'], 14, 12],
          'text-padding': 4,
          'text-max-width': 7,
        },
        paint: {
          'text-color': colour('--ink-soft'),
          'text-halo-color': colour('--map-area'),
          'text-halo-width': 1.5,
        },
      },
    ],
  };
}

const EARTH_RADIUS_METRES = 6_371_008.8;
const CIRCLE_POINTS = 64;

/** The circle within which a place of this precision lies; nothing for what is coarser than a governorate. */
export function precisionCircle(point: Point | null, precision: Precision): FeatureCollection {
  if (!point || isCoarser(precision, 'governorate')) return NOTHING;
  const angle = PRECISION_RADIUS_METRES[precision] / EARTH_RADIUS_METRES;
  const lat = (point.lat * Math.PI) / 180;
  const ring = Array.from({ length: CIRCLE_POINTS + 1 }, (_, index) => {
    const bearing = (2 * Math.PI * index) / CIRCLE_POINTS;
    return [
      point.lon + ((angle * Math.sin(bearing)) / Math.cos(lat)) * (180 / Math.PI),
      point.lat + angle * Math.cos(bearing) * (180 / Math.PI),
    ];
  });
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }],
  };
}

/** Names of cities and towns, the larger ones first to appear; for maps on which a place is chosen. */
export function townLayer(towns: ApiPlaces, lang: Lang, host: HTMLElement | null) {
  const colour = host ? readColours(host) : () => '#000';
  const data: FeatureCollection = {
    type: 'FeatureCollection',
    features: towns.items.map(({ name, class: kind, point }) => ({
      type: 'Feature',
      properties: { name: name[lang], rank: kind === 'city' ? 0 : 1 },
      geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
    })),
  };
  const layers: LayerSpecification[] = [
    {
      id: 'town-dots',
      type: 'circle',
      source: 'towns',
      minzoom: 6.5,
      paint: { 'circle-radius': 2.5, 'circle-color': colour('--ink-soft') },
    },
    {
      id: 'town-names',
      type: 'symbol',
      source: 'towns',
      minzoom: 6.5,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [mapFont(lang)],
        'text-size': 13,
        'text-anchor': 'top',
        'text-offset': [0, 0.4],
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': colour('--ink'), 'text-halo-color': colour('--map-area'), 'text-halo-width': 1.5 },
    },
  ];
  return { source: { type: 'geojson' as const, data }, layers };
}

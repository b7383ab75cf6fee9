/** The feeds: incidents as GeoJSON (RFC 7946) and CSV (RFC 4180, formulas made harmless). The public projection only. */
import type { PublicIncident, PublicToll } from './model.ts';

/** A FeatureCollection; an incident that must not be placed has a null geometry. */
export function geojsonFeed(incidents: readonly PublicIncident[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: incidents.map((incident) => {
      const { point, ...properties } = incident;
      return {
        type: 'Feature',
        id: incident.id,
        geometry: point && { type: 'Point', coordinates: [point.lon, point.lat] },
        properties: flat(properties),
      };
    }),
  });
}

const COLUMNS = [
  'id',
  'type',
  'day',
  'start',
  'place_ar',
  'place_en',
  'place_ru',
  'precision',
  'area',
  'lat',
  'lon',
  'killed_low',
  'killed_high',
  'injured_low',
  'injured_high',
  'alleged_parties',
  'contested',
  'origins',
  'reports',
  'in_terms',
  'in_terms_reason',
  'status',
  'proposed_by_machine',
] as const;

/** A table with a header row, UTF-8. */
export function csvFeed(incidents: readonly PublicIncident[]): string {
  const rows = incidents.map((incident) => {
    const row: Readonly<Record<string, unknown>> = {
      ...flat(incident),
      lat: incident.point?.lat,
      lon: incident.point?.lon,
    };
    return COLUMNS.map((column) => cell(row[column])).join(',');
  });
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

type Flattened = Omit<PublicIncident, 'point'>;

/** One level deep, as tables and map tools want it. */
function flat(incident: Flattened): Record<(typeof COLUMNS)[number], string | number | boolean | null | undefined> {
  const { place, killed, injured, inTerms } = incident;
  return {
    id: incident.id,
    type: incident.type,
    day: incident.day,
    start: incident.start,
    place_ar: place.name.ar,
    place_en: place.name.en,
    place_ru: place.name.ru,
    precision: place.precision,
    area: place.area,
    lat: undefined,
    lon: undefined,
    ...tollColumns('killed', killed),
    ...tollColumns('injured', injured),
    alleged_parties: incident.allegedParties.join(' '),
    contested: incident.contested,
    origins: incident.origins,
    reports: incident.reports.length,
    in_terms: inTerms.value,
    in_terms_reason: inTerms.reason,
    status: incident.status,
    proposed_by_machine: incident.proposed,
  };
}

const tollColumns = <Name extends 'killed' | 'injured'>(name: Name, toll: PublicToll) =>
  ({ [`${name}_low`]: toll.low, [`${name}_high`]: toll.high }) as Record<`${Name}_low` | `${Name}_high`, number | null>;

/** Quotes where needed; a cell that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  let text = String(value);
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

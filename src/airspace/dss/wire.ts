/**
 * Between the standard's JSON and our volumes. Everything that comes in is bounded and refused with 400; nothing is
 * guessed: units, references and formats must be the standard's.
 */
import type { Point } from '../../core/index.ts';
import { parseTime } from '../check/time.ts';
import { signedArea } from '../geometry/geodesic.ts';
import { isFault, prepareShape, type Shape } from '../geometry/prepare.ts';
import { LIMITS, type Outline, type Volume4D } from '../model.ts';
import { refuse } from './refusal.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A volume whose bounds may be open: what an area of interest is. */
export interface Area {
  readonly volume: Volume4D;
  readonly shape: Shape;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  readonly hasAltitudes: boolean;
}

export const MOST_VOLUMES = 1_000;
const MOST_CORNERS_IN_ALL = 10_000;
export const MOST_AREA_M2 = 2_500e6;
export const MOST_CONSTRAINT_AREA_M2 = 10_000e6;
/** Open ends, so far away that nothing lies beyond. */
const ALWAYS = { start: -8e12, end: 8e12 };

export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return refuse(400, `${where}: ${value === undefined ? 'missing' : 'must be an object'}`);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** The volumes of an intent or a constraint: bounded on every side, not yet over. */
export function parseExtents(value: unknown, now: number, mostArea: number): readonly Area[] {
  if (!Array.isArray(value) || value.length === 0) return refuse(400, 'extents: must be a list of volumes');
  if (value.length > MOST_VOLUMES) return refuse(400, `extents: more than ${MOST_VOLUMES} volumes`);
  const areas = value.map((item, i) => parseArea(item, `extents[${i}]`, mostArea));
  const corners = areas.reduce((sum, area) => sum + (area.volume.outline.polygon?.length ?? 1), 0);
  if (corners > MOST_CORNERS_IN_ALL) return refuse(400, `extents: more than ${MOST_CORNERS_IN_ALL} corners`);
  for (const [i, area] of areas.entries()) {
    if (!area.hasStart || !area.hasEnd) refuse(400, `extents[${i}]: time_start and time_end are required`);
    if (!area.hasAltitudes) refuse(400, `extents[${i}]: altitude_lower and altitude_upper are required`);
  }
  if (Math.max(...areas.map((area) => area.volume.end)) < now) return refuse(400, 'extents: already over');
  return areas;
}

/** One volume of the wire. Time and height may be open; an outline must be there. */
export function parseArea(value: unknown, where: string, mostArea: number): Area {
  const fields = fieldsOf(value, where);
  const inner = fieldsOf(fields.volume, `${where}.volume`);
  const start = parseWireTime(fields.time_start, `${where}.time_start`);
  const end = parseWireTime(fields.time_end, `${where}.time_end`);
  const lower = parseAltitude(inner.altitude_lower, `${where}.volume.altitude_lower`);
  const upper = parseAltitude(inner.altitude_upper, `${where}.volume.altitude_upper`);
  const outline = parseOutline(inner, `${where}.volume`);
  const volume = {
    outline,
    altitudeLowerMetres: lower ?? LIMITS.altitudeMetres.low,
    altitudeUpperMetres: upper ?? LIMITS.altitudeMetres.high,
    start: start ?? ALWAYS.start,
    end: end ?? ALWAYS.end,
  };
  if (volume.start > volume.end) refuse(400, `${where}: time_start is after time_end`);
  if (volume.altitudeLowerMetres > volume.altitudeUpperMetres) refuse(400, `${where}: altitudes are upside down`);
  if (squareMetres(outline) > mostArea) refuse(400, `${where}: the area is too large`);
  const shape = prepareShape(outline);
  if (isFault(shape)) return refuse(400, `${where}.volume: ${shape.reason}`);
  const hasAltitudes = lower !== undefined && upper !== undefined;
  return { volume, shape, hasStart: start !== undefined, hasEnd: end !== undefined, hasAltitudes };
}

const squareMetres = (outline: Outline): number =>
  outline.circle ? Math.PI * outline.circle.radiusMetres ** 2 : Math.abs(signedArea(outline.polygon));

function parseOutline(volume: Fields, where: string): Outline {
  const hasCircle = !isAbsent(volume.outline_circle);
  const hasPolygon = !isAbsent(volume.outline_polygon);
  if (hasCircle === hasPolygon) return refuse(400, `${where}: exactly one of outline_circle and outline_polygon`);
  if (hasCircle) {
    const circle = fieldsOf(volume.outline_circle, `${where}.outline_circle`);
    const radius = fieldsOf(circle.radius, `${where}.outline_circle.radius`);
    if (radius.units !== 'M') refuse(400, `${where}.outline_circle.radius: units must be M`);
    const radiusMetres = finite(radius.value, `${where}.outline_circle.radius.value`);
    if (radiusMetres <= 0 || radiusMetres > LIMITS.distanceMetres) refuse(400, `${where}: no such radius`);
    return { circle: { ...parsePoint(circle.center, `${where}.outline_circle.center`), radiusMetres } };
  }
  const { vertices } = fieldsOf(volume.outline_polygon, `${where}.outline_polygon`);
  if (!Array.isArray(vertices) || vertices.length < 3) {
    return refuse(400, `${where}.outline_polygon: at least three vertices`);
  }
  if (vertices.length > LIMITS.corners + 1) return refuse(400, `${where}.outline_polygon: too many vertices`);
  return { polygon: vertices.map((vertex, i) => parsePoint(vertex, `${where}.outline_polygon.vertices[${i}]`)) };
}

function parsePoint(value: unknown, where: string): Point {
  const { lat, lng } = fieldsOf(value, where);
  const point = { lat: finite(lat, `${where}.lat`), lon: finite(lng, `${where}.lng`) };
  if (Math.abs(point.lat) > 90 || Math.abs(point.lon) > 180) return refuse(400, `${where}: not on the Earth`);
  return point;
}

function parseAltitude(value: unknown, where: string): number | undefined {
  if (isAbsent(value)) return undefined;
  const altitude = fieldsOf(value, where);
  if (altitude.units !== 'M') refuse(400, `${where}: units must be M`);
  if (altitude.reference !== 'W84') refuse(400, `${where}: reference must be W84`);
  const metres = finite(altitude.value, where);
  const { low, high } = LIMITS.altitudeMetres;
  return metres >= low && metres <= high ? metres : refuse(400, `${where}: from ${low} to ${high}`);
}

function parseWireTime(value: unknown, where: string): number | undefined {
  if (isAbsent(value)) return undefined;
  const time = fieldsOf(value, where);
  if (time.format !== 'RFC3339') refuse(400, `${where}: format must be RFC3339`);
  const ms = parseTime(time.value);
  return typeof ms === 'number' ? ms : refuse(400, `${where}: ${ms.reason}`);
}

const finite = (value: unknown, where: string): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse(400, `${where}: must be a number`);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function parseId(value: unknown, what: string): string {
  return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : refuse(400, `${what}: not a UUID`);
}

/** The OVN or version at the end of a path: anything but nothing. */
export const parseKey = (value: string, what: string): string =>
  value === '' ? refuse(400, `${what}: missing`) : value;

export function parseBaseUrl(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.length > 2000) return refuse(400, `${where}: missing`);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'https:' ? value : refuse(400, `${where}: must be an https address`);
}

export const flag = (value: unknown, where: string): boolean =>
  isAbsent(value) ? false : typeof value === 'boolean' ? value : refuse(400, `${where}: must be true or false`);

/** An instant of the wire, to the microsecond that was given. */
export function wireTime(ms: number): { readonly value: string; readonly format: 'RFC3339' } {
  const whole = Math.floor(ms);
  const micros = Math.min(999, Math.round((ms - whole) * 1000));
  const iso = new Date(whole).toISOString();
  return { value: `${iso.slice(0, -1)}${String(micros).padStart(3, '0')}Z`, format: 'RFC3339' };
}

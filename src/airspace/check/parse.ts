/**
 * The input of `hudna airspace check`: hostile until every field has been looked at. One refusal stands for the whole
 * input and names the volume and the field; nothing is guessed, repaired or skipped.
 */
import { Problem } from '../../core/index.ts';
import type { Prepared } from '../conflict.ts';
import { isFault, prepareShape } from '../geometry/prepare.ts';
import { LIMITS, type Minima, type Outline, type Volume4D } from '../model.ts';
import { INVALID_INPUT } from '../problems.ts';
import { parseTime } from './time.ts';

export interface CheckVolume extends Volume4D {
  readonly id: string;
  readonly party: string;
  readonly declaration: string | null;
}

export interface CheckInput {
  readonly minima: Minima;
  readonly volumes: readonly Prepared<CheckVolume>[];
}

export const MOST_VOLUMES = 200_000;
const LONGEST_NAME = 500;

const refuse = (where: string, detail: string): never => {
  throw new Problem(INVALID_INPUT, detail, { where });
};

type Fields = Readonly<Record<string, unknown>>;

/** Parses and prepares the whole input, or throws one `airspace/invalid-input`. */
export function parseCheckInput(text: string): CheckInput {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    refuse('input', `is not JSON: ${oneLine(error instanceof Error ? error.message : String(error))}`);
  }
  const input = object(json, 'input');
  const minima = parseMinima(object(input.minima, 'minima'));
  const list = Array.isArray(input.volumes) ? (input.volumes as unknown[]) : refuse('volumes', 'must be a list');
  if (list.length > MOST_VOLUMES) refuse('volumes', `more than ${MOST_VOLUMES} volumes`);
  const seen = new Set<string>();
  return { minima, volumes: list.map((item, index) => parseVolume(item, index, seen)) };
}

function parseMinima(fields: Fields): Minima {
  const minimum = (name: keyof Minima, most: number): number => {
    const value = number(fields[name], `minima.${name}`);
    if (value <= 0)
      refuse(`minima.${name}`, `must be above 0 (a minimum of 0 would silence a full overlap), not ${value}`);
    if (value > most) refuse(`minima.${name}`, `is absurd: ${value}; at most ${most}`);
    return value;
  };
  return {
    horizontalMetres: minimum('horizontalMetres', LIMITS.distanceMetres),
    verticalMetres: minimum('verticalMetres', LIMITS.altitudeMetres.high - LIMITS.altitudeMetres.low),
    timeSeconds: minimum('timeSeconds', 366 * 86_400),
  };
}

function parseVolume(item: unknown, index: number, seen: Set<string>): Prepared<CheckVolume> {
  const fields = object(item, `volumes[${index}]`);
  const id = name(fields.id, `volumes[${index}] id`);
  const at = (field: string): string => `volumes[${index}] (id ${quoted(id)}) ${field}`;
  if (seen.has(id)) refuse(at('id'), 'this id stands twice in the input');
  seen.add(id);
  const party = name(fields.party, at('party'));
  const declaration =
    fields.declaration === undefined || fields.declaration === null
      ? null
      : name(fields.declaration, at('declaration'));
  const { volume, shape } = parseBounds(fields, at);
  return { volume: { id, party, declaration, ...volume }, shape };
}

/** Volumes without id and party, as a desk sends its own. */
export const parseVolumes = (list: readonly unknown[]): Volume4D[] =>
  list.map((item, index) => {
    const at = (field: string): string => `volumes[${index}] ${field}`;
    return parseBounds(object(item, `volumes[${index}]`), at).volume;
  });

function parseBounds(fields: Fields, at: (field: string) => string): Prepared {
  const outline = parseOutline(fields.outline, at);
  const altitudeLowerMetres = altitude(fields.altitudeLowerMetres, at('altitudeLowerMetres'));
  const altitudeUpperMetres = altitude(fields.altitudeUpperMetres, at('altitudeUpperMetres'));
  if (altitudeLowerMetres > altitudeUpperMetres) {
    refuse(at('altitudeLowerMetres'), `${altitudeLowerMetres} lies above altitudeUpperMetres ${altitudeUpperMetres}`);
  }
  const start = time(fields.start, at('start'));
  const end = time(fields.end, at('end'));
  if (start > end) refuse(at('start'), 'is later than end');
  const shape = prepareShape(outline);
  if (isFault(shape)) return refuse(at(`outline.${shape.field}`), shape.reason);
  return { volume: { outline, altitudeLowerMetres, altitudeUpperMetres, start, end }, shape };
}

function parseOutline(value: unknown, at: (field: string) => string): Outline {
  const fields = object(value, at('outline'));
  const kinds = ['circle', 'polygon'].filter((kind) => fields[kind] !== undefined && fields[kind] !== null);
  if (kinds.length !== 1) refuse(at('outline'), 'must have exactly one of circle and polygon');
  if (kinds[0] === 'circle') {
    const circle = object(fields.circle, at('outline.circle'));
    const lat = latitude(circle.lat, at('outline.circle.lat'));
    const lon = longitude(circle.lon, at('outline.circle.lon'));
    const radiusMetres = number(circle.radiusMetres, at('outline.circle.radiusMetres'));
    if (radiusMetres <= 0)
      refuse(
        at('outline.circle.radiusMetres'),
        `the outline is empty: the radius must be above 0, not ${radiusMetres}`,
      );
    if (radiusMetres > LIMITS.distanceMetres) {
      refuse(at('outline.circle.radiusMetres'), `is absurd: ${radiusMetres} is more than half round the Earth`);
    }
    return { circle: { lat, lon, radiusMetres } };
  }
  const where = at('outline.polygon');
  const ring = Array.isArray(fields.polygon)
    ? (fields.polygon as unknown[])
    : refuse(where, 'must be a list of [lon, lat]');
  if (ring.length > LIMITS.corners + 1) refuse(where, `has more than ${LIMITS.corners} corners`);
  if (ring.length < 3) refuse(where, 'the outline is empty: fewer than three corners');
  return {
    polygon: ring.map((corner, i) => {
      if (!Array.isArray(corner) || corner.length !== 2) return refuse(`${where}[${i}]`, 'must be [lon, lat]');
      const [lon, lat] = corner as unknown[];
      return { lon: longitude(lon, `${where}[${i}] lon`), lat: latitude(lat, `${where}[${i}] lat`) };
    }),
  };
}

function object(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return refuse(where, value === undefined ? 'is missing' : 'must be an object');
}

function number(value: unknown, where: string): number {
  if (value === undefined || value === null) return refuse(where, 'is missing');
  if (typeof value !== 'number') return refuse(where, 'must be a number');
  if (!Number.isFinite(value)) return refuse(where, 'must be a finite number');
  return value;
}

function latitude(value: unknown, where: string): number {
  const degrees = number(value, where);
  return Math.abs(degrees) <= 90 ? degrees : refuse(where, `latitude ${degrees} is beyond 90`);
}

/** Any turn up to a full one is taken, so that a ring may run past the antimeridian as 179, 181. */
function longitude(value: unknown, where: string): number {
  const degrees = number(value, where);
  if (Math.abs(degrees) > 360) return refuse(where, `longitude ${degrees} is absurd: beyond 360`);
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}

function altitude(value: unknown, where: string): number {
  const metres = number(value, where);
  const { low, high } = LIMITS.altitudeMetres;
  return metres >= low && metres <= high ? metres : refuse(where, `is absurd: ${metres}; from ${low} to ${high}`);
}

function time(value: unknown, where: string): number {
  if (value === undefined || value === null) return refuse(where, 'is missing');
  const parsed = parseTime(value);
  return typeof parsed === 'number' ? parsed : refuse(where, parsed.reason);
}

function name(value: unknown, where: string): string {
  if (value === undefined || value === null) return refuse(where, 'is missing');
  if (typeof value !== 'string') return refuse(where, 'must be a text');
  if (value.trim() === '') return refuse(where, 'is empty');
  return value.length <= LONGEST_NAME ? value : refuse(where, `is longer than ${LONGEST_NAME} characters`);
}

const quoted = (id: string): string => JSON.stringify(id.length > 80 ? `${id.slice(0, 80)}…` : id);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);

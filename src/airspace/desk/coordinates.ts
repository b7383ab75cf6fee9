/** Coordinates as officers write them: decimal degrees, degrees-minutes-seconds, MGRS. Pure. */
import * as library from 'mgrs';
import type { Point } from '../../core/index.ts';

// The package is CommonJS for Node and an ES module for bundlers: its functions stand in one place or the other.
interface Mgrs {
  toPoint(text: string): [number, number];
}
const { toPoint } = ('default' in library ? library.default : library) as Mgrs;

const NUMBER = String.raw`[-+]?\d{1,3}(?:\.\d{1,10})?`;
const DECIMAL = new RegExp(`^(${NUMBER})\\s*°?\\s*([NS])?[\\s,;]+(${NUMBER})\\s*°?\\s*([EW])?$`, 'i');
const PART = String.raw`(\d{1,3})\s*°\s*(\d{1,2})\s*['’′]\s*(\d{1,2}(?:\.\d{1,6})?)\s*["”″]\s*`;
const SEXAGESIMAL = new RegExp(`^${PART}([NS])[\\s,;]*${PART}([EW])$`, 'i');
const MGRS = /^\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V](?:\d{2}|\d{4}|\d{6}|\d{8}|\d{10})$/i;

/** One coordinate, or undefined when the text is none. Latitude comes first unless the letters say so. */
export function parseCoordinate(text: string): Point | undefined {
  const clean = text.trim().slice(0, 100);
  return checked(decimal(clean) ?? sexagesimal(clean) ?? mgrs(clean));
}

function decimal(text: string): Point | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  return { lat: Number(match[1]) * sign(match[2]), lon: Number(match[3]) * sign(match[4]) };
}

function sexagesimal(text: string): Point | undefined {
  const match = SEXAGESIMAL.exec(text);
  if (!match) return undefined;
  const part = (from: number): number | undefined => {
    const [degrees = 0, minutes = 0, seconds = 0] = match.slice(from, from + 3).map(Number);
    return minutes < 60 && seconds < 60 ? degrees + minutes / 60 + seconds / 3600 : undefined;
  };
  const [lat, lon] = [part(1), part(5)];
  return lat === undefined || lon === undefined ? undefined : { lat: lat * sign(match[4]), lon: lon * sign(match[8]) };
}

function mgrs(text: string): Point | undefined {
  const compact = text.replace(/\s+/g, '').toUpperCase();
  if (!MGRS.test(compact)) return undefined;
  try {
    const [lon, lat] = toPoint(compact);
    return lon === undefined || lat === undefined ? undefined : { lat, lon };
  } catch {
    return undefined;
  }
}

const sign = (letter: string | undefined): number => (/[SW]/i.test(letter ?? '') ? -1 : 1);

const checked = (point: Point | undefined): Point | undefined =>
  point && Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180 ? point : undefined;

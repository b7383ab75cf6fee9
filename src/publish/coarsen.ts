/**
 * What of an exact place and time may be published, and when. Deterministic, never random: repeats of noise average
 * out. Must never give the public a point, a site's name or an hour of a place that people flee to or are healed in.
 */
import { cellToLatLng, cellToParent, latLngToCell } from 'h3-js';
import {
  addDays,
  type Day,
  dayInZone,
  dayStart,
  type Instant,
  isCoarser,
  type Point,
  type Precision,
  type Target,
} from '../core/index.ts';
import { type Publication, SHIPPED_PUBLICATION } from '../terms/index.ts';

/** Where people are healed, sheltered, taught or brought aid: published coarser and later than others. */
export const PROTECTED_TARGETS: ReadonlySet<Target> = new Set(['hospital', 'school', 'camp', 'aid_convoy']);

export const isProtectedIncident = (targets: readonly (Target | null)[]): boolean =>
  targets.some((target) => target !== null && PROTECTED_TARGETS.has(target));

const ORDINARY_RESOLUTION = 7;
/** H3 resolutions tried for protected places, finest first; beyond the last only the governorate is named. */
const PROTECTED_RESOLUTIONS = [5, 4, 3] as const;
const LEAST_PLACES_IN_CELL = 5;
const DECIMALS = 1e4;

/** Precision that a cell of a resolution amounts to: its edge is 1.2, 8.5, 22 or 59 km. */
const PRECISION_OF_RESOLUTION: Readonly<Record<number, Precision>> = {
  7: 'neighbourhood',
  5: 'district',
  4: 'district',
  3: 'governorate',
};

/** How many places of the protected kind are known in cells of resolution 5; built once for a release. */
export type Census = ReadonlyMap<string, number>;

/** Counts places by cell. With no list of such places at hand, settlements stand in for them: each may have one. */
export function censusOf(places: readonly Point[]): Census {
  const counts = new Map<string, number>();
  for (const { lat, lon } of places) {
    const cell = latLngToCell(lat, lon, PROTECTED_RESOLUTIONS[0]);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

function placesIn(census: Census, cell: string, resolution: number): number {
  if (resolution === PROTECTED_RESOLUTIONS[0]) return census.get(cell) ?? 0;
  let sum = 0;
  for (const [fine, count] of census) if (cellToParent(fine, resolution) === cell) sum += count;
  return sum;
}

export interface PublishedWhere {
  /** Centre of the cell, to four decimals; null where only an area may be named. */
  readonly point: Point | null;
  /** H3 cell; null with the point. */
  readonly cell: string | null;
  readonly precision: Precision;
}

const NOWHERE: PublishedWhere = { point: null, cell: null, precision: 'governorate' };

function atCell(cell: string, precision: Precision): PublishedWhere {
  const [lat, lon] = cellToLatLng(cell);
  return {
    cell,
    precision,
    point: { lat: Math.round(lat * DECIMALS) / DECIMALS, lon: Math.round(lon * DECIMALS) / DECIMALS },
  };
}

const coarser = (a: Precision, b: Precision): Precision => (isCoarser(a, b) ? a : b);

/**
 * Where an incident is shown. Ordinary: the centre of its H3 cell of resolution 7. Protected: of the finest cell from
 * resolution 5 upwards that holds at least five places such as it; the governorate alone when none does. A place known
 * no better than a governorate has no point.
 */
export function publishWhere(
  point: Point | null,
  precision: Precision,
  guarded: boolean,
  census: Census,
): PublishedWhere {
  if (point === null || isCoarser(precision, 'district'))
    return { ...NOWHERE, precision: coarser(precision, 'governorate') };
  if (!guarded)
    return atCell(
      latLngToCell(point.lat, point.lon, ORDINARY_RESOLUTION),
      coarser(precision, PRECISION_OF_RESOLUTION[7] ?? 'town'),
    );
  // Parents, not cells of the point itself: H3 cells nest only roughly, and two ways to coarsen would cross.
  const finest = latLngToCell(point.lat, point.lon, PROTECTED_RESOLUTIONS[0]);
  for (const resolution of PROTECTED_RESOLUTIONS) {
    const cell = cellToParent(finest, resolution);
    if (placesIn(census, cell, resolution) < LEAST_PLACES_IN_CELL) continue;
    return atCell(cell, coarser(precision, PRECISION_OF_RESOLUTION[resolution] ?? 'governorate'));
  }
  return NOWHERE;
}

const HOUR_MS = 3_600_000;
const SLOT_HOURS = 6;

export interface PublishedWhen {
  readonly day: Day;
  /** 0 to 3: from 00:00, 06:00, 12:00 or 18:00 in the instrument's zone; null where only the day may be told. */
  readonly slot: 0 | 1 | 2 | 3 | null;
}

/**
 * The day and the quarter of it, in the instrument's zone. A protected incident keeps its day only: with a day and an
 * hour, whoever watched the skies knows which site was meant. A day without a time has no slot.
 */
export function publishWhen(start: Instant | Day, zone: string, guarded: boolean): PublishedWhen {
  if (start.length <= 10) return { day: start, slot: null };
  const day = dayInZone(start, zone);
  if (guarded) return { day, slot: null };
  const hours = (Date.parse(start) - dayStart(day, zone)) / HOUR_MS;
  // On the day that clocks go back the last slot is an hour longer.
  const slot = Math.min(3, Math.max(0, Math.floor(hours / SLOT_HOURS)));
  return { day, slot: slot as 0 | 1 | 2 | 3 };
}

/**
 * The first moment (UTC milliseconds) at which an incident may be told to the public: a day, or three for a protected
 * one, after the later of its end and the moment it was first known. Not counted from a public report's own
 * publication: what is public already is not held back, so the caller gives the publication as `known` then.
 */
export function publishableFrom(
  ended: number,
  known: number,
  guarded: boolean,
  { delayHours }: Publication = SHIPPED_PUBLICATION,
): number {
  return Math.max(ended, known) + delayHours[guarded ? 'guarded' : 'ordinary'] * HOUR_MS;
}

/**
 * When an incident ended (UTC milliseconds), as far as it may be told: the end of its quarter of the day, or of its day,
 * so that the moment at which it appears tells no more than what is printed of it.
 */
export function endedAt(day: Day, start: Instant | Day | null, end: Instant | Day | null, zone: string): number {
  const last = [start, end].flatMap((time) => (time === null ? [] : [time])).map((time) => endOfSlot(time, zone));
  return last.length === 0 ? dayStart(addDays(day, 1), zone) : Math.max(...last);
}

function endOfSlot(time: Instant | Day, zone: string): number {
  const { day, slot } = publishWhen(time, zone, false);
  const midnight = dayStart(addDays(day, 1), zone);
  return slot === null || slot === 3 ? midnight : dayStart(day, zone) + (slot + 1) * SLOT_HOURS * HOUR_MS;
}

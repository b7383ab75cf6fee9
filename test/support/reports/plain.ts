/**
 * The plain preset: four sources with different reach tell of incidents, each with noise of its own in place, date,
 * kind, actor and toll (figures of the research note). Used by tests and benchmarks only.
 */
import { dayFromNumber } from '../../../src/core/index.ts';
import { type Random, seededRandom } from './random.ts';
import {
  ACTORS,
  FIRST_DAY,
  type Incident,
  KIND_CLASSES,
  KINDS,
  makeIncident,
  makeTowns,
  scatter,
  type Town,
  type WorldSize,
} from './world.ts';

/** One line of `hudna link` input, with the truth beside it. */
export interface GeneratedReport {
  readonly line: ReportLine;
  /** True incident; -1 for a report that belongs to none (a sum-up). */
  readonly truth: number;
  /** True when the report is a copy of another one. */
  readonly copy: boolean;
  /** What makes it hard to link, by name; for the confusion by class. */
  readonly noise?: readonly string[];
  /** What a text-only report tells: for the oracle, never given to a linker. */
  readonly told?: EventLine;
}

export interface ReportLine {
  readonly id: string;
  readonly source: string;
  readonly origin: string | null;
  readonly lang: string;
  readonly published: string | null;
  readonly text: string | null;
  readonly event: EventLine | null;
}

export interface EventLine {
  readonly type: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: string | null;
  readonly place_text: string | null;
  readonly actor: string | null;
  readonly killed: { readonly low: number | null; readonly high: number | null } | null;
  readonly injured: { readonly low: number | null; readonly high: number | null } | null;
  readonly target: string | null;
}

const REACH = [0.62, 0.45, 0.38, 0.25];

export function* plainReports(seed: number, size: WorldSize): Generator<GeneratedReport> {
  const random = seededRandom(seed);
  const place = makeTowns(random, 400);
  const days = Array.from({ length: size.incidents }, () => random.int(size.days)).sort((a, b) => a - b);
  let n = 0;
  for (const [id, day] of days.entries()) {
    const incident = makeIncident(random, id, place, FIRST_DAY + day);
    const town = place.towns[incident.town];
    if (!town) continue;
    for (const [s, reach] of REACH.entries()) {
      if (!random.chance(reach)) continue;
      yield { line: plainLine(random, `p${n++}`, `source-${s + 1}`, incident, town), truth: id, copy: false };
    }
  }
}

function plainLine(random: Random, id: string, source: string, incident: Incident, town: Town): ReportLine {
  const day = incident.day + noisyDay(random);
  return {
    id,
    source,
    origin: null,
    lang: 'en',
    published: dayFromNumber(day + 1),
    text: null,
    event: {
      type: noisyKind(random, incident.kind),
      start: dayFromNumber(day),
      end: null,
      ...noisyPlace(random, incident, town),
      place_text: town.name,
      actor: noisyActor(random, incident.actor),
      killed: noisyToll(random, incident.killed),
      injured: null,
      target: null,
    },
  };
}

export const noisyDay = (random: Random): number => {
  const roll = random.next();
  if (roll < 0.85) return 0;
  return (random.chance(0.5) ? 1 : -1) * (roll < 0.98 ? 1 : 2);
};

export function noisyKind(random: Random, kind: string): string {
  const roll = random.next();
  if (roll < 0.75) return kind;
  const siblings = KIND_CLASSES.find((kinds) => kinds.includes(kind)) ?? KINDS;
  return random.pick(roll < 0.93 ? siblings : KINDS);
}

export function noisyActor(random: Random, actor: string): string | null {
  const roll = random.next();
  if (roll < 0.8) return actor;
  return roll < 0.95 ? null : random.pick(ACTORS);
}

export function noisyToll(random: Random, killed: number): EventLine['killed'] {
  const roll = random.next();
  if (roll < 0.25) return null;
  const value = roll < 0.55 ? Math.max(0, Math.round(killed * (1 + 0.4 * random.normal()))) : killed;
  return { low: value, high: value };
}

/** Exact (45 %, half a kilometre off), the town's centre (40 %) or a quarter-degree grid point (15 %). */
export function noisyPlace(random: Random, incident: Incident, town: Town) {
  const roll = random.next();
  if (roll < 0.45) return { ...scatter(random, incident.lat, incident.lon, 0.5), precision: 'neighbourhood' };
  if (roll < 0.85) return { lat: town.lat, lon: town.lon, precision: 'town' };
  const snap = (value: number): number => Math.round(value * 4) / 4;
  return { lat: snap(town.lat), lon: snap(town.lon), precision: 'district' };
}

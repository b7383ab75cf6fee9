/** Judges a reading against a hand-written fixture (fixtures/events/*.json). For tests and benchmarks only. */
import { readFileSync } from 'node:fs';
import { distanceMetres } from '../../core/index.ts';
import type { Gazetteer } from '../../places/index.ts';
import type { EventClaim, Reading } from '../model.ts';

export interface WantedEvent {
  readonly type?: string;
  readonly start?: string;
  readonly at?: readonly [number, number];
  /** English name of the governorate that the place must be or lie in. */
  readonly area?: string;
  readonly killed?: readonly [number | null, number | null];
  readonly injured?: readonly [number | null, number | null];
  readonly actor?: string | null;
  readonly target?: string;
  readonly alleged?: boolean;
  readonly aggregate?: boolean;
}

export interface EventFixture {
  readonly id: string;
  readonly lang: string;
  readonly published: string;
  readonly title?: string;
  readonly text: string;
  /** Null: the text tells of no event. */
  readonly main: WantedEvent | null;
  readonly also?: readonly WantedEvent[];
  readonly none?: readonly WantedEvent[];
  /** Beginning of the reason of a dropped item that must be there. */
  readonly flag?: string;
}

const PLACE_METRES = 10_000;

export const eventFixtures = (half: 'dev' | 'held'): EventFixture[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/events/${half}.json`, import.meta.url), 'utf8')) as EventFixture[];

/** What is wrong with a reading, one line each; [] when nothing is. */
export function faultsOf(fixture: EventFixture, reading: Reading, gazetteer: Gazetteer): string[] {
  const { events } = reading;
  const faults: string[] = [];
  if (fixture.main === null) {
    if (events.length > 0) faults.push(`no event expected, found ${events.map((event) => event.type).join(', ')}`);
  } else if (!events[0]) faults.push('no event found');
  else faults.push(...differences(fixture.main, events[0], reading, gazetteer));
  for (const wanted of fixture.also ?? []) {
    if (!events.some((event) => differences(wanted, event, reading, gazetteer).length === 0))
      faults.push(`missing: ${JSON.stringify(wanted)}`);
  }
  for (const unwanted of fixture.none ?? []) {
    if (events.some((event) => differences(unwanted, event, reading, gazetteer).length === 0))
      faults.push(`must not be there: ${JSON.stringify(unwanted)}`);
  }
  if (fixture.flag && !reading.dropped.some(({ reason }) => reason.startsWith(fixture.flag ?? '')))
    faults.push(`not flagged: ${fixture.flag}`);
  return faults;
}

function differences(wanted: WantedEvent, event: EventClaim, reading: Reading, gazetteer: Gazetteer): string[] {
  const faults: string[] = [];
  const differ = (field: string, want: unknown, got: unknown): void => {
    if (JSON.stringify(want) !== JSON.stringify(got))
      faults.push(`${field}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
  };
  if (wanted.type !== undefined) differ('type', wanted.type, event.type);
  if (wanted.start !== undefined) differ('start', wanted.start, event.start?.slice(0, 10) ?? null);
  if (wanted.actor !== undefined) differ('actor', wanted.actor, event.actor);
  if (wanted.target !== undefined) differ('target', wanted.target, event.target);
  if (wanted.killed !== undefined) differ('killed', wanted.killed, [event.killed.low, event.killed.high]);
  if (wanted.injured !== undefined) differ('injured', wanted.injured, [event.injured.low, event.injured.high]);
  if (wanted.alleged !== undefined) differ('alleged', wanted.alleged, event.alleged);
  if (wanted.aggregate !== undefined) differ('aggregate', wanted.aggregate, event.aggregate);
  const place = reading.places[event.places[0] ?? -1];
  if (wanted.at) {
    const [lat, lon] = wanted.at;
    const near =
      place !== undefined &&
      place.lat !== null &&
      place.lon !== null &&
      distanceMetres({ lat: place.lat, lon: place.lon }, { lat, lon }) <= PLACE_METRES;
    if (!near) faults.push(`place: ${place?.span.text} (${place?.name.en}) is not at ${lat}, ${lon}`);
  }
  if (wanted.area) {
    const known = place?.place ? gazetteer.byId(place.place) : undefined;
    const area = known?.class === 'governorate' ? known : gazetteer.byId(known?.area ?? '');
    if (!area?.name.en.startsWith(wanted.area))
      faults.push(`place: ${place?.span.text} lies in ${area?.name.en}, not ${wanted.area}`);
  }
  return faults;
}

/**
 * Judges the main event of a reading against a row of the sample's answer key, field by field; `facts.accept` holds
 * second values that are right as well. Only benchmarks and tests import this.
 */
import { type Count, distanceMetres } from '../../src/core/index.ts';
import { foldSpelling, type Gazetteer } from '../../src/places/index.ts';
import type { EventClaim, Reading } from '../../src/reading/index.ts';

export interface KeyPlace {
  readonly text: string;
  readonly name_ar: string;
  readonly name_en: string;
  readonly admin1: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: string;
}

export interface KeyFacts {
  readonly event_type: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly place: KeyPlace;
  readonly target: string | null;
  readonly alleged_party: string;
  readonly killed: Count;
  readonly injured: Count;
  readonly accept?: Partial<KeyFacts>;
}

export interface KeyRow {
  readonly id: string;
  readonly incident: string | null;
  readonly facts: KeyFacts | null;
}

export const FIELDS = ['kind', 'date', 'place', 'killed', 'killedOverlaps', 'party', 'injured', 'target'] as const;
export type Field = (typeof FIELDS)[number];
export type Marks = Readonly<Record<Field, boolean>>;

const PLACE_METRES = 10_000;

/** Marks of one report. A reading without an event has every field wrong that the key fills. */
export function judge(reading: Reading, facts: KeyFacts, gazetteer: Gazetteer): Marks {
  const main = reading.events[0];
  const killed = tollOf(reading.events, 'killed');
  const injured = tollOf(reading.events, 'injured');
  const either = (test: (facts: Partial<KeyFacts>) => boolean): boolean =>
    test(facts) || (facts.accept !== undefined && test(facts.accept));
  return {
    kind: either((key) => key.event_type !== undefined && key.event_type === main?.type),
    date: either((key) => key.start !== undefined && key.start === (main ? dayOf(main.start) : null)),
    place: either((key) => key.place !== undefined && placeFits(reading, main, key.place, gazetteer)),
    killed: either((key) => key.killed !== undefined && killed.some((count) => sameCount(count, key.killed as Count))),
    killedOverlaps: either(
      (key) => key.killed !== undefined && killed.some((count) => overlaps(count, key.killed as Count)),
    ),
    party: either((key) => key.alleged_party !== undefined && key.alleged_party === (main?.actor ?? 'unknown')),
    injured: either(
      (key) => key.injured !== undefined && injured.some((count) => overlaps(count, key.injured as Count)),
    ),
    target: either((key) => key.target !== undefined && key.target === (main?.target ?? 'unknown')),
  };
}

/** First day of an event's start: a day, an interval or a time. */
export const dayOf = (start: string | null): string | null => start?.split('/')[0]?.slice(0, 10) ?? null;

/**
 * The main event's toll, and the range over it and the events that tell of the same thing by another source (same type,
 * day and place): the key writes contradictory tolls as one range, the reading as several events.
 */
function tollOf(events: readonly EventClaim[], field: 'killed' | 'injured'): Count[] {
  const [main] = events;
  if (!main) return [{ low: null, high: null }];
  const same = events.filter(
    (event) => event.type === main.type && event.start === main.start && event.places[0] === main.places[0],
  );
  const known = same.map((event) => event[field]).filter((count) => count.low !== null || count.high !== null);
  if (known.length < 2) return [main[field]];
  const low = Math.min(...known.map((count) => count.low ?? 0));
  const highs = known.map((count) => count.high ?? Number.POSITIVE_INFINITY);
  const high = Math.max(...highs);
  const largest = Math.max(...known.map((count) => count.high ?? count.low ?? 0));
  return [main[field], { low, high: Number.isFinite(high) ? high : null }, { low, high: largest }];
}

/** Nobody killed is said in two ways: nothing said, and none. */
const sameCount = (ours: Count, key: Count): boolean => ours.low === key.low && ours.high === key.high;

function overlaps(ours: Count, key: Count): boolean {
  const none = (count: Count): boolean => count.low === null && count.high === null;
  if (none(ours) || none(key)) return none(ours) === none(key);
  return (
    (ours.low ?? 0) <= (key.high ?? Number.POSITIVE_INFINITY) &&
    (key.low ?? 0) <= (ours.high ?? Number.POSITIVE_INFINITY)
  );
}

/** Within ten kilometres of the key's point, or inside the area it names where it has no point. */
function placeFits(reading: Reading, event: EventClaim | undefined, key: KeyPlace, gazetteer: Gazetteer): boolean {
  const mention = event ? reading.places[event.places[0] ?? -1] : undefined;
  if (!mention || mention.lat === null || mention.lon === null) return false;
  const point = { lat: mention.lat, lon: mention.lon };
  if (key.lat !== null && key.lon !== null)
    return distanceMetres(point, { lat: key.lat, lon: key.lon }) <= PLACE_METRES;
  const place = mention.place === null ? undefined : gazetteer.byId(mention.place);
  if (key.admin1 === null) return wideAreaFits(key, mention.precision, place?.country ?? null);
  const wanted = governorateOf(key.admin1, gazetteer);
  const area = place?.class === 'governorate' ? place.id : (place?.area ?? gazetteer.governorateAt(point)?.id ?? null);
  return wanted !== null && area === wanted;
}

/** A country, a border or several governorates: the mention must be as wide, or lie in the country. */
function wideAreaFits(key: KeyPlace, precision: string, country: string | null): boolean {
  if (key.precision === 'country') return precision === 'country' || precision === 'region';
  return country === 'SY' || country === 'TR' || precision === 'region' || precision === 'country';
}

function governorateOf(admin1: string, gazetteer: Gazetteer): string | null {
  const name = foldSpelling(admin1);
  for (const place of gazetteer.places) {
    if (place.class !== 'governorate') continue;
    if (place.names.some(({ form }) => [name, `${name} governorate`, `${name} province`].includes(foldSpelling(form))))
      return place.id;
  }
  return null;
}

/**
 * A text read for linking: the reading's events as the linker takes them, the main one first. The main event is the one
 * that tells most of what can be compared; ties go to the one told first. Pure.
 */
import { dayNumber, isDay, isInstant, type Precision } from '../core/index.ts';
import type { Gazetteer } from '../places/index.ts';
import type { EventClaim, Reading } from '../reading/index.ts';
import { fullName } from './full-name.ts';
import type { LinkEvent } from './model.ts';

const FINE: readonly Precision[] = ['site', 'street', 'neighbourhood', 'town'];

/** At most twenty events of a reading. */
export function eventsOfReading(reading: Reading, gazetteer?: Gazetteer): LinkEvent[] {
  return reading.events
    .slice(0, 20)
    .map((event) => ({ event: linkEventOf(event, reading, gazetteer), said: saidBy(event, reading) }))
    .sort((a, b) => b.said - a.said)
    .map(({ event }) => event);
}

function saidBy(event: EventClaim, reading: Reading): number {
  const place = reading.places[event.places[0] ?? -1];
  let said = event.aggregate ? -10 : 0;
  if (place?.lat != null) said += FINE.includes(place.precision) ? 4 : 2;
  if (event.start !== null) said += 1;
  if (event.type !== 'ceasefire_violation') said += 1;
  if (event.killed.low !== null || event.injured.low !== null) said += 1;
  return said;
}

function linkEventOf(event: EventClaim, reading: Reading, gazetteer: Gazetteer | undefined): LinkEvent {
  const place = reading.places[event.places[0] ?? -1];
  const [from = '', until] = (event.start ?? '').split('/');
  const startDay = dayOf(from);
  return {
    type: event.type,
    startDay,
    endDay: dayOf(event.end ?? '') ?? dayOf(until ?? '') ?? startDay,
    minute: isInstant(from) ? Math.floor(Date.parse(from) / 60_000) : null,
    lat: place?.lat ?? null,
    lon: place?.lon ?? null,
    precision: place?.precision ?? null,
    radius: null,
    placeText: fullName(gazetteer, place?.place ?? null, place?.name.ar ?? place?.name.en ?? place?.span.text ?? null),
    actor: event.actor,
    killed: event.killed,
    injured: event.injured,
    target: event.target === 'unknown' ? null : event.target,
    aggregate: event.aggregate,
  };
}

function dayOf(text: string): number | null {
  const day = text.slice(0, 10);
  return isDay(day) ? dayNumber(day) : null;
}

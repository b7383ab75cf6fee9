/** A report and what was read from it → its claims. What the sender stated as fields stands before what was read. Pure. */
import { isUnknownCount, type Trilingual } from '../core/index.ts';
import { type Gazetteer, resolvePlace } from '../places/index.ts';
import type { EventClaim, Reading } from '../reading/index.ts';
import type { ReportEvent } from '../sources/index.ts';
import { dateEvidence, placeEvidence, tollEvidence, wholeEvent, wordsEvidence } from './evidence.ts';
import type { ClaimBasis, ClaimedPlace, ClaimField, ClaimSpan, ClaimValues, NewClaim } from './model.ts';
import { victimOf } from './victim.ts';

const NARRATOR = 'narrator';

/** Claims of a report; event 0 is the main one. A stated event is event 0 and keeps the read fields that it leaves open. */
export function claimsOf(
  document: string,
  reading: Reading,
  stated: ReportEvent | null,
  gazetteer: Gazetteer,
): NewClaim[] {
  const read = reading.events.flatMap((event, i) => claimsOfEvent(document, reading, event, i, gazetteer));
  if (!stated) return read;
  const said = claimsOfStated(stated, gazetteer);
  const fields = new Set<ClaimField>(said.map(({ field }) => field));
  return [...said, ...read.filter((claim) => claim.event !== 0 || !fields.has(claim.field))];
}

class Collector {
  readonly claims: NewClaim[] = [];
  readonly #about: {
    readonly event: number;
    readonly basis: ClaimBasis;
    readonly alleged: boolean;
    readonly by: string | null;
  };

  constructor(about: { event: number; basis: ClaimBasis; alleged: boolean; by: string | null }) {
    this.#about = about;
  }

  add<Field extends ClaimField>(field: Field, value: ClaimValues[Field] | null, spans: readonly ClaimSpan[]): void {
    if (value !== null) this.claims.push({ ...this.#about, field, value, spans } as NewClaim);
  }
}

function claimsOfEvent(
  document: string,
  reading: Reading,
  event: EventClaim,
  index: number,
  gazetteer: Gazetteer,
): NewClaim[] {
  const into = new Collector({
    event: index,
    basis: 'read',
    alleged: event.alleged,
    by: event.by === NARRATOR ? null : event.by,
  });
  const victim = victimOf(document, reading, event);
  into.add('type', event.type, wholeEvent(event));
  into.add('start', event.start, dateEvidence(reading, event));
  into.add('end', event.end, dateEvidence(reading, event));
  into.add('place', placeOf(reading, event, gazetteer), placeEvidence(reading, event));
  into.add(
    'actor',
    event.actor === null && event.actorText === null ? null : { code: event.actor, words: event.actorText },
    wordsEvidence(document, event.actorText, event),
  );
  into.add('victim', victim && { code: victim.code, words: victim.span.text }, victim ? [victim.span] : []);
  into.add('target', event.target === 'unknown' ? null : event.target, wholeEvent(event));
  into.add('weapon', event.weapon, wordsEvidence(document, event.weapon, event));
  into.add(
    'killed',
    isUnknownCount(event.killed) ? null : event.killed,
    tollEvidence(reading, event, 'deaths', event.killed),
  );
  into.add(
    'injured',
    isUnknownCount(event.injured) ? null : event.injured,
    tollEvidence(reading, event, 'injured', event.injured),
  );
  into.add('aggregate', event.aggregate ? true : null, wholeEvent(event));
  return into.claims;
}

function placeOf(reading: Reading, event: EventClaim, gazetteer: Gazetteer): ClaimedPlace | null {
  const mention = event.places.map((index) => reading.places[index]).find((place) => place !== undefined);
  if (!mention) return null;
  const known = mention.place === null ? undefined : gazetteer.byId(mention.place);
  const point = mention.lat === null || mention.lon === null ? null : { lat: mention.lat, lon: mention.lon };
  // An unplaced village keeps its own words: it is named as the report names it, at the point of the area it lies in.
  const words = mention.name.ar ?? mention.name.en ?? mention.span.text;
  const name: Trilingual = known
    ? known.name
    : { ar: mention.name.ar ?? words, en: mention.name.en ?? words, ru: mention.name.en ?? words };
  return {
    id: known?.id ?? null,
    name,
    point,
    precision: mention.precision,
    area: areaOf(known?.id ?? null, point, gazetteer),
  };
}

function areaOf(id: string | null, point: ClaimedPlace['point'], gazetteer: Gazetteer): string | null {
  const place = id === null ? undefined : gazetteer.byId(id);
  if (place?.class === 'governorate') return place.id;
  return place?.area ?? (point ? (gazetteer.governorateAt(point)?.id ?? null) : null);
}

function claimsOfStated(stated: ReportEvent, gazetteer: Gazetteer): NewClaim[] {
  const into = new Collector({ event: 0, basis: 'stated', alleged: false, by: null });
  into.add('type', stated.type, []);
  into.add('start', stated.start, []);
  into.add('end', stated.end, []);
  into.add('place', statedPlace(stated, gazetteer), []);
  into.add('actor', stated.actor === null ? null : { code: stated.actor, words: null }, []);
  into.add('target', stated.target === 'unknown' ? null : stated.target, []);
  into.add('killed', isUnknownCount(stated.killed) ? null : stated.killed, []);
  into.add('injured', isUnknownCount(stated.injured) ? null : stated.injured, []);
  return into.claims;
}

/** Where the sender says it was: the point, if given, else what its words give; words that name no listed place are kept. */
function statedPlace(stated: ReportEvent, gazetteer: Gazetteer): ClaimedPlace | null {
  const point = stated.lat === null || stated.lon === null ? null : { lat: stated.lat, lon: stated.lon };
  const words = stated.place_text;
  const found = words === null ? null : resolvePlace(gazetteer, words);
  if (!point && !found?.place) return null;
  const known = found?.found === 'listed' ? found.place : null;
  const text = found?.text || (words ?? '');
  return {
    id: known?.id ?? null,
    name: known?.name ?? { ar: text, en: text, ru: text },
    point: point ?? found?.point ?? null,
    precision: stated.precision ?? found?.precision ?? 'town',
    area: areaOf(point ? null : (found?.place?.id ?? null), point ?? found?.point ?? null, gazetteer),
  };
}

/**
 * An answer → claims, each on words found in the text. Pure. Dates, counts and places are read by our own grammar from
 * those words; where it reads nothing there, or another thing, the claim is dropped and says why.
 */
import { isUnknownCount, type Trilingual } from '../../core/index.ts';
import { type Gazetteer, resolvePlace } from '../../places/index.ts';
import type { ActorMention, DateMention, Figure, PlaceMention, Reading, Span } from '../../reading/index.ts';
import type { ClaimedPlace, ClaimSpan, NewClaim } from '../model.ts';
import { type Locator, locatorOver } from './locate.ts';
import type { Answer, AnsweredEvent } from './prompt.ts';

const MOST_EVENTS = 20;
const MOST_SENTENCES = 20;
const MOST_DROPPED = 200;

export interface SecondEvent {
  /** Where the event is told. */
  readonly sentences: readonly ClaimSpan[];
  /** Numbered within the answer; which event of the report it is, is decided by comparing. */
  readonly claims: readonly NewClaim[];
}

/** Something answered that counts for nothing; never the quotation itself, which may be invented. */
export interface DroppedClaim {
  readonly event: number;
  readonly field: string;
  readonly why: 'words not found' | 'read as nothing' | 'no sentence found' | 'too many events';
}

export interface SecondClaims {
  readonly events: readonly SecondEvent[];
  readonly dropped: readonly DroppedClaim[];
}

/** `reading` is our reader's own of the same document. */
export function secondClaims(document: string, reading: Reading, answer: Answer, gazetteer: Gazetteer): SecondClaims {
  const locator = locatorOver(document);
  const events: SecondEvent[] = [];
  const dropped: DroppedClaim[] = [];
  answer.events.forEach((event, number) => {
    if (number >= MOST_EVENTS) {
      dropped.push({ event: number, field: 'event', why: 'too many events' });
      return;
    }
    const sentences = event.sentences.slice(0, MOST_SENTENCES).flatMap((sentence) => locator.find(sentence) ?? []);
    if (sentences.length === 0) {
      dropped.push({ event: number, field: 'event', why: 'no sentence found' });
      return;
    }
    const claims = claimsOfEvent({ event, number, sentences, locator, reading, gazetteer, document }, dropped);
    events.push({ sentences, claims });
  });
  return { events, dropped: dropped.slice(0, MOST_DROPPED) };
}

interface About {
  readonly event: AnsweredEvent;
  readonly number: number;
  readonly sentences: readonly ClaimSpan[];
  readonly locator: Locator;
  readonly reading: Reading;
  readonly gazetteer: Gazetteer;
  readonly document: string;
}

function claimsOfEvent(about: About, dropped: DroppedClaim[]): NewClaim[] {
  const { event, number, sentences, locator, reading, document } = about;
  const claims: NewClaim[] = [];
  const common = { event: number, basis: 'read', alleged: false, by: null } as const;
  /** Finds the words of a field inside the event's sentences first, and lets the grammar read them. */
  const read = <Value>(field: string, quoted: string | null, value: (at: ClaimSpan) => Value | null): Found<Value> => {
    if (quoted === null || quoted.trim() === '') return null;
    const at = locator.find(quoted, sentences);
    const found = at && value(at);
    if (at && found !== null) return { value: found as Value, spans: [at] };
    dropped.push({ event: number, field, why: at ? 'read as nothing' : 'words not found' });
    return null;
  };
  claims.push({ ...common, field: 'type', value: event.type, spans: sentences });
  const start = read('start', event.when, (at) => dayAt(reading.dates, at));
  if (start) claims.push({ ...common, field: 'start', ...start });
  const place = read('place', event.place, (at) => placeAt(about, at));
  if (place) claims.push({ ...common, field: 'place', ...place });
  for (const field of ['actor', 'victim'] as const) {
    const who = read(field, event[field], (at) => ({
      code: actorAt(reading.actors, at),
      words: document.slice(at.start, at.end),
    }));
    if (who) claims.push({ ...common, field, ...who });
  }
  const { target } = event;
  if (target !== null && target !== 'unknown') {
    const hit = read('target', event.target_words, () => target);
    if (hit) claims.push({ ...common, field: 'target', ...hit });
  }
  const weapon = read('weapon', event.weapon, (at) => document.slice(at.start, at.end));
  if (weapon) claims.push({ ...common, field: 'weapon', ...weapon });
  const killed = read('killed', event.killed, (at) => countAt(reading.figures, at, 'deaths'));
  if (killed) claims.push({ ...common, field: 'killed', ...killed });
  const injured = read('injured', event.injured, (at) => countAt(reading.figures, at, 'injured'));
  if (injured) claims.push({ ...common, field: 'injured', ...injured });
  return claims;
}

type Found<Value> = { readonly value: Value; readonly spans: readonly ClaimSpan[] } | null;

const overlap = (span: Span, at: ClaimSpan): number => Math.min(span.end, at.end) - Math.max(span.start, at.start);

/** Of the mentions that share letters with a stretch, the one that shares most. */
function mostInside<Mention extends { readonly span: Span }>(
  mentions: readonly Mention[],
  at: ClaimSpan,
): Mention | undefined {
  let best: Mention | undefined;
  for (const mention of mentions) if (overlap(mention.span, at) > (best ? overlap(best.span, at) : 0)) best = mention;
  return best;
}

const dayAt = (dates: readonly DateMention[], at: ClaimSpan): string | null => {
  const date = mostInside(
    dates.filter(({ value }) => value !== null && value !== 'PRESENT_REF'),
    at,
  );
  return date?.value ?? null;
};

const actorAt = (actors: readonly ActorMention[], at: ClaimSpan): string | null =>
  mostInside(
    actors.filter(({ kind }) => kind !== 'person'),
    at,
  )?.actor ?? null;

function placeAt({ reading, gazetteer, document }: About, at: ClaimSpan): ClaimedPlace | null {
  const mention = mostInside(reading.places, at);
  if (mention) return claimedPlace(mention, gazetteer);
  const found = resolvePlace(gazetteer, document.slice(at.start, at.end));
  if (found.found !== 'listed' || !found.place) return null;
  const { place } = found;
  const area = place.class === 'governorate' ? place.id : (place.area ?? null);
  return { id: place.id, name: place.name, point: place.point, precision: place.precision, area };
}

function claimedPlace(mention: PlaceMention, gazetteer: Gazetteer): ClaimedPlace {
  const known = mention.place === null ? undefined : gazetteer.byId(mention.place);
  const point = mention.lat === null || mention.lon === null ? null : { lat: mention.lat, lon: mention.lon };
  const words = mention.name.ar ?? mention.name.en ?? mention.span.text;
  const name: Trilingual = known?.name ?? { ar: words, en: words, ru: words };
  const area = known?.class === 'governorate' ? known.id : known?.area;
  return {
    id: known?.id ?? null,
    name,
    point,
    precision: mention.precision,
    area: area ?? (point ? (gazetteer.governorateAt(point)?.id ?? null) : null),
  };
}

/** The count that our grammar reads in these words, of this unit only; two bounds of a range are one count. */
function countAt(
  figures: readonly Figure[],
  at: ClaimSpan,
  unit: 'deaths' | 'injured',
): { low: number | null; high: number | null } | null {
  const own = figures.filter((figure) => figure.unit === unit && overlap(figure.span, at) > 0);
  const first = mostInside(own, at);
  if (!first) return null;
  let low: number | null = null;
  let high: number | null = null;
  for (const { span, value, comparator } of own) {
    if (span.start !== first.span.start || span.end !== first.span.end) continue;
    if (comparator === '=' || comparator === '~') [low, high] = [value, value];
    else if (comparator === '>=') low = value;
    else if (comparator === '>') low = value + 1;
    else if (comparator === '<=') high = value;
    else high = Math.max(0, value - 1);
  }
  return isUnknownCount({ low, high }) ? null : { low, high };
}

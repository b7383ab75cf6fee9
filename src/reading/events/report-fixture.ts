/**
 * Judges the main event of short reports, field by field, against what a person read in them
 * (fixtures/events/reports.jsonl: news lines, hotline notes, bulletins, posts; several conflicts). For tests and
 * benchmarks only. `a|b` in a wanted value means that either is right; a field that is absent is not judged.
 */
import { readFileSync } from 'node:fs';
import { distanceMetres, type Point } from '../../core/index.ts';
import type { Gazetteer } from '../../places/index.ts';
import type { EventClaim, Reading } from '../model.ts';

type Interval = readonly [number | null, number | null];

interface WantedReport {
  readonly type: string;
  readonly start: string | null;
  readonly place?: string;
  /** Words of which one must stand in the mention, for places that the shipped gazetteer does not have. */
  readonly placeText?: string;
  /** Points of which one must be near. */
  readonly at?: readonly (readonly [number, number])[];
  /** English name of the governorate that the place must be or lie in. */
  readonly area?: string;
  readonly killed?: Interval;
  readonly injured?: Interval;
  readonly actor?: string | null;
  readonly target?: string;
  readonly aggregate?: boolean;
}

export interface ReportFixture {
  readonly id: string;
  readonly half: 'dev' | 'held';
  readonly lang: string;
  readonly published: string;
  readonly title?: string;
  readonly text: string;
  readonly terms?: 'fictional';
  /** Null: the text tells of no event. */
  readonly main: WantedReport | null;
  readonly also?: readonly { readonly type?: string; readonly killed: Interval }[];
  /** Beginning of the reason of a dropped item that must be there; false: no fault of a sum may be there. */
  readonly flag?: string | false;
}

export const REPORT_FIELDS = ['kind', 'date', 'place', 'killed', 'injured', 'party', 'target', 'also', 'none'] as const;
export type ReportField = (typeof REPORT_FIELDS)[number];
/** True, false, or not judged. */
export type ReportMarks = Partial<Record<ReportField, boolean>>;

const PLACE_METRES = 10_000;

export const reportFixtures = (file = 'reports'): ReportFixture[] =>
  readFileSync(new URL(`../fixtures/events/${file}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReportFixture);

export function marksOf({ main, also, flag }: ReportFixture, reading: Reading, gazetteer: Gazetteer): ReportMarks {
  const [event] = reading.events;
  if (main === null) return { none: event === undefined };
  const either = (wanted: string | null, got: string | null): boolean =>
    wanted === null ? got === null : wanted.split('|').includes(got ?? '');
  const marks: ReportMarks = {
    kind: either(main.type, event?.type ?? null) && (main.aggregate ?? false) === (event?.aggregate ?? false),
  };
  if (main.start !== null) marks.date = either(main.start, event?.start?.slice(0, 10) ?? null);
  if (main.place ?? main.placeText ?? main.at ?? main.area)
    marks.place = event !== undefined && isThere(main, event, reading, gazetteer);
  if (main.killed) marks.killed = same(main.killed, event?.killed);
  if (main.injured) marks.injured = same(main.injured, event?.injured);
  if (main.actor !== undefined) marks.party = event !== undefined && either(main.actor, event.actor);
  if (main.target !== undefined) marks.target = either(main.target, event?.target ?? null);
  if (also)
    marks.also = also.every((wanted) =>
      reading.events.some(
        (other) => same(wanted.killed, other.killed) && (wanted.type === undefined || either(wanted.type, other.type)),
      ),
    );
  if (flag !== undefined) {
    const flagged = reading.dropped.some(({ reason }) => reason.startsWith('parts_do_not_add_up'));
    marks.also = flag === false ? !flagged : flagged;
  }
  return marks;
}

const same = (wanted: Interval, got: EventClaim['killed'] | undefined): boolean =>
  got !== undefined && got.low === wanted[0] && got.high === wanted[1];

function isThere(main: WantedReport, event: EventClaim, reading: Reading, gazetteer: Gazetteer): boolean {
  const mention = reading.places[event.places[0] ?? -1];
  if (!mention) return false;
  if (main.placeText !== undefined) {
    const text = mention.span.text.toLowerCase();
    return main.placeText.split('|').some((word) => text.includes(word.toLowerCase()));
  }
  if (mention.lat === null || mention.lon === null) return false;
  const point: Point = { lat: mention.lat, lon: mention.lon };
  if (main.at) return main.at.some(([lat, lon]) => distanceMetres({ lat, lon }, point) <= PLACE_METRES);
  if (main.area !== undefined) {
    const known = mention.place === null ? undefined : gazetteer.byId(mention.place);
    const area = known?.class === 'governorate' ? known : gazetteer.byId(known?.area ?? '');
    return (area ?? gazetteer.governorateAt(point))?.name.en.startsWith(main.area) ?? false;
  }
  return (main.place ?? '').split('|').some((id) => {
    const place = gazetteer.byId(id);
    if (!place) throw new Error(`fixture names an unknown place: ${id}`);
    return distanceMetres(place.point, point) <= PLACE_METRES;
  });
}

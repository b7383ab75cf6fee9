/** Facts of a report's event → what the linker compares. Pure. Each event is linked by itself, under `report` or `report#n`. */

import type { EventFacts } from '../claims/index.ts';
import { type Count, dayNumber, isCoarser, isDay, isInstant } from '../core/index.ts';
import type { Gazetteer } from '../places/index.ts';
import { fullName } from './full-name.ts';
import type { LinkEvent, LinkReport } from './model.ts';

/** What linking needs to know of the report around an event. */
export interface ReportAround {
  readonly id: string;
  readonly source: string;
  readonly origin: string | null;
  readonly lang: string | null;
  readonly published: string | null;
  readonly document: string;
}

/** The linker's id of an event; the main event has the report's own. */
export const linkId = (report: string, event: number): string => (event === 0 ? report : `${report}#${event}`);

/** A further event of a text is an incident of its own only where it can be placed and dated; a sum-up never is one. */
export const isLinkable = (facts: EventFacts): boolean =>
  facts.event === 0 ||
  (!facts.aggregate && facts.start !== null && facts.place?.point != null && !isCoarser(facts.place.precision, 'town'));

/**
 * Whether a later event of a text is an earlier one told again: the same kind, day and place, counted by somebody else.
 * It belongs where the earlier one does and is compared with nothing: one text cannot corroborate itself.
 */
export const isToldAgain = (later: EventFacts, earlier: EventFacts): boolean =>
  later.report === earlier.report &&
  later.event > earlier.event &&
  later.type === earlier.type &&
  later.start === earlier.start &&
  later.place?.id === earlier.place?.id &&
  later.place?.point?.lat === earlier.place?.point?.lat &&
  later.place?.point?.lon === earlier.place?.point?.lon;

/** The event of the same text that this one tells again, if any. */
export const firstTelling = (event: EventFacts, all: readonly EventFacts[]): EventFacts | undefined =>
  all.find((earlier) => isToldAgain(event, earlier));

export function linkReportOf(report: ReportAround, facts: EventFacts, gazetteer?: Gazetteer): LinkReport {
  return {
    id: linkId(report.id, facts.event),
    source: report.source,
    origin: report.origin,
    lang: report.lang ?? 'und',
    published: report.published === null ? null : Date.parse(report.published),
    // Only the main event stands for the whole text when copies are looked for.
    text: facts.event === 0 ? report.document : null,
    events: [linkEventOf(facts, gazetteer)],
  };
}

function linkEventOf(facts: EventFacts, gazetteer: Gazetteer | undefined): LinkEvent {
  const [startDay, endDay] = daysOf(facts);
  const count = ({ low, high }: Count): Count => ({ low, high });
  return {
    type: facts.type,
    startDay,
    endDay,
    minute: facts.start !== null && isInstant(facts.start) ? Math.floor(Date.parse(facts.start) / 60_000) : null,
    lat: facts.place?.point?.lat ?? null,
    lon: facts.place?.point?.lon ?? null,
    precision: facts.place?.precision ?? null,
    radius: null,
    placeText: fullName(gazetteer, facts.place?.id ?? null, facts.place?.name.ar || facts.place?.name.en || null),
    actor: facts.actor?.code ?? null,
    killed: count(facts.killed),
    injured: count(facts.injured),
    target: facts.target,
    aggregate: facts.aggregate,
  };
}

/** First and last day of an EDTF day, interval or instant; an open end stays open. */
function daysOf({ start, end }: EventFacts): [number | null, number | null] {
  const [from, until] = (start ?? '').split('/');
  const first = dayOf(from);
  return [first, dayOf(end ?? undefined) ?? dayOf(until) ?? first];
}

function dayOf(text: string | undefined): number | null {
  const day = text?.slice(0, 10);
  return isDay(day) ? dayNumber(day) : null;
}

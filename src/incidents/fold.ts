/**
 * The members of an incident → what it is taken to be. Values are chosen by the number of independent origins, never
 * averaged; where origins disagree the values stand side by side. Pure: the same members give the same incident.
 */

import type { ClaimedPlace, EventFacts } from '../claims/index.ts';
import {
  type Count,
  type Day,
  dayInZone,
  distanceMetres,
  type EventType,
  hullOfCounts,
  isCoarser,
  isDay,
  isUnknownCount,
  PRECISION_RADIUS_METRES,
  type Target,
} from '../core/index.ts';

/** A report's event inside an incident, with who is behind it. */
export interface Member {
  readonly report: string;
  /** Name of the source. */
  readonly source: string;
  /** Who first said it: two members with the same origin are one voice. */
  readonly origin: string;
  readonly published: string | null;
  readonly facts: EventFacts;
}

export interface OriginCount extends Count {
  readonly origin: string;
  readonly reports: readonly string[];
}

export interface Toll extends Count {
  readonly byOrigin: readonly OriginCount[];
}

export const CONTRADICTED_FIELDS = ['type', 'start', 'place', 'actor', 'target', 'killed', 'injured'] as const;
export type ContradictedField = (typeof CONTRADICTED_FIELDS)[number];

export interface Contradiction {
  readonly field: ContradictedField;
  /** Distinct values as JSON keys of the reports that carry them, most origins first. */
  readonly values: readonly { readonly origins: readonly string[]; readonly reports: readonly string[] }[];
}

export interface FoldedIncident {
  readonly type: EventType;
  readonly day: Day | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly place: ClaimedPlace | null;
  readonly killed: Toll;
  readonly injured: Toll;
  readonly allegedParties: readonly string[];
  readonly target: Target | null;
  readonly weapon: string | null;
  readonly contradictions: readonly Contradiction[];
  /** True when origins disagree on who did it, or on what it was. */
  readonly contested: boolean;
  readonly origins: readonly { readonly origin: string; readonly reports: readonly string[] }[];
}

/** Folds members into an incident. `zone` turns instants into calendar days. */
export function foldIncident(members: readonly Member[], zone: string): FoldedIncident {
  const type = vote(members, ({ facts }) => facts.type) ?? 'ceasefire_violation';
  const day = vote(members, ({ facts }) => startDay(facts, zone));
  const onDay = members.filter(({ facts }) => startDay(facts, zone) === day);
  const voices = voicesOf(members);
  const contradictions = CONTRADICTED_FIELDS.flatMap((field) => contradictionOf(field, members, voices, zone) ?? []);
  const disputed = new Set(contradictions.map(({ field }) => field));
  return {
    type,
    day,
    start: onDay.map(({ facts }) => facts.start).find((start) => start !== null && start.length > 10) ?? day,
    end: vote(members, ({ facts }) => facts.end),
    place: bestPlace(members),
    killed: tollOf(members, voices, ({ facts }) => facts.killed),
    injured: tollOf(members, voices, ({ facts }) => facts.injured),
    allegedParties: distinct(members.map(({ facts }) => facts.actor?.code ?? null)),
    target: vote(members, ({ facts }) => facts.target),
    weapon: vote(members, ({ facts }) => facts.weapon),
    contradictions,
    contested: disputed.has('actor') || disputed.has('type'),
    origins: originsOf(members),
  };
}

/** The calendar day on which an event began, in the instrument's zone; the first day of an open or closed interval. */
export function startDay(facts: EventFacts, zone: string): Day | null {
  const { start } = facts;
  if (start === null) return null;
  if (start.length > 10 && start.includes('T')) return dayInZone(start, zone);
  const first = start.slice(0, 10);
  return isDay(first) ? first : null;
}

function originsOf(members: readonly Member[]): { origin: string; reports: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { origin, report } of members) groups.set(origin, [...(groups.get(origin) ?? []), report]);
  return [...groups].map(([origin, reports]) => ({ origin, reports }));
}

/** The value that most independent origins carry; on a tie the one that came first. Null when nobody says. */
function vote<Value extends string>(members: readonly Member[], pick: (member: Member) => Value | null): Value | null {
  const origins = new Map<Value, Set<string>>();
  for (const member of members) {
    const value = pick(member);
    if (value === null) continue;
    const voices = origins.get(value) ?? new Set();
    voices.add(member.origin);
    origins.set(value, voices);
  }
  let best: { value: Value; count: number } | null = null;
  for (const [value, voices] of origins) if (!best || voices.size > best.count) best = { value, count: voices.size };
  return best?.value ?? null;
}

/** The place with most origins among the finest places named; a coarser place of one origin never hides a finer one. */
function bestPlace(members: readonly Member[]): ClaimedPlace | null {
  const places = members.flatMap((member) =>
    member.facts.place?.point ? [{ place: member.facts.place, origin: member.origin }] : [],
  );
  if (places.length === 0) return members.find(({ facts }) => facts.place !== null)?.facts.place ?? null;
  const groups = new Map<string, { place: ClaimedPlace; origins: Set<string> }>();
  for (const { place, origin } of places) {
    const key = place.id ?? `${place.point?.lat},${place.point?.lon},${place.name.en}`;
    const group = groups.get(key) ?? { place, origins: new Set() };
    group.origins.add(origin);
    groups.set(key, group);
  }
  const ranked = [...groups.values()].sort((a, b) => b.origins.size - a.origins.size);
  const most = ranked[0];
  if (!most) return null;
  // A finer place inside the leading one says the same, only better.
  const finer = ranked.find(({ place }) => isCoarser(most.place.precision, place.precision) && near(most.place, place));
  return (finer ?? most).place;
}

function near(a: ClaimedPlace, b: ClaimedPlace): boolean {
  if (!a.point || !b.point) return true;
  const reach = PRECISION_RADIUS_METRES[a.precision] + PRECISION_RADIUS_METRES[b.precision];
  return distanceMetres(a.point, b.point) <= reach;
}

/**
 * Who counts. A text that gives a second count of the event says whose it is; that count is theirs, not the text's own.
 * It is a voice on the toll only: whoever is quoted is no further origin of the incident.
 */
function voicesOf(members: readonly Member[]): Map<Member, string> {
  const seen = new Set<string>();
  const voices = new Map<Member, string>();
  for (const member of members) {
    voices.set(member, seen.has(member.report) ? (member.facts.by ?? member.origin) : member.origin);
    seen.add(member.report);
  }
  return voices;
}

function tollOf(
  members: readonly Member[],
  voices: ReadonlyMap<Member, string>,
  countOf: (member: Member) => Count,
): Toll {
  const groups = new Map<string, { counts: Count[]; reports: string[] }>();
  for (const member of members) {
    const count = countOf(member);
    if (isUnknownCount(count)) continue;
    const voice = voices.get(member) ?? member.origin;
    const group = groups.get(voice) ?? { counts: [], reports: [] };
    group.counts.push(count);
    if (!group.reports.includes(member.report)) group.reports.push(member.report);
    groups.set(voice, group);
  }
  const byOrigin = [...groups].map(([origin, { counts, reports }]) => ({ origin, ...hullOfCounts(counts), reports }));
  return { ...hullOfCounts(byOrigin), byOrigin };
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

const disjoint = (a: Count, b: Count): boolean =>
  (a.high !== null && b.low !== null && a.high < b.low) || (b.high !== null && a.low !== null && b.high < a.low);

/** Whether two members cannot both be right about a field; silence contradicts nothing. */
function contradicts(field: ContradictedField, a: EventFacts, b: EventFacts, zone: string): boolean {
  switch (field) {
    case 'type':
      return (
        a.type !== null &&
        b.type !== null &&
        a.type !== b.type &&
        a.type !== 'ceasefire_violation' &&
        b.type !== 'ceasefire_violation'
      );
    case 'start': {
      const [one, other] = [startDay(a, zone), startDay(b, zone)];
      return one !== null && other !== null && one !== other;
    }
    case 'place':
      return a.place !== null && b.place !== null && !near(a.place, b.place);
    case 'actor':
      return (a.actor?.code ?? null) !== null && (b.actor?.code ?? null) !== null && a.actor?.code !== b.actor?.code;
    case 'target':
      return (
        a.target !== null &&
        b.target !== null &&
        a.target !== b.target &&
        a.target !== 'civilians' &&
        b.target !== 'civilians'
      );
    case 'killed':
      return disjoint(a.killed, b.killed);
    case 'injured':
      return disjoint(a.injured, b.injured);
  }
}

/** Groups members so that each group can be right together; more than one group is a contradiction. */
function contradictionOf(
  field: ContradictedField,
  members: readonly Member[],
  voices: ReadonlyMap<Member, string>,
  zone: string,
): Contradiction | null {
  const isToll = field === 'killed' || field === 'injured';
  // What says the same value contradicts the same others: one of them is asked for all, or many reports of one event
  // would cost the square of their number.
  const groups: { readonly members: Member[]; readonly asked: Map<string, EventFacts> }[] = [];
  for (const member of members) {
    if (!says(field, member.facts, zone)) continue;
    const value = JSON.stringify(field === 'start' ? startDay(member.facts, zone) : member.facts[field]);
    const home = groups.find(
      ({ asked }) =>
        asked.has(value) || [...asked.values()].every((other) => !contradicts(field, member.facts, other, zone)),
    );
    if (home) {
      home.members.push(member);
      home.asked.set(value, member.facts);
    } else groups.push({ members: [member], asked: new Map([[value, member.facts]]) });
  }
  if (groups.length < 2) return null;
  const values = groups.map(({ members: group }) => ({
    origins: distinct(group.map((member) => (isToll ? (voices.get(member) ?? null) : member.origin))),
    reports: distinct(group.map(({ report }) => report)),
  }));
  return { field, values: values.sort((a, b) => b.origins.length - a.origins.length) };
}

function says(field: ContradictedField, facts: EventFacts, zone: string): boolean {
  switch (field) {
    case 'start':
      return startDay(facts, zone) !== null;
    case 'actor':
      return (facts.actor?.code ?? null) !== null;
    case 'killed':
    case 'injured':
      return !isUnknownCount(facts[field]);
    default:
      return facts[field] !== null;
  }
}

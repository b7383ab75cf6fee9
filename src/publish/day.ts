/** The day: its incidents and the counts beside those of the day before. What is not there is said as zero, with what zero means. */
import { addDays, type Day, dayStart, groupBy, isDay, Problem, SOURCE_KINDS, type SourceKind } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { type IncidentRow, listIncidents } from '../incidents/index.ts';
import { type Report, readReports } from '../sources/index.ts';
import { assembleIncidents } from './assemble.ts';
import { type HeldBack, heldBack } from './held-back.ts';
import type { DayView, PartyAreaCount, PublicIncident, ReportLine, SourceHeard } from './model.ts';
import { BAD_DAY } from './problems.ts';
import type { ProjectionTools } from './projection.ts';
import { findRelease } from './release-store.ts';
import { countDays, type DayReport, reportsByDay } from './store.ts';
import { SEALED_PREFIX } from './veil.ts';

const SILENCE_DAYS = 7;
const MAX_INCIDENTS = 10_000;

/** Composes the public view of a calendar day. Throws a Problem for what is no day. */
export async function viewDay(ctx: Ctx, tools: ProjectionTools, day: Day): Promise<DayView> {
  if (!isDay(day)) throw new Problem(BAD_DAY, `${day} is not a day (YYYY-MM-DD)`, { params: { day } });
  const before = addDays(day, -1);
  const held = await heldBack(ctx, tools);
  const [today, yesterday] = [await incidentsOf(ctx, tools, day, held), await incidentsOf(ctx, tools, before, held)];
  const told = await reportsByDay(ctx.db, ctx.agreement, addDays(day, -SILENCE_DAYS), day, held);
  const reports = new Map(
    (await readReports(ctx.db, ctx.agreement, [...new Set(told.map(({ report }) => report))])).map((one) => [
      one.id,
      one,
    ]),
  );
  const ofDay = (wanted: Day) => told.filter((row) => row.day === wanted);
  const { timeZone } = tools.instrument;
  return {
    day,
    timeZone,
    from: new Date(dayStart(day, timeZone)).toISOString(),
    until: new Date(dayStart(addDays(day, 1), timeZone)).toISOString(),
    asOf: new Date(ctx.clock.now()).toISOString(),
    release: await releaseMark(ctx, day),
    reports: distinctReports(ofDay(day)).length,
    reportsBefore: distinctReports(ofDay(before)).length,
    incidentsBefore: yesterday.length,
    incidents: today,
    byPartyAndArea: countByPartyAndArea(today, yesterday),
    byArea: countByArea(today, yesterday),
    byType: countByType(today, yesterday),
    sourcesHeard: sourcesOf(distinctReports(ofDay(day)), reports),
    reportList: reportLines(ofDay(day), reports),
    sourcesSilent: silentSources(told, day, reports),
  };
}

async function releaseMark(ctx: Ctx, day: Day): Promise<DayView['release']> {
  const row = await findRelease(ctx.db, ctx.agreement, day, null);
  return row ? { number: row.number, at: row.at } : null;
}

const MAX_DAYS = 20_000;

/** The counts of every day from the first to the last day of data, days of nothing included. */
export async function timeline(
  ctx: Ctx,
  tools: ProjectionTools,
): Promise<{ day: Day; incidents: number; reports: number; sources: number }[]> {
  const counted = new Map(
    (await countDays(ctx.db, ctx.agreement, await heldBack(ctx, tools))).map((row) => [row.day, row]),
  );
  const known = [...counted.keys()].sort();
  const [first, last] = [known[0], known.at(-1)];
  const days: { day: Day; incidents: number; reports: number; sources: number }[] = [];
  for (
    let day = first;
    day !== undefined && last !== undefined && day <= last && days.length < MAX_DAYS;
    day = addDays(day, 1)
  ) {
    days.push(counted.get(day) ?? { day, incidents: 0, reports: 0, sources: 0 });
  }
  return days;
}

async function incidentsOf(ctx: Ctx, tools: ProjectionTools, day: Day, held: HeldBack): Promise<PublicIncident[]> {
  const { incidents } = await listIncidents(
    ctx.db,
    ctx.agreement,
    { from: day, to: day, except: held.incidents },
    { after: 0, limit: MAX_INCIDENTS },
  );
  const assembled = await assembleIncidents(ctx, tools, incidents satisfies IncidentRow[]);
  return assembled.map(({ shown }) => shown).sort(byWeight);
}

/** The order of a day's list: the deadliest first, then the best corroborated. */
function byWeight(a: PublicIncident, b: PublicIncident): number {
  return (
    (b.killed.high ?? b.killed.low ?? 0) - (a.killed.high ?? a.killed.low ?? 0) ||
    b.origins - a.origins ||
    (a.id < b.id ? -1 : 1)
  );
}

const distinctReports = (rows: readonly DayReport[]): string[] => [...new Set(rows.map(({ report }) => report))];

/** Each incident counts once in the row of each party that some report names; `null` where nobody is named. */
function countByPartyAndArea(today: readonly PublicIncident[], before: readonly PublicIncident[]): PartyAreaCount[] {
  const cells = new Map<string, { party: string | null; area: string | null; today: number; before: number }>();
  const add = (incident: PublicIncident, column: 'today' | 'before') => {
    const parties = incident.allegedParties.length > 0 ? incident.allegedParties : [null];
    for (const party of parties) {
      const key = JSON.stringify([party, incident.place.area]);
      const cell = cells.get(key) ?? { party, area: incident.place.area, today: 0, before: 0 };
      cell[column] += 1;
      cells.set(key, cell);
    }
  };
  for (const incident of today) add(incident, 'today');
  for (const incident of before) add(incident, 'before');
  return [...cells.values()];
}

function countByArea(today: readonly PublicIncident[], before: readonly PublicIncident[]): DayView['byArea'] {
  const areas = [...new Set([...today, ...before].map(({ place }) => place.area))];
  const count = (list: readonly PublicIncident[], area: string | null) =>
    list.filter(({ place }) => place.area === area).length;
  return areas
    .map((area) => ({ area, today: count(today, area), before: count(before, area) }))
    .sort((a, b) => b.today - a.today);
}

function countByType(today: readonly PublicIncident[], before: readonly PublicIncident[]): DayView['byType'] {
  const types = [...new Set([...today, ...before].map(({ type }) => type))];
  const count = (list: readonly PublicIncident[], type: string) =>
    list.filter((incident) => incident.type === type).length;
  return types
    .map((type) => ({ type, today: count(today, type), before: count(before, type) }))
    .sort((a, b) => b.today - a.today);
}

const kindOf = (kind: string): SourceKind => SOURCE_KINDS.find((known) => known === kind) ?? 'other';

function sourcesOf(ids: readonly string[], reports: ReadonlyMap<string, Report>): SourceHeard[] {
  const told = ids.flatMap((id) => reports.get(id) ?? []);
  const bySource = groupBy(told, ({ source }) => source.id);
  let sealed = 0;
  const heard = [...bySource.values()].flatMap((own): SourceHeard[] => {
    const source = own[0]?.source;
    if (!source) return [];
    // A source that is heard through sealed reports only is counted, and not named.
    const isOpen = own.some(({ visibility }) => visibility === 'public');
    const name = isOpen ? source.name : `${SEALED_PREFIX}${++sealed}`;
    return [{ name, kind: kindOf(source.kind), camp: isOpen ? source.camp : null, reports: own.length }];
  });
  return heard.sort((a, b) => b.reports - a.reports || (a.name < b.name ? -1 : 1));
}

function reportLines(rows: readonly DayReport[], reports: ReadonlyMap<string, Report>): ReportLine[] {
  return distinctReports(rows).flatMap((id) => {
    const report = reports.get(id);
    if (!report) return [];
    const incidents = rows.flatMap((row) => (row.report === id && row.incident ? [row.incident] : []));
    const open = report.visibility === 'public';
    return [
      {
        id,
        source: open ? report.source.name : SEALED_PREFIX,
        origin: open ? report.origin : null,
        published: open ? report.published : null,
        lang: report.lang === 'ar' || report.lang === 'en' || report.lang === 'ru' ? report.lang : 'other',
        title: open ? report.title : null,
        incidents,
      },
    ];
  });
}

function silentSources(
  told: readonly DayReport[],
  day: Day,
  reports: ReadonlyMap<string, Report>,
): DayView['sourcesSilent'] {
  const last = new Map<string, Day>();
  for (const row of told) {
    const report = reports.get(row.report);
    const name = report?.visibility === 'public' ? report.source.name : undefined;
    if (name && row.day > (last.get(name) ?? '')) last.set(name, row.day);
  }
  return [...last].filter(([, heard]) => heard < day).map(([name, lastHeard]) => ({ name, lastHeard }));
}

/** The SQL of publish: which reports tell of a day, and the days that have data. */
import type { Day, Target } from '../core/index.ts';
import type { Queryable } from '../db/index.ts';
import { PROTECTED_TARGETS } from './coarsen.ts';

export interface DayReport {
  readonly day: Day;
  readonly report: string;
  readonly incident: string | null;
}

/**
 * Reports by the day that they tell of: the day of each incident they are in; a report in no incident counts on the day
 * it was published. The end is included.
 */
export function reportsByDay(
  db: Queryable,
  agreement: string,
  from: Day,
  until: Day,
  held: { readonly now: number; readonly incidents: readonly string[] },
): Promise<DayReport[]> {
  return db.rows(
    `select to_char(i.day, 'YYYY-MM-DD') as day, m.report_id as report, i.id as incident
       from incident i join incident_member m on m.agreement_id = i.agreement_id and m.incident_id = i.id
       join report r on r.agreement_id = m.agreement_id and r.id = m.report_id
      where i.agreement_id = $1 and i.day between $2::text::date and $3::text::date
        and not i.id = any($4::text[]) and (r.shown_from is null or r.shown_from <= $5)
     union
     select left(r.published, 10) as day, r.id as report, null as incident
       from report r
      where r.agreement_id = $1 and left(r.published, 10) between $2::text and $3::text
        and (r.shown_from is null or r.shown_from <= $5) and not exists (select 1 from incident_member m where m.agreement_id = r.agreement_id and m.report_id = r.id)
     order by 1, 2`,
    [agreement, from, until, held.incidents, new Date(held.now)],
  );
}

/** One row per day with data: incidents, reports that tell of it, distinct sources. */
export function countDays(
  db: Queryable,
  agreement: string,
  held: { readonly now: number; readonly incidents: readonly string[] },
): Promise<{ day: Day; incidents: number; reports: number; sources: number }[]> {
  return db.rows(
    `with told as (
       select to_char(i.day, 'YYYY-MM-DD') as day, m.report_id as report, case when i.aggregate then null else i.id end as incident
         from incident i join incident_member m on m.agreement_id = i.agreement_id and m.incident_id = i.id
        where i.agreement_id = $1 and i.day is not null and not i.id = any($2::text[])
       union all
       select left(r.published, 10), r.id, null
         from report r
        where r.agreement_id = $1 and r.published is not null
          and not exists (select 1 from incident_member m where m.agreement_id = r.agreement_id and m.report_id = r.id)
     )
     select told.day, count(distinct told.incident)::int as incidents, count(distinct told.report)::int as reports,
            count(distinct r.source_id)::int as sources
       from told join report r on r.agreement_id = $1 and r.id = told.report
      where r.shown_from is null or r.shown_from <= $3
      group by told.day order by told.day`,
    [agreement, held.incidents, new Date(held.now)],
  );
}

export interface FreshIncident {
  readonly id: string;
  readonly day: Day;
  readonly start: string | null;
  readonly end: string | null;
  /** What was hit, by every claim that was ever made. */
  readonly targets: readonly Target[];
  /** When it was first known (UTC milliseconds), where everybody who tells of it came to the intake form; else null. */
  readonly known: number | null;
}

/** Incidents of a day from `day` on, and those that somebody told of at the intake form since `told`. */
export async function freshIncidents(db: Queryable, agreement: string, day: Day, told: Date): Promise<FreshIncident[]> {
  const rows = await db.rows<
    Omit<FreshIncident, 'known' | 'targets'> & { targets: (Target | null)[]; known: Date | null }
  >(
    `select i.id, to_char(i.day, 'YYYY-MM-DD') as day, i.folded->>'start' as start, i.folded->>'end' as end,
            json_build_array(i.folded->>'target') as "targets",
            (select case when bool_and(r.shown_from is not null) then min(r.shown_from) end
               from incident_member m join report r on r.agreement_id = m.agreement_id and r.id = m.report_id
              where m.agreement_id = i.agreement_id and m.incident_id = i.id) as known
       from incident i
      where i.agreement_id = $1 and i.day is not null and (i.day >= $2::text::date or i.id in (
            select m.incident_id from report r join incident_member m on m.agreement_id = r.agreement_id and m.report_id = r.id
             where r.agreement_id = $1 and r.shown_from >= $3))`,
    [agreement, day, told],
  );
  if (rows.length === 0) return [];
  const claimed = await db.rows<{ incident: string; target: Target }>(
    `select distinct m.incident_id as incident, c.value #>> '{}' as target
       from incident_member m join claim c on c.agreement_id = m.agreement_id and c.report_id = m.report_id and c.event_no = m.event_no
      where m.agreement_id = $1 and m.incident_id = any($2::text[]) and c.field = 'target' and c.value is not null`,
    [agreement, rows.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    ...row,
    targets: [
      ...row.targets.flatMap((target) => target ?? []),
      ...claimed.flatMap(({ incident, target }) => (incident === row.id ? [target] : [])),
    ],
    known: row.known?.getTime() ?? null,
  }));
}

/** Those of some incidents that happened at a place of protection, by what was folded and by every claim. */
export async function guardedAmong(
  db: Queryable,
  agreement: string,
  incidents: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ id: string }>(
    `select i.id from incident i
      where i.agreement_id = $1 and i.id = any($2::text[]) and (i.folded->>'target' = any($3::text[]) or exists (
            select 1 from incident_member m join claim c on c.agreement_id = m.agreement_id and c.report_id = m.report_id and c.event_no = m.event_no
             where m.agreement_id = i.agreement_id and m.incident_id = i.id and c.field = 'target' and c.value #>> '{}' = any($3::text[])))`,
    [agreement, incidents, [...PROTECTED_TARGETS]],
  );
  return new Set(rows.map(({ id }) => id));
}

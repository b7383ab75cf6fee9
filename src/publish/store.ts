/** The SQL of publish: which reports tell of a day, and the days that have data. */
import type { Day } from '../core/index.ts';
import type { Queryable } from '../db/index.ts';

export interface DayReport {
  readonly day: Day;
  readonly report: string;
  readonly incident: string | null;
}

/**
 * Reports by the day that they tell of: the day of each incident they are in; a report in no incident counts on the day
 * it was published. The end is included.
 */
export function reportsByDay(db: Queryable, agreement: string, from: Day, until: Day): Promise<DayReport[]> {
  return db.rows(
    `select to_char(i.day, 'YYYY-MM-DD') as day, m.report_id as report, i.id as incident
       from incident i join incident_member m on m.agreement_id = i.agreement_id and m.incident_id = i.id
      where i.agreement_id = $1 and i.day between $2::text::date and $3::text::date
     union
     select left(r.published, 10) as day, r.id as report, null as incident
       from report r
      where r.agreement_id = $1 and left(r.published, 10) between $2::text and $3::text
        and not exists (select 1 from incident_member m where m.agreement_id = r.agreement_id and m.report_id = r.id)
     order by 1, 2`,
    [agreement, from, until],
  );
}

/** One row per day with data: incidents, reports that tell of it, distinct sources. */
export function countDays(
  db: Queryable,
  agreement: string,
): Promise<{ day: Day; incidents: number; reports: number; sources: number }[]> {
  return db.rows(
    `with told as (
       select to_char(i.day, 'YYYY-MM-DD') as day, m.report_id as report, case when i.aggregate then null else i.id end as incident
         from incident i join incident_member m on m.agreement_id = i.agreement_id and m.incident_id = i.id
        where i.agreement_id = $1 and i.day is not null
       union all
       select left(r.published, 10), r.id, null
         from report r
        where r.agreement_id = $1 and r.published is not null
          and not exists (select 1 from incident_member m where m.agreement_id = r.agreement_id and m.report_id = r.id)
     )
     select told.day, count(distinct told.incident)::int as incidents, count(distinct told.report)::int as reports,
            count(distinct r.source_id)::int as sources
       from told join report r on r.agreement_id = $1 and r.id = told.report
      group by told.day order by told.day`,
    [agreement],
  );
}

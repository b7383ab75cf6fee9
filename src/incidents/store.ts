/** The SQL of incidents and their members. */
import type { Day } from '../core/index.ts';
import type { Queryable, SqlValue, Tx } from '../db/index.ts';
import type { FoldedIncident } from './fold.ts';

export interface IncidentRow {
  readonly id: string;
  readonly aggregate: boolean;
  readonly day: Day | null;
  readonly area: string | null;
  readonly folded: FoldedIncident;
  readonly members: number;
  readonly changedAt: string;
  readonly sequence: number;
}

export interface LinkStep {
  readonly field: string;
  readonly level: string;
  readonly bits: number;
}

export interface MemberRow {
  readonly report: string;
  readonly event: number;
  readonly incident: string;
  readonly origin: string;
  readonly originReason: string | null;
  readonly decision: 'opened' | 'linked' | 'asked' | 'person';
  /** Bits; null for the event that opened the incident. */
  readonly score: number | null;
  readonly explanation: readonly LinkStep[];
  /** The incident that came second, or the one that a person is asked about. */
  readonly runnerUp: { readonly incident: string; readonly score: number } | null;
  /** Version of the weight set that gave the score. */
  readonly weights: string;
  readonly standing: 'proposed' | 'confirmed' | 'corrected' | 'rejected';
}

export interface IncidentFilter {
  readonly from?: Day;
  readonly to?: Day;
  readonly area?: string;
  readonly type?: string;
  readonly party?: string;
  /** Sums of a day or more, which are no incidents of their own; left out unless asked for. */
  readonly aggregates?: boolean;
}

export async function keepIncident(
  tx: Tx,
  agreement: string,
  incident: Omit<IncidentRow, 'changedAt' | 'sequence'>,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into incident (agreement_id, id, aggregate, day, area, type, folded, members, opened_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (agreement_id, id) do update set aggregate = excluded.aggregate, day = excluded.day, area = excluded.area,
       type = excluded.type, folded = excluded.folded, members = excluded.members, changed_at = excluded.changed_at`,
    [
      agreement,
      incident.id,
      incident.aggregate,
      incident.day,
      incident.area,
      incident.folded.type,
      JSON.stringify(incident.folded),
      incident.members,
      at,
    ],
  );
}

export async function keepMember(tx: Tx, agreement: string, member: MemberRow, at: Date): Promise<void> {
  await tx.run(
    `insert into incident_member (agreement_id, report_id, event_no, incident_id, origin, origin_reason, decision, score, explanation,
       runner_up, weights, standing, linked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (agreement_id, report_id, event_no) do update set incident_id = excluded.incident_id, origin = excluded.origin,
       origin_reason = excluded.origin_reason, decision = excluded.decision, score = excluded.score,
       explanation = excluded.explanation, runner_up = excluded.runner_up,
       weights = excluded.weights, standing = excluded.standing, linked_at = excluded.linked_at`,
    [
      agreement,
      member.report,
      member.event,
      member.incident,
      member.origin,
      member.originReason,
      member.decision,
      member.score,
      JSON.stringify(member.explanation),
      member.runnerUp === null ? null : JSON.stringify(member.runnerUp),
      member.weights,
      member.standing,
      at,
    ],
  );
}

interface RawIncident {
  readonly id: string;
  readonly aggregate: boolean;
  readonly day: string | null;
  readonly area: string | null;
  readonly folded: FoldedIncident;
  readonly members: number;
  readonly changed_at: Date;
  readonly sequence: number;
}

const COLUMNS = "id, aggregate, to_char(day, 'YYYY-MM-DD') as day, area, folded, members, changed_at, sequence";

const incidentOf = ({ changed_at, ...row }: RawIncident): IncidentRow => ({
  ...row,
  changedAt: changed_at.toISOString(),
});

export async function findIncident(db: Queryable, agreement: string, id: string): Promise<IncidentRow | undefined> {
  const rows = await db.rows<RawIncident>(`select ${COLUMNS} from incident where agreement_id = $1 and id = $2`, [
    agreement,
    id,
  ]);
  return rows[0] && incidentOf(rows[0]);
}

/** Incidents by day and order of opening, after a position (`day sequence` of the last one seen). */
export async function listIncidents(
  db: Queryable,
  agreement: string,
  filter: IncidentFilter,
  page: { after: number; limit: number },
): Promise<{ incidents: IncidentRow[]; total: number }> {
  const { where, params } = conditions(agreement, filter);
  const [count] = await db.rows<{ count: number }>(
    `select count(*)::int as count from incident where ${where}`,
    params,
  );
  const rows = await db.rows<RawIncident>(
    `select ${COLUMNS} from incident where ${where} order by day, sequence limit $${params.length + 1} offset $${params.length + 2}`,
    [...params, page.limit, page.after],
  );
  return { incidents: rows.map(incidentOf), total: count?.count ?? 0 };
}

function conditions(agreement: string, filter: IncidentFilter): { where: string; params: SqlValue[] } {
  const params: SqlValue[] = [agreement];
  // An incident of no known day stands on no day's list; it is reached by its id.
  const parts = ['agreement_id = $1', 'day is not null'];
  const add = (text: (mark: string) => string, value: SqlValue | undefined) => {
    if (value === undefined) return;
    params.push(value);
    parts.push(text(`$${params.length}`));
  };
  if (!filter.aggregates) parts.push('not aggregate');
  add((mark) => `day >= ${mark}::date`, filter.from);
  add((mark) => `day <= ${mark}::date`, filter.to);
  if (filter.area === 'none') parts.push('area is null');
  else add((mark) => `area = ${mark}`, filter.area);
  add((mark) => `type = ${mark}`, filter.type);
  if (filter.party === 'none') parts.push(`folded->'allegedParties' = '[]'::jsonb`);
  else add((mark) => `folded->'allegedParties' @> to_jsonb(${mark}::text)`, filter.party);
  return { where: parts.join(' and '), params };
}

/** Members of some incidents, in order of linking. */
export async function readMembers(
  db: Queryable,
  agreement: string,
  incidents: readonly string[],
): Promise<MemberRow[]> {
  return members(db, 'incident_id = any($2::text[])', [agreement, incidents]);
}

/** The members that some reports are. */
export async function membersOfReports(
  db: Queryable,
  agreement: string,
  reports: readonly string[],
): Promise<MemberRow[]> {
  return members(db, 'report_id = any($2::text[])', [agreement, reports]);
}

/** Every member, to rebuild the linker's state at start. */
export const allMembers = (db: Queryable, agreement: string): Promise<MemberRow[]> =>
  members(db, '$2::text is null', [agreement, null]);

async function members(db: Queryable, condition: string, params: readonly SqlValue[]): Promise<MemberRow[]> {
  return db.rows<MemberRow>(
    `select report_id as report, event_no as event, incident_id as incident, origin, origin_reason as "originReason", decision, score, runner_up as "runnerUp",
       explanation, weights, standing
     from incident_member where agreement_id = $1 and ${condition} order by linked_at, report_id, event_no`,
    params,
  );
}

/** First and last day with an incident, and the number of incidents on each day. */
export function countByDay(db: Queryable, agreement: string): Promise<{ day: Day; incidents: number }[]> {
  return db.rows(
    `select to_char(day, 'YYYY-MM-DD') as day, count(*)::int as incidents from incident
     where agreement_id = $1 and day is not null and not aggregate group by 1 order by 1`,
    [agreement],
  );
}

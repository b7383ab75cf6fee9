/** The SQL of incidents and their members. */
import type { Day } from '../core/index.ts';
import type { Queryable, SqlValue, Tx, Vault } from '../db/index.ts';
import type { FoldedIncident } from './fold.ts';

const HIDDEN = 'incident.hidden';

/** What of a fold lies sealed: where it was, and a word of the sender's own. */
type Hidden = Pick<FoldedIncident, 'place' | 'weapon'>;

export interface IncidentRow {
  readonly id: string;
  readonly aggregate: boolean;
  readonly day: Day | null;
  readonly area: string | null;
  readonly folded: FoldedIncident;
  readonly members: number;
  readonly changedAt: string;
  readonly sequence: number;
  /** Where its members are when it has none of its own any more. */
  readonly mergedInto: string | null;
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
  /** The incident in which the machine placed it; `incident` differs where it was moved since. */
  readonly placedIn: string;
  readonly origin: string;
  readonly originReason: string | null;
  /** How it came to be where it is: as the machine placed it, or by a person, or by a repair of the machine. */
  readonly decision: 'opened' | 'linked' | 'asked' | 'person' | 'repaired';
  /** Bits; null for the event that opened the incident and for one that a person moved. */
  readonly score: number | null;
  /** Of a report that a person is asked about: why it may belong to the runner-up. */
  readonly explanation: readonly LinkStep[];
  /** The incident that came second, or the one that a person is asked about. */
  readonly runnerUp: { readonly incident: string; readonly score: number } | null;
  /** Version of the weight set that gave the score. */
  readonly weights: string;
  readonly standing: 'proposed' | 'confirmed' | 'corrected' | 'rejected';
  /** The decision that settled where it is, if any. */
  readonly settledBy: string | null;
  /** Index of the record's entry that placed it; 0 for those placed before entries were kept. */
  readonly entry: number;
}

/** What the machine says of an event when it places it. */
export type NewMember = Omit<MemberRow, 'decision' | 'placedIn' | 'settledBy' | 'standing' | 'entry'> & {
  readonly decision: 'opened' | 'linked' | 'asked';
};

export interface IncidentFilter {
  readonly from?: Day;
  readonly to?: Day;
  readonly area?: string;
  readonly type?: string;
  readonly party?: string;
  /** Sums of a day or more, which are no incidents of their own; left out unless asked for. */
  readonly aggregates?: boolean;
  /** Ids of incidents that are left out. */
  readonly except?: readonly string[];
}

export async function keepIncident(
  tx: Tx,
  agreement: string,
  incident: Omit<IncidentRow, 'changedAt' | 'sequence' | 'mergedInto'>,
  at: Date,
): Promise<void> {
  const { place, weapon } = incident.folded;
  await tx.run(
    `insert into incident (agreement_id, id, aggregate, day, area, type, folded, hidden, members, opened_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
     on conflict (agreement_id, id) do update set aggregate = excluded.aggregate, day = excluded.day, area = excluded.area,
       type = excluded.type, folded = excluded.folded, hidden = excluded.hidden, members = excluded.members, changed_at = excluded.changed_at,
       merged_into = null`,
    [
      agreement,
      incident.id,
      incident.aggregate,
      incident.day,
      incident.area,
      incident.folded.type,
      JSON.stringify({ ...incident.folded, place: null, weapon: null }),
      tx.vault.seal(HIDDEN, { place, weapon } satisfies Hidden),
      incident.members,
      at,
    ],
  );
}

/** An incident without members keeps its last fold, is on no list, and says where its members went. */
export async function emptyIncident(
  tx: Tx,
  agreement: string,
  id: string,
  mergedInto: string | null,
  at: Date,
): Promise<void> {
  await tx.run(
    'update incident set members = 0, merged_into = $3, changed_at = $4 where agreement_id = $1 and id = $2',
    [agreement, id, mergedInto, at],
  );
}

/** Stores where the machine placed an event, once; `entry` is the index of the record's entry that says so. */
export async function insertMember(
  tx: Tx,
  agreement: string,
  member: NewMember,
  entry: number,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into incident_member (agreement_id, report_id, event_no, incident_id, placed_in, placed_entry, origin, origin_reason,
       decision, score, explanation, runner_up, weights, standing, linked_at)
     values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'proposed', $13)`,
    [
      agreement,
      member.report,
      member.event,
      member.incident,
      entry,
      member.origin,
      member.originReason,
      member.decision,
      member.score,
      JSON.stringify(member.explanation),
      member.runnerUp === null ? null : JSON.stringify(member.runnerUp),
      member.weights,
      at,
    ],
  );
}

/** Where decisions put an event, and the standing that gives its link. */
export interface Settled {
  readonly report: string;
  readonly event: number;
  readonly incident: string;
  readonly settledBy: string | null;
  readonly moved: 'person' | 'machine' | null;
  readonly standing: MemberRow['standing'];
}

export async function settleMember(tx: Tx, agreement: string, one: Settled): Promise<void> {
  await tx.run(
    `update incident_member set incident_id = $4, settled_by = $5, moved = $6, standing = $7
     where agreement_id = $1 and report_id = $2 and event_no = $3`,
    [agreement, one.report, one.event, one.incident, one.settledBy, one.moved, one.standing],
  );
}

/** A member as the fold of decisions needs it, in the order in which the machine placed them. */
export interface Placement extends Settled {
  readonly placedIn: string;
  readonly entry: number;
}

/** Every event that was placed in one of some incidents, or is in one now. */
export function placementsIn(db: Queryable, agreement: string, incidents: readonly string[]): Promise<Placement[]> {
  return db.rows(
    `select report_id as report, event_no as event, incident_id as incident, settled_by as "settledBy", moved, standing,
       placed_in as "placedIn", placed_entry as entry
     from incident_member where agreement_id = $1 and (placed_in = any($2::text[]) or incident_id = any($2::text[]))
     order by placed_entry, linked_at, report_id, event_no`,
    [agreement, incidents],
  );
}

interface RawIncident {
  readonly id: string;
  readonly aggregate: boolean;
  readonly day: string | null;
  readonly area: string | null;
  readonly folded: FoldedIncident;
  readonly hidden: Uint8Array;
  readonly members: number;
  readonly changed_at: Date;
  readonly sequence: number;
  readonly merged_into: string | null;
}

const COLUMNS =
  "id, aggregate, to_char(day, 'YYYY-MM-DD') as day, area, folded, hidden, members, changed_at, sequence, merged_into";

const incidentOf = ({ changed_at, merged_into, hidden, ...row }: RawIncident, vault: Vault): IncidentRow => ({
  ...row,
  folded: { ...row.folded, ...vault.unseal<Hidden>(HIDDEN, hidden) },
  changedAt: changed_at.toISOString(),
  mergedInto: merged_into,
});

export async function findIncident(db: Queryable, agreement: string, id: string): Promise<IncidentRow | undefined> {
  const rows = await db.rows<RawIncident>(`select ${COLUMNS} from incident where agreement_id = $1 and id = $2`, [
    agreement,
    id,
  ]);
  return rows[0] && incidentOf(rows[0], db.vault);
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
  return { incidents: rows.map((row) => incidentOf(row, db.vault)), total: count?.count ?? 0 };
}

function conditions(agreement: string, filter: IncidentFilter): { where: string; params: SqlValue[] } {
  const params: SqlValue[] = [agreement];
  // An incident of no known day stands on no day's list; it is reached by its id.
  const parts = ['agreement_id = $1', 'day is not null', 'members > 0'];
  const add = (text: (mark: string) => string, value: SqlValue | undefined) => {
    if (value === undefined) return;
    params.push(value);
    parts.push(text(`$${params.length}`));
  };
  if (!filter.aggregates) parts.push('not aggregate');
  add((mark) => `day >= ${mark}::date`, filter.from);
  add((mark) => `day <= ${mark}::date`, filter.to);
  add((mark) => `not id = any(${mark}::text[])`, filter.except?.length ? filter.except : undefined);
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
  return members(db, 'm.incident_id = any($2::text[])', [agreement, incidents]);
}

/** The members that some reports are. */
export async function membersOfReports(
  db: Queryable,
  agreement: string,
  reports: readonly string[],
): Promise<MemberRow[]> {
  return members(db, 'm.report_id = any($2::text[])', [agreement, reports]);
}

/** Every member, to rebuild the linker's state at start. */
export const allMembers = (db: Queryable, agreement: string): Promise<MemberRow[]> =>
  members(db, '$2::text is null', [agreement, null]);

interface RawMember extends Omit<MemberRow, 'decision'> {
  readonly decision: 'opened' | 'linked' | 'asked';
  readonly moved: Settled['moved'];
  /** Of the machine's own repair that moved it. */
  readonly evidence: Pick<MemberRow, 'score' | 'explanation' | 'weights'> | null;
}

const MEMBER = `m.report_id as report, m.event_no as event, m.incident_id as incident, m.placed_in as "placedIn", m.origin,
  m.origin_reason as "originReason", m.decision, m.score, m.runner_up as "runnerUp", m.explanation, m.weights, m.standing,
  m.settled_by as "settledBy", m.placed_entry as entry, m.moved, d.evidence`;
const MEMBERS = `incident_member m left join link_decision d
  on d.agreement_id = m.agreement_id and d.id = m.settled_by and m.moved = 'machine'`;

async function members(db: Queryable, condition: string, params: readonly SqlValue[]): Promise<MemberRow[]> {
  const rows = await db.rows<RawMember>(
    `select ${MEMBER} from ${MEMBERS} where m.agreement_id = $1 and ${condition} order by m.linked_at, m.report_id, m.event_no`,
    params,
  );
  return rows.map(memberOf);
}

/** The machine's reasons hold for where it placed the event; elsewhere those of the decision that moved it. */
function memberOf({ moved, evidence, ...row }: RawMember): MemberRow {
  if (moved === null) return row;
  if (moved === 'machine') return { ...row, ...evidence, decision: 'repaired' };
  const asked = row.decision === 'asked' && row.runnerUp?.incident === row.incident;
  return { ...row, decision: 'person', score: null, explanation: asked ? row.explanation : [] };
}

/** Members that a person is asked about and nobody has settled, the latest first. */
export async function listAsked(
  db: Queryable,
  agreement: string,
  page: { readonly after: number; readonly limit: number },
): Promise<{ members: MemberRow[]; total: number }> {
  const waiting = `m.agreement_id = $1 and m.decision = 'asked' and m.settled_by is null`;
  const [count] = await db.rows<{ count: number }>(
    `select count(*)::int as count from incident_member m where ${waiting}`,
    [agreement],
  );
  const rows = await db.rows<RawMember>(
    `select ${MEMBER} from ${MEMBERS} where ${waiting}
     order by m.linked_at desc, m.report_id, m.event_no limit $2 offset $3`,
    [agreement, page.limit, page.after],
  );
  return { members: rows.map(memberOf), total: count?.count ?? 0 };
}

/** First and last day with an incident, and the number of incidents on each day. */
export function countByDay(db: Queryable, agreement: string): Promise<{ day: Day; incidents: number }[]> {
  return db.rows(
    `select to_char(day, 'YYYY-MM-DD') as day, count(*)::int as incidents from incident
     where agreement_id = $1 and day is not null and members > 0 and not aggregate group by 1 order by 1`,
    [agreement],
  );
}

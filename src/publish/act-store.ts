/** The SQL of acts about incidents and of disclosures. Rows are only ever added. */
import type { Queryable, Tx } from '../db/index.ts';
import type { ActRow, IncidentActKind } from './acts.ts';

/** All acts about these incidents, in their order. */
export async function readActs(db: Queryable, agreement: string, incidents: readonly string[]): Promise<ActRow[]> {
  if (incidents.length === 0) return [];
  const rows = await db.rows<Omit<ActRow, 'at' | 'act'> & { at: Date; act: IncidentActKind }>(
    `select incident_id as incident, act, party, reason, undo, organisations as by, acted_at as at, proposal_id as proposal
       from incident_act where agreement_id = $1 and incident_id = any($2::text[]) order by sequence`,
    [agreement, incidents],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function insertAct(
  tx: Tx,
  agreement: string,
  row: Omit<ActRow, 'at'> & { readonly at: Date },
): Promise<void> {
  await tx.run(
    `insert into incident_act (agreement_id, incident_id, act, party, reason, undo, proposal_id, organisations, acted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [agreement, row.incident, row.act, row.party, row.reason, row.undo, row.proposal, row.by, row.at],
  );
}

export interface Disclosure {
  readonly report: string;
  /** Folded. */
  readonly organisation: string;
  readonly undo: boolean;
}

/** Whether a report's words stand disclosed to an organisation. */
export async function isDisclosed(
  db: Queryable,
  agreement: string,
  { report, organisation }: Pick<Disclosure, 'report' | 'organisation'>,
): Promise<boolean> {
  const [last] = await db.rows<{ undo: boolean }>(
    `select undo from disclosure where agreement_id = $1 and report_id = $2 and organisation = $3
      order by sequence desc limit 1`,
    [agreement, report, organisation],
  );
  return last?.undo === false;
}

export async function insertDisclosure(
  tx: Tx,
  agreement: string,
  row: Disclosure & { readonly proposal: string; readonly at: Date },
): Promise<void> {
  await tx.run(
    `insert into disclosure (agreement_id, report_id, organisation, undo, proposal_id, acted_at) values ($1, $2, $3, $4, $5, $6)`,
    [agreement, row.report, row.organisation, row.undo, row.proposal, row.at],
  );
}

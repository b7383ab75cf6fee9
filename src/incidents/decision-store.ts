/** The SQL of people's decisions on links, of the machine's proposals, and of the turn that orders both. */
import type { Queryable, SqlValue, Tx } from '../db/index.ts';
import type { Decision } from './decisions.ts';
import type { FieldBits } from './model.ts';
import { parseWeights, type WeightSet } from './weights.ts';

export interface Evidence {
  readonly score: number;
  readonly explanation: readonly FieldBits[];
  readonly weights: string;
}

export interface StoredDecision {
  readonly id: string;
  /** Index of its entry in the record. */
  readonly entry: number;
  readonly decision: Decision;
  readonly incidents: readonly string[];
  /** The record's author: `token:ID`, `person:ID`, `machine:hudna`. */
  readonly by: string;
  readonly organisation: string | null;
  readonly reason: string;
  readonly evidence: Evidence | null;
  readonly decidedAt: Date;
}

/** Takes the turn of changing memberships until the transaction ends; the number of this change. */
export async function takeTurn(tx: Tx, agreement: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(
    `insert into link_head (agreement_id, version) values ($1, 1)
     on conflict (agreement_id) do update set version = link_head.version + 1 returning version`,
    [agreement],
  );
  return row?.version ?? 0;
}

/** The record's entry up to which repairs were looked for. */
export async function repairedUntil(db: Queryable, agreement: string): Promise<number> {
  const [row] = await db.rows<{ repaired: number }>('select repaired from link_head where agreement_id = $1', [
    agreement,
  ]);
  return row?.repaired ?? 0;
}

export async function keepRepaired(tx: Tx, agreement: string, entry: number): Promise<void> {
  await tx.run('update link_head set repaired = greatest(repaired, $2) where agreement_id = $1', [agreement, entry]);
}

export interface StoredWeights {
  readonly set: WeightSet;
  readonly reports: number;
}

/** The weight set in use: the last one estimated; undefined while the shipped one is. */
export async function latestWeights(db: Queryable, agreement: string): Promise<StoredWeights | undefined> {
  const [row] = await db.rows<{ weights: unknown; reports: number; name: string }>(
    'select name, weights, reports from weight_set where agreement_id = $1 order by sequence desc limit 1',
    [agreement],
  );
  return row && { set: parseWeights(row.weights, row.name), reports: row.reports };
}

export async function insertWeights(
  tx: Tx,
  agreement: string,
  { set, reports }: StoredWeights,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into weight_set (agreement_id, name, weights, reports, made_at) values ($1, $2, $3, $4, $5)
     on conflict (agreement_id, name) do nothing`,
    [agreement, set.name, JSON.stringify(set), reports, at],
  );
}

export async function insertDecision(tx: Tx, agreement: string, one: StoredDecision): Promise<void> {
  await tx.run(
    `insert into link_decision (agreement_id, id, entry, kind, decision, incidents, by, organisation, reason, evidence, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      agreement,
      one.id,
      one.entry,
      one.decision.kind,
      JSON.stringify(one.decision),
      one.incidents,
      one.by,
      one.organisation,
      tx.vault.seal(REASON, one.reason),
      one.evidence === null ? null : JSON.stringify(one.evidence),
      one.decidedAt,
    ],
  );
}

const REASON = 'link_decision.reason';
const COLUMNS =
  'id, entry, decision, incidents, by, organisation, reason, evidence, decided_at as "decidedAt" from link_decision';

async function decisions(db: Queryable, condition: string, params: readonly SqlValue[]): Promise<StoredDecision[]> {
  const rows = await db.rows<Omit<StoredDecision, 'reason'> & { reason: Uint8Array }>(
    `select ${COLUMNS} where agreement_id = $1 and ${condition} order by entry`,
    params,
  );
  return rows.map((row) => ({ ...row, reason: db.vault.unseal<string>(REASON, row.reason) }));
}

export async function findDecision(db: Queryable, agreement: string, id: string): Promise<StoredDecision | undefined> {
  return (await decisions(db, 'id = $2', [agreement, id]))[0];
}

/** Decisions that speak of one of some incidents, oldest first. */
export const decisionsOn = (db: Queryable, agreement: string, incidents: readonly string[]) =>
  decisions(db, 'incidents && $2::text[]', [agreement, incidents]);

/** Every decision, to rebuild the linker's bonds at start. */
export const allDecisions = (db: Queryable, agreement: string) => decisions(db, '$2::text is null', [agreement, null]);

export interface StoredProposal extends Evidence {
  readonly id: string;
  readonly decision: Decision;
  readonly incidents: readonly string[];
  readonly state: 'open' | 'accepted' | 'refused' | 'overtaken';
  readonly proposedAt: Date;
}

export interface NewProposal extends Evidence {
  readonly id: string;
  readonly decision: Decision;
  readonly incidents: readonly string[];
  readonly fingerprint: string;
}

/** Keeps a proposal; false when the same is open or was settled by a person before. One that was overtaken opens again. */
export async function insertProposal(tx: Tx, agreement: string, one: NewProposal, at: Date): Promise<boolean> {
  const added = await tx.run(
    `insert into link_proposal (agreement_id, id, decision, incidents, fingerprint, score, explanation, weights, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) 
     on conflict (agreement_id, fingerprint) do update set state = 'open', settled_at = null, score = excluded.score,
       explanation = excluded.explanation, weights = excluded.weights, proposed_at = excluded.proposed_at
       where link_proposal.state = 'overtaken'`,
    [
      agreement,
      one.id,
      JSON.stringify(one.decision),
      one.incidents,
      one.fingerprint,
      one.score,
      JSON.stringify(one.explanation),
      one.weights,
      at,
    ],
  );
  return added > 0;
}

const PROPOSAL =
  'id, decision, incidents, score, explanation, weights, state, proposed_at as "proposedAt" from link_proposal';

export async function findProposal(db: Queryable, agreement: string, id: string): Promise<StoredProposal | undefined> {
  const [row] = await db.rows<StoredProposal>(`select ${PROPOSAL} where agreement_id = $1 and id = $2`, [
    agreement,
    id,
  ]);
  return row;
}

/** Open proposals, the surest first. */
export async function listProposals(
  db: Queryable,
  agreement: string,
  page: { readonly after: number; readonly limit: number },
): Promise<{ proposals: StoredProposal[]; total: number }> {
  const [count] = await db.rows<{ count: number }>(
    `select count(*)::int as count from link_proposal where agreement_id = $1 and state = 'open'`,
    [agreement],
  );
  const proposals = await db.rows<StoredProposal>(
    `select ${PROPOSAL} where agreement_id = $1 and state = 'open' order by score desc, sequence limit $2 offset $3`,
    [agreement, page.limit, page.after],
  );
  return { proposals, total: count?.count ?? 0 };
}

export async function settleProposal(
  tx: Tx,
  agreement: string,
  id: string,
  state: 'accepted' | 'refused',
  by: string,
  at: Date,
): Promise<void> {
  await tx.run(
    `update link_proposal set state = $3, settled_by = $4, settled_at = $5 where agreement_id = $1 and id = $2`,
    [agreement, id, state, by, at],
  );
}

/** What was proposed for incidents that have changed since no longer fits them. */
export async function overtakeProposals(
  tx: Tx,
  agreement: string,
  incidents: readonly string[],
  at: Date,
): Promise<void> {
  await tx.run(
    `update link_proposal set state = 'overtaken', settled_at = $3
     where agreement_id = $1 and state = 'open' and incidents && $2::text[]`,
    [agreement, incidents, at],
  );
}

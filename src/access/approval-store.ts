/** The SQL of proposals, approvals and the keys of persons. A text is written once and never changed. */
import type { Queryable, Tx } from '../db/index.ts';
import { ACTS, type Act } from './approval.ts';
import type { BoundProposal, SignedApproval } from './approval-statement.ts';
import type { PasskeyProof } from './passkey-proof.ts';

export interface StoredProposal extends BoundProposal {
  readonly organisation: string | null;
  readonly state: 'open' | 'done' | 'overtaken' | 'withdrawn';
  readonly settledAt: number | null;
  readonly silent: readonly string[];
}

interface ProposalRow {
  readonly id: string;
  readonly act: string;
  readonly object: string;
  readonly sha256: string;
  readonly author: string;
  readonly organisation: string | null;
  readonly proposed_at: Date;
  readonly state: StoredProposal['state'];
  readonly settled_at: Date | null;
  readonly silent: readonly string[];
}

export async function insertProposal(
  tx: Tx,
  proposal: BoundProposal & { readonly organisation: string | null },
  text: string,
): Promise<void> {
  await tx.run(
    'insert into proposed_text (agreement_id, sha256, text) values ($1, $2, $3) on conflict (agreement_id, sha256) do nothing',
    [proposal.agreement, proposal.sha256, text],
  );
  await tx.run(
    `insert into proposal (agreement_id, id, act, object, sha256, author, organisation, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      proposal.agreement,
      proposal.id,
      proposal.act,
      proposal.object,
      proposal.sha256,
      proposal.author,
      proposal.organisation,
      new Date(proposal.proposedAt),
    ],
  );
}

/** Closes what is still open of an act on an object: all of it, or one author's. */
export async function overtake(
  tx: Tx,
  proposal: Pick<BoundProposal, 'agreement' | 'object' | 'act'>,
  author: string | null,
  at: Date,
): Promise<void> {
  await tx.run(
    `update proposal set state = 'overtaken', settled_at = $5
      where agreement_id = $1 and object = $2 and act = $3 and state = 'open' and ($4::text is null or author = $4)`,
    [proposal.agreement, proposal.object, proposal.act, author, at],
  );
}

/** The newest proposals first; those in one state, or all. */
export async function listProposals(
  db: Queryable,
  agreement: string,
  state: StoredProposal['state'] | null,
  limit: number,
): Promise<StoredProposal[]> {
  const rows = await db.rows<ProposalRow>(
    `select id, act, object, sha256, author, organisation, proposed_at, state, settled_at, silent
       from proposal where agreement_id = $1 and ($2::text is null or state = $2) order by proposed_at desc, id desc limit $3`,
    [agreement, state, limit],
  );
  return rows.map((row) => proposalOf(agreement, row));
}

/** Closes an open proposal of its author; false when there is none. */
export async function withdrawProposal(
  tx: Tx,
  agreement: string,
  id: string,
  author: string,
  at: Date,
): Promise<boolean> {
  const gone = await tx.run(
    `update proposal set state = 'withdrawn', settled_at = $4
      where agreement_id = $1 and id = $2 and author = $3 and state = 'open'`,
    [agreement, id, author, at],
  );
  return gone === 1;
}

/** Puts another key in the place of a person's; with null, none. */
export async function replaceKey(
  tx: Tx,
  agreement: string,
  person: string,
  key: string | null,
  at: Date,
): Promise<void> {
  await tx.run('delete from person_key where agreement_id = $1 and person = $2', [agreement, person]);
  if (key !== null) await insertKey(tx, agreement, person, key, at);
}

/** A proposal; with `lock`, held until the transaction ends. */
export async function findProposal(
  db: Queryable,
  agreement: string,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<StoredProposal | undefined> {
  const [row] = await db.rows<ProposalRow>(
    `select id, act, object, sha256, author, organisation, proposed_at, state, settled_at, silent
       from proposal where agreement_id = $1 and id = $2 ${lock === 'lock' ? 'for update' : ''}`,
    [agreement, id],
  );
  return row && proposalOf(agreement, row);
}

function proposalOf(agreement: string, row: ProposalRow): StoredProposal {
  const { act: name, proposed_at, settled_at, ...same } = row;
  const act: Act | undefined = ACTS.find((known) => known === name);
  if (!act) throw new Error(`the proposal ${row.id} is for an act that this program does not know`);
  return { ...same, agreement, act, proposedAt: proposed_at.getTime(), settledAt: settled_at?.getTime() ?? null };
}

export async function readProposedText(db: Queryable, agreement: string, sha256: string): Promise<string> {
  const [row] = await db.rows<{ text: string }>(
    'select text from proposed_text where agreement_id = $1 and sha256 = $2',
    [agreement, sha256],
  );
  if (!row) throw new Error('a proposed text is missing');
  return row.text;
}

/** In the order in which they were given. */
export async function readApprovals(db: Queryable, agreement: string, proposal: string): Promise<SignedApproval[]> {
  const rows = await db.rows<Omit<SignedApproval, 'at' | 'assertion'> & { at: Date; assertion: string | null }>(
    `select person, organisation, role, sha256, public_key as "publicKey", signature, assertion, approved_at as at
       from approval where agreement_id = $1 and proposal_id = $2 order by sequence`,
    [agreement, proposal],
  );
  return rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    assertion: row.assertion === null ? null : (JSON.parse(row.assertion) as PasskeyProof),
  }));
}

export async function insertApproval(
  tx: Tx,
  proposal: Pick<BoundProposal, 'agreement' | 'id'>,
  approval: SignedApproval,
  voice: string,
): Promise<void> {
  await tx.run(
    `insert into approval (agreement_id, proposal_id, person, voice, organisation, role, sha256, public_key, signature, approved_at, assertion)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      proposal.agreement,
      proposal.id,
      approval.person,
      voice,
      approval.organisation,
      approval.role,
      approval.sha256,
      approval.publicKey,
      approval.signature,
      new Date(approval.at),
      approval.assertion === null ? null : JSON.stringify(approval.assertion),
    ],
  );
}

export async function markDone(
  tx: Tx,
  proposal: Pick<BoundProposal, 'agreement' | 'id'>,
  silent: readonly string[],
  at: Date,
): Promise<void> {
  await tx.run(
    `update proposal set state = 'done', settled_at = $3, silent = $4::text[] where agreement_id = $1 and id = $2 and state = 'open'`,
    [proposal.agreement, proposal.id, at, silent],
  );
}

export async function findKey(db: Queryable, agreement: string, person: string): Promise<string | null> {
  const [row] = await db.rows<{ key: string }>(
    'select public_key as key from person_key where agreement_id = $1 and person = $2',
    [agreement, person],
  );
  return row?.key ?? null;
}

/** True when it was kept; false when the person has a key already. */
export async function insertKey(tx: Tx, agreement: string, person: string, key: string, at: Date): Promise<boolean> {
  const kept = await tx.run(
    `insert into person_key (agreement_id, person, public_key, registered_at) values ($1, $2, $3, $4)
     on conflict (agreement_id, person) do nothing`,
    [agreement, person, key, at],
  );
  return kept === 1;
}

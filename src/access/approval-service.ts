/**
 * The verbs of acting together: propose, approve, register a key. The approval that fills the quorum carries out the act
 * in its own transaction; nothing else can carry one out. One entry for each verb.
 */
import { newId, Problem, type ProblemKind } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { append, authorOf, type Json } from '../record/index.ts';
import { fromBase64 } from '../record/verify/index.ts';
import { type Act, type Quorum, type Refusal, refusalOf, type Settled, settle, voiceOf } from './approval.ts';
import {
  type ApprovalFile,
  isSignedBy,
  keyStatementOf,
  type SignedApproval,
  sha256Of,
  statementOf,
} from './approval-statement.ts';
import {
  findKey,
  findProposal,
  insertApproval,
  insertKey,
  insertProposal,
  markDone,
  overtake,
  readApprovals,
  readProposedText,
  type StoredProposal,
} from './approval-store.ts';
import * as problems from './problems.ts';

/** Carries out an act whose quorum is met; a Problem thrown here undoes the approval too. */
export type Performer = (tx: Tx, ctx: Ctx, proposal: StoredProposal, text: string) => Promise<void>;

export interface ApprovalTools {
  readonly quorum: Quorum;
  readonly performers: Partial<Readonly<Record<Act, Performer>>>;
}

export interface ProposalState {
  readonly proposal: StoredProposal;
  readonly settled: Settled;
}

const MAX_TEXT = 16_777_216;
/** What is asked about sealed things stays sealed. */
const OPEN_ACTS: ReadonlySet<Act> = new Set(['bulletin.release', 'publication.withdraw', 'key.change']);
const visibilityOf = (act: Act) => (OPEN_ACTS.has(act) ? 'open' : 'sealed');

/** Puts an act with its exact text before the others. An earlier open proposal of the same author for it is overtaken. */
export async function proposeAct(
  ctx: Ctx,
  { act, object, text }: { readonly act: Act; readonly object: string; readonly text: string },
): Promise<StoredProposal> {
  if (text.length > MAX_TEXT)
    throw new Problem(problems.PROPOSAL_TOO_LARGE, `the text is longer than ${MAX_TEXT} characters`);
  const author = authorOf(ctx.actor);
  const proposedAt = ctx.clock.now();
  const sha256 = sha256Of(text);
  const { agreement } = ctx;
  const { organisation } = ctx.actor;
  const proposal = { agreement, id: newId(ctx), act, object, sha256, author, organisation, proposedAt };
  await ctx.db.inTransaction(async (tx) => {
    await overtake(tx, proposal, author, new Date(proposedAt));
    await insertProposal(tx, proposal, text);
    await append(tx, ctx, {
      agreement,
      kind: 'approval.proposed',
      object: `proposal:${proposal.id}`,
      visibility: visibilityOf(act),
      content: { proposal: proposal.id, act, object, sha256, organisation },
    });
  });
  return { ...proposal, state: 'open', settledAt: null, silent: [] };
}

/**
 * Approves the text with this hash, as the actor; carries the act out when the quorum is then met. The same approval again
 * adds nothing, but looks again whether the quorum is met (a silent chair's hours may have run out).
 */
export function approveAct(
  ctx: Ctx,
  tools: ApprovalTools,
  id: string,
  given: { readonly sha256: string; readonly signature: string | null },
): Promise<ProposalState> {
  const { organisation, role } = ctx.actor;
  const approval = {
    person: authorOf(ctx.actor),
    organisation: organisation ?? '',
    role: role ?? '',
    sha256: given.sha256,
  };
  return ctx.db.inTransaction(async (tx) => {
    const proposal = await findProposal(tx, ctx.agreement, id, 'lock');
    if (!proposal) throw new Problem(problems.PROPOSAL_NOT_FOUND, 'there is no such proposal');
    const before = await readApprovals(tx, ctx.agreement, id);
    const refusal = refusalOf(tools.quorum, proposal, before, approval);
    if (refusal !== null && refusal !== 'person-twice') throw refused(refusal);
    if (proposal.state !== 'open') {
      if (refusal === 'person-twice') return stateOf(tools, proposal, before, ctx.clock.now());
      throw new Problem(problems.PROPOSAL_CLOSED, `the proposal is ${proposal.state}`);
    }
    const all =
      refusal === null ? [...before, await keepApproval(tx, ctx, tools, proposal, approval, given.signature)] : before;
    const state = stateOf(tools, proposal, all, ctx.clock.now());
    return state.settled.met ? carryOut(tx, ctx, tools, state) : state;
  });
}

async function keepApproval(
  tx: Tx,
  ctx: Ctx,
  { quorum }: ApprovalTools,
  proposal: StoredProposal,
  given: Pick<SignedApproval, 'person' | 'organisation' | 'role' | 'sha256'>,
  signature: string | null,
): Promise<SignedApproval> {
  const publicKey = await findKey(tx, ctx.agreement, given.person);
  const holds =
    publicKey === null
      ? signature === null
      : signature !== null && isSignedBy(publicKey, statementOf(proposal, given), signature);
  if (!holds)
    throw new Problem(
      problems.BAD_SIGNATURE,
      publicKey === null
        ? 'a signature was sent, and no key is registered for this person'
        : 'the approval must be signed with the registered key, over the statement of this proposal',
    );
  const approval = { ...given, at: ctx.clock.now(), publicKey, signature };
  const voice = voiceOf(quorum, given.organisation);
  if (voice === null) throw refused('no-voice');
  await insertApproval(tx, proposal, approval, voice);
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'approval.given',
    object: `proposal:${proposal.id}`,
    visibility: visibilityOf(proposal.act),
    content: { proposal: proposal.id, act: proposal.act, ...approval } satisfies Json,
  });
  return approval;
}

async function carryOut(
  tx: Tx,
  ctx: Ctx,
  tools: ApprovalTools,
  { proposal, settled }: ProposalState,
): Promise<ProposalState> {
  const perform = tools.performers[proposal.act];
  if (!perform) throw new Problem(problems.ACT_NOT_OFFERED, `${proposal.act} is not offered by this program`);
  await perform(tx, ctx, proposal, await readProposedText(tx, ctx.agreement, proposal.sha256));
  const at = ctx.clock.now();
  await markDone(tx, proposal, settled.silent, new Date(at));
  // The others were made for a state of things that is gone.
  await overtake(tx, proposal, null, new Date(at));
  return { proposal: { ...proposal, state: 'done', settledAt: at, silent: settled.silent }, settled };
}

const stateOf = (
  { quorum }: ApprovalTools,
  proposal: StoredProposal,
  approvals: readonly SignedApproval[],
  now: number,
): ProposalState => ({ proposal, settled: settle(quorum, proposal, approvals, proposal.settledAt ?? now) });

/** A proposal as it stands, with everything to check it offline. Throws PROPOSAL_NOT_FOUND. */
export async function readProposal(
  db: Queryable,
  agreement: string,
  id: string,
): Promise<{ readonly proposal: StoredProposal; readonly file: ApprovalFile }> {
  const proposal = await findProposal(db, agreement, id);
  if (!proposal) throw new Problem(problems.PROPOSAL_NOT_FOUND, 'there is no such proposal');
  const text = await readProposedText(db, agreement, proposal.sha256);
  const approvals = await readApprovals(db, agreement, id);
  const { organisation: _organisation, state: _state, settledAt, silent: _silent, ...bound } = proposal;
  return { proposal, file: { approvalFile: 1, proposal: bound, text, approvals, settledAt } };
}

/** Registers the actor's Ed25519 key, once, with proof that the actor holds it. From then on its approvals must be signed. */
export async function registerKey(ctx: Ctx, publicKey: string, signature: string): Promise<{ person: string }> {
  const person = authorOf(ctx.actor);
  if (
    fromBase64(publicKey)?.length !== 32 ||
    !isSignedBy(publicKey, keyStatementOf(ctx.agreement, person, publicKey), signature)
  )
    throw new Problem(
      problems.BAD_SIGNATURE,
      'the key must be 32 bytes in base64, and sign the statement that names it',
    );
  await ctx.db.inTransaction(async (tx) => {
    if (!(await insertKey(tx, ctx.agreement, person, publicKey, new Date(ctx.clock.now()))))
      throw new Problem(problems.KEY_REGISTERED, 'this person has a key; changing it is an act of two persons');
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'key.registered',
      object: `person:${person}`,
      visibility: 'open',
      content: { person, publicKey, organisation: ctx.actor.organisation, role: ctx.actor.role },
    });
  });
  return { person };
}

const REFUSALS: Readonly<Record<Refusal, { kind: ProblemKind; detail: string }>> = {
  role: { kind: problems.FORBIDDEN, detail: 'this role may not approve' },
  author: { kind: problems.OWN_PROPOSAL, detail: 'the author of a proposal cannot approve it' },
  'no-voice': { kind: problems.NO_VOICE, detail: 'the terms give this organisation no voice' },
  'other-text': { kind: problems.OTHER_TEXT, detail: 'the hash is not that of the proposed text: read it again' },
  'person-twice': { kind: problems.ALREADY_SPOKEN, detail: 'this person has approved already' },
  'organisation-twice': { kind: problems.ALREADY_SPOKEN, detail: 'this organisation has approved already' },
};

const refused = (refusal: Refusal): Problem => new Problem(REFUSALS[refusal].kind, REFUSALS[refusal].detail);

/**
 * The verbs of acting together: propose, approve, register a key. The approval that fills the quorum carries out the act
 * in its own transaction; nothing else can carry one out. One entry for each verb.
 */
import { z } from 'zod';
import { newId, Problem, type ProblemKind } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { append, authorOf, type Json } from '../record/index.ts';
import { fromBase64 } from '../record/verify/index.ts';
import {
  type Act,
  type Approval,
  type Quorum,
  type Refusal,
  refusalOf,
  type Settled,
  settle,
  voiceOf,
} from './approval.ts';
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
  listProposals,
  markDone,
  overtake,
  readApprovals,
  readProposedText,
  replaceKey,
  type StoredProposal,
  withdrawProposal,
} from './approval-store.ts';
import type { Site } from './passkey.ts';
import { isProofOf, type PasskeyProof } from './passkey-proof.ts';
import { findAccount, findPasskey } from './people-store.ts';
import * as problems from './problems.ts';

/** Carries out an act whose quorum is met; a Problem thrown here undoes the approval too. */
export type Performer = (
  tx: Tx,
  ctx: Ctx,
  proposal: StoredProposal,
  text: string,
  /** Those that filled the quorum. */
  approvals: readonly Approval[],
) => Promise<void>;

/** How an approval is signed: with a registered key, or (a person with an account) with a passkey. */
export interface GivenApproval {
  readonly sha256: string;
  readonly signature: string | null;
  readonly assertion?: GivenAssertion | null;
}

export interface ApprovalTools {
  readonly quorum: Quorum;
  /** The site whose passkeys sign; absent where persons have none. */
  readonly site?: () => Site;
  readonly performers: Partial<Readonly<Record<Act, Performer>>>;
}

export interface ProposalState {
  readonly proposal: StoredProposal;
  readonly settled: Settled;
}

/** What a browser hands over after the passkey has signed; base64url. */
export interface GivenAssertion {
  /** The credential's id. */
  readonly credential: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
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
export function approveAct(ctx: Ctx, tools: ApprovalTools, id: string, given: GivenApproval): Promise<ProposalState> {
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
    const all = refusal === null ? [...before, await keepApproval(tx, ctx, tools, proposal, approval, given)] : before;
    const state = stateOf(tools, proposal, all, ctx.clock.now());
    return state.settled.met ? carryOut(tx, ctx, tools, state) : state;
  });
}

async function keepApproval(
  tx: Tx,
  ctx: Ctx,
  tools: ApprovalTools,
  proposal: StoredProposal,
  given: Pick<SignedApproval, 'person' | 'organisation' | 'role' | 'sha256'>,
  { signature, assertion: asserted }: GivenApproval,
): Promise<SignedApproval> {
  const { quorum } = tools;
  const assertion =
    ctx.actor.kind === 'person' ? await proofOf(tx, ctx, tools, statementOf(proposal, given), asserted ?? null) : null;
  const publicKey = ctx.actor.kind === 'person' ? null : await findKey(tx, ctx.agreement, given.person);
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
  const approval = { ...given, at: ctx.clock.now(), publicKey, signature, assertion };
  const voice = voiceOf(quorum, given.organisation);
  if (voice === null) throw refused('no-voice');
  await insertApproval(tx, proposal, approval, voice);
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'approval.given',
    object: `proposal:${proposal.id}`,
    visibility: visibilityOf(proposal.act),
    content: {
      ...{ proposal: proposal.id, act: proposal.act },
      ...approval,
      assertion: assertion && { ...assertion },
    } satisfies Json,
  });
  return approval;
}

/**
 * The passkey's signature over the statement, checked: a person's approval is the person's own and not the server's word.
 * Only the made-up persons of the demo approve without one.
 */
async function proofOf(
  tx: Tx,
  ctx: Ctx,
  { site }: ApprovalTools,
  statement: string,
  given: GivenAssertion | null,
): Promise<PasskeyProof | null> {
  if ((await findAccount(tx, ctx.agreement, ctx.actor.id))?.demo) return null;
  const passkey = given && (await findPasskey(tx, ctx.agreement, given.credential));
  if (!given || !passkey || passkey.account !== ctx.actor.id || !site)
    throw new Problem(problems.PASSKEY_NEEDED, 'an approval is signed with a passkey of yours');
  const { authenticatorData, clientDataJSON, signature } = given;
  const { origin, rpId } = site();
  const proof = { jwk: passkey.jwk, rpId, authenticatorData, clientDataJSON, signature };
  if (!isProofOf(proof, statement, origin))
    throw new Problem(problems.BAD_SIGNATURE, 'the passkey must sign the statement of this very proposal');
  return proof;
}

/** Withdraws an open proposal; only its author can. */
export async function withdrawAct(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.inTransaction(async (tx) => {
    const proposal = await findProposal(tx, ctx.agreement, id, 'lock');
    if (!proposal) throw new Problem(problems.PROPOSAL_NOT_FOUND, 'there is no such proposal');
    if (proposal.author !== authorOf(ctx.actor))
      throw new Problem(problems.FORBIDDEN, 'only its author withdraws a proposal');
    if (!(await withdrawProposal(tx, ctx.agreement, id, proposal.author, new Date(ctx.clock.now()))))
      throw new Problem(problems.PROPOSAL_CLOSED, `the proposal is ${proposal.state}`);
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'approval.withdrawn',
      object: `proposal:${id}`,
      visibility: visibilityOf(proposal.act),
      content: { proposal: id, act: proposal.act },
    });
  });
}

async function carryOut(
  tx: Tx,
  ctx: Ctx,
  tools: ApprovalTools,
  { proposal, settled }: ProposalState,
): Promise<ProposalState> {
  const perform = tools.performers[proposal.act];
  if (!perform) throw new Problem(problems.ACT_NOT_OFFERED, `${proposal.act} is not offered by this program`);
  const text = await readProposedText(tx, ctx.agreement, proposal.sha256);
  await perform(tx, ctx, proposal, text, settled.counted);
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

const MOST_LISTED = 500;

/** Proposals as they stand now, the newest first. */
export async function listActs(
  ctx: Ctx,
  tools: ApprovalTools,
  state: StoredProposal['state'] | null,
): Promise<ProposalState[]> {
  const proposals = await listProposals(ctx.db, ctx.agreement, state, MOST_LISTED);
  const all: ProposalState[] = [];
  for (const proposal of proposals) {
    const approvals = await readApprovals(ctx.db, ctx.agreement, proposal.id);
    all.push(stateOf(tools, proposal, approvals, ctx.clock.now()));
  }
  return all;
}

/** Registers the actor's Ed25519 key, once, with proof that the actor holds it. From then on its approvals must be signed. */
export async function registerKey(ctx: Ctx, publicKey: string, signature: string): Promise<{ person: string }> {
  if (ctx.actor.kind === 'person')
    throw new Problem(problems.FORBIDDEN, 'a person signs with passkeys; only the token of a program registers a key');
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

const keyChange = z.object({
  person: z.string().max(200),
  publicKey: z
    .string()
    .refine((key) => fromBase64(key)?.length === 32)
    .nullable(),
});

/** Carries out `key.change`: another registered key for a program's token, or none. */
export const changeKey: Performer = async (tx, ctx, proposal, text) => {
  const { person, publicKey } = keyChange.parse(JSON.parse(text));
  await replaceKey(tx, ctx.agreement, person, publicKey, new Date(ctx.clock.now()));
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'key.changed',
    object: `person:${person}`,
    visibility: 'open',
    content: { person, publicKey, proposal: proposal.id, sha256: proposal.sha256 },
  });
};

const REFUSALS: Readonly<Record<Refusal, { kind: ProblemKind; detail: string }>> = {
  role: { kind: problems.FORBIDDEN, detail: 'this role may not approve' },
  author: { kind: problems.OWN_PROPOSAL, detail: 'the author of a proposal cannot approve it' },
  'no-voice': { kind: problems.NO_VOICE, detail: 'the terms give this organisation no voice' },
  'other-text': { kind: problems.OTHER_TEXT, detail: 'the hash is not that of the proposed text: read it again' },
  'person-twice': { kind: problems.ALREADY_SPOKEN, detail: 'this person has approved already' },
  'organisation-twice': { kind: problems.ALREADY_SPOKEN, detail: 'this organisation has approved already' },
};

const refused = (refusal: Refusal): Problem => new Problem(REFUSALS[refusal].kind, REFUSALS[refusal].detail);

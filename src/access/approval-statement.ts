/**
 * What a person signs, and the file with which anyone checks an act without a server (spec/approval.md). Pure. The keys in
 * a file are the server's word: whoever wants more than that pins them.
 */

import { z } from 'zod';
import { toHex } from '../core/index.ts';
import { canonicalJson, fromBase64, nodeCrypto, utf8 } from '../record/verify/index.ts';
import { ACTS, type Approval, type Proposed, type Quorum, type Settled, settle } from './approval.ts';
import { isProofOf, jwkShape, type PasskeyProof, thumbprintOf } from './passkey-proof.ts';

/** A proposal with the ids that bind an approval to it alone. */
export interface BoundProposal extends Proposed {
  readonly agreement: string;
  readonly id: string;
  readonly object: string;
}

export interface SignedApproval extends Approval {
  /** UTC milliseconds. */
  readonly at: number;
  /** Base64 of the raw Ed25519 key and of the signature over the statement; null where the person had no key. */
  readonly publicKey: string | null;
  readonly signature: string | null;
  /** The passkey's signature over the statement, where a person with an account approved; else null. */
  readonly assertion: PasskeyProof | null;
}

export const sha256Of = (text: string): string => toHex(nodeCrypto.sha256(utf8(text)));

/** The exact text that an approval signs. */
export const statementOf = (proposal: BoundProposal, { person, organisation, role, sha256 }: Approval): string =>
  `hudna-approval/1\n${canonicalJson({
    agreement: proposal.agreement,
    act: proposal.act,
    object: proposal.object,
    proposal: proposal.id,
    author: proposal.author,
    person,
    organisation,
    role,
    sha256,
  })}\n`;

/** The exact text that proves that a person holds a key. */
export const keyStatementOf = (agreement: string, person: string, publicKey: string): string =>
  `hudna-approval-key/1\n${canonicalJson({ agreement, person, publicKey })}\n`;

/** Whether a base64 Ed25519 signature over a statement holds; false for anything malformed. */
export function isSignedBy(publicKey: string, statement: string, signature: string): boolean {
  const [key, bytes] = [fromBase64(publicKey), fromBase64(signature)];
  return key !== undefined && bytes !== undefined && nodeCrypto.verifyEd25519(key, utf8(statement), bytes);
}

/** Everything that is needed to check one act offline. */
export interface ApprovalFile {
  readonly approvalFile: 1;
  readonly proposal: BoundProposal;
  /** The exact text, whose SHA-256 is the proposal's. */
  readonly text: string;
  readonly approvals: readonly SignedApproval[];
  /** UTC milliseconds at which it was settled; null while it is open. */
  readonly settledAt: number | null;
}

const short = z.string().max(1_000);
const milliseconds = z.number().int().min(0).max(8_640_000_000_000_000);
const proofShape = z.object({
  jwk: jwkShape,
  rpId: short,
  authenticatorData: z.string().max(10_000),
  clientDataJSON: z.string().max(10_000),
  signature: z.string().max(10_000),
});
const fileShape = z.object({
  approvalFile: z.literal(1),
  proposal: z.object({
    agreement: short,
    id: short,
    act: z.enum(ACTS),
    object: short,
    sha256: short,
    author: short,
    proposedAt: milliseconds,
  }),
  text: z.string(),
  approvals: z
    .array(
      z.object({
        person: short,
        organisation: short,
        role: short,
        sha256: short,
        at: milliseconds,
        publicKey: short.nullable(),
        signature: short.nullable(),
        assertion: proofShape.nullable().default(null),
      }),
    )
    .max(1_000),
  settledAt: milliseconds.nullable(),
});

/** The file of a text, unknown fields left out; undefined for what is no such file. */
export function parseApprovalFile(text: string): ApprovalFile | undefined {
  try {
    return fileShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export interface ApprovalCheck extends Settled {
  /** What does not hold; an act with a complaint must not be believed. */
  readonly complaints: readonly string[];
  /** How many of the counted approvals are signed with a key (a pinned one, where keys were pinned). */
  readonly signed: number;
}

/** By what to pin a person: base64 Ed25519 keys, or RFC 7638 thumbprints of passkeys. */
export type Pinned = ReadonlyMap<string, string | readonly string[]>;

/** Checks a file against a quorum. With `pinned` a signature by any other key than a person's own is a complaint. */
export function checkApprovalFile(quorum: Quorum, file: ApprovalFile, pinned?: Pinned): ApprovalCheck {
  const complaints: string[] = [];
  if (sha256Of(file.text) !== file.proposal.sha256) complaints.push('the text is not the one that was approved');
  const sound = file.approvals.filter((approval) => {
    const wrong = faultOf(file.proposal, approval, pinned);
    if (wrong) complaints.push(`${approval.person}: ${wrong}`);
    return wrong === null;
  });
  const settled = settle(quorum, file.proposal, sound, file.settledAt ?? Date.parse('9999-01-01T00:00:00Z'));
  if (file.settledAt !== null && !settled.met) complaints.push('it was settled without its quorum');
  const counted = new Set(settled.counted.map(({ person }) => person));
  return {
    ...settled,
    complaints,
    signed: sound.filter((one) => (one.signature ?? one.assertion) && counted.has(one.person)).length,
  };
}

function faultOf(proposal: BoundProposal, approval: SignedApproval, pinned: Pinned | undefined): string | null {
  const { publicKey, signature, person } = approval;
  const assertion = approval.assertion ?? null;
  const wanted = pinned?.get(person);
  const key = assertion ? thumbprintOf(assertion.jwk) : publicKey;
  if (wanted !== undefined && (key === null || !(typeof wanted === 'string' ? [wanted] : wanted).includes(key)))
    return 'not signed with the pinned key';
  if (assertion !== null)
    return isProofOf(assertion, statementOf(proposal, approval)) ? null : 'the passkey signed something else';
  if (publicKey === null && signature === null) return null;
  if (publicKey === null || signature === null) return 'a key without a signature, or a signature without a key';
  return isSignedBy(publicKey, statementOf(proposal, approval), signature) ? null : 'the signature does not hold';
}

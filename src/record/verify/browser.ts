/**
 * The verifier for a browser page: the same checks, with cryptography in JavaScript, no Node, no network. The page gives
 * it the policy it has pinned and the file that the reader dropped on it.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Lang } from '../../core/index.ts';
import { utf8 } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import type { Finding } from './finding.ts';
import type { Handover } from './handover.ts';
import { checkProof, checkPublished, checkReceipt, type ProofReport } from './included.ts';
import { sentenceOf } from './messages.ts';
import { parsePolicy } from './policy.ts';
import { trustInPolicy } from './trust.ts';

export const browserCrypto: Crypto = {
  sha256: (bytes) => sha256(bytes),
  verifyEd25519(publicKey, message, signature) {
    try {
      // RFC 8032 strictly, as node:crypto does: no small-order shortcuts of ZIP 215.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

export interface PageReport {
  readonly finding: Finding;
  /** The finding in one sentence. */
  readonly sentence: string;
  readonly origin: string | null;
  readonly size: number | null;
  readonly cosigners: readonly { readonly name: string; readonly time: string }[];
  readonly silent: readonly string[];
}

/**
 * Checks one file: a published document (bulletin), a receipt, or a tlog-proof with its entry. `policy` is the pinned
 * policy text, `handovers` the changes of the log's key that came with it; `now` milliseconds. Throws when the policy itself is bad.
 */
export function verifyFile(
  kind: 'bulletin' | 'receipt' | 'proof',
  file: Uint8Array,
  policyText: string,
  lang: Lang,
  now: number,
  handovers: readonly Handover[] = [],
): PageReport {
  const policy = parsePolicy(browserCrypto, utf8(policyText));
  if ('fault' in policy) throw new Error(`policy, line ${policy.line}: ${policy.fault}`);
  const options = { crypto: browserCrypto, trust: { ...trustInPolicy(policy), handovers } };
  const checks: Readonly<Record<typeof kind, () => ProofReport>> = {
    bulletin: () => checkPublished(options, file),
    receipt: () => checkReceipt(options, file, now / 1_000),
    proof: () => checkProof(options, file),
  };
  const { finding, checkpoint, cosigners, silent } = checks[kind]();
  return {
    finding,
    sentence: sentenceOf(finding, lang),
    origin: checkpoint?.origin ?? null,
    size: checkpoint?.size ?? null,
    cosigners: cosigners.map(({ name, time }) => ({ name, time: new Date(time * 1_000).toISOString() })),
    silent,
  };
}

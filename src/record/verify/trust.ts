/**
 * Is a checkpoint signed by a log we know, and co-signed by enough of the witnesses we trust? Reads no clock: `now` comes
 * in, and is used only when a maximum age is asked for.
 */

import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import type { Crypto } from './crypto.ts';
import { type Finding, incomplete, invalid, VALID } from './finding.ts';
import type { Handover } from './handover.ts';
import { type DatedKey, knownKeys, lastVouchedFor, successorOf } from './key-times.ts';
import { formatVkey, type VerifierKey } from './keys.ts';
import { checkNote } from './note.ts';
import { type Policy, type PolicyWitness, type Quorum, quorumHolds } from './policy.ts';

export interface Trust {
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: Quorum;
  /** Changes of the log's key, each checked by itself; they bind whoever trusts one of their keys. */
  readonly handovers?: readonly Handover[];
}

/** Only the log's own signature is asked for. */
export const trustInKeys = (logs: readonly VerifierKey[]): Trust => ({ logs, witnesses: [], quorum: { kind: 'none' } });

export const trustInPolicy = (policy: Policy): Trust => ({
  logs: policy.logs.map((log) => log.key),
  witnesses: policy.witnesses,
  quorum: policy.quorum,
});

export interface Freshness {
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds; the quorum must have co-signed within them. */
  readonly maxAge: number;
}

/** A co-signature may be this far ahead of our clock before it is refused (seconds). */
const CLOCK_TOLERANCE = 60;

export interface Cosigner {
  readonly name: string;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface CheckedCheckpoint {
  readonly finding: Finding;
  readonly checkpoint: SignedCheckpoint | null;
  readonly cosigners: readonly Cosigner[];
  /** Known witnesses that have not co-signed. */
  readonly silent: readonly string[];
}

const rejected = (finding: Finding, checkpoint: SignedCheckpoint | null = null): CheckedCheckpoint => ({
  finding,
  checkpoint,
  cosigners: [],
  silent: [],
});

/** Checks form, log signature, co-signatures, quorum and (when asked) age. Any bad signature by a known key rejects it. */
export function checkCheckpoint(crypto: Crypto, raw: Uint8Array, trust: Trust, fresh?: Freshness): CheckedCheckpoint {
  const checkpoint = parseCheckpoint(crypto, raw);
  if (!checkpoint) return rejected(invalid('not-a-checkpoint'));
  const known = knownKeys(trust.logs, trust.handovers ?? [], checkpoint.origin);
  if (known.length === 0) return rejected(invalid('wrong-origin', { origin: checkpoint.origin }), checkpoint);
  const witnessKeys = trust.witnesses.map((witness) => witness.key);
  const { good, bad } = checkNote(crypto, checkpoint.note, [...known.map(({ key }) => key), ...witnessKeys]);
  const [forged] = bad;
  if (forged) return rejected(invalid('bad-signature', { key: forged.name }), checkpoint);
  const signers = known.filter((one) => good.some(({ key }) => key === one.key));
  const unpinned = signedByAnother(crypto, checkpoint, trust, known, signers, fresh);
  if (unpinned) return unpinned;
  const outside = signers.every(({ since, until }) => checkpoint.size < since || checkpoint.size > until);
  if (outside) {
    const { key, since, until } = signers[0] as DatedKey;
    const params = { key: key.id, since, until: Number.isFinite(until) ? until : '…', size: checkpoint.size };
    return rejected(invalid('key-out-of-time', params), checkpoint);
  }

  // By key, not by name: names are for people.
  const timeOf = (witness: PolicyWitness): number | undefined => {
    const times = good.flatMap(({ key, time }) => (key === witness.key && time !== null ? [time] : []));
    return times.length > 0 ? Math.max(...times) : undefined;
  };
  const cosigners = trust.witnesses.flatMap((witness): Cosigner[] => {
    const time = timeOf(witness);
    return time === undefined ? [] : [{ name: witness.name, time }];
  });
  const silent = trust.witnesses.filter((w) => timeOf(w) === undefined).map((w) => w.name);
  const finding = judgeQuorum(trust, timeOf, silent, fresh);
  return { finding, checkpoint, cosigners, silent };
}

/**
 * A checkpoint that none of the known keys signed, or one after a change of keys that the known ones have not borne out.
 * Then what is judged is the last checkpoint that a known key signed, and the finding says which key comes next.
 */
function signedByAnother(
  crypto: Crypto,
  checkpoint: SignedCheckpoint,
  trust: Trust,
  known: readonly DatedKey[],
  signers: readonly DatedKey[],
  fresh: Freshness | undefined,
): CheckedCheckpoint | undefined {
  const next = successorOf(crypto, checkpoint, known, trust.handovers ?? []);
  if (!next || (next.oldKeySigned && signers.length > 0)) {
    return signers.length > 0 ? undefined : rejected(invalid('not-signed', { origin: checkpoint.origin }), checkpoint);
  }
  const last = lastVouchedFor(next);
  const params = { size: last?.size ?? 0, pin: formatVkey(next.to), reason: next.reason };
  const finding = incomplete(next.oldKeySigned ? 'key-changed' : 'key-lost', params);
  if (!last) return rejected(finding);
  const until = checkCheckpoint(crypto, last.raw, { ...trust, handovers: [] }, fresh);
  return { ...until, finding: until.finding.outcome === 'invalid' ? until.finding : finding };
}

/** True of a finding that says: what comes after is signed with a key that nobody here has pinned. */
export const endsAtHandover = ({ code }: Finding): boolean => code === 'key-changed' || code === 'key-lost';

function judgeQuorum(
  trust: Trust,
  timeOf: (witness: PolicyWitness) => number | undefined,
  silent: readonly string[],
  fresh: Freshness | undefined,
): Finding {
  const ahead = fresh && trust.witnesses.find((w) => (timeOf(w) ?? 0) > fresh.now + CLOCK_TOLERANCE);
  if (ahead) return invalid('time-ahead', { witness: ahead.name, time: timeOf(ahead) ?? 0 });
  if (!quorumHolds(trust.quorum, (witness) => timeOf(witness) !== undefined)) {
    return { outcome: 'partial', code: 'quorum-missing', params: { silent: silent.join(', ') }, firstBadIndex: null };
  }
  if (!fresh) return VALID;
  const times = trust.witnesses.flatMap((witness) => timeOf(witness) ?? []);
  if (times.length === 0) return incomplete('no-time');
  const oldest = fresh.now - fresh.maxAge;
  const within = (witness: PolicyWitness): boolean => (timeOf(witness) ?? 0) >= oldest;
  // Without a quorum of co-signatures to ask for, one fresh co-signature shows that the checkpoint is fresh.
  const isFresh = trust.quorum.kind === 'none' ? trust.witnesses.some(within) : quorumHolds(trust.quorum, within);
  return isFresh ? VALID : invalid('stale', { age: fresh.now - Math.max(...times), maxAge: fresh.maxAge });
}

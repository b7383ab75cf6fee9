/**
 * Which keys may have signed a log at which size, given the pinned ones and the handovers between keys. A key that was
 * handed over signs nothing larger; the key before a pinned one is known through it; the key after one is only named. Pure.
 */
import type { SignedCheckpoint } from './checkpoint.ts';
import type { Crypto } from './crypto.ts';
import { type Handover, sameKey } from './handover.ts';
import type { VerifierKey } from './keys.ts';
import { checkNote } from './note.ts';

/** A key, and the sizes of the trees that it signed, both included. */
export interface DatedKey {
  readonly key: VerifierKey;
  readonly since: number;
  readonly until: number;
}

const ofOrigin = (handovers: readonly Handover[], origin: string): readonly Handover[] =>
  handovers.filter(({ checkpoint }) => checkpoint.origin === origin);

/** The last checkpoint of a handover that its old key signed. */
export const lastVouchedFor = ({ oldKeySigned, checkpoint, last }: Handover): SignedCheckpoint | null =>
  oldKeySigned ? checkpoint : last;

/** The pinned keys of a log, and those that a pinned one says it took over from, each with its time. */
export function knownKeys(
  pinned: readonly VerifierKey[],
  handovers: readonly Handover[],
  origin: string,
): readonly DatedKey[] {
  const known = pinned
    .filter((key) => key.name === origin)
    .map((key) => ({ key, since: 0, until: Number.POSITIVE_INFINITY }));
  const find = (key: VerifierKey) => known.find((one) => sameKey(one.key, key));
  // From the newest back: a known key vouches for the one before it.
  for (const handover of [...ofOrigin(handovers, origin)].reverse()) {
    const { from, to, oldKeySigned, checkpoint } = handover;
    const [old, next] = [find(from), find(to)];
    if (next) next.since = checkpoint.size;
    const until = lastVouchedFor(handover)?.size ?? checkpoint.size;
    if (old && (next || oldKeySigned)) old.until = until;
    if (!old && next) known.push({ key: from, since: 0, until });
  }
  return known;
}

/** The handovers whose checkpoint a known key has signed: the log must hold them. */
export const bindingHandovers = (
  known: readonly DatedKey[],
  handovers: readonly Handover[],
  origin: string,
): readonly Handover[] =>
  ofOrigin(handovers, origin).filter(({ from, to, oldKeySigned }) =>
    known.some(({ key }) => sameKey(key, to) || (oldKeySigned && sameKey(key, from))),
  );

/**
 * The handover from a known key to one that is not known, when the checkpoint is signed by that one or by a later one; or
 * when the old key is said to be lost and has signed more since.
 */
export function successorOf(
  crypto: Crypto,
  checkpoint: SignedCheckpoint,
  known: readonly DatedKey[],
  handovers: readonly Handover[],
): Handover | undefined {
  const chain = ofOrigin(handovers, checkpoint.origin);
  const isKnown = (key: VerifierKey): boolean => known.some((one) => sameKey(one.key, key));
  const at = chain.findIndex(({ from, to }) => isKnown(from) && !isKnown(to));
  const first = chain[at];
  if (!first) return undefined;
  const later = chain.slice(at).map(({ to }) => to);
  if (checkNote(crypto, checkpoint.note, later).good.length > 0) return first;
  return !first.oldKeySigned && checkpoint.size > first.checkpoint.size ? first : undefined;
}

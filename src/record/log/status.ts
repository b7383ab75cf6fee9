/** How well the record is witnessed right now: full, partial, unwitnessed, or refusing to sign at all. Pure. */
import { type Policy, quorumHolds } from '../verify/index.ts';

/** Witness clocks that differ by more than this are flagged (seconds). */
export const CLOCKS_APART = 60;

export interface WitnessState {
  readonly name: string;
  /** Milliseconds of the last co-signature; null for none. */
  readonly lastTime: number | null;
  readonly lastSize: number;
  /** True when it has co-signed the current checkpoint. */
  readonly current: boolean;
}

/** A change of the log's key that was carried out. */
export interface KeyChangeStatus {
  /** Entries of the checkpoint at which it happened. */
  readonly size: number;
  /** vkeys. */
  readonly from: string;
  readonly to: string;
  /** False: the log was continued without the old key's signature. */
  readonly oldKeySigned: boolean;
  readonly reason: string;
  readonly by: readonly string[];
  readonly claimedAt: string;
}

export interface RecordStatus {
  readonly state: 'full' | 'partial' | 'unwitnessed' | 'refusing';
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string | null;
  /** Size of the public mirror, which lags to the full hour. */
  readonly publicSize: number;
  readonly witnesses: readonly {
    readonly name: string;
    readonly lastTime: string | null;
    /** Since when it has said nothing; null while it is current. */
    readonly silentSince: string | null;
  }[];
  /** Seconds between the co-signers' clocks when over 60, else null. */
  readonly clocksApart: number | null;
  /** Why nothing is signed, with both checkpoints. */
  readonly refusal: string | null;
  /** Oldest first. */
  readonly keyChanges: readonly KeyChangeStatus[];
}

const HOUR_MS = 3_600_000;
const toHour = (iso: string | null): string | null =>
  iso === null ? null : new Date(Math.floor(Date.parse(iso) / HOUR_MS) * HOUR_MS).toISOString();

/** What the public may see: the mirror's size and root, times to the hour. The live ones would tell when a source spoke. */
export function publicStatusOf(status: RecordStatus, publicRoot: string | null): RecordStatus {
  return {
    ...status,
    size: status.publicSize,
    root: publicRoot,
    keyChanges: status.keyChanges.filter(({ size }) => size <= status.publicSize),
    witnesses: status.witnesses.map(({ name, lastTime, silentSince }) => ({
      name,
      lastTime: toHour(lastTime),
      silentSince: toHour(silentSince),
    })),
  };
}

/** full needs the policy's quorum of current co-signatures, and a quorum that asks for any. */
export function witnessedState(policy: Policy, states: readonly WitnessState[]): 'full' | 'partial' | 'unwitnessed' {
  const current = states.filter((state) => state.current).map((state) => state.name);
  if (current.length === 0) return 'unwitnessed';
  const holds =
    policy.quorum.kind !== 'none' && quorumHolds(policy.quorum, (witness) => current.includes(witness.name));
  return holds ? 'full' : 'partial';
}

/** Seconds between the earliest and latest of the current co-signatures, when more than a minute. */
export function clocksApart(states: readonly WitnessState[]): number | null {
  const times = states.flatMap((state) => (state.current && state.lastTime !== null ? [state.lastTime / 1_000] : []));
  const spread = times.length > 1 ? Math.max(...times) - Math.min(...times) : 0;
  return spread > CLOCKS_APART ? Math.round(spread) : null;
}

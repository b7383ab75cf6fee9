/**
 * What a person's decision makes of a value: the next version, never a change of an old one. Pure. A later decision takes
 * an earlier one back, and taking that back brings it again.
 */
import { Problem } from '../core/index.ts';
import type { Claim, ClaimField, ClaimRef, ClaimSpan, ClaimValues } from './model.ts';
import { CLAIM_CHANGED, CLAIM_NOT_DECIDED, CLAIM_NOT_FOUND } from './problems.ts';

/** What a person asks for. `seen` is the version that the person had before them; a newer one refuses the decision. */
export type ClaimAsk =
  | { readonly act: 'confirm' | 'reject' | 'undo'; readonly seen: number; readonly keep: boolean }
  | {
      readonly act: 'correct';
      /** 0 where the machine read nothing. */
      readonly seen: number;
      readonly keep: boolean;
      readonly value: ClaimValues[ClaimField];
      /** Where the person read it; null leaves the words of the value before. */
      readonly spans: readonly ClaimSpan[] | null;
    }
  /** The second reader's value instead of the one in force. */
  | { readonly act: 'take_second'; readonly seen: number; readonly keep: boolean };

/** What the second reader read of the same field of the same event. */
export interface SecondValue {
  readonly value: ClaimValues[ClaimField];
  readonly spans: readonly ClaimSpan[];
}

/** Who decides, when and why. */
export interface Deciding {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** The entry's kind for each act. */
export const KINDS = {
  confirm: 'claim.confirmed',
  correct: 'claim.corrected',
  take_second: 'claim.corrected',
  reject: 'claim.rejected',
  undo: 'claim.undone',
} as const;

/** The next version of a value. `versions` are all of this field of this event, in order. */
export function nextVersion(
  ref: ClaimRef,
  versions: readonly Claim[],
  ask: ClaimAsk,
  deciding: Deciding,
  second?: SecondValue,
): Claim {
  const current = versions.at(-1);
  // What only the second reader read can be taken or rejected; what nobody read can be told.
  const isTold = ask.act === 'correct' || (second !== undefined && (ask.act === 'take_second' || ask.act === 'reject'));
  if (!current && (!isTold || ask.seen !== 0))
    throw new Problem(CLAIM_NOT_FOUND, `no claim ${ref.field} of event ${ref.event} in report ${ref.report}`);
  if (ask.seen !== (current?.version ?? 0))
    throw new Problem(CLAIM_CHANGED, `version ${current?.version ?? 0} stands; you decided on version ${ask.seen}`);
  const version = ask.seen + 1;
  const decided = {
    version,
    decidedBy: deciding.by,
    decidedAt: deciding.at,
    reason: deciding.reason,
    undoes: null,
    kept: ask.keep,
  };
  if (ask.act === 'correct')
    return {
      ...(current ?? { ...ref, alleged: false, by: null, spans: [] }),
      value: ask.value,
      spans: ask.spans ?? current?.spans ?? [],
      basis: 'person',
      standing: 'corrected',
      ...decided,
    } as Claim;
  if (ask.act === 'take_second') {
    if (!second) throw new Problem(CLAIM_NOT_FOUND, 'the second reader read nothing here');
    return {
      ...(current ?? { ...ref, alleged: false, by: null }),
      ...second,
      basis: 'read',
      standing: 'corrected',
      ...decided,
    } as Claim;
  }
  if (!current)
    return { ...ref, alleged: false, by: null, ...second, basis: 'read', standing: 'rejected', ...decided } as Claim;
  if (ask.act === 'confirm') return { ...current, standing: 'confirmed', ...decided };
  if (ask.act === 'reject') return { ...current, standing: 'rejected', ...decided };
  return takenBack(versions, current, decided);
}

/** What stood before the last decision stands again; a value that a person brought in first is gone. */
function takenBack(
  versions: readonly Claim[],
  current: Claim,
  decided: Pick<Claim, 'version' | 'decidedBy' | 'decidedAt' | 'reason' | 'undoes' | 'kept'>,
): Claim {
  if (current.decidedBy === null) throw new Problem(CLAIM_NOT_DECIDED, 'nobody has decided on this value yet');
  const before = versions.at(-2);
  const back = before ?? { ...current, standing: 'rejected' as const };
  return { ...back, ...decided, undoes: current.version, kept: before?.kept ?? false };
}

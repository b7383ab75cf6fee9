/**
 * What a check found. Codes are stable; sentences in three languages are in messages.ts. `firstBadIndex` is the first
 * entry that is wrong, missing or covered by the wrong hash, wherever one can be named.
 */

export type Outcome = 'valid' | 'invalid' | 'partial' | 'incomplete';

export const FINDING_CODES = [
  'valid',
  'quorum-missing',
  'missing-file',
  'unreadable',
  'not-a-checkpoint',
  'not-signed',
  'bad-signature',
  'wrong-origin',
  'key-changed',
  'key-lost',
  'key-out-of-time',
  'bad-handover',
  'handover-missing',
  'stale',
  'no-time',
  'time-ahead',
  'bad-entry-hash',
  'bad-bundle',
  'bad-tile',
  'root-mismatch',
  'forked',
  'rolled-back',
  'not-an-entry',
  'entry-too-large',
  'counter-backwards',
  'id-twice',
  'unknown-prev',
  'bad-beacon',
  'back-dated',
  'dated-ahead',
  'bad-author-signature',
  'unsigned-entry',
  'author-key-changed',
  'author-not-pinned',
  'not-a-proof',
  'not-included',
  'entry-missing',
  'not-a-bulletin',
  'draft',
  'proof-later',
  'wrong-content',
  'not-a-receipt',
  'promise-only',
  'promise-broken',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly outcome: Outcome;
  readonly code: FindingCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly firstBadIndex: number | null;
}

type Params = Finding['params'];

export const VALID: Finding = { outcome: 'valid', code: 'valid', params: {}, firstBadIndex: null };

export const invalid = (code: FindingCode, params: Params = {}, firstBadIndex: number | null = null): Finding => ({
  outcome: 'invalid',
  code,
  params,
  firstBadIndex,
});

export const incomplete = (code: FindingCode, params: Params = {}, firstBadIndex: number | null = null): Finding => ({
  outcome: 'incomplete',
  code,
  params,
  firstBadIndex,
});

/**
 * An entry of the record: one per state change, written in the same transaction, never altered. The envelope is the
 * final one (spec/record): signature and beacon may be empty until the keys exist, the form does not change.
 */
import type { Instant } from '../core/index.ts';
import type { Json } from './verify/canonical.ts';

export type { Json } from './verify/canonical.ts';

/** What a verb hands to `append`. */
export interface NewEntry {
  readonly agreement: string;
  /** `room-noun.past-verb`, e.g. `report.received`. Drives the follow-up jobs. */
  readonly kind: string;
  /** What it is about, `report:ID`; the previous entry of the same object is linked. */
  readonly object: string;
  /** Open kinds publish their content; sealed kinds are one opaque fixed-size leaf in public. */
  readonly visibility: 'open' | 'sealed';
  readonly content: Json;
}

export interface Entry extends NewEntry {
  /** Position in the log, from 0, without gaps. */
  readonly index: number;
  readonly id: string;
  readonly author: string;
  /** The author's own counter, from 1. */
  readonly n: number;
  readonly claimedAt: Instant;
  /** True when the content was destroyed since (`content` is then null); only `read` sets it. */
  readonly erased?: boolean;
}

export interface EntryFilter {
  readonly agreement: string;
  /** First index wanted. */
  readonly from?: number;
  readonly kinds?: readonly string[];
  readonly object?: string;
  readonly visibility?: 'open' | 'sealed';
  readonly limit?: number;
}

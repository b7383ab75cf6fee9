/**
 * What a report says, value by value, each with the words it was read from. Event 0 is the report's main event; the
 * others follow in the order of the text. A person's decision is a new version beside the old one.
 */
import type { Count, EventType, Lang, Point, Precision, Target, Trilingual } from '../core/index.ts';

export const CLAIM_FIELDS = [
  'type',
  'start',
  'end',
  'place',
  'actor',
  'victim',
  'target',
  'weapon',
  'killed',
  'injured',
  'aggregate',
] as const;
export type ClaimField = (typeof CLAIM_FIELDS)[number];

/** A place as claimed: a gazetteer entry, or words and the smallest area that they give. */
export interface ClaimedPlace {
  readonly id: string | null;
  readonly name: Trilingual;
  readonly point: Point | null;
  readonly precision: Precision;
  /** Gazetteer id of the governorate. */
  readonly area: string | null;
}

export interface ClaimedActor {
  /** Actor code of the terms; null where only words are known. */
  readonly code: string | null;
  readonly words: string | null;
}

export interface ClaimValues {
  readonly type: EventType;
  /** EDTF. */
  readonly start: string;
  readonly end: string;
  readonly place: ClaimedPlace;
  readonly actor: ClaimedActor;
  /** Actor code of the side that was hit, where the words name it. */
  readonly victim: ClaimedActor;
  readonly target: Target;
  readonly weapon: string;
  readonly killed: Count;
  readonly injured: Count;
  readonly aggregate: true;
}

export interface ClaimSpan {
  readonly start: number;
  readonly end: number;
}

export type ClaimBasis = 'stated' | 'read' | 'person';
export type ClaimStanding = 'proposed' | 'confirmed' | 'corrected' | 'rejected';

/** A claim before it is stored: of one field, so that its value's type is known from the field. */
export type NewClaim = {
  [Field in ClaimField]: {
    readonly event: number;
    readonly field: Field;
    readonly value: ClaimValues[Field];
    readonly spans: readonly ClaimSpan[];
    readonly basis: ClaimBasis;
    readonly alleged: boolean;
    readonly by: string | null;
  };
}[ClaimField];

export type Claim = NewClaim & {
  readonly report: string;
  readonly version: number;
  readonly standing: ClaimStanding;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
  /** The version that this one takes back. */
  readonly undoes: number | null;
  /** Kept as a case that later readers are tried on. */
  readonly kept: boolean;
};

/** Which value of which event of which report. */
export interface ClaimRef {
  readonly report: string;
  readonly event: number;
  readonly field: ClaimField;
}

/** One event of one report, as its claims in force tell it. What linking, counting and publishing work on. */
export interface EventFacts {
  readonly report: string;
  readonly event: number;
  readonly type: EventType | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly place: ClaimedPlace | null;
  readonly actor: ClaimedActor | null;
  readonly victim: ClaimedActor | null;
  readonly target: Target | null;
  readonly weapon: string | null;
  readonly killed: Count;
  readonly injured: Count;
  readonly aggregate: boolean;
  readonly alleged: boolean;
  readonly by: string | null;
}

export type ReadLanguage = Lang | 'other';

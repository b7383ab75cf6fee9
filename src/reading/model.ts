/**
 * The reading/1 document (spec/reading): what one text says, every value tied to the exact words. Offsets are UTF-16
 * code units into the text as received, end exclusive, and `text === file.slice(start, end)` always holds.
 */
import type { Count, EventType, Lang, Precision, Target } from '../core/index.ts';
import type { ActorKind } from '../terms/index.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An Extended Date/Time Format value (ISO 8601-2), or the marker for "now". */
export type Edtf = string;

export interface Names {
  readonly ar: string | null;
  readonly en: string | null;
}

export interface PlaceCandidate {
  readonly place: string;
  readonly name: Names;
  readonly lat: number;
  readonly lon: number;
  readonly score: number;
}

export interface PlaceMention {
  readonly span: Span;
  readonly use: 'literal' | 'metonym' | 'dateline' | 'adjectival';
  readonly place: string | null;
  readonly name: Names;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: Precision;
  readonly confidence: number;
  readonly candidates: readonly PlaceCandidate[];
}

export interface DateMention {
  readonly span: Span;
  readonly value: Edtf | null;
  readonly mod: null | 'start' | 'mid' | 'end' | 'since' | 'until' | 'approx';
  readonly basis: 'absolute' | 'year-from-reference' | 'relative';
}

export interface ActorMention {
  readonly span: Span;
  readonly actor: string | null;
  readonly kind: ActorKind;
  readonly name: Names;
}

export const STATEMENT_ACTS = [
  'announce',
  'affirm',
  'deny',
  'propose',
  'accept',
  'reject',
  'demand',
  'accuse',
  'warn',
  'pledge',
  'call',
  'report',
] as const;
export type StatementAct = (typeof STATEMENT_ACTS)[number];

export interface Speaker {
  readonly name: string | null;
  readonly office: string | null;
  readonly actor: string | null;
  readonly span: Span | null;
}

export interface Statement {
  readonly speaker: Speaker;
  readonly mode: 'direct' | 'indirect' | 'mixed';
  readonly cue: Span;
  readonly content: readonly Span[];
  readonly act: StatementAct;
  readonly polarity: 'affirmed' | 'negated';
}

export const STANDING_VALUES = [
  'offered',
  'formal',
  'not_formal',
  'press_only',
  'under_discussion',
  'pledged',
  'called_for',
  'right_reserved',
  'accepted',
  'rejected',
  'no_agreement',
  'expected_to_refuse',
] as const;
export type StandingValue = (typeof STANDING_VALUES)[number];

export interface StandingAssertion {
  readonly value: StandingValue;
  /** Actor code or speaker's name; `narrator` for the article itself. */
  readonly by: string;
  readonly span: Span;
}

export interface Proposal {
  readonly by: string | null;
  readonly to: readonly string[];
  readonly action: string;
  readonly spans: readonly Span[];
  readonly from: Edtf | null;
  readonly standing: readonly StandingAssertion[];
}

export interface AgreementMention {
  readonly span: Span;
  readonly name: string;
  readonly id: string | null;
  readonly status: 'in_force' | 'proposed' | 'denied' | 'suspended' | 'ended' | 'unknown';
  readonly statusSpan: Span | null;
}

export type Comparator = '=' | '>' | '>=' | '<' | '<=' | '~';

export interface Figure {
  readonly span: Span;
  readonly value: number;
  readonly comparator: Comparator;
  readonly unit: string;
  readonly scope: string | null;
  readonly since: Edtf | null;
  readonly by: string | null;
}

export interface EventClaim {
  readonly spans: readonly Span[];
  readonly type: EventType;
  readonly start: Edtf | null;
  readonly end: Edtf | null;
  /** Indexes into `places`, the most precise place of the event first. */
  readonly places: readonly number[];
  readonly weapon: string | null;
  /** Actor code of the alleged party; null is unknown. */
  readonly actor: string | null;
  readonly actorText: string | null;
  readonly target: Target | null;
  readonly killed: Count;
  readonly injured: Count;
  readonly alleged: boolean;
  readonly aggregate: boolean;
  /** Who says so: a speaker or source named in the text, or `narrator`. */
  readonly by: string;
}

export interface Reading {
  readonly reading: 1;
  readonly language: Lang | 'other';
  readonly published: string | null;
  readonly places: readonly PlaceMention[];
  readonly dates: readonly DateMention[];
  readonly actors: readonly ActorMention[];
  readonly statements: readonly Statement[];
  readonly proposals: readonly Proposal[];
  readonly agreements: readonly AgreementMention[];
  readonly figures: readonly Figure[];
  readonly events: readonly EventClaim[];
  readonly dropped: readonly { readonly reason: string; readonly text: string }[];
}

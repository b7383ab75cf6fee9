/**
 * What the linker works on: a normalised report, the incident it is put into, and the explanation of why. Pure types;
 * the linker never edits a report and never decides what a person has decided.
 */
import type { Count, Precision } from '../core/index.ts';

/** One event as a report tells it. Anything a report does not say is null and says nothing for or against a link. */
export interface LinkEvent {
  /** A node of the event taxonomy. */
  readonly type: string | null;
  /** First and last calendar day, days since 1970 (as written in the report). */
  readonly startDay: number | null;
  readonly endDay: number | null;
  /** UTC minutes since 1970 when a time of day is given. */
  readonly minute: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: Precision | null;
  /** Radius in metres when the input gives one of its own; else that of the precision class. */
  readonly radius: number | null;
  readonly placeText: string | null;
  readonly actor: string | null;
  readonly killed: Count;
  readonly injured: Count;
  readonly target: string | null;
  /** A sum-up of many events (a daily total): never linked to a single event. */
  readonly aggregate: boolean;
}

/** A report ready for linking. `events[0]` is the main event and decides; the others only point to incidents. */
export interface LinkReport {
  readonly id: string;
  readonly source: string;
  /** Who first said it, when the report names it. */
  readonly origin: string | null;
  readonly lang: string;
  /** UTC milliseconds. */
  readonly published: number | null;
  readonly text: string | null;
  readonly events: readonly LinkEvent[];
}

/** One line of an explanation: what was compared, how it compared, and the evidence in bits (log2 of m/u). */
export interface FieldBits {
  readonly field: string;
  readonly level: string;
  readonly bits: number;
}

export interface Candidate {
  readonly incident: string;
  readonly score: number;
}

/**
 * Where a report went. `opened`: it started the incident. `linked`: above the upper threshold. `asked`: put into an
 * incident of its own, with `proposal` waiting for a person. The bits of `explanation` sum to `score`.
 */
export interface LinkOutcome {
  readonly report: string;
  readonly incident: string;
  readonly decision: 'opened' | 'linked' | 'asked';
  readonly score: number | null;
  readonly explanation: readonly FieldBits[];
  /** The incident that came second, or the one proposed to a person. */
  readonly runnerUp: Candidate | null;
  /** Incidents that the report's other events belong to. */
  readonly also: readonly string[];
  /** Name of the weight set that scored it. */
  readonly weights: string;
}

/** Why two reports have one origin, so that together they corroborate nothing. */
export type CopyReason = 'identical' | 'near_duplicate' | 'contained' | 'same_wire' | 'credits_source' | 'same_owner';

/**
 * What was agreed: the instrument, its parties, whom it covers, and its clauses. Pure types and predicates; a terms
 * file (spec/terms.md) is parsed into these, and nothing here knows of one country.
 */
import type { Quorum } from '../access/index.ts';
import type { Day, Instant, Lang, Trilingual } from '../core/index.ts';

export const ACTOR_KINDS = ['state', 'organisation', 'armed_group', 'person'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How an actor stands to the terms: bound by them, excluded from them, or neither (a neighbour, a bystander). */
export const STANDINGS = ['party', 'excluded', 'outside'] as const;
export type TermsStanding = (typeof STANDINGS)[number];

export interface Acceptance {
  /** The co-chair or body through which the party accepted. */
  readonly through: string | null;
  readonly at: Instant | Day | null;
}

export interface Designation {
  /** Who designated it, e.g. `UNSC 1267/1989/2253 list`. */
  readonly source: string;
  readonly from: Day;
  readonly until: Day | null;
}

/** An actor named by the terms. Its `id` is the actor code of every other room (`government`, `opposition`, …). */
export interface TermsActor {
  readonly id: string;
  readonly kind: ActorKind;
  readonly standing: TermsStanding;
  /** Id of the actor it fights beside (`side` of a party is itself); null for none. */
  readonly side: string | null;
  readonly name: Trilingual;
  readonly aliases: Readonly<Record<Lang, readonly string[]>>;
  readonly acceptance: Acceptance | null;
  readonly designation: Designation | null;
  readonly coChair: boolean;
}

export interface Clause {
  /** Stable, e.g. `opposition-2`. */
  readonly id: string;
  /** Actor ids bound by it; empty means every party. */
  readonly addressees: readonly string[];
  readonly text: Trilingual;
  readonly from: Day;
  readonly until: Day | null;
  /** Event types that may breach it. */
  readonly breachedBy: readonly string[];
}

export interface CalmArea {
  readonly id: string;
  readonly name: Trilingual;
  /** Gazetteer ids that it covers. */
  readonly places: readonly string[];
  readonly from: Instant;
  readonly until: Instant | null;
}

/** How long after the end of an incident the public is told of it, in hours: `guarded` where people are healed, sheltered, taught or brought aid. */
export interface Publication {
  readonly delayHours: { readonly ordinary: number; readonly guarded: number };
}

export const SHIPPED_PUBLICATION: Publication = { delayHours: { ordinary: 24, guarded: 72 } };

export interface Instrument {
  /** The `agreement_id` of every row that belongs to it. */
  readonly id: string;
  readonly name: Trilingual;
  readonly country: string;
  readonly timeZone: string;
  readonly start: Instant;
  readonly source: string;
  readonly actors: readonly TermsActor[];
  readonly clauses: readonly Clause[];
  readonly calmAreas: readonly CalmArea[];
  /** Who must agree before anything is released, dismissed, attributed or disclosed. */
  readonly quorum: Quorum;
  readonly publication: Publication;
}

export const actorById = (instrument: Instrument, id: string): TermsActor | undefined =>
  instrument.actors.find((actor) => actor.id === id);

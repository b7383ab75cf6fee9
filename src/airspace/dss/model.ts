/**
 * What open mode keeps: operational intents, constraints, subscriptions and availability, as ASTM F3548-21 knows them.
 * The names on the wire are the standard's; ours are ours.
 */
import type { Volume4D } from '../model.ts';

export const STATES = ['Accepted', 'Activated', 'Nonconforming', 'Contingent'] as const;
export type IntentState = (typeof STATES)[number];

export const AVAILABILITIES = ['Unknown', 'Normal', 'Down'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** Operational intents and constraints: something of an owner in the airspace. */
export interface Entity {
  readonly id: string;
  readonly owner: string;
  /** From 1. */
  readonly version: number;
  /** Opaque; knowing it proves having talked to the owner. */
  readonly ovn: string;
  readonly volumes: readonly Volume4D[];
  readonly start: number;
  readonly end: number;
  readonly baseUrl: string;
}

export interface Intent extends Entity {
  readonly state: IntentState;
  readonly subscription: string | null;
  readonly pastOvns: readonly string[];
}

export type Constraint = Entity;

export interface Subscription {
  readonly id: string;
  readonly owner: string;
  readonly version: string;
  /** Grows by one with each notification due. */
  readonly index: number;
  readonly volumes: readonly Volume4D[];
  readonly start: number;
  readonly end: number;
  readonly baseUrl: string;
  readonly forIntents: boolean;
  readonly forConstraints: boolean;
  readonly implicit: boolean;
}

export interface AvailabilityStatus {
  readonly uss: string;
  readonly availability: Availability;
  readonly version: string;
}

/** Stands for another's OVN: the planner must ask that owner. */
export const NO_OVN = 'Available from USS';
/** Stands for no subscription. */
export const NO_SUBSCRIPTION = '00000000-0000-4000-8000-000000000000';

/** An intent whose owner is known to be down and that has not begun needs no proof of contact. */
export const needsKey = (intent: Intent, ownerIs: Availability): boolean =>
  !(ownerIs === 'Down' && intent.state === 'Accepted');

/** States of an aircraft that is not where it said: they are told at once, with or without a key. */
export const isOffNominal = (state: IntentState): boolean => state === 'Nonconforming' || state === 'Contingent';

/** Start and end over all volumes. */
export const spanOf = (volumes: readonly Volume4D[]): { start: number; end: number } => ({
  start: Math.min(...volumes.map((volume) => volume.start)),
  end: Math.max(...volumes.map((volume) => volume.end)),
});

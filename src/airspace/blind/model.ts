/**
 * What the blind arbiter keeps. A declaration has a party, a class, a state and volumes: no callsign, type, purpose or
 * target exists, and none may be added. Views for the parties are made in views.ts and nowhere else.
 */
import type { Volume4D } from '../model.ts';
import type { FlightClass } from '../rules/model.ts';

export const DECLARATION_STATES = ['planned', 'active', 'off_nominal', 'ended', 'expired'] as const;
export type DeclarationState = (typeof DECLARATION_STATES)[number];

export interface Declaration {
  readonly id: string;
  readonly party: string;
  readonly class: FlightClass;
  readonly state: DeclarationState;
  readonly version: number;
  readonly volumes: readonly Volume4D[];
  /** Earlier volumes that still stand, for the minimum lifetime. */
  readonly lingering: readonly { readonly volumes: readonly Volume4D[]; readonly until: number }[];
  readonly declaredAt: number;
  readonly changedAt: number;
  /** Salted SHA-256 of the content: what the record keeps when the content is erased. */
  readonly salt: string;
  readonly commitment: string;
  readonly endedAt: number | null;
}

/** Two declarations of different parties that come too near. Internal: no party ever sees one. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  /** Own cells of each that are touched, as indices into its list of cells. */
  readonly cellsOfA: readonly number[];
  readonly cellsOfB: readonly number[];
  readonly window: { readonly start: number; readonly end: number };
  /** Short code for the voice line; shown once both sides acknowledged. */
  readonly code: string;
}

/** One alert per own declaration, however many others it meets. */
export interface Alert {
  readonly id: string;
  readonly declaration: string;
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  /** Own cells that were touched when the alert was last raised: a new one raises it again. */
  readonly touched: readonly number[];
}

export const LEVELS = ['notice', 'caution', 'warning', 'acute'] as const;
export type Level = (typeof LEVELS)[number];

export const isStanding = (state: DeclarationState): boolean => state !== 'ended' && state !== 'expired';

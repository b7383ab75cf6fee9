/**
 * A rule set: everything the two sides have to agree on, as one versioned document that both sign. The program holds
 * no minimum, cap or interval of its own.
 */
import type { Minima } from '../model.ts';

export const CLASSES = ['manned', 'unmanned', 'tanker_track'] as const;
export type FlightClass = (typeof CLASSES)[number];

export interface RuleParty {
  readonly id: string;
  readonly name: string;
  /** Ed25519, SPKI DER in base64; empty in the example. */
  readonly publicKey: string;
}

/** Minima of a pair of classes, whichever way round. */
export interface ClassMinima extends Minima {
  readonly between: readonly [FlightClass, FlightClass];
}

/** What the arbiter's answers are rounded to: a party never learns anything finer of the other. */
export interface CoarseGrid {
  readonly cellMetres: number;
  readonly bandMetres: number;
  readonly slotMinutes: number;
}

/** What one declaration may ask for. All of it also counts against the day's budget of cells. */
export interface Caps {
  readonly squareKilometres: number;
  readonly heightMetres: number;
  readonly durationMinutes: number;
  readonly horizonHours: number;
  readonly volumes: number;
  readonly corners: number;
  /** A declaration stands at least this long: probing costs airspace. */
  readonly minimumLifetimeMinutes: number;
  readonly cellsPerDay: number;
}

export interface RadioChannel {
  readonly use: string;
  readonly frequencyMhz: number;
  readonly fallback: boolean;
}

export interface RuleSet {
  readonly rules: 1;
  readonly name: string;
  readonly version: number;
  /** True only for the shipped example, which nobody agreed to. */
  readonly example: boolean;
  readonly validFrom: string;
  readonly parties: readonly RuleParty[];
  readonly minima: readonly ClassMinima[];
  readonly grid: CoarseGrid;
  readonly caps: Caps;
  readonly levels: { readonly cautionMinutes: number; readonly warningMinutes: number };
  readonly escalateSeconds: number;
  readonly staleSeconds: number;
  readonly eraseAfterHours: number;
  readonly epochMinutes: number;
  readonly testCallMinutes: number;
  readonly radio: readonly RadioChannel[];
  readonly signatures: readonly { readonly party: string; readonly signature: string }[];
}

/** The minima between two classes: the pair's own, or the largest of the set where it has none. */
export function minimaBetween(rules: RuleSet, a: FlightClass, b: FlightClass): Minima {
  const own = rules.minima.find(({ between: [x, y] }) => (x === a && y === b) || (x === b && y === a));
  return own ?? largestMinima(rules);
}

/** At least every minimum of the set: how far a look-up must reach. */
export const largestMinima = (rules: RuleSet): Minima => ({
  horizontalMetres: Math.max(...rules.minima.map((minima) => minima.horizontalMetres)),
  verticalMetres: Math.max(...rules.minima.map((minima) => minima.verticalMetres)),
  timeSeconds: Math.max(...rules.minima.map((minima) => minima.timeSeconds)),
});

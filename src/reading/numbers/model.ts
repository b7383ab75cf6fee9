/** A number with what it counts, as the words say it: the raw material of figures and of tolls in events. */
import type { Comparator, Span } from '../model.ts';

/** Who is counted, when the words say so. */
export const GROUPS = ['civilians', 'women', 'children', 'medics', 'fighters', 'soldiers', 'journalists'] as const;
export type Group = (typeof GROUPS)[number] | null;

export interface Quantity {
  readonly span: Span;
  /** The number said; of a range its lower end; of a share 0..1 (`half the population` is 0.5). */
  readonly value: number;
  /** The upper end of a range (from 20 to 30), else null. */
  readonly upper: number | null;
  readonly comparator: Comparator;
  /** deaths, injured, displaced, missing, detained, strikes, violations, shells …; null when nothing is counted by name. */
  readonly unit: string | null;
  readonly group: Group;
  /** True for a part of the quantity before it (`among them three children`). */
  readonly partOf: boolean;
  readonly share: boolean;
  /** No number was written: a singular or dual noun counts itself (قتيلان, a child). */
  readonly implicit: boolean;
  /** Tokens of the span, end exclusive, and its sentence. */
  readonly from: number;
  readonly to: number;
  readonly sentence: number;
}

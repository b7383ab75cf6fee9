/** What every importer of places answers: places, what was refused and why, what was left aside on purpose. */
import type { Area } from './areas.ts';
import type { Place } from './model.ts';

export const IMPORT_FORMATS = ['geonames', 'pcodes', 'geojson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export interface Refusal {
  /** Line of the file, from 1; for GeoJSON the number of the feature, from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface Parsed {
  readonly places: readonly Place[];
  readonly refused: readonly Refusal[];
  /** Rows of kinds that are not asked for (mountains, hotels …). */
  readonly leftAside: number;
  /** Places among these that are no row of the file: areas that its rows name. */
  readonly derived?: number;
  /** Boundaries, where the file has them. */
  readonly areas?: readonly Area[];
}

export const LONGEST_NAME = 100;
export const MOST_ROWS = 2_500_000;

/** What a place is, and what a gazetteer answers. Pure types: the gazetteer goes into the reader as data. */
import type { Lang, Point, Precision, Trilingual } from '../core/index.ts';

export const PLACE_CLASSES = [
  'country',
  'region',
  'governorate',
  'district',
  'subdistrict',
  'city',
  'town',
  'village',
  'neighbourhood',
  'camp',
  'crossing',
  'road',
  'facility',
  'border',
  'water',
] as const;
export type PlaceClass = (typeof PLACE_CLASSES)[number];

export interface PlaceName {
  readonly lang: Lang | 'other';
  readonly form: string;
}

export interface Place {
  /** Stable: `gn:170063` (GeoNames), `pc:SY0201` (P-code), `hu:sy-aleppo-sukkari` (our own list). */
  readonly id: string;
  readonly class: PlaceClass;
  /** The name shown, in each language; a missing language falls back to another. */
  readonly name: Trilingual;
  /** Every spelling known, the shown names included. */
  readonly names: readonly PlaceName[];
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Id of the governorate (or the country for places outside) that holds it; null where it spans several. */
  readonly area: string | null;
  /** Id of the next larger place that holds it (a quarter's city, a village's subdistrict), where known. */
  readonly parent: string | null;
  readonly point: Point;
  readonly precision: Precision;
  readonly population: number;
}

/**
 * How a spelling met a name: `listed` (the same letters after folding), `article` (with or without the article),
 * `inflected` (a case ending or a proclitic taken off), `sound` (only alike in sound: a proposal to be doubted).
 */
export const MATCHES = ['listed', 'article', 'inflected', 'sound'] as const;
export type Match = (typeof MATCHES)[number];

export interface Candidate {
  readonly place: Place;
  readonly match: Match;
  /** 0..1: how well the spelling fits and how likely the place is meant without context. */
  readonly score: number;
}

/** A read-only gazetteer. Lookups fold spelling (hamza forms, article, clitics, transliteration families). */
export interface Gazetteer {
  /** SHA-256 over every row, 16 hex digits: changes whenever any row does; stored with what was read with it. */
  readonly version: string;
  readonly places: readonly Place[];
  byId(id: string): Place | undefined;
  /** Best first, at most eight. An unknown spelling gives []. */
  lookup(spelling: string, lang?: Lang): readonly Candidate[];
  /** The governorate whose boundary holds the point, if any. */
  governorateAt(point: Point): Place | undefined;
  /** Places within the distance, nearest first, at most `limit`. */
  near(point: Point, metres: number, limit?: number): readonly Place[];
}

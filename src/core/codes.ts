/**
 * The code lists that every room and every published format share. Actor codes are not here: they come from a terms
 * file. The lists are fixed by spec/report; adding a code is a change of that format.
 */

export const EVENT_TYPES = [
  'shelling',
  'air_strike',
  'ground_attack',
  'ied',
  'small_arms',
  'missile',
  'siege_or_access_denied',
  'abduction_or_detention',
  'territory_change',
  'arms_transfer',
  'chemical_allegation',
  'ceasefire_violation',
  'protest_or_other',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const TARGETS = [
  'civilians',
  'residential',
  'hospital',
  'school',
  'market',
  'camp',
  'aid_convoy',
  'combatants',
  'infrastructure',
  'unknown',
] as const;
export type Target = (typeof TARGETS)[number];

export const SOURCE_KINDS = [
  'newspaper',
  'broadcaster',
  'news_agency',
  'activist',
  'ngo',
  'monitor',
  'social',
  'military',
  'official',
  'hotline',
  'other',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const isEventType = (value: unknown): value is EventType => EVENT_TYPES.includes(value as EventType);
export const isTarget = (value: unknown): value is Target => TARGETS.includes(value as Target);

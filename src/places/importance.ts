/**
 * How likely a place is meant when only its name is given: its kind, its size, and how near it is to the country that
 * is watched. A weight for ordering candidates; never evidence.
 */
import type { Place, PlaceClass } from './model.ts';

const BY_CLASS: Readonly<Record<PlaceClass, number>> = {
  country: 0.97,
  region: 0.8,
  governorate: 0.9,
  district: 0.55,
  subdistrict: 0.5,
  city: 0.9,
  town: 0.75,
  village: 0.6,
  neighbourhood: 0.62,
  camp: 0.6,
  crossing: 0.65,
  road: 0.55,
  facility: 0.6,
  border: 0.5,
  water: 0.5,
};

/** 0..1. `home` is the ISO code of the country watched. */
export function importanceOf(place: Place, home: string): number {
  const size = Math.min(1, Math.log10(1 + place.population) / 6.3);
  const base = BY_CLASS[place.class] * 0.75 + size * 0.25;
  // A city abroad stays likely when it is large; a village across the border does not.
  if (place.country === home || place.class === 'country') return base;
  return base * (0.6 + 0.3 * size);
}

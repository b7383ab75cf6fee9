/**
 * Which of the places that share a name is meant: how likely each is by itself, what the head word says, which areas and
 * places the text names beside it. Scores order candidates and give the runner-up; they are no probability.
 */
import { distanceMetres } from '../../core/index.ts';
import type { Place, PlaceClass } from '../../places/index.ts';
import type { Surroundings } from './phrases.ts';

export interface Scored {
  readonly place: Place;
  readonly score: number;
}

/** What the text around says about where it plays. */
export interface ChoiceContext {
  readonly home: string;
  /** Governorate ids named in the sentence, and anywhere in the text. */
  readonly sentenceAreas: ReadonlySet<string>;
  readonly textAreas: ReadonlySet<string>;
  /** Countries other than home that the text names. */
  readonly countries: ReadonlySet<string>;
  /** Places of the text already settled. */
  readonly settled: readonly Place[];
}

const PRIOR: Readonly<Record<PlaceClass, number>> = {
  country: 0.9,
  region: 0.7,
  governorate: 0.55,
  district: 0.35,
  subdistrict: 0.35,
  city: 0.65,
  town: 0.5,
  village: 0.4,
  neighbourhood: 0.4,
  camp: 0.4,
  crossing: 0.45,
  road: 0.45,
  facility: 0.4,
  border: 0.5,
  water: 0.3,
};
const SETTLED_NEAR_METRES = 25_000;
/** More than that many metres along a meridian; spares most pairs the trigonometry. */
const SETTLED_NEAR_DEGREES = 0.25;

export function scorePlaces(places: readonly Place[], around: Surroundings, context: ChoiceContext): Scored[] {
  return places
    .map((place) => ({ place, score: scoreOf(place, around, context) }))
    .sort((a, b) => b.score - a.score || (a.place.id < b.place.id ? -1 : 1));
}

function scoreOf(place: Place, around: Surroundings, context: ChoiceContext): number {
  let score = PRIOR[place.class] + 0.04 * Math.log10(1 + place.population);
  if (place.country === context.home) score += 0.2;
  else if (place.class !== 'country' && !context.countries.has(place.country)) score -= 0.1;
  score += headBonus(place.class, around);
  const area = place.class === 'governorate' ? place.id : place.area;
  if (area !== null && context.sentenceAreas.has(area)) score += 0.35;
  else if (area !== null && context.textAreas.has(area)) score += 0.2;
  for (const other of context.settled) {
    if (!isBeside(place, other)) continue;
    score += 0.15;
    break;
  }
  return score;
}

const isBeside = (place: Place, other: Place): boolean =>
  other.id !== place.id &&
  other.class !== 'country' &&
  other.class !== 'governorate' &&
  Math.abs(place.point.lat - other.point.lat) < SETTLED_NEAR_DEGREES &&
  distanceMetres(place.point, other.point) < SETTLED_NEAR_METRES;

function headBonus(placeClass: PlaceClass, around: Surroundings): number {
  const isArea = placeClass === 'governorate' || placeClass === 'region' || placeClass === 'district';
  switch (around.head) {
    case 'settlement':
      return isArea ? -0.6 : placeClass === 'city' || placeClass === 'town' || placeClass === 'village' ? 0.2 : 0;
    case 'quarter':
      return placeClass === 'neighbourhood' ? 0.5 : placeClass === 'district' ? 0.1 : isArea ? -0.5 : 0;
    case 'province':
      return placeClass === 'governorate' ? 0.8 : 0;
    case 'countryside':
      return placeClass === 'governorate' ? 0.6 : placeClass === 'district' ? 0.1 : 0;
    case 'site':
      return ['camp', 'facility', 'road', 'crossing'].includes(placeClass) ? 0.3 : 0;
    default:
      if (around.direction !== null) return placeClass === 'governorate' || placeClass === 'region' ? 0.55 : 0;
      return placeClass === 'governorate' ? -0.1 : 0;
  }
}

/** 0..1 from the lead of the first candidate over the second; a name known only by sound is doubted. */
export function confidenceOf(scored: readonly Scored[], bySound: boolean, cued: boolean): number {
  const [first, second] = scored;
  if (!first) return 0.3;
  const lead = second ? Math.min(1, Math.max(0, first.score - second.score) / 0.5) : 1;
  const base = 0.55 + 0.3 * lead + (cued ? 0.12 : 0);
  return Math.round((bySound ? base * 0.7 : base) * 100) / 100;
}

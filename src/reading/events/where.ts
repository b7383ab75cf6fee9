/**
 * The places of an event, the most precise first: what is named in its own sentences, not where the fire came from, where
 * the report was written, or who is called by a capital's name.
 */
import { PRECISIONS } from '../../core/index.ts';
import type { PlaceMention } from '../model.ts';
import type { Tokens } from '../tokens.ts';
import { type Anchored, within } from './anchor.ts';
import type { Unit } from './signs.ts';

export type AnchoredPlace = Anchored<PlaceMention>;

const ORIGIN = new Set(['من', 'from', 'из', 'с', 'со', 'مصدرها', 'مصدره']);
const MOST_PLACES = 12;
/** How much a sentence further on loses: a quarter named later does not outdo the town of the lead. */
const LATER = 0.6;
const TOWN_RANK = PRECISIONS.indexOf('town');

/** Indexes into the reading's places, best first. `units` in the order of their weight. */
export function placesOf(units: readonly Unit[], places: readonly AnchoredPlace[], tokens: Tokens): number[] {
  const found: { index: number; rank: number; order: number }[] = [];
  units.forEach((unit, unitOrder) => {
    for (const place of places) {
      if (!within(place.from, unit) || place.value.use === 'metonym' || place.value.use === 'adjectival') continue;
      const order = unitOrder * 10_000 + place.from - unit.from;
      found.push({ index: place.index, rank: rankOf(place, tokens, unit) + unitOrder * LATER, order });
    }
  });
  found.sort((a, b) => a.rank - b.rank || a.order - b.order);
  return [...new Set(found.map(({ index }) => index))].slice(0, MOST_PLACES);
}

/** Smaller is better: the precision class, set back for what is likely not the scene. */
function rankOf(place: AnchoredPlace, tokens: Tokens, unit: Unit): number {
  const { value } = place;
  // A name that nobody knows is a village or a quarter in words; its point is that of the area round it.
  let rank = value.place === null ? TOWN_RANK + 0.3 : precisionRank(value);
  if (value.use === 'dateline') rank += 8;
  if (isOrigin(place, tokens)) rank += 4;
  if (isHeldBy(place, tokens, unit)) rank += 0.5;
  if (value.lat === null) rank += 5;
  return rank;
}

/** A site, a street and a quarter count alike: each is inside the town that is named beside it. */
function precisionRank(place: PlaceMention): number {
  const rank = PRECISIONS.indexOf(place.precision);
  return rank <= 2 ? 2 : rank;
}

function isOrigin(place: AnchoredPlace, tokens: Tokens): boolean {
  for (let i = place.from - 1; i >= Math.max(0, place.from - 3); i--) {
    const word = tokens.norm[i] ?? '';
    if (tokens.sentence[i] !== tokens.sentence[place.from]) return false;
    if (ORIGIN.has(word)) return true;
  }
  return false;
}

function isHeldBy(place: AnchoredPlace, tokens: Tokens, unit: Unit): boolean {
  return unit.context.some(
    (term) => term.value === 'source' && term.to <= place.from && place.from - term.to <= 1 && tokens.count > 0,
  );
}

/**
 * The places of an event, the most precise first: what is named in its own sentences, not where the fire came from, where
 * the report was written, or who is called by a capital's name.
 */
import { PRECISIONS } from '../../core/index.ts';
import { LATIN } from '../language.ts';
import type { PlaceMention } from '../model.ts';
import { PUNCT, type Tokens } from '../tokens.ts';
import { type Anchored, within } from './anchor.ts';
import type { Unit } from './signs.ts';

export type AnchoredPlace = Anchored<PlaceMention>;

const ORIGIN = new Set(['من', 'from', 'из', 'с', 'со', 'مصدرها', 'مصدره']);
const MOST_PLACES = 12;
/** How much a sentence further on loses: a quarter named later does not outdo the town of the lead. */
const LATER = 0.6;
/** What headline and text both name is what the report is about. */
const REPEATED = 1.2;
const TOWN_RANK = PRECISIONS.indexOf('town');

/** Indexes into the reading's places, best first. `units` in the order of their weight. */
export function placesOf(
  units: readonly Unit[],
  places: readonly AnchoredPlace[],
  tokens: Tokens,
  actors: readonly { from: number; to: number }[],
): number[] {
  const found: { index: number; rank: number; order: number; key: string; isTitle: boolean; beside: boolean }[] = [];
  units.forEach((unit, unitOrder) => {
    for (const place of places) {
      if (!within(place.from, unit) || place.value.use === 'metonym' || place.value.use === 'adjectival') continue;
      if (actors.some((actor) => isPartOf(place, actor))) continue;
      const order = unitOrder * 10_000 + place.from - unit.from;
      const rank = rankOf(place, tokens, unit, places) + unitOrder * LATER;
      found.push({
        index: place.index,
        rank,
        order,
        key: place.value.place ?? place.value.span.text,
        isTitle: unit.isTitle,
        beside: isBeside(place, tokens, places),
      });
    }
  });
  for (const one of found) {
    const repeated = found.some((other) => other.key === one.key && other.isTitle !== one.isTitle);
    if (repeated && !one.beside && one.rank < TOWN_RANK + 1) one.rank -= REPEATED;
  }
  found.sort((a, b) => a.rank - b.rank || a.order - b.order);
  return [...new Set(found.map(({ index }) => index))].slice(0, MOST_PLACES);
}

/** الشام inside أحرار الشام is part of a name and no place. */
const isPartOf = (place: { from: number; to: number }, actor: { from: number; to: number }): boolean =>
  actor.from <= place.from && place.to <= actor.to && actor.to - actor.from > place.to - place.from;

/** Smaller is better: the precision class, set back for what is likely not the scene. */
function rankOf(place: AnchoredPlace, tokens: Tokens, unit: Unit, places: readonly AnchoredPlace[]): number {
  const { value } = place;
  // A name that nobody knows is a village or a quarter in words; its point is that of the area round it.
  let rank = value.place === null ? TOWN_RANK + 0.3 : precisionRank(value);
  if (value.use === 'dateline') rank += 8;
  if (isOrigin(place, tokens)) rank += 4;
  if (isHeldBy(place, tokens, unit)) rank += 0.5;
  if (cuedBy(place, tokens, OFFICES)) rank += 1.5;
  if (isBeside(place, tokens, places)) rank += 0.6;
  if (cuedBy(place, tokens, BETWEEN)) rank += 0.5;
  if (value.lat === null) rank += 5;
  return rank;
}

/** A site, a street and a quarter count alike: each is inside the town that is named beside it. */
function precisionRank(place: PlaceMention): number {
  const rank = PRECISIONS.indexOf(place.precision);
  return Math.max(rank, 2);
}

/** Seats of offices ("the governor of Homs said"), and ends of a line on which it happened. */
const OFFICES = new Set(
  'محافظ مديريه مجلس قائد شرطه رييس تنسيقيه قياده ناشط مراسل مدير مكتب governor council mayor police губернатор совет глава корреспондент'.split(
    ' ',
  ),
);
const BETWEEN = new Set(['بين', 'between', 'между']);
const CUE_REACH = 4;

function cuedBy(place: AnchoredPlace, tokens: Tokens, cues: ReadonlySet<string>): boolean {
  for (let i = place.from - 1; i >= Math.max(0, place.from - CUE_REACH); i--) {
    if (tokens.sentence[i] !== tokens.sentence[place.from] || tokens.kind[i] === PUNCT) return false;
    const word = tokens.norm[i] ?? '';
    if (cues.has(word) || cues.has(word.replace(/^ال/, ''))) return true;
  }
  return false;
}

/** "Near Damascus", под Дамаском, قرب دمشق: says where another place lies. */
const NEAR = new Set('near outside قرب بالقرب جوار بجوار قبالة под близ возле около у недалеко неподалеку'.split(' '));

const SUBURB = /^(?:пригород|предмест|suburb|outskirt|[بف]?ضاحيه|[بف]?ضواحي)/;

function isBeside(place: AnchoredPlace, tokens: Tokens, places: readonly AnchoredPlace[]): boolean {
  // "In the Damascus suburb of Douma", в пригороде Дамаска Дума: the town that is named with it.
  const suburb = SUBURB.test(tokens.norm[place.from - 1] ?? '') || SUBURB.test(tokens.norm[place.to] ?? '');
  if (suburb && places.some((other) => other.from >= place.to && other.from - place.to <= 2)) return true;
  // "In the Sayyida Zeinab suburb of Damascus".
  const of = tokens.norm[place.from - 1] === 'of' && SUBURB.test(tokens.norm[place.from - 2] ?? '');
  if (of && places.some((other) => other.to === place.from - 2)) return true;
  const near = NEAR.has(tokens.norm[place.from - 1] ?? '') ? place.from - 1 : place.from - 2;
  if (!NEAR.has(tokens.norm[near] ?? '') || tokens.sentence[near] !== tokens.sentence[place.from]) return false;
  return places.some((other) => other.to <= near && near - other.to <= 1);
}

/** Where those who fire stand: "stationed in …", المتمركزة في …, "from rebel-held …". */
const STATIONED = /^(?:ال)?(?:متمركز|متواجد|مرابط)|^(?:stationed|based|deployed)$|^(?:дислоцир|размещен|базир)/;
const ORIGIN_REACH = 3;
const LATIN_ORIGIN_REACH = 5;

function isOrigin(place: AnchoredPlace, tokens: Tokens): boolean {
  const reach = tokens.script[place.from] === LATIN ? LATIN_ORIGIN_REACH : ORIGIN_REACH;
  for (let i = place.from - 1; i >= Math.max(0, place.from - reach); i--) {
    if (STATIONED.test(tokens.norm[i] ?? '') && tokens.sentence[i] === tokens.sentence[place.from]) return true;
    if (reach === LATIN_ORIGIN_REACH && place.from - i > ORIGIN_REACH && tokens.norm[place.from - 1] !== 'held') break;
    const word = tokens.norm[i] ?? '';
    if (tokens.sentence[i] !== tokens.sentence[place.from]) return false;
    if (ORIGIN.has(word)) return !isPartOfTown(tokens, i);
  }
  return false;
}

const QUARTER =
  /^[بلو]?(?:ال)?(?:حي|احياء|جزء|اجزاء|طرف|اطراف|قسم|جهه|جانب|محيط|منطقه|مناطق|شمال|جنوب|شرق|غرب|part|parts|side|outskirts)$/;

/** على الحي الشرقي من مدينة دوما: a part of the town, no fire that comes from it. */
function isPartOfTown(tokens: Tokens, from: number): boolean {
  for (let i = from - 1; i >= from - 2 && i >= 0; i--) if (QUARTER.test(tokens.norm[i] ?? '')) return true;
  return false;
}

function isHeldBy(place: AnchoredPlace, tokens: Tokens, unit: Unit): boolean {
  return unit.context.some(
    (term) => term.value === 'source' && term.to <= place.from && place.from - term.to <= 1 && tokens.count > 0,
  );
}

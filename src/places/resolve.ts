/**
 * From the words that describe a place to a point with an honest radius. A listed place gives its own; an unlisted one
 * is kept as text and placed in the smallest area its words give. Never invents a place, never hides a doubt: every
 * answer says how it was found.
 */
import {
  distanceMetres,
  isCoarser,
  type Lang,
  type Point,
  PRECISION_RADIUS_METRES,
  PRECISIONS,
  type Precision,
} from '../core/index.ts';
import type { Candidate, Gazetteer, Place, PlaceClass } from './model.ts';
import { endsOf, type Segment, segmentOf, takeApart } from './phrase.ts';

export interface PlaceContext {
  readonly lang?: Lang;
  /** Id of an area (governorate, country) that the rest of the text speaks of. */
  readonly area?: string;
  /** A point the rest of the text speaks of; nearer namesakes win. */
  readonly near?: Point;
}

export interface Resolution {
  /** `listed`: the place itself; `area`: an unlisted name, placed in the area that holds it; `unknown`: neither. */
  readonly found: 'listed' | 'area' | 'unknown';
  /** The name as the words give it. */
  readonly text: string;
  /** The listed place, or the area. */
  readonly place: Place | null;
  readonly point: Point | null;
  readonly precision: Precision | null;
  readonly radiusMetres: number | null;
  /** 0..1; falls with each namesake that would fit as well. */
  readonly confidence: number;
  readonly candidates: readonly Candidate[];
}

const HOLDERS: ReadonlySet<PlaceClass> = new Set([
  ...(['country', 'region', 'governorate', 'district', 'subdistrict'] as const),
  ...(['city', 'town', 'village', 'water'] as const),
]);
const SETTLEMENTS: ReadonlySet<PlaceClass> = new Set(['city', 'town', 'village']);
/** How far a place may lie from the point of an area that is said to hold it, in radii of that area's precision. */
const WITHIN_RADII = 2.5;
const LEAST_WITHIN_METRES = 25_000;
/** "North of Hama" is said of villages this far away at most. */
const OFF_METRES = 60_000;
/** Namesakes scored this near to the best are as likely. */
const RIVAL = 0.08;
const FAR_APART_METRES = 25_000;
const UNLISTED_CONFIDENCE = 0.5;
const LONGEST = 300;

interface Outer {
  readonly place: Place;
  readonly segment: Segment;
}

/** Does the outer place hold the inner one? By the area the list names, or by distance where it names none. */
function holds({ place: outer, segment }: Outer, inner: Place): boolean {
  if (segment.relation === 'off') return distanceMetres(outer.point, inner.point) <= OFF_METRES;
  if (inner.id === outer.id || inner.parent === outer.id || inner.area === outer.id) return true;
  if (outer.class === 'country') return inner.country === outer.country;
  if (outer.class === 'governorate') return false;
  const radius = WITHIN_RADII * PRECISION_RADIUS_METRES[outer.precision];
  return distanceMetres(outer.point, inner.point) <= Math.max(LEAST_WITHIN_METRES, radius);
}

/** The forms of a segment; "Palmyra/Tadmur" may be called by either name. */
const spellings = ({ forms }: Segment): readonly string[] => [
  ...new Set(
    forms.flatMap((form) => (form.includes('/') ? [form, ...form.split('/').map((part) => part.trim())] : [form])),
  ),
];

/** What a form loses against the fullest form that is listed, for each step further from the words as written. */
const STEP = 0.9;
const WRONG_KIND = 0.7;

function lookupSegment(gazetteer: Gazetteer, segment: Segment, lang: Lang | undefined): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  let fullest: number | undefined;
  for (const [order, form] of spellings(segment).entries()) {
    for (const candidate of gazetteer.lookup(form, lang)) {
      if (candidate.match !== 'sound') fullest ??= order;
      const step = STEP ** Math.max(0, order - (fullest ?? order));
      const kind = segment.kinds.length === 0 || segment.kinds.includes(candidate.place.class) ? 1 : WRONG_KIND;
      const score = candidate.score * kind * step;
      const before = found.get(candidate.place.id);
      if (before === undefined || before.score < score) found.set(candidate.place.id, { ...candidate, score });
    }
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score);
}

/** The last word of an Arabic segment may be the city it lies in (حي السكري بحلب): a segment of its own, then. */
function splitTrailingCity(gazetteer: Gazetteer, segment: Segment): readonly Segment[] {
  const words = segment.name.split(' ');
  const last = words.at(-1) ?? '';
  if (words.length < 2 || !/^[بل]/.test(last)) return [segment];
  if (gazetteer.lookup(last)[0]?.match !== 'inflected') return [segment];
  const without = (form: string): string => (form.endsWith(` ${last}`) ? form.slice(0, -last.length - 1) : form);
  return [{ ...segment, name: without(segment.name), forms: segment.forms.map(without) }, segmentOf(last)];
}

function withContext(
  candidates: readonly Candidate[],
  outers: readonly Outer[],
  context: PlaceContext,
): readonly Candidate[] {
  const weighed = candidates.map((candidate) => {
    let { score } = candidate;
    const { place } = candidate;
    const inside = outers.filter((outer) => holds(outer, place)).length;
    if (outers.length > 0) score *= 0.4 + (0.6 * inside) / outers.length;
    if (context.area !== undefined && place.area !== context.area && place.id !== context.area) score *= 0.85;
    if (context.near !== undefined) score *= 0.85 + 0.15 / (1 + distanceMetres(context.near, place.point) / 30_000);
    return { ...candidate, score };
  });
  return weighed.toSorted((a, b) => b.score - a.score);
}

function confidenceOf(candidates: readonly Candidate[]): number {
  const [best] = candidates;
  if (best === undefined) return 0;
  const rivals = candidates.filter(
    ({ place, score }) =>
      score >= best.score - RIVAL && distanceMetres(place.point, best.place.point) > FAR_APART_METRES,
  );
  return Math.min(1, best.score) / (1 + rivals.length);
}

const coarser = (a: Precision, b: Precision): Precision => (isCoarser(a, b) ? a : b);

/** Near a place is not at it, in a direction from it is still farther, and "X district" is more than the town X. */
function precisionOf({ precision, class: kind }: Place, { relation, kinds }: Segment): Precision {
  const wide = (['district', 'subdistrict', 'governorate'] as const).find(
    (level) => kinds[0] === level && SETTLEMENTS.has(kind),
  );
  const own = wide === undefined ? precision : coarser(precision, wide);
  if (relation === 'at') return own;
  return coarser(own, relation === 'near' ? 'subdistrict' : 'district');
}

/** The finest class whose radius reaches that far. */
const precisionReaching = (metres: number): Precision =>
  PRECISIONS.find((precision) => PRECISION_RADIUS_METRES[precision] >= metres) ?? 'region';

function answer(
  found: 'listed' | 'area',
  text: string,
  place: Place,
  point: Point,
  precision: Precision,
  confidence: number,
  candidates: readonly Candidate[],
): Resolution {
  return {
    found,
    text,
    place,
    point,
    precision,
    radiusMetres: PRECISION_RADIUS_METRES[precision],
    confidence,
    candidates,
  };
}

const nowhere = (text: string): Resolution => ({
  ...{
    found: 'unknown',
    text,
    place: null,
    point: null,
    precision: null,
    radiusMetres: null,
    confidence: 0,
    candidates: [],
  },
});

/** Areas named in the outer segments, in their order; a segment that names none is passed over. */
function outerPlaces(gazetteer: Gazetteer, segments: readonly Segment[], context: PlaceContext): readonly Outer[] {
  const outers: Outer[] = [];
  // From the outside in, so that "Zahraa, Aleppo" reads Aleppo first.
  for (const segment of segments.toReversed()) {
    const candidates = lookupSegment(gazetteer, segment, context.lang).filter(
      ({ place, match }) => HOLDERS.has(place.class) && match !== 'sound',
    );
    const [best] = withContext(candidates, outers, context);
    if (best !== undefined) outers.unshift({ place: best.place, segment });
  }
  return outers;
}

const smallest = (outers: readonly Outer[]): Outer | undefined =>
  outers.toSorted(
    (a, b) =>
      PRECISION_RADIUS_METRES[precisionOf(a.place, a.segment)] -
      PRECISION_RADIUS_METRES[precisionOf(b.place, b.segment)],
  )[0];

/** "Between X and Y": the middle of the places named, with a radius that reaches them. */
function resolveLine(gazetteer: Gazetteer, text: string, context: PlaceContext): Resolution | undefined {
  const found = (endsOf(text) ?? []).flatMap((name) => {
    const resolved = resolvePlace(gazetteer, name, context);
    return resolved.found === 'listed' && resolved.place !== null ? [resolved.place] : [];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const mean = (pick: (point: Point) => number): number =>
    found.reduce((sum, { point }) => sum + pick(point), 0) / found.length;
  const point = { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) };
  const reach = Math.max(...found.map((place) => distanceMetres(place.point, point)));
  const precision = coarser(precisionReaching(reach), 'subdistrict');
  return answer('area', text, first, point, precision, UNLISTED_CONFIDENCE, []);
}

/**
 * Resolves the words for one place. Total: any text gives an answer. An unlisted name inside a listed area is `area`
 * with that area's precision, never finer than a town: the words do not give more.
 */
export function resolvePlace(gazetteer: Gazetteer, words: string, context: PlaceContext = {}): Resolution {
  const whole = words.trim().replace(/\s+/g, ' ').slice(0, LONGEST);
  const asIs = gazetteer.lookup(whole, context.lang).filter(({ match }) => match !== 'sound');
  const apart = takeApart(whole).flatMap((segment) => splitTrailingCity(gazetteer, segment));
  const [head = segmentOf(whole), ...rest] = apart;
  const outers = outerPlaces(gazetteer, rest, context);
  const candidates = withContext(
    asIs.length > 0 ? asIs : lookupSegment(gazetteer, head, context.lang),
    outers,
    context,
  );
  const text = head.name || whole;
  const [best] = candidates;
  if (
    best !== undefined &&
    (asIs.length > 0 || outers.length === 0 || outers.some((outer) => holds(outer, best.place)))
  ) {
    const precision = asIs.length > 0 ? best.place.precision : precisionOf(best.place, head);
    return answer('listed', text, best.place, best.place.point, precision, confidenceOf(candidates), candidates);
  }
  const line = resolveLine(gazetteer, whole, context);
  if (line !== undefined) return line;
  const holder = smallest(outers);
  if (holder !== undefined) {
    const precision = coarser(precisionOf(holder.place, holder.segment), 'town');
    return answer('area', text, holder.place, holder.place.point, precision, UNLISTED_CONFIDENCE, candidates);
  }
  const area = context.area === undefined ? undefined : gazetteer.byId(context.area);
  return area === undefined
    ? nowhere(text)
    : answer('area', text, area, area.point, area.precision, UNLISTED_CONFIDENCE / 2, candidates);
}

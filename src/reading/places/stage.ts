/**
 * The places stage: names and phrases found in the text, each settled on the likeliest place with its runners-up.
 * Words that only look like a village's name are left out; a name nobody knows stays with the area its words give.
 */
import { distanceMetres, type Precision } from '../../core/index.ts';
import type { Place } from '../../places/index.ts';
import type { ReaderContext, ReaderSources } from '../context.ts';
import { spanAt } from '../document.ts';
import { buildTerms } from '../inflected.ts';
import { buildMatcher, type Matcher } from '../matcher.ts';
import type { Names, PlaceCandidate, PlaceMention } from '../model.ts';
import { normalise } from '../normalise.ts';
import type { PrepareStage } from '../stages.ts';
import { isPlaceHere, namesFacility } from './accept.ts';
import { type BorderHit, bordersBySides, prepareBorders } from './borders.ts';
import { type ChoiceContext, confidenceOf, type Scored, scorePlaces } from './choice.ts';
import { findNames, type NameHit, nameMatcher } from './names.ts';
import { type PlaceWords, placeWords, type Surroundings, surroundings } from './phrases.ts';
import { findUnlisted, rememberedLookup, type UnlistedHit } from './unlisted.ts';
import { howUsed } from './use.ts';

const RUNNERS_UP = 3;
/** Places of the text that a choice may lean on; a bound, so that long texts cost no more per name. */
const MOST_SETTLED = 40;
const NEAREST_LOOK = 30;
/** Place words that are themselves names of small places: بلدة, تل, الحي. */
const NAMELESS = new Set(['settlement', 'quarter', 'province', 'countryside', 'site', 'border', 'centre']);
const NONE: ReadonlySet<string> = new Set();

interface Draft {
  readonly hit: NameHit;
  readonly bySound: boolean;
  readonly around: Surroundings;
  readonly sentence: number;
}

export const preparePlaces: PrepareStage<PlaceMention> = (sources: ReaderSources) => {
  const { gazetteer, lexicon, instrument } = sources;
  if (!gazetteer) return () => [];
  const home = instrument?.country ?? 'SY';
  const names = nameMatcher(gazetteer);
  const words = buildTerms(lexicon.ofKind('place-word'));
  const lookup = rememberedLookup(gazetteer);
  const seats = seatsOf(gazetteer.places);
  const aliases = aliasMatcher(instrument);
  const common = new Set(lexicon.ofKind('place-common').map(({ form }) => normalise(form)));
  const capitals = capitalIds(gazetteer.places, lexicon);
  const country = gazetteer.places.find((place) => place.class === 'country' && place.country === home) ?? null;
  const findBorders = prepareBorders(lexicon);
  const bySides = bordersBySides(lexicon, gazetteer.places);
  const countries = new Map(
    gazetteer.places.filter((place) => place.class === 'country').map((place) => [place.country.toLowerCase(), place]),
  );
  return (ctx) => {
    const found = placeWords(words, ctx.view, ctx.tokens);
    const all = draftsOf(ctx, found, names, lookup, seats, longAliases(aliases, ctx), common, home);
    const { drafts, borders } = withBorders(all, findBorders(ctx.view, ctx.tokens));
    return settle(ctx, found, drafts, home, capitals)
      .concat(
        borders.map((hit) => borderMention(ctx, hit, bySides.get(hit.sides) ?? countries.get(hit.state ?? '') ?? null)),
      )
      .concat(homeland(ctx, found, drafts, country))
      .sort(bySpan);
  };
};

const bySpan = (a: PlaceMention, b: PlaceMention): number => a.span.start - b.span.start || b.span.end - a.span.end;

/** A border or a territory that no listed name covers takes the place of the shorter names inside it. */
function withBorders(all: readonly Draft[], hits: readonly BorderHit[]): { drafts: Draft[]; borders: BorderHit[] } {
  if (hits.length === 0) return { drafts: [...all], borders: [] };
  let next = 0;
  const inside = new Set<Draft>();
  const borders: BorderHit[] = [];
  for (const hit of hits) {
    while (next < all.length && (all[next]?.hit.to ?? 0) <= hit.from) next++;
    const met: Draft[] = [];
    for (let i = next; i < all.length && (all[i]?.around.from ?? hit.to) < hit.to; i++) {
      const draft = all[i];
      if (draft && draft.hit.to > hit.from) met.push(draft);
    }
    if (met.some(({ hit: listed, around }) => Math.max(listed.to, around.to) >= hit.to && listed.from <= hit.from))
      continue;
    for (const draft of met) inside.add(draft);
    borders.push(hit);
  }
  return { drafts: all.filter((draft) => !inside.has(draft)), borders };
}

function borderMention(ctx: ReaderContext, hit: BorderHit, place: Place | null): PlaceMention {
  const span = spanAt(ctx.doc, hit.start, hit.end);
  const arabic = /[\u0621-\u064a]/.test(span.text);
  return {
    span,
    use: 'literal',
    place: place?.id ?? null,
    name: place ? { ar: place.name.ar, en: place.name.en } : { ar: arabic ? span.text : null, en: null },
    lat: place?.point.lat ?? null,
    lon: place?.point.lon ?? null,
    precision: place?.precision ?? 'region',
    confidence: place ? 0.8 : 0.4,
    candidates: [],
  };
}

function draftsOf(
  ctx: ReaderContext,
  words: PlaceWords,
  names: ReturnType<typeof nameMatcher>,
  lookup: ReturnType<typeof rememberedLookup>,
  seats: ReadonlyMap<string, Place>,
  named: Uint8Array,
  common: ReadonlySet<string>,
  home: string,
): Draft[] {
  const { tokens, view } = ctx;
  const draft = (found: NameHit, bySound: boolean): Draft => {
    const around = surroundings(words, view, tokens, found);
    const hit = { ...found, places: withGovernorates(found.places, around, seats) };
    return { hit, bySound, around, sentence: tokens.sentence[hit.from] ?? 0 };
  };
  const listed = findNames(names, view, tokens).map((hit) => draft(hit, false));
  const accepted: Draft[] = [];
  for (const one of listed) {
    if (named[one.hit.from] === 1 && one.hit.to - one.hit.from === 1) continue;
    const before = accepted.at(-1);
    const isWord = words
      .startingAt(one.hit.from)
      .some((term) => term.plain && term.to >= one.hit.to && NAMELESS.has(term.value));
    if (isPlaceHere(one.hit, one.around, view, tokens, before?.around, isWord, common, home)) accepted.push(one);
  }
  const taken = named.slice();
  for (const { hit } of accepted) taken.fill(1, hit.from, hit.to);
  const unlisted = findUnlisted(lookup, words, view, tokens, (token) => taken[token] === 1);
  const more = unlisted
    .filter((hit) => hit.places.length === 0 || !namesFacility(hit, home, tokens))
    .map((hit: UnlistedHit) => draft(hit, hit.bySound || hit.places.length === 0));
  return [...accepted, ...more].sort((a, b) => a.hit.from - b.hit.from);
}

function settle(
  ctx: ReaderContext,
  words: PlaceWords,
  drafts: readonly Draft[],
  home: string,
  capitals: ReadonlySet<string>,
): PlaceMention[] {
  const evidence = evidenceOf(drafts);
  const settled = [...new Set(drafts.flatMap(({ hit }) => (hit.places.length === 1 ? hit.places : [])))].slice(
    0,
    MOST_SETTLED,
  );
  const mentions: PlaceMention[] = [];
  let governmentBefore = false;
  let locatedBefore = false;
  let lastTo = -1;
  for (const [index, draft] of drafts.entries()) {
    const context: ChoiceContext = {
      home,
      sentenceAreas: evidence.bySentence.get(draft.sentence) ?? NONE,
      textAreas: evidence.areas,
      countries: evidence.countries,
      settled,
    };
    const scored = nearWhatFollows(scorePlaces(draft.hit.places, draft.around, context), draft, drafts[index + 1]);
    const place = scored[0]?.place ?? null;
    if (place && !settled.includes(place)) settled.push(place);
    if (settled.length > MOST_SETTLED) settled.shift();
    const use = howUsed({
      place,
      around: draft.around,
      words,
      tokens: ctx.tokens,
      home,
      isCapital: place !== null && capitals.has(place.id),
      besideGovernment: governmentBefore && draft.around.from - lastTo <= 1,
      besideLocated:
        locatedBefore && draft.around.from - lastTo === 1 && /^(and|и)$/.test(ctx.tokens.norm[lastTo] ?? ''),
    });
    locatedBefore = use === 'literal' && draft.around.located;
    governmentBefore = use === 'metonym';
    lastTo = draft.around.to;
    mentions.push(mentionOf(ctx, draft, scored, use, evidence));
  }
  return mentions;
}

const NEXT_REACH = 1;
const FAR_METRES = 150_000;
const SMALL = new Set(['neighbourhood', 'village', 'town', 'camp', 'site', 'street', 'facility']);

/**
 * "The quarter of X south of Y": what lies far from Y is another X. Only small places, and only where the next name is
 * right behind and says where this one lies.
 */
function nearWhatFollows(scored: readonly Scored[], { around, sentence }: Draft, next: Draft | undefined): Scored[] {
  const tells = next && (next.around.direction !== null || next.around.near || next.around.located);
  const settled = next?.hit.places.filter((place) => place.class !== 'country' && place.class !== 'region') ?? [];
  if (!next || !tells || next.sentence !== sentence || settled.length === 0) return [...scored];
  if (next.around.from - around.to > NEXT_REACH || next.hit.from < around.to) return [...scored];
  return scored.filter(
    ({ place }) =>
      !SMALL.has(place.class) || settled.some((other) => distanceMetres(place.point, other.point) <= FAR_METRES),
  );
}

interface Evidence {
  readonly areas: ReadonlySet<string>;
  readonly bySentence: ReadonlyMap<number, ReadonlySet<string>>;
  readonly countries: ReadonlySet<string>;
  /** The nearest named area to a token, for names that nobody knows. */
  readonly named: readonly { readonly token: number; readonly place: Place }[];
}

/** Areas that the text names for certain: governorates, and places whose every candidate lies in one. */
function evidenceOf(drafts: readonly Draft[]): Evidence {
  const areas = new Set<string>();
  const bySentence = new Map<number, Set<string>>();
  const countries = new Set<string>();
  const named: { token: number; place: Place }[] = [];
  for (const { hit, sentence, around } of drafts) {
    const [first] = hit.places;
    if (!first) continue;
    const governorate = hit.places.find((place) => place.class === 'governorate');
    const strong =
      governorate ?? hit.places.find((place) => place.class === 'city') ?? (hit.places.length === 1 ? first : null);
    if (!strong) continue;
    if (strong.class === 'country') countries.add(strong.country);
    const area = strong.class === 'governorate' ? strong.id : strong.area;
    if (area === null) continue;
    areas.add(area);
    const inSentence = bySentence.get(sentence) ?? new Set<string>();
    inSentence.add(area);
    bySentence.set(sentence, inSentence);
    const asArea = around.head === 'countryside' || around.head === 'province';
    named.push({ token: around.from, place: asArea && governorate ? governorate : strong });
  }
  return { areas, bySentence, countries, named };
}

function mentionOf(
  ctx: ReaderContext,
  draft: Draft,
  scored: readonly Scored[],
  use: PlaceMention['use'],
  evidence: Evidence,
): PlaceMention {
  const { around, hit } = draft;
  const asPhrase =
    around.direction !== null ||
    around.head === 'countryside' ||
    around.head === 'province' ||
    (around.head === 'site' && (around.from < draft.hit.from || around.to > draft.hit.to));
  const span = asPhrase ? spanAt(ctx.doc, around.start, around.end) : spanAt(ctx.doc, hit.start, hit.end);
  const place = scored[0]?.place;
  const cued = around.located || around.head !== null;
  if (!place) return unknownMention(ctx, draft, span, use, evidence);
  return {
    span,
    use,
    place: place.id,
    name: { ar: place.name.ar, en: place.name.en },
    lat: place.point.lat,
    lon: place.point.lon,
    precision: precisionOf(place, around),
    confidence: confidenceOf(scored, draft.bySound, cued),
    candidates: scored.slice(1, 1 + RUNNERS_UP).map(candidateOf),
  };
}

/** A part of a country is a region; a part of anything else is no finer than the thing itself. */
function precisionOf(place: Place, around: Surroundings): Precision {
  if (place.class === 'country' && around.direction !== null) return 'region';
  if (around.head === 'countryside' && place.precision === 'town') return 'district';
  return place.precision;
}

/** A name nobody knows stands for the nearest area that the words name, with that area's precision. */
function unknownMention(
  ctx: ReaderContext,
  draft: Draft,
  span: PlaceMention['span'],
  use: PlaceMention['use'],
  evidence: Evidence,
): PlaceMention {
  const near = nearestTo(evidence.named, draft.hit.from);
  const text = ctx.doc.original.slice(draft.hit.start, draft.hit.end);
  const arabic = /[\u0621-\u064a]/.test(text);
  const name: Names = { ar: arabic ? text : null, en: /[A-Za-z]/.test(text) ? text : null };
  return {
    span,
    use,
    place: null,
    name,
    lat: near?.point.lat ?? null,
    lon: near?.point.lon ?? null,
    precision: near ? near.precision : 'country',
    confidence: near ? 0.35 : 0.15,
    candidates: [],
  };
}

/** Looks at a bounded number of areas on either side; they stand in the order of the text. */
function nearestTo(named: Evidence['named'], token: number): Place | null {
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((named[middle]?.token ?? 0) < token) low = middle + 1;
    else high = middle;
  }
  let best: Place | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const { token: at, place } of named.slice(Math.max(0, low - NEAREST_LOOK), low + NEAREST_LOOK)) {
    if (place.class === 'country') continue;
    // What follows a name ("… in the countryside of Idlib") says more than what came before it.
    const away = at > token ? at - token : 3 * (token - at);
    if (away < distance) {
      distance = away;
      best = place;
    }
  }
  return best;
}

const candidateOf = ({ place, score }: Scored): PlaceCandidate => ({
  place: place.id,
  name: { ar: place.name.ar, en: place.name.en },
  lat: place.point.lat,
  lon: place.point.lon,
  score: Math.round(score * 1000) / 1000,
});

/** الأراضي السورية, the country, страна: mentions of the country itself by a common noun. */
function homeland(
  ctx: ReaderContext,
  words: PlaceWords,
  drafts: readonly Draft[],
  country: Place | null,
): PlaceMention[] {
  if (!country) return [];
  const mentions: PlaceMention[] = [];
  let next = 0;
  for (let i = 0; i < ctx.tokens.count; i++) {
    const starting = words.startingAt(i);
    if (starting.length === 0) continue;
    const term = starting.find(({ value }) => value === 'homeland');
    if (!term) continue;
    while (next < drafts.length && (drafts[next]?.hit.to ?? 0) <= term.from) next++;
    const draft = drafts[next];
    if (draft && draft.hit.from < term.to) continue;
    mentions.push({
      span: spanAt(ctx.doc, term.start, term.end),
      use: 'literal',
      place: country.id,
      name: { ar: country.name.ar, en: country.name.en },
      lat: country.point.lat,
      lon: country.point.lon,
      precision: 'country',
      confidence: 0.8,
      candidates: [],
    });
  }
  return mentions;
}

/** Seats of government, told by name: they speak for their countries. */
function capitalIds(places: readonly Place[], lexicon: ReaderSources['lexicon']): ReadonlySet<string> {
  const names = new Set(lexicon.ofKind('country_capital').map(({ form, value }) => `${value} ${normalise(form)}`));
  const isSeat = (place: Place): boolean =>
    [place.name.ar, place.name.en.split(',')[0] ?? '', place.name.ru].some((name) =>
      names.has(`${place.country.toLowerCase()} ${normalise(name)}`),
    );
  return new Set(places.filter((place) => place.class === 'city' && isSeat(place)).map(({ id }) => id));
}

/** The governorate by the id of its seat: a city that gives it its name. */
function seatsOf(places: readonly Place[]): ReadonlyMap<string, Place> {
  const governorates = new Map(
    places.filter((place) => place.class === 'governorate').map((place) => [place.id, place]),
  );
  const seats = new Map<string, Place>();
  for (const place of places) {
    const governorate = place.class === 'city' && place.area !== null ? governorates.get(place.area) : undefined;
    if (governorate && bare(governorate.name.ar).endsWith(` ${bare(place.name.ar)}`)) seats.set(place.id, governorate);
  }
  return seats;
}

const bare = (name: string): string => normalise(name).replaceAll(' ال', ' ').replace(/^ال/, '');

/** "North of Aleppo", "the countryside of Aleppo": the governorate is meant as well as the city. */
function withGovernorates(
  places: readonly Place[],
  around: Surroundings,
  seats: ReadonlyMap<string, Place>,
): readonly Place[] {
  if (around.direction === null && around.head !== 'countryside' && around.head !== 'province') return places;
  const more = places.flatMap((place) => seats.get(place.id) ?? []);
  return more.length === 0 ? places : [...new Set([...places, ...more])];
}

/** Names of parties: a place inside one (أحرار الشام) is part of the name. */
function aliasMatcher(instrument: ReaderSources['instrument']): Matcher<string> {
  const forms = instrument?.actors.flatMap(({ aliases }) => [...aliases.ar, ...aliases.en, ...aliases.ru]) ?? [];
  return buildMatcher(forms.map((form) => ({ form, value: form })));
}

/** Marks the tokens of party names of two words and more. */
function longAliases(aliases: Matcher<string>, ctx: ReaderContext): Uint8Array {
  const marked = new Uint8Array(ctx.tokens.count);
  for (const match of aliases.scan(ctx.view, ctx.tokens))
    if (match.to - match.from > 1) marked.fill(1, match.from, match.to);
  return marked;
}

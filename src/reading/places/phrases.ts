/**
 * The words round a place name that say how it is meant: head words (بلدة, حي, ريف, محافظة), directions, prepositions,
 * and the stretch of text that is the mention. Reads words only; it never looks a place up.
 */

import type { Term, TermMatcher } from '../inflected.ts';
import { ARABIC } from '../language.ts';
import { PUNCT, type Tokens } from '../tokens.ts';

export type Head = 'settlement' | 'quarter' | 'province' | 'countryside' | 'site';
export const DIRECTIONS = [
  'north',
  'south',
  'east',
  'west',
  'northwest',
  'northeast',
  'southwest',
  'southeast',
  'centre',
] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Surroundings {
  /** The nearest head word before or after the name. */
  readonly head: Head | null;
  readonly direction: Direction | null;
  /** قرب, near, возле: the place is beside the name. */
  readonly near: boolean;
  /** A preposition of place stands before the phrase, or a proclitic on it. */
  readonly located: boolean;
  /** Tokens of the whole phrase, head word and direction with it, prepositions left out. */
  readonly from: number;
  readonly to: number;
  /** Where the phrase starts in the text (a proclitic left out). */
  readonly start: number;
  readonly end: number;
}

const HEADS = new Set<string>(['settlement', 'quarter', 'province', 'countryside', 'site']);
const isHead = (value: string): value is Head => HEADS.has(value);
const isDirection = (value: string): value is Direction => (DIRECTIONS as readonly string[]).includes(value);
const MOST_STEPS = 5;
const SKIPPED_ENGLISH = new Set(['of', 'the']);

/** The place words of a text, to be asked by the token they begin or end at. */
export interface PlaceWords {
  startingAt(token: number): readonly Term[];
  endingAt(token: number): readonly Term[];
}

const NONE: readonly Term[] = [];

export function placeWords(matcher: TermMatcher, view: string, tokens: Tokens): PlaceWords {
  const starts: (Term[] | undefined)[] = new Array(tokens.count + 1);
  const ends: (Term[] | undefined)[] = new Array(tokens.count + 1);
  for (const term of matcher.scan(view, tokens)) {
    const starting = starts[term.from];
    if (starting) starting.push(term);
    else starts[term.from] = [term];
    const ending = ends[term.to];
    if (ending) ending.push(term);
    else ends[term.to] = [term];
  }
  return { startingAt: (token) => starts[token] ?? NONE, endingAt: (token) => ends[token] ?? NONE };
}

/** Reads what stands round the name in tokens [from, to), which begins at `start` and ends at `end` in the text. */
export function surroundings(
  words: PlaceWords,
  view: string,
  tokens: Tokens,
  name: { from: number; to: number; start: number; end: number },
): Surroundings {
  const arabic = tokens.script[name.from] === ARABIC;
  const state = {
    head: null as Head | null,
    direction: null as Direction | null,
    near: false,
    located: view.slice(tokens.start[name.from] ?? 0, name.start).includes('ب'),
    from: name.from,
    to: name.to,
    start: name.start,
    end: name.end,
  };
  const inside = words
    .startingAt(name.from)
    .filter((term) => term.to <= name.to)
    .map((term) => term.value);
  if (inside.includes('settlement')) state.head = 'settlement';
  else if (inside.includes('province')) state.head = 'province';
  // "… الغوطة الشرقية ودمشق": what stands before "and" belongs to the name before it.
  if (!/[وف]/.test(view.slice(tokens.start[name.from] ?? 0, name.start))) lookBack(words, tokens, state);
  const holdsCountryside = inside.includes('countryside');
  lookAhead(words, tokens, state, arabic, holdsCountryside);
  return state;
}

type State = { -readonly [K in keyof Surroundings]: Surroundings[K] };

function lookBack(words: PlaceWords, tokens: Tokens, state: State): void {
  let at = state.from;
  for (let step = 0; step < MOST_STEPS; step++) {
    at = skipBack(tokens, at);
    const before = words.endingAt(at).filter((term) => sameParagraph(tokens, term.from, state.from));
    const head = before.find(
      (term) => isHead(term.value) && !(tokens.script[term.from] === ARABIC && isDefinite(tokens, term.from)),
    );
    const direction = before.find((term) => isDirection(term.value));
    const near = before.find((term) => term.value === 'near');
    if (direction && state.direction === null && !beyondComma(tokens, direction.to, state.from)) {
      state.direction = isDirection(direction.value) ? direction.value : null;
      extend(state, direction);
      at = direction.from;
      if (direction.lead !== '') state.located = true;
    } else if (head && (state.head === null || state.head === 'settlement')) {
      if (state.head === null && isHead(head.value)) state.head = head.value;
      else if (state.head === 'settlement' && head.value === 'countryside') return;
      const several =
        /^(провинциях|провинции|provinces|محافظات|محافظتي|ارياف)$/.test(tokens.norm[head.from] ?? '') &&
        isList(tokens, state.to);
      if (state.head === 'site' && NAMED_SITES.has(tokens.norm[head.from]?.replace(/^[وفبلك]*(?=...)/, '') ?? ''))
        extend(state, head);
      if ((state.head === 'countryside' || state.head === 'province') && !several) extend(state, head);
      at = head.from;
      if (head.lead !== '') state.located = true;
    } else if (near) {
      state.near = true;
      state.located = true;
      at = near.from;
    } else {
      if (before.some((term) => term.value === 'in')) state.located = true;
      return;
    }
  }
}

function lookAhead(
  words: PlaceWords,
  tokens: Tokens,
  state: State,
  arabic: boolean,
  nameHoldsCountryside: boolean,
): void {
  const after = words.startingAt(state.to).filter((term) => sameParagraph(tokens, term.from, state.from));
  const direction = after.find((term) => isDirection(term.value));
  if (
    direction &&
    arabic &&
    isDefinite(tokens, direction.from) &&
    (state.head === 'countryside' || nameHoldsCountryside)
  ) {
    // ريف حلب الشمالي; "مدخل السلمية الشرقي" says where in the town, and keeps its place.
    if (state.direction === null && isDirection(direction.value)) state.direction = direction.value;
    state.to = direction.to;
    state.end = direction.end;
    return;
  }
  if (arabic) return;
  const head = after.find((term) => term.value === 'province' || term.value === 'countryside');
  const site = after.find((term) => term.value === 'site' && NAMED_SITES.has(tokens.norm[term.from] ?? ''));
  if (site && state.head === null) {
    state.head = 'site';
    state.to = site.to;
    state.end = site.end;
  } else if (head && state.head === null && isHead(head.value)) {
    state.head = head.value;
    state.to = head.to;
    state.end = head.end;
  } else if (state.head === null && after.some((term) => term.value === 'settlement')) state.head = 'settlement';
  else if (state.head === null && after.some((term) => term.value === 'quarter')) state.head = 'quarter';
}

/** "in the provinces of Damascus - 7, Aleppo - 2": the head word belongs to all of them. */
const isList = (tokens: Tokens, to: number): boolean =>
  (tokens.kind[to] === PUNCT && /^[-–—,،(]$/.test(tokens.norm[to] ?? '')) ||
  /^(and|и|و.*)$/.test(tokens.norm[to] ?? '');

/** Sites that are named after a town and are a place of their own: مطار حلب, Sanaa airport. */
const NAMED_SITES = new Set('مطار معبر ميناء قاعده سد airport airbase crossing port dam'.split(' '));

function extend(state: State, term: Term): void {
  state.from = term.from;
  state.start = term.start;
}

/** Steps over "of the" between a head word and a name. */
function skipBack(tokens: Tokens, at: number): number {
  let token = at;
  while (token > 0 && SKIPPED_ENGLISH.has(tokens.norm[token - 1] ?? '')) token--;
  const sign = tokens.norm[token - 1];
  if (token > 0 && tokens.kind[token - 1] === PUNCT && (sign === '«' || sign === '“' || sign === '"' || sign === '-'))
    token--;
  return token;
}

const sameParagraph = (tokens: Tokens, a: number, b: number): boolean => tokens.paragraph[a] === tokens.paragraph[b];

function beyondComma(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (tokens.kind[i] === PUNCT) return true;
  return false;
}

const isDefinite = (tokens: Tokens, token: number): boolean => (tokens.norm[token] ?? '').startsWith('ال');

/**
 * The signs of events in a text: words of attack, weapons, targets, common-noun actors, and the words round them that
 * deny, suppose or look back. A sign only says that the word stands there and whether it is told as having happened.
 */
import { buildTerms, type Term, type TermMatcher } from '../inflected.ts';
import type { Lexicon } from '../lexicon.ts';
import { PUNCT, type Tokens } from '../tokens.ts';
import { isBacker } from './part.ts';
import { governingWords, isUnreal } from './unreal.ts';

/** The lists of signs, found together in one pass. */
const LISTS = ['event-word', 'event-weapon', 'event-target', 'event-actor', 'event-context'] as const;
type List = (typeof LISTS)[number];

export interface SignMatchers {
  readonly all: TermMatcher;
}

/** One matcher over every list. */
export const signMatchers = (lexicon: Lexicon): SignMatchers => ({
  all: buildTerms(LISTS.flatMap((kind) => lexicon.ofKind(kind))),
});

function byList(terms: readonly Term[]): Readonly<Record<List, Term[]>> {
  const lists: Record<List, Term[]> = {
    'event-word': [],
    'event-weapon': [],
    'event-target': [],
    'event-actor': [],
    'event-context': [],
  };
  for (const term of terms) lists[term.kind as List].push(term);
  return lists;
}

/** A stretch that tells one thing: a sentence, or a part of it up to a semicolon. */
export interface Unit {
  readonly index: number;
  /** Tokens, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly isTitle: boolean;
  /** Signs of events that the text tells as having happened. */
  readonly words: readonly Term[];
  /** Signs of events that it denies, supposes or tells from long before. */
  readonly unreal: readonly Term[];
  readonly weapons: readonly Term[];
  readonly targets: readonly Term[];
  /** Those who stand behind others ("Turkish-backed") left out. */
  readonly actors: readonly Term[];
  readonly context: readonly Term[];
  /** Of the context, the small words that deny or suppose what follows them. */
  readonly governing: readonly Term[];
}

const LONGEST_TITLE = 30;

/** `isName` tells tokens that are the name of a place: كنسبا is no verb of ascribing with ك before it. */
export function unitsOf(
  matchers: SignMatchers,
  view: string,
  tokens: Tokens,
  isName: (token: number) => boolean = () => false,
): Unit[] {
  const bounds = boundsOf(tokens);
  const title = hasTitle(tokens);
  const cut = (terms: readonly Term[]): Term[][] => byUnit(terms, bounds);
  const found = byList(matchers.all.scan(view, tokens));
  const told = (term: Term): boolean => term.to - term.from > 1 || !isName(term.from);
  const context = cut(found['event-context'].filter(told));
  const words = cut(longestByKind(found['event-word'].filter(told)));
  const weapons = cut(found['event-weapon']);
  const targets = cut(found['event-target']);
  const actors = cut(found['event-actor']);
  return bounds.map(([from, to], index) => {
    const own = context[index] ?? [];
    const all = words[index] ?? [];
    const governing = governingWords(own, all);
    const unreal = all.filter((term) => isUnreal(term, governing, tokens));
    return {
      index,
      from,
      to,
      isTitle: title && tokens.paragraph[from] === 0,
      words: unreal.length === 0 ? all : all.filter((term) => !unreal.includes(term)),
      unreal,
      weapons: weapons[index] ?? [],
      targets: targets[index] ?? [],
      actors: (actors[index] ?? []).filter((term) => !isBacker(term, own, tokens)),
      context: own,
      governing,
    };
  });
}

function hasTitle(tokens: Tokens): boolean {
  return tokens.paragraphStarts.length > 2 && (tokens.paragraphStarts[1] ?? 0) <= LONGEST_TITLE;
}

function boundsOf(tokens: Tokens): [number, number][] {
  const bounds: [number, number][] = [];
  let from = 0;
  for (let i = 0; i < tokens.count; i++) {
    const sign = tokens.norm[i];
    const parts = tokens.kind[i] === PUNCT && (sign === '؛' || sign === ';');
    const ends = i + 1 === tokens.count || tokens.sentence[i + 1] !== tokens.sentence[i];
    if (!parts && !ends) continue;
    bounds.push([from, i + 1]);
    from = i + 1;
  }
  return bounds;
}

function byUnit(terms: readonly Term[], bounds: readonly [number, number][]): Term[][] {
  const units: Term[][] = bounds.map(() => []);
  let unit = 0;
  for (const term of terms) {
    while (unit < bounds.length - 1 && term.from >= (bounds[unit]?.[1] ?? 0)) unit++;
    units[unit]?.push(term);
  }
  return units;
}

/** Of terms that overlap only the longest count: "rocket" inside "long-range rocket" is no sign of its own. */
function longestByKind(terms: readonly Term[]): Term[] {
  const free = new Map<string, number>();
  let widest = { from: -1, to: -1 };
  return terms.filter((term) => {
    const inside = term.to <= widest.to && term.to - term.from < widest.to - widest.from;
    if (inside || term.from < (free.get(term.value) ?? 0)) return false;
    free.set(term.value, term.to);
    if (term.to > widest.to) widest = term;
    return true;
  });
}

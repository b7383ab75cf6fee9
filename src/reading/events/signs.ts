/**
 * The signs of events in a text: words of attack, weapons, targets, common-noun actors, and the words round them that
 * deny, suppose or look back. A sign only says that the word stands there and whether it is told as having happened.
 */
import { buildTerms, type Term, type TermMatcher } from '../inflected.ts';
import type { Lexicon } from '../lexicon.ts';
import { PUNCT, type Tokens } from '../tokens.ts';

export interface SignMatchers {
  readonly words: TermMatcher;
  readonly weapons: TermMatcher;
  readonly targets: TermMatcher;
  readonly actors: TermMatcher;
  readonly context: TermMatcher;
}

export const signMatchers = (lexicon: Lexicon): SignMatchers => ({
  words: buildTerms(lexicon.ofKind('event-word')),
  weapons: buildTerms(lexicon.ofKind('event-weapon')),
  targets: buildTerms(lexicon.ofKind('event-target')),
  actors: buildTerms(lexicon.ofKind('event-actor')),
  context: buildTerms(lexicon.ofKind('event-context')),
});

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
  readonly actors: readonly Term[];
  readonly context: readonly Term[];
}

const NEGATION_REACH = 3;
const SUPPOSED_REACH = 7;
const BACKGROUND_REACH = 12;
const SUPPORT_REACH = 3;
const LONGEST_TITLE = 30;

export function unitsOf(matchers: SignMatchers, view: string, tokens: Tokens): Unit[] {
  const bounds = boundsOf(tokens);
  const title = hasTitle(tokens);
  const cut = (terms: readonly Term[]): Term[][] => byUnit(terms, bounds);
  const context = cut(matchers.context.scan(view, tokens));
  const words = cut(longestByKind(matchers.words.scan(view, tokens)));
  const weapons = cut(matchers.weapons.scan(view, tokens));
  const targets = cut(matchers.targets.scan(view, tokens));
  const actors = cut(matchers.actors.scan(view, tokens));
  return bounds.map(([from, to], index) => {
    const own = context[index] ?? [];
    const all = words[index] ?? [];
    const isReal = (term: Term): boolean => !isUnreal(term, own, tokens);
    return {
      index,
      from,
      to,
      isTitle: title && tokens.paragraph[from] === 0,
      words: all.filter(isReal),
      unreal: all.filter((term) => !isReal(term)),
      weapons: weapons[index] ?? [],
      targets: targets[index] ?? [],
      actors: actors[index] ?? [],
      context: own,
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

function isUnreal(term: Term, context: readonly Term[], tokens: Tokens): boolean {
  return context.some((word) => {
    const gap = term.from - word.to;
    if (gap < 0 || crossesBreak(tokens, word.to, term.from)) return false;
    if (word.value === 'negation') return gap <= NEGATION_REACH;
    if (word.value === 'hypothetical') return gap <= SUPPOSED_REACH;
    if (word.value === 'support') return gap <= SUPPORT_REACH;
    return word.value === 'background' && gap <= BACKGROUND_REACH;
  });
}

/** A colon, a full stop or a comma followed by more than a few words ends what a small word governs. */
function crossesBreak(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (tokens.kind[i] !== PUNCT) continue;
    const sign = tokens.norm[i];
    if (sign === ':' || sign === '.' || sign === '،' || sign === ',' || sign === '–' || sign === '—') return true;
  }
  return false;
}

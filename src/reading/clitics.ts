/**
 * How an Arabic word may be cut: و ف before ب ل ك before the article, س before an imperfect verb, pronouns behind. A cut
 * is only a proposal; it counts when a lexicon holds the rest (so وقف is not و + قف).
 */

export interface Cut {
  /** What is left, folded. */
  readonly rest: string;
  /** Folded letters before the rest that stay outside a mention's span. */
  readonly lead: number;
  readonly suffix: boolean;
}

const SHORTEST_REST = 2;
const SUFFIXES = ['هما', 'ها', 'هم', 'هن', 'كم', 'نا', 'ه', 'ي', 'ك'];

/**
 * Proposals for the beginning of a folded Arabic word, the whole word first. In لل the article is kept in the rest
 * (للولايات → الولايات) but no letter can be cut off, so the span keeps the word.
 */
export function leadingCuts(word: string): readonly Cut[] {
  let cuts = cutsKnown.get(word);
  if (cuts === undefined) {
    if (cutsKnown.size >= MOST_REMEMBERED) cutsKnown.clear();
    cuts = cutsOf(word);
    cutsKnown.set(word, cuts);
  }
  return cuts;
}

/** Cuts made before; bounded, so that a hostile text cannot fill it. */
const cutsKnown = new Map<string, readonly Cut[]>();
const restsKnown = new Map<string, readonly string[]>();
const MOST_REMEMBERED = 60_000;

function cutsOf(word: string): Cut[] {
  const cuts: Cut[] = [{ rest: word, lead: 0, suffix: false }];
  addPrepositions(word, 0, cuts);
  const first = word.charAt(0);
  if (first === 'و' || first === 'ف') {
    if (word.length - 1 >= SHORTEST_REST) {
      cuts.push({ rest: word.slice(1), lead: 1, suffix: false });
      addPrepositions(word, 1, cuts);
    }
  }
  return cuts;
}

function addPrepositions(word: string, from: number, cuts: Cut[]): void {
  const first = word.charAt(from);
  const left = word.length - from - 1;
  if (left < SHORTEST_REST) return;
  if (first === 'ل' && word.charAt(from + 1) === 'ل') {
    // لل + word, or lam before a word that itself begins with lam after the article (للاذقية for ل + اللاذقية).
    cuts.push({ rest: `ا${word.slice(from + 1)}`, lead: from, suffix: false });
    cuts.push({ rest: `ال${word.slice(from + 1)}`, lead: from, suffix: false });
  }
  if (first === 'ب' || first === 'ل' || first === 'ك') {
    cuts.push({ rest: word.slice(from + 1), lead: from + 1, suffix: false });
  } else if (first === 'س' && left > SHORTEST_REST && 'يتنا'.includes(word.charAt(from + 1))) {
    cuts.push({ rest: word.slice(from + 1), lead: from, suffix: false });
  }
}

/** The word without a pronoun behind it; a ta before the pronoun may stand for a ta marbuta (folded to ه). */
export function withoutSuffix(word: string): readonly string[] {
  let rests = restsKnown.get(word);
  if (rests === undefined) {
    if (restsKnown.size >= MOST_REMEMBERED) restsKnown.clear();
    rests = restsOf(word);
    restsKnown.set(word, rests);
  }
  return rests;
}

function restsOf(word: string): string[] {
  const rests: string[] = [];
  for (const suffix of SUFFIXES) {
    if (!word.endsWith(suffix) || word.length - suffix.length < SHORTEST_REST + 1) continue;
    const rest = word.slice(0, -suffix.length);
    rests.push(rest);
    if (rest.endsWith('ت')) rests.push(`${rest.slice(0, -1)}ه`);
  }
  return rests;
}

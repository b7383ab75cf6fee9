/** Sets of folded words that the people and speech stages look up token by token, made once from the lexicon. */
import { leadingCuts } from '../clitics.ts';
import type { Lexicon } from '../lexicon.ts';
import type { LexiconKind } from '../lexicon-kinds.ts';
import { normalise } from '../normalise.ts';

export interface Words {
  readonly stop: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
  readonly officeNoun: ReadonlySet<string>;
  /** Adjectives of states, with their ISO code; Arabic ones also with the article. */
  readonly adjective: ReadonlyMap<string, string>;
  readonly negation: ReadonlySet<string>;
}

export function readWords(lexicon: Lexicon): Words {
  const set = (kind: LexiconKind): Set<string> => new Set(lexicon.ofKind(kind).map(({ form }) => normalise(form)));
  const adjective = new Map<string, string>();
  for (const { form, lang, value } of lexicon.ofKind('country_adj')) {
    const word = normalise(form);
    adjective.set(word, value);
    if (lang === 'ar') adjective.set(`ال${word}`, value);
  }
  return {
    stop: set('stopword'),
    given: set('given_name'),
    officeNoun: set('office_noun'),
    adjective,
    negation: set('negation'),
  };
}

/** The word itself or without `و`/`ف` before it. */
export const bareWord = (word: string): string =>
  (word.startsWith('و') || word.startsWith('ف')) && word.length > 3 ? word.slice(1) : word;

/** True when the Arabic word, with or without a conjunction or preposition before it, is in the set. */
export const inSet = (words: ReadonlySet<string>, word: string): boolean =>
  words.has(word) || leadingCuts(word).some((cut) => cut.lead > 0 && words.has(cut.rest));

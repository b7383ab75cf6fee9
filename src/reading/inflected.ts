/**
 * Finds listed words in their inflected forms: Arabic verbs given as `past/present`, Arabic nouns with and without the
 * article, proclitics and pronouns, Russian and English forms that end in `*` with any ending. It only says that a form
 * stands there; what it means is decided by whoever asks. Each word is looked up a bounded number of times.
 */
import { leadingCuts, withoutSuffix } from './clitics.ts';
import { ARABIC } from './language.ts';
import type { LexiconEntry } from './lexicon.ts';
import { offsetAfter } from './normalise.ts';
import { stemOf } from './stem.ts';
import { PUNCT, type Tokens, tokenise } from './tokens.ts';
import { wordTable } from './vocabulary.ts';

export interface Term {
  /** First token and the token after the last. */
  readonly from: number;
  readonly to: number;
  /** Offsets, proclitics left out. */
  readonly start: number;
  readonly end: number;
  /** Folded proclitic letters before the form (`ب`, `وب`), '' when there are none. */
  readonly lead: string;
  readonly value: string;
  /** The listed form itself: no ending or pronoun was cut off its first word. */
  readonly plain: boolean;
}

export interface TermMatcher {
  /** Every term of the text, by first token, longer ones first. Terms may overlap. */
  scan(view: string, tokens: Tokens): Term[];
}

interface FormWord {
  readonly key: string;
  readonly anyEnding: boolean;
}

interface Form {
  readonly words: readonly FormWord[];
  readonly value: string;
}

interface Hit {
  readonly form: Form;
  readonly lead: number;
  readonly plain: boolean;
}

const LONGEST_PREFIX = 24;
const MEMO_SIZE = 50_000;
/** Endings of past and present verbs, and of dual, plural and accusative nouns; the rest must be listed. */
const ARABIC_ENDINGS = ['تا', 'وا', 'ون', 'ين', 'ان', 'ات', 'ت', 'ا', 'ن'];
const SHORTEST_ARABIC = 2;

/** Compiles the entries of a kind. Arabic `a/b` gives the past form and the present forms with ي ت ن. */
export function buildTerms(entries: readonly LexiconEntry[]): TermMatcher {
  const exact = new Map<string, Form[]>();
  const prefixes = new Map<string, Form[]>();
  for (const entry of entries) {
    for (const words of formsOf(entry)) {
      const first = words[0];
      if (first) push(first.anyEnding ? prefixes : exact, first.key, { words, value: entry.value });
    }
  }
  const known = wordTable<readonly Hit[]>();
  const hitsOf = (tokens: Tokens, at: number): readonly Hit[] => {
    const id = tokens.word[at] ?? -1;
    let hits = known.get(tokens.epoch, id);
    if (!hits) {
      hits = lookUp(exact, prefixes, tokens.norm[at] ?? '', tokens.script[at] ?? 0);
      known.set(tokens.epoch, id, hits);
    }
    return hits;
  };
  return {
    scan: (view, tokens) => {
      const found: Term[] = [];
      for (let i = 0; i < tokens.count; i++) {
        if (tokens.kind[i] === PUNCT) continue;
        const hits = hitsOf(tokens, i);
        if (hits.length === 0) continue;
        for (const hit of hits) {
          const to = restMatches(hit.form.words, tokens, i);
          if (to === 0) continue;
          const tokenStart = tokens.start[i] ?? 0;
          const start = hit.lead === 0 ? tokenStart : offsetAfter(view, tokenStart, tokens.end[i] ?? 0, hit.lead);
          const lead = hit.lead === 0 ? '' : (tokens.norm[i] ?? '').slice(0, hit.lead);
          found.push({
            from: i,
            to,
            start,
            end: tokens.end[to - 1] ?? start,
            lead,
            value: hit.form.value,
            plain: hit.plain,
          });
        }
      }
      return found.sort((a, b) => a.from - b.from || b.to - a.to);
    },
  };
}

function formsOf(entry: LexiconEntry): FormWord[][] {
  const [past = '', present] = entry.form.split('/');
  const plain = wordsOf(past);
  if (!present) return [plain];
  const imperfect = wordsOf(present);
  const [verb, ...after] = imperfect;
  if (!verb) return [plain];
  const persons = ['ي', 'ت', 'ن'].map((letter) => [{ key: letter + verb.key.slice(1), anyEnding: false }, ...after]);
  return [plain, ...persons];
}

function wordsOf(text: string): FormWord[] {
  const words: FormWord[] = [];
  for (const part of text.split(' ')) {
    const anyEnding = part.endsWith('*');
    const tokens = tokenise(anyEnding ? part.slice(0, -1) : part);
    const last = tokens.count - 1;
    for (let i = 0; i < tokens.count; i++) {
      if (tokens.kind[i] === PUNCT) continue;
      const word = tokens.norm[i] ?? '';
      const script = tokens.script[i] ?? 0;
      const open = anyEnding && i === last;
      words.push({
        key: open ? word : script === ARABIC ? withoutArticle(word) : stemOf(word, script),
        anyEnding: open,
      });
    }
  }
  return words;
}

const withoutArticle = (word: string): string => (word.length > 3 && word.startsWith('ال') ? word.slice(2) : word);

function lookUp(
  exact: ReadonlyMap<string, Form[]>,
  prefixes: ReadonlyMap<string, Form[]>,
  word: string,
  script: number,
): Hit[] {
  const hits: Hit[] = [];
  const seen = new Set<Form>();
  const add = (forms: readonly Form[] | undefined, lead: number, plain: boolean): void => {
    for (const form of forms ?? []) {
      if (seen.has(form)) continue;
      seen.add(form);
      hits.push({ form, lead, plain });
    }
  };
  if (script === ARABIC) {
    for (const cut of leadingCuts(word)) {
      arabicKeys(cut.rest).forEach((key, i) => {
        add(exact.get(key), cut.lead, i === 0);
      });
    }
    return hits;
  }
  add(exact.get(stemOf(word, script)), 0, true);
  for (let n = 1; n <= Math.min(word.length, LONGEST_PREFIX); n++)
    add(prefixes.get(word.slice(0, n)), 0, n === word.length);
  return hits;
}

/** The keys under which a folded Arabic word may be listed: without article, pronoun and ending. */
function arabicKeys(rest: string): string[] {
  const bare = withoutArticle(rest);
  const keys = [bare];
  for (const shorter of [bare, ...withoutSuffix(bare)]) {
    if (shorter !== bare) keys.push(shorter);
    // A final ى is written ا before a pronoun (تبنى, تبناها).
    if (shorter !== bare && shorter.endsWith('ا')) keys.push(`${shorter.slice(0, -1)}ي`);
    for (const ending of ARABIC_ENDINGS) {
      if (shorter.length - ending.length > SHORTEST_ARABIC && shorter.endsWith(ending)) {
        keys.push(shorter.slice(0, -ending.length));
      }
    }
  }
  return keys;
}

/** The token after the last when the words after the first follow too (a joining sign may stand between), else 0. */
function restMatches(words: readonly FormWord[], tokens: Tokens, first: number): number {
  let at = first;
  for (let k = 1; k < words.length; k++) {
    const wanted = words[k];
    at = nextWord(tokens, at);
    if (at < 0 || !wanted || !sameWord(wanted, tokens.norm[at] ?? '', tokens.script[at] ?? 0)) return 0;
  }
  return at + 1;
}

function sameWord(wanted: FormWord, word: string, script: number): boolean {
  if (wanted.anyEnding) return word.startsWith(wanted.key);
  if (script !== ARABIC) return stemOf(word, script) === wanted.key;
  return keysOfWord(word).has(wanted.key);
}

/** Keys of words asked before; bounded, so that a hostile text cannot fill it. */
const keysKnown = new Map<string, ReadonlySet<string>>();

function keysOfWord(word: string): ReadonlySet<string> {
  let keys = keysKnown.get(word);
  if (!keys) {
    if (keysKnown.size > MEMO_SIZE) keysKnown.clear();
    keys = new Set(leadingCuts(word).flatMap((cut) => arabicKeys(cut.rest)));
    keysKnown.set(word, keys);
  }
  return keys;
}

function nextWord(tokens: Tokens, at: number): number {
  let next = at + 1;
  const sign = tokens.norm[next];
  if (
    tokens.kind[next] === PUNCT &&
    (sign === '-' || sign === '–' || sign === '.' || sign === '«' || sign === '“' || sign === '"')
  )
    next++;
  return next < tokens.count && tokens.kind[next] !== PUNCT && tokens.paragraph[next] === tokens.paragraph[at]
    ? next
    : -1;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

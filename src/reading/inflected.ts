/**
 * Finds listed words in their inflected forms: Arabic verbs given as `past/present`, Arabic nouns with and without the
 * article, proclitics and pronouns, Russian and English forms that end in `*` with any ending. It only says that a form
 * stands there; what it means is decided by whoever asks. Each word is looked up a bounded number of times.
 */
import { leadingCuts, withoutSuffix } from './clitics.ts';
import { ARABIC } from './language.ts';
import type { LexiconEntry } from './lexicon.ts';
import type { LexiconKind } from './lexicon-kinds.ts';
import { offsetAfter } from './normalise.ts';
import { stemOf } from './stem.ts';
import { PUNCT, type Tokens, tokenise } from './tokens.ts';
import { NOT_ASKED, WITH, WITHOUT, WordTable } from './vocabulary.ts';

export interface Term {
  /** First token and the token after the last. */
  readonly from: number;
  readonly to: number;
  /** Offsets, proclitics left out. */
  readonly start: number;
  readonly end: number;
  /** Folded proclitic letters before the form (`ب`, `وب`), '' when there are none. */
  readonly lead: string;
  readonly kind: LexiconKind;
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
  readonly kind: LexiconKind;
  readonly value: string;
}

interface Hit {
  readonly form: Form;
  readonly lead: number;
  readonly plain: boolean;
}

const LONGEST_PREFIX = 24;
const JOINING_SIGNS = new Set(['-', '–', '.', '«', '“', '"']);
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
      if (first) push(first.anyEnding ? prefixes : exact, first.key, { words, kind: entry.kind, value: entry.value });
    }
  }
  const known = new WordTable<Hits>();
  const hitsOf = (tokens: Tokens, at: number): Hits => {
    const id = tokens.word[at] ?? -1;
    if (known.state(tokens.epoch, id) === WITH) return known.value(id);
    const hits = hitsIn(lookUp(exact, prefixes, tokens.norm[at] ?? '', tokens.script[at] ?? 0));
    known.remember(tokens.epoch, id, hits.all.length === 0 ? undefined : hits);
    return hits;
  };
  return {
    scan: (view, tokens) => {
      const found: Term[] = [];
      const { count, kind, word, epoch } = tokens;
      for (let i = 0; i < count; i++) {
        if (kind[i] === PUNCT || known.state(epoch, word[i] as number) === WITHOUT) continue;
        const hits = hitsOf(tokens, i);
        if (hits.all.length > 0) termsAt(hits, view, tokens, i, found);
      }
      return found;
    },
  };
}

/** What a word may begin; `longer` when a form among them has more than one word. */
interface Hits {
  readonly all: readonly Hit[];
  readonly longer: boolean;
}

const NO_HITS: Hits = { all: [], longer: false };

const hitsIn = (all: readonly Hit[]): Hits =>
  all.length === 0 ? NO_HITS : { all, longer: all.some(({ form }) => form.words.length > 1) };

/** The terms that begin at a token, longer ones first. */
function termsAt({ all, longer }: Hits, view: string, tokens: Tokens, at: number, found: Term[]): void {
  const before = found.length;
  const next = longer ? nextWord(tokens, at) : -1;
  for (const { form, lead, plain } of all) {
    const to = form.words.length === 1 ? at + 1 : next < 0 ? 0 : restMatches(form.words, tokens, next);
    if (to === 0) continue;
    const tokenStart = tokens.start[at] ?? 0;
    const start = lead === 0 ? tokenStart : offsetAfter(view, tokenStart, tokens.end[at] ?? 0, lead);
    const term: Term = {
      from: at,
      to,
      start,
      end: tokens.end[to - 1] ?? start,
      lead: lead === 0 ? '' : (tokens.norm[at] ?? '').slice(0, lead),
      kind: form.kind,
      value: form.value,
      plain,
    };
    let k = found.length;
    for (; k > before && (found[k - 1]?.to ?? 0) < to; k--) found[k] = found[k - 1] as Term;
    found[k] = term;
  }
}

function formsOf(entry: LexiconEntry): FormWord[][] {
  const [past = '', present] = entry.form.split('/');
  if (!present) return [wordsOf(past)];
  const [verb, ...after] = wordsOf(present, true);
  const perfect = wordsOf(past, true);
  // What follows the verb follows both of its forms: فتح/يفتح النار.
  const plain = perfect.length === 1 ? [...perfect, ...after] : perfect;
  if (!verb) return [plain];
  const persons = ['ي', 'ت', 'ن'].map((letter) => [{ key: letter + verb.key.slice(1), anyEnding: false }, ...after]);
  return [plain, ...persons, ...withoutFinalYa(plain)];
}

/** A final ى falls away before the endings of the past: ألقى, ألقت, ألقوا. */
function withoutFinalYa(past: readonly FormWord[]): FormWord[][] {
  const [verb, ...after] = past;
  if (!verb?.key.endsWith('ي')) return [];
  const stem = verb.key.slice(0, -1);
  return ['ت', 'وا', 'تا'].map((ending) => [{ key: stem + ending, anyEnding: false }, ...after]);
}

/** The words of a form; the first word of a verb keeps the letters ال, which are its own there (ألقى). */
function wordsOf(text: string, isVerb = false): FormWord[] {
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
        key:
          open || (isVerb && words.length === 0)
            ? word
            : script === ARABIC
              ? withoutArticle(word)
              : stemOf(word, script),
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
  return bare === rest ? keysOf(bare) : [...keysOf(bare), ...keysOf(rest)];
}

function keysOf(bare: string): string[] {
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

/** The token after the last when the words after the first stand from `next` on, else 0. */
function restMatches(words: readonly FormWord[], tokens: Tokens, next: number): number {
  let at = next;
  for (let k = 1; k < words.length; k++) {
    const wanted = words[k];
    if (k > 1) at = nextWord(tokens, at);
    if (at < 0 || !wanted || !sameWord(wanted, tokens, at)) return 0;
  }
  return at + 1;
}

function sameWord(wanted: FormWord, tokens: Tokens, at: number): boolean {
  if (wanted.anyEnding) return (tokens.norm[at] ?? '').startsWith(wanted.key);
  if (tokens.script[at] !== ARABIC) return tokens.stem[at] === wanted.key;
  return keysOfWord(tokens, at).has(wanted.key);
}

/** Keys of the Arabic words asked before. */
const keysKnown = new WordTable<ReadonlySet<string>>();

function keysOfWord(tokens: Tokens, at: number): ReadonlySet<string> {
  const id = tokens.word[at] ?? -1;
  if (keysKnown.state(tokens.epoch, id) !== NOT_ASKED) return keysKnown.value(id);
  const keys = new Set(leadingCuts(tokens.norm[at] ?? '').flatMap((cut) => arabicKeys(cut.rest)));
  keysKnown.remember(tokens.epoch, id, keys);
  return keys;
}

/** The next word of the paragraph, a joining sign left out; -1 for none. */
function nextWord(tokens: Tokens, at: number): number {
  let next = at + 1;
  if (tokens.kind[next] === PUNCT && JOINING_SIGNS.has(tokens.norm[next] ?? '')) next++;
  return next < tokens.count && tokens.kind[next] !== PUNCT && tokens.paragraph[next] === tokens.paragraph[at]
    ? next
    : -1;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

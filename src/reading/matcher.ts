/**
 * Finds many listed forms in one pass over the tokens: a trie of words, entered at each token. Forms are matched folded;
 * Arabic words may carry proclitics (left out of the span) and, where the form allows, a pronoun behind; Russian and
 * English words match by stem. Work per token is bounded by the longest form, so a scan is linear.
 */
import { type Cut, leadingCuts, withoutSuffix } from './clitics.ts';
import { ARABIC } from './language.ts';
import { offsetAfter } from './normalise.ts';
import { stemOf } from './stem.ts';
import { PUNCT, type Tokens, WORD, wordsAndStems } from './tokens.ts';
import { NOT_ASKED, WITH, WITHOUT, WordTable } from './vocabulary.ts';

export interface Pattern<T> {
  readonly form: string;
  readonly value: T;
  /** A pronoun may follow the last word (Arabic only). */
  readonly suffixes?: boolean;
  /** No stems: the folded words must be equal. */
  readonly exact?: boolean;
}

export interface Match<T> {
  /** First token and the token after the last. */
  readonly from: number;
  readonly to: number;
  /** Offsets of the mention, proclitics left out. */
  readonly start: number;
  readonly end: number;
  /** True when the folded words equal the form's, without stems or suffixes. */
  readonly exact: boolean;
  readonly value: T;
}

export interface Matcher<T> {
  readonly size: number;
  /** Every match, by first token, longer ones first. */
  scan(view: string, tokens: Tokens): Match<T>[];
  /** The matches that begin at one token. */
  at(view: string, tokens: Tokens, token: number): readonly Match<T>[];
}

interface Leaf<T> {
  readonly value: T;
  readonly suffixes: boolean;
  readonly exact: boolean;
  readonly words: readonly string[];
}

interface Node<T> {
  next: Map<string, Node<T>> | undefined;
  leaves: Leaf<T>[] | undefined;
  /** Whether a form that may carry a pronoun ends one word further on. */
  suffixed: boolean;
}

const LONGEST_FORM = 12;
const NO_STARTS: readonly never[] = [];

/** Words of a form, folded; hyphens, apostrophes and other signs between them do not count. */
export function formWords(form: string): { words: string[]; keys: string[] } {
  const { words, stems } = wordsAndStems(form);
  return { words, keys: stems };
}

/** Builds a matcher. Forms of no word or of more than twelve are left out (`hudna lexicon check` names them). */
export function buildMatcher<T>(patterns: Iterable<Pattern<T>>): Matcher<T> {
  const root: Node<T> = { next: new Map(), leaves: undefined, suffixed: false };
  let size = 0;
  for (const pattern of patterns) {
    const { words, keys } = formWords(pattern.form);
    if (keys.length === 0 || keys.length > LONGEST_FORM) continue;
    let node = root;
    let parent = root;
    for (const key of keys) {
      parent = node;
      node.next ??= new Map();
      let child = node.next.get(key);
      if (!child) {
        child = { next: undefined, leaves: undefined, suffixed: false };
        node.next.set(key, child);
      }
      node = child;
    }
    if (pattern.suffixes) parent.suffixed = true;
    node.leaves ??= [];
    node.leaves.push({
      value: pattern.value,
      suffixes: pattern.suffixes === true,
      exact: pattern.exact === true,
      words,
    });
    size++;
  }
  const known = new WordTable<readonly Start<T>[]>();
  return {
    size,
    at: (view, tokens, token) => {
      const starts = startsAt(known, root, tokens, token);
      if (starts.length === 0) return NO_STARTS;
      const found: Match<T>[] = [];
      matchesAt(starts, view, tokens, token, found);
      return found;
    },
    scan: (view, tokens) => {
      const found: Match<T>[] = [];
      const { count, kind, word, epoch } = tokens;
      for (let i = 0; i < count; i++) {
        if (kind[i] === PUNCT || known.state(epoch, word[i] as number) === WITHOUT) continue;
        const starts = startsAt(known, root, tokens, i);
        if (starts.length > 0) matchesAt(starts, view, tokens, i, found);
      }
      return found;
    },
  };
}

function startsAt<T>(
  known: WordTable<readonly Start<T>[]>,
  root: Node<T>,
  tokens: Tokens,
  token: number,
): readonly Start<T>[] {
  const id = tokens.word[token] ?? -1;
  const state = known.state(tokens.epoch, id);
  if (state !== NOT_ASKED) return state === WITH ? known.value(id) : NO_STARTS;
  const starts = startsOf(root, tokens.norm[token] ?? '', tokens.script[token] ?? 0, tokens.kind[token] === WORD);
  known.remember(tokens.epoch, id, starts.length === 0 ? undefined : starts);
  return starts;
}

/** A way into the trie for a word: which cut, and the node that its key leads to. */
interface Start<T> {
  readonly cut: Cut;
  readonly node: Node<T> | undefined;
  /** What the word alone matches, settled when the word was first met: most matches are of one word. */
  readonly alone: readonly Alone<T>[];
}

interface Alone<T> {
  readonly value: T;
  readonly exact: boolean;
}

function startsOf<T>(root: Node<T>, word: string, script: number, isWord: boolean): readonly Start<T>[] {
  const starts: Start<T>[] = [];
  const arabic = isWord && script === ARABIC;
  const cuts = arabic ? leadingCuts(word) : [{ rest: word, lead: 0, suffix: false }];
  for (const cut of cuts) {
    const key = arabic ? cut.rest : stemOf(word, script);
    const node = root.next?.get(key);
    const shorter = arabic ? shorterNodes(root, key) : NO_STARTS;
    if (node || shorter.length > 0) starts.push({ cut, node, alone: aloneOf(node, shorter, cut) });
  }
  return starts.length === 0 ? NO_STARTS : starts;
}

function aloneOf<T>(
  node: Node<T> | undefined,
  shorter: readonly { readonly leaves: readonly Leaf<T>[] }[],
  cut: Cut,
): readonly Alone<T>[] {
  const alone: Alone<T>[] = [];
  for (const { value, exact, words } of node?.leaves ?? []) {
    const isSame = words[0] === cut.rest;
    if (isSame || !exact) alone.push({ value, exact: isSame });
  }
  for (const { leaves } of shorter)
    for (const { value, suffixes, exact } of leaves) if (suffixes && !exact) alone.push({ value, exact: false });
  return alone;
}

function shorterNodes<T>(parent: Node<T>, key: string): readonly { rest: string; leaves: readonly Leaf<T>[] }[] {
  if (!parent.suffixed) return NO_STARTS;
  const found: { rest: string; leaves: readonly Leaf<T>[] }[] = [];
  for (const rest of withoutSuffix(key)) {
    const leaves = parent.next?.get(rest)?.leaves;
    if (leaves) found.push({ rest, leaves });
  }
  return found;
}

function matchesAt<T>(
  starts: readonly Start<T>[],
  view: string,
  tokens: Tokens,
  token: number,
  found: Match<T>[],
): void {
  const before = found.length;
  for (const start of starts) walk(start, view, tokens, token, found);
  // The few matches of one token, put in order where they stand.
  for (let i = before + 1; i < found.length; i++) {
    const match = found[i] as Match<T>;
    let k = i;
    for (; k > before && comesBefore(match, found[k - 1] as Match<T>); k--) found[k] = found[k - 1] as Match<T>;
    found[k] = match;
  }
}

const comesBefore = <T>(a: Match<T>, b: Match<T>): boolean =>
  a.to !== b.to ? a.to > b.to : a.start !== b.start ? a.start < b.start : a.exact && !b.exact;

function walk<T>(start: Start<T>, view: string, tokens: Tokens, token: number, found: Match<T>[]): void {
  const { cut, alone } = start;
  let node = start.node;
  if (alone.length > 0) {
    const from = startOf(cut, view, tokens, token);
    const end = tokens.end[token] ?? 0;
    for (const { value, exact } of alone) found.push({ from: token, to: token + 1, start: from, end, exact, value });
  }
  if (!node?.next) return;
  let words: string[] | undefined;
  let at = token;
  for (;;) {
    if (!node?.next) return;
    at = nextWord(tokens, at);
    if (at < 0) return;
    const parent: Node<T> = node;
    const word = tokens.norm[at] ?? '';
    const key = tokens.stem[at] ?? '';
    node = parent.next?.get(key);
    const shorter = parent.suffixed && tokens.script[at] === ARABIC ? shorterNodes(parent, key) : NO_STARTS;
    if (!node && shorter.length === 0) return;
    if (words) words.push(word);
    else words = [cut.rest, word];
    if (node?.leaves) report(node.leaves, words, cut, view, tokens, token, at, false, found);
    for (const { leaves } of shorter) report(leaves, words, cut, view, tokens, token, at, true, found);
  }
}

function sameWords(wanted: readonly string[], words: readonly string[]): boolean {
  for (let i = 0; i < wanted.length; i++) if (wanted[i] !== words[i]) return false;
  return true;
}

const startOf = (cut: Cut, view: string, tokens: Tokens, token: number): number => {
  const start = tokens.start[token] ?? 0;
  return cut.lead === 0 ? start : offsetAfter(view, start, tokens.end[token] ?? 0, cut.lead);
};

/** `words` are those read so far, two or more. */
function report<T>(
  leaves: readonly Leaf<T>[],
  words: readonly string[],
  cut: Cut,
  view: string,
  tokens: Tokens,
  first: number,
  last: number,
  suffix: boolean,
  found: Match<T>[],
): void {
  const start = startOf(cut, view, tokens, first);
  const end = tokens.end[last] ?? 0;
  for (const leaf of leaves) {
    if (suffix && !leaf.suffixes) continue;
    const exact = !suffix && sameWords(leaf.words, words);
    if (leaf.exact && !exact) continue;
    found.push({ from: first, to: last + 1, start, end, exact, value: leaf.value });
  }
}

/** The next word of the same paragraph, at most one joining sign further on; -1 for none. */
function nextWord(tokens: Tokens, token: number): number {
  let at = token + 1;
  if (tokens.kind[at] === PUNCT && isJoining(tokens.norm[at] ?? '')) at++;
  if (at >= tokens.count || tokens.kind[at] === PUNCT) return -1;
  return tokens.paragraph[at] === tokens.paragraph[token] ? at : -1;
}

const isJoining = (sign: string): boolean =>
  sign === '-' || sign === '‑' || sign === '–' || sign === "'" || sign === '’' || sign === '«' || sign === '“';

const byPlace = <T>(a: Match<T>, b: Match<T>): number =>
  a.from - b.from || b.to - a.to || Number(b.exact) - Number(a.exact) || a.start - b.start;

function inOrder<T>(matches: readonly Match<T>[]): boolean {
  for (let i = 1; i < matches.length; i++)
    if (byPlace(matches[i - 1] as Match<T>, matches[i] as Match<T>) > 0) return false;
  return true;
}

/** Leftmost, then longest, without overlaps; on equal words an exact form wins over a stem. */
export function leftmostLongest<T>(matches: readonly Match<T>[]): Match<T>[] {
  const kept: Match<T>[] = [];
  let free = 0;
  for (const match of inOrder(matches) ? matches : [...matches].sort(byPlace)) {
    if (match.from < free) continue;
    kept.push(match);
    free = match.to;
  }
  return kept;
}

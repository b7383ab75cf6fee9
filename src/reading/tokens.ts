/**
 * Words, numbers and punctuation with offsets into the original, and the sentences and paragraphs they stand in.
 * Columns, not objects: a long text costs a few typed arrays. Linear; it never looks back further than one token.
 */
import { scriptOf } from './language.ts';
import { foldInto, isIgnorable, normalise } from './normalise.ts';
import { stemOf } from './stem.ts';
import { currentEpoch, LONGEST_WORD, stemOfId, wordIdOf, wordOf } from './vocabulary.ts';

export const WORD = 1;
export const NUMBER = 2;
export const PUNCT = 3;

export interface Tokens {
  readonly count: number;
  /** Offsets of each token, end exclusive. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** WORD, NUMBER or PUNCT. */
  readonly kind: Uint8Array;
  /** Script of a word (language.ts), 0 for numbers and punctuation. */
  readonly script: Uint8Array;
  /** Sentence and paragraph of each token, counted from 0. */
  readonly sentence: Int32Array;
  readonly paragraph: Int32Array;
  /** Number of the folded form in the vocabulary of `epoch`; -1 for one that is not remembered. */
  readonly word: Int32Array;
  readonly epoch: number;
  /** Folded form: of a number its Western digits, of punctuation the sign. */
  readonly norm: readonly string[];
  /** Stem of the folded form (stem.ts); the form itself for Arabic. */
  readonly stem: readonly string[];
  /** First token of each sentence and paragraph, with one more entry that closes the last. */
  readonly sentenceStarts: readonly number[];
  readonly paragraphStarts: readonly number[];
}

const isDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);

const isSpace = (code: number): boolean =>
  code === 0x20 ||
  (code <= 0x1f && code !== 1) ||
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x3000 ||
  code === 0xfeff;

const isBreak = (code: number): boolean => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
const isApostrophe = (code: number): boolean =>
  code === 0x27 || code === 0x2019 || code === 0x2bc || code === 0x2018 || code === 0x2bb || code === 0x60;

const ENDERS = new Set(['.', '!', '?', '؟', '…', '。']);
const CLOSERS = new Set(['"', '”', '»', ')', ']', '’', '“', "'"]);
/** Words before a full stop that do not end a sentence. */
const SHORTENED = new Set(
  'mr mrs dr gen lt col maj sgt capt st gov sen rep jan feb mar apr jun jul aug sep sept oct nov dec no approx vs г гг тыс млн млрд ул им т п др см руб чел д'.split(
    ' ',
  ),
);

/** The folded form of a token, '' beyond either end. */
export const foldedAt = (tokens: Tokens, at: number): string => tokens.norm[at] ?? '';

/** Columns as they fill, kept from text to text; what is returned is a copy of exactly its size. */
interface Draft {
  capacity: number;
  start: Int32Array;
  end: Int32Array;
  word: Int32Array;
  sentence: Int32Array;
  paragraph: Int32Array;
  kind: Uint8Array;
  script: Uint8Array;
}

const FIRST_CAPACITY = 4_096;
/** A text longer than this leaves no large columns behind. */
const LARGEST_KEPT = 1 << 17;

const draftOf = (capacity: number): Draft => ({
  capacity,
  start: new Int32Array(capacity),
  end: new Int32Array(capacity),
  word: new Int32Array(capacity),
  sentence: new Int32Array(capacity),
  paragraph: new Int32Array(capacity),
  kind: new Uint8Array(capacity),
  script: new Uint8Array(capacity),
});

function wider(old: Draft): Draft {
  const made = draftOf(old.capacity * 2);
  made.start.set(old.start);
  made.end.set(old.end);
  made.word.set(old.word);
  made.sentence.set(old.sentence);
  made.paragraph.set(old.paragraph);
  made.kind.set(old.kind);
  made.script.set(old.script);
  return made;
}

let kept = draftOf(FIRST_CAPACITY);
const letters = new Uint16Array(LONGEST_WORD);
const APOSTROPHE = 0x27;
const STOP = 0x2e;

/** Folded words of a short text and their stems, signs left out: what a list knows of its forms. */
export function wordsAndStems(text: string): { words: string[]; stems: string[] } {
  const { draft, norm, stem } = cut(text);
  const words: string[] = [];
  const stems: string[] = [];
  for (let i = 0; i < norm.length; i++) {
    if (draft.kind[i] === PUNCT) continue;
    words.push(norm[i] ?? '');
    stems.push(stem[i] ?? '');
  }
  return { words, stems };
}

interface Cutting {
  readonly draft: Draft;
  readonly epoch: number;
  readonly norm: string[];
  readonly stem: string[];
  readonly sentenceStarts: number[];
  readonly paragraphStarts: number[];
}

/** Cuts a view into tokens. */
export function tokenise(view: string): Tokens {
  const { draft, epoch, norm, stem, sentenceStarts, paragraphStarts } = cut(view);
  const count = norm.length;
  // One plain literal: every stage reads these columns, and a spread would make them slow to reach.
  return {
    count,
    start: draft.start.slice(0, count),
    end: draft.end.slice(0, count),
    kind: draft.kind.slice(0, count),
    script: draft.script.slice(0, count),
    sentence: draft.sentence.slice(0, count),
    paragraph: draft.paragraph.slice(0, count),
    word: draft.word.slice(0, count),
    epoch,
    norm,
    stem,
    sentenceStarts,
    paragraphStarts,
  };
}

/** Fills the columns; what it returns is good until the next text is cut. */
function cut(view: string): Cutting {
  const size = view.length;
  let draft = kept;
  const epoch = currentEpoch();
  const norm: string[] = [];
  const stem: string[] = [];
  const sentenceStarts: number[] = [];
  const paragraphStarts: number[] = [];
  let count = 0;
  let newSentence = true;
  let newParagraph = true;

  for (let i = 0; i < size; ) {
    const code = view.charCodeAt(i);
    if (isSpace(code) || isIgnorable(code)) {
      if (isBreak(code)) newParagraph = true;
      i++;
      continue;
    }
    let to = i + 1;
    let kind = WORD;
    let script = 0;
    let without = APOSTROPHE;
    if (isDigit(code)) {
      kind = NUMBER;
      without = -1;
      while (to < size && (isDigit(view.charCodeAt(to)) || view.charCodeAt(to) === 1)) to++;
    } else {
      script = scriptOf(code);
      if (script === 0) {
        kind = PUNCT;
        if (code >= 0xd800 && code < 0xdc00) to++;
        while (to < size && view.charCodeAt(to) === 1) to++;
        if (to > size) to = size;
      } else {
        const initials = isCapital(code) && view.charCodeAt(i + 1) === STOP ? endOfInitials(view, i) : i;
        if (initials > i) {
          to = initials;
          without = STOP;
        } else to = endOfWord(view, i, script);
      }
    }
    if (count === draft.capacity) draft = wider(draft);
    if (newParagraph) paragraphStarts.push(count);
    if (newSentence || newParagraph) sentenceStarts.push(count);
    newSentence = false;
    newParagraph = false;
    let length = 1;
    if (kind === PUNCT) letters[0] = code;
    else length = foldInto(view, i, to, without, letters);
    const id = length < 0 ? -1 : wordIdOf(letters, length, script);
    draft.start[count] = i;
    draft.end[count] = to;
    draft.kind[count] = kind;
    draft.script[count] = script;
    draft.sentence[count] = sentenceStarts.length - 1;
    draft.paragraph[count] = paragraphStarts.length - 1;
    draft.word[count] = id;
    if (id < 0) {
      const folded = longForm(view, i, to, without);
      norm.push(folded);
      stem.push(stemOf(folded, script));
    } else {
      norm.push(wordOf(id));
      stem.push(stemOfId(id));
    }
    count++;
    if (kind === PUNCT) {
      const sign = norm[count - 1] ?? '';
      if (ENDERS.has(sign)) newSentence = endsSentence(view, i, norm, draft, count);
      else if (CLOSERS.has(sign) && count >= 2 && draft.end[count - 2] === i && ENDERS.has(norm[count - 2] ?? '')) {
        // A closing mark after the full stop belongs to the sentence it closes.
        if (sentenceStarts[sentenceStarts.length - 1] === count - 1 && sentenceStarts.length > 1) {
          sentenceStarts.pop();
          draft.sentence[count - 1] = sentenceStarts.length - 1;
        }
        newSentence = true;
      }
    }
    i = to;
  }
  sentenceStarts.push(count);
  paragraphStarts.push(count);
  if (draft.capacity <= LARGEST_KEPT) kept = draft;
  return { draft, epoch, norm, stem, sentenceStarts, paragraphStarts };
}

/** The folded form of a token too long to be remembered. */
const longForm = (view: string, from: number, to: number, without: number): string => {
  const folded = normalise(view, from, to);
  return without < 0 ? folded : folded.replaceAll(String.fromCharCode(without), '');
};

/** A full stop ends a sentence unless it follows a short form or an initial, or digits go on after it. */
function endsSentence(view: string, at: number, norm: readonly string[], draft: Draft, count: number): boolean {
  if (norm[count - 1] !== '.') return true;
  const next = view.charCodeAt(at + 1);
  if (at + 1 < view.length && !isSpace(next) && !isClosing(next)) return false;
  const before = count >= 2 && draft.end[count - 2] === at ? (norm[count - 2] ?? '') : '';
  return !(SHORTENED.has(before) || (before.length === 1 && draft.kind[count - 2] === WORD));
}

const isClosing = (code: number): boolean =>
  CLOSERS.has(String.fromCharCode(code)) || ENDERS.has(String.fromCharCode(code));

/** Where an abbreviation of capitals with full stops (U.S., U.N.) ends; `from` itself for anything else. */
function endOfInitials(view: string, from: number): number {
  let at = from;
  while (isCapital(view.charCodeAt(at)) && view.charCodeAt(at + 1) === STOP) at += 2;
  return at - from >= 4 && scriptOf(view.charCodeAt(at)) === 0 ? at : from;
}

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;

/** Letters of one script, marks inside, an apostrophe between letters; an English 's stays out. */
function endOfWord(view: string, from: number, letters: number): number {
  let to = from + 1;
  for (let i = from + 1; i < view.length; i++) {
    const code = view.charCodeAt(i);
    if (scriptOf(code) === letters) to = i + 1;
    else if (code === 1 || (isIgnorable(code) && code !== 0)) {
      // A mark belongs to its letter; an invisible sign only when letters go on.
      if (code === 1 || code < 0x2000) to = i + 1;
    } else if (code === 0) continue;
    else if (isApostrophe(code) && joinsLetters(view, i, letters)) continue;
    else break;
  }
  return to;
}

function joinsLetters(view: string, at: number, letters: number): boolean {
  if (scriptOf(view.charCodeAt(at + 1)) !== letters) return false;
  const next = view.charCodeAt(at + 1) | 0x20;
  const possessive = next === 0x73 && scriptOf(view.charCodeAt(at + 2)) !== letters;
  return !possessive;
}

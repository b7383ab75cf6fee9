/**
 * Words, numbers and punctuation with offsets into the original, and the sentences and paragraphs they stand in.
 * Columns, not objects: a long text costs a few typed arrays. Linear; it never looks back further than one token.
 */
import { scriptOf } from './language.ts';
import { CONTINUED, GAP, isIgnorable, normalise } from './normalise.ts';
import { currentEpoch, wordId, wordOf } from './vocabulary.ts';

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

/** Cuts a view into tokens. */
export function tokenise(view: string): Tokens {
  const size = view.length;
  let capacity = Math.max(16, size >> 1);
  let start = new Int32Array(capacity);
  let end = new Int32Array(capacity);
  let word = new Int32Array(capacity);
  const epoch = currentEpoch();
  let kind = new Uint8Array(capacity);
  let script = new Uint8Array(capacity);
  let sentence = new Int32Array(capacity);
  let paragraph = new Int32Array(capacity);
  const norm: string[] = [];
  const sentenceStarts: number[] = [];
  const paragraphStarts: number[] = [];
  let count = 0;
  let newSentence = true;
  let newParagraph = true;

  const grow = (): void => {
    capacity *= 2;
    const wider = <T extends Int32Array | Uint8Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    start = wider(start, new Int32Array(capacity));
    end = wider(end, new Int32Array(capacity));
    word = wider(word, new Int32Array(capacity));
    kind = wider(kind, new Uint8Array(capacity));
    script = wider(script, new Uint8Array(capacity));
    sentence = wider(sentence, new Int32Array(capacity));
    paragraph = wider(paragraph, new Int32Array(capacity));
  };
  const push = (from: number, to: number, what: number, letters: number, folded: string): void => {
    if (count === capacity) grow();
    if (newParagraph) paragraphStarts.push(count);
    if (newSentence || newParagraph) sentenceStarts.push(count);
    newSentence = false;
    newParagraph = false;
    start[count] = from;
    end[count] = to;
    kind[count] = what;
    script[count] = letters;
    sentence[count] = sentenceStarts.length - 1;
    paragraph[count] = paragraphStarts.length - 1;
    const id = wordId(folded);
    word[count] = id;
    norm.push(id < 0 ? folded : wordOf(id));
    count++;
  };
  /** A full stop ends a sentence unless it follows a short form or an initial, or digits go on after it. */
  const endsSentence = (sign: string, at: number): boolean => {
    if (!ENDERS.has(sign)) return false;
    if (sign !== '.') return true;
    const next = view.charCodeAt(at + 1);
    if (at + 1 < size && !isSpace(next) && !isClosing(next)) return false;
    const before = count >= 2 && end[count - 2] === at ? (norm[count - 2] ?? '') : '';
    return !(SHORTENED.has(before) || (before.length === 1 && kind[count - 2] === WORD));
  };

  for (let i = 0; i < size; ) {
    const code = view.charCodeAt(i);
    if (isSpace(code) || isIgnorable(code)) {
      if (isBreak(code)) newParagraph = true;
      i++;
      continue;
    }
    if (isDigit(code)) {
      let to = i + 1;
      while (to < size && (isDigit(view.charCodeAt(to)) || view.charCodeAt(to) === 1)) to++;
      push(i, to, NUMBER, 0, normalise(view, i, to));
      i = to;
      continue;
    }
    const letters = scriptOf(code);
    if (letters === 0) {
      let to = i + (code >= 0xd800 && code < 0xdc00 ? 2 : 1);
      while (to < size && view[to] === CONTINUED) to++;
      const sign = view.charAt(i);
      push(i, Math.min(to, size), PUNCT, 0, sign);
      if (endsSentence(sign, i)) newSentence = true;
      else if (CLOSERS.has(sign) && count >= 2 && end[count - 2] === i && ENDERS.has(norm[count - 2] ?? '')) {
        if (sentenceStarts[sentenceStarts.length - 1] === count - 1 && sentenceStarts.length > 1)
          joinToSentenceBefore();
        newSentence = true;
      }
      i = to;
      continue;
    }
    const initials = endOfInitials(view, i);
    if (initials > i) {
      push(i, initials, WORD, letters, normalise(view, i, initials).replaceAll('.', ''));
      i = initials;
      continue;
    }
    const to = endOfWord(view, i, letters);
    push(i, to, WORD, letters, normalise(view, i, to).replaceAll("'", ''));
    i = to;
  }

  /** A closing mark after the full stop belongs to the sentence it closes. */
  function joinToSentenceBefore(): void {
    sentenceStarts.pop();
    sentence[count - 1] = sentenceStarts.length - 1;
  }

  sentenceStarts.push(count);
  paragraphStarts.push(count);
  return { count, start, end, kind, script, sentence, paragraph, word, epoch, norm, sentenceStarts, paragraphStarts };
}

const isClosing = (code: number): boolean =>
  CLOSERS.has(String.fromCharCode(code)) || ENDERS.has(String.fromCharCode(code));

/** Where an abbreviation of capitals with full stops (U.S., U.N.) ends; `from` itself for anything else. */
function endOfInitials(view: string, from: number): number {
  let at = from;
  while (isCapital(view.charCodeAt(at)) && view[at + 1] === '.') at += 2;
  return at - from >= 4 && scriptOf(view.charCodeAt(at)) === 0 ? at : from;
}

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;

/** Letters of one script, marks inside, an apostrophe between letters; an English 's stays out. */
function endOfWord(view: string, from: number, letters: number): number {
  let to = from + 1;
  for (let i = from + 1; i < view.length; i++) {
    const code = view.charCodeAt(i);
    if (scriptOf(code) === letters) to = i + 1;
    else if (code === 1 || (isIgnorable(code) && view[i] !== GAP)) {
      // A mark belongs to its letter; an invisible sign only when letters go on.
      if (code === 1 || code < 0x2000) to = i + 1;
    } else if (view[i] === GAP) continue;
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

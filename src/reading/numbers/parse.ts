/**
 * Reads one number at a token: digits in any grouping, spelt-out numbers of three languages, and both with a scale
 * (270 ألف, 1.2 million). Says where it ends; decides nothing about what is counted. Work is bounded by the number.
 */
import { ARABIC, CYRILLIC, LATIN } from '../language.ts';
import { normalise } from '../normalise.ts';
import { NUMBER, PUNCT, type Tokens, WORD } from '../tokens.ts';
import { NOT_ASKED, WITH, WITHOUT, WordTable } from '../vocabulary.ts';
import { NUMBER_WORDS, type NumberWord } from './words.ts';

export interface ParsedNumber {
  readonly value: number;
  /** Token after the last. */
  readonly to: number;
  /** Folded letters before the number in its first token (a proclitic و ب ل). */
  readonly lead: number;
  readonly ordinal: boolean;
  /** Written with digits (perhaps with a scale word). */
  readonly digits: boolean;
}

const MAX_DIGITS = 15;
const MAX_WORDS = 12;

interface Word extends NumberWord {
  readonly lead: number;
  /** Letters of the lead: '', 'و', 'ب' … */
  readonly clitic: string;
}

const known = new WordTable<Word>();

/** The number word at a token; Arabic ones may carry و and one of ب ل ك. */
export function numberWordAt(tokens: Tokens, at: number): Word | undefined {
  if (tokens.kind[at] !== WORD) return undefined;
  const id = tokens.word[at] ?? -1;
  const state = known.state(tokens.epoch, id);
  if (state !== NOT_ASKED) return state === WITH ? known.value(id) : undefined;
  const word = numberWord(tokens.norm[at] ?? '', tokens.script[at] === ARABIC);
  known.remember(tokens.epoch, id, word);
  return word;
}

function numberWord(norm: string, arabic: boolean): Word | undefined {
  const plain = NUMBER_WORDS.get(norm);
  if (plain) return { ...plain, lead: 0, clitic: '' };
  if (!arabic) return undefined;
  if (norm.startsWith('ال')) return definite(norm, 0);
  for (const cut of [1, 2]) {
    const clitic = norm.slice(0, cut);
    const joined =
      cut === 1 ? 'وفبلك'.includes(clitic) : 'وف'.includes(norm.charAt(0)) && 'بلك'.includes(norm.charAt(1));
    if (!joined) continue;
    const rest = norm.slice(cut);
    const word = NUMBER_WORDS.get(rest);
    if (word) return { ...word, lead: cut, clitic };
    if (rest.startsWith('ال')) {
      const article = definite(rest, cut, clitic);
      if (article) return article;
    }
  }
  return undefined;
}

/** A cardinal with the article: الثلاثة, الأربع والعشرين. */
function definite(norm: string, lead: number, clitic = ''): Word | undefined {
  const word = NUMBER_WORDS.get(norm.slice(2));
  return word && !word.ordinal ? { ...word, lead, clitic } : undefined;
}

/** The number that begins at a token, if one does. */
export function numberAt(tokens: Tokens, at: number): ParsedNumber | undefined {
  if (tokens.kind[at] === NUMBER) return digitsAt(tokens, at);
  return fractionOfScaleAt(tokens, at) ?? spelledAt(tokens, at);
}

const FRACTIONS = new Map(
  Object.entries({
    نصف: 0.5,
    ربع: 0.25,
    half: 0.5,
    quarter: 0.25,
    полмиллиона: 500_000,
    полтора: 1.5,
    полторы: 1.5,
  }).map(([word, value]) => [normalise(word), value]),
);

const fractions = new WordTable<number>();

/** نصف مليون, half a million, полтора миллиона. */
function fractionOfScaleAt(tokens: Tokens, at: number): ParsedNumber | undefined {
  if (tokens.kind[at] !== WORD) return undefined;
  const id = tokens.word[at] ?? -1;
  let state = fractions.state(tokens.epoch, id);
  if (state === NOT_ASKED) {
    const known = FRACTIONS.get(tokens.norm[at] ?? '');
    fractions.remember(tokens.epoch, id, known);
    state = known === undefined ? WITHOUT : WITH;
  }
  if (state === WITHOUT) return undefined;
  const fraction = FRACTIONS.get(tokens.norm[at] ?? '') ?? 0;
  if (fraction > 1000) return { value: fraction, to: at + 1, lead: 0, ordinal: false, digits: false };
  let to = at + 1;
  while (to - at < 3 && (tokens.norm[to] === 'a' || tokens.norm[to] === 'of')) to++;
  const scale = numberWordAt(tokens, to);
  if (scale?.class !== 'scale' || scale.dual || scale.lead > 0) return undefined;
  return { value: fraction * scale.value, to: to + 1, lead: 0, ordinal: false, digits: false };
}

const adjacent = (tokens: Tokens, at: number): boolean => tokens.end[at] === tokens.start[at + 1];

function digitsAt(tokens: Tokens, at: number): ParsedNumber | undefined {
  const first = tokens.norm[at] ?? '';
  if (first.length > MAX_DIGITS) return undefined;
  let text = first;
  let to = at + 1;
  const groupable = first.length <= 3 && first !== '0';
  for (;;) {
    const group = tokens.kind[to] === PUNCT ? to + 1 : to;
    const next = tokens.norm[group] ?? '';
    if (tokens.kind[group] !== NUMBER || text.length > MAX_DIGITS) break;
    const sign = group === to ? ' ' : (tokens.norm[to] ?? '');
    const tight =
      group === to
        ? tokens.start[to] === (tokens.end[to - 1] ?? 0) + 1
        : adjacent(tokens, to - 1) && adjacent(tokens, to);
    if (!tight || next.length !== 3 || !groupable || !isGrouping(sign, next, tokens, group)) break;
    text += next;
    to = group + 1;
  }
  let value = Number(text);
  if (to === at + 1 && isDecimal(tokens, at)) {
    value = Number(`${first}.${tokens.norm[at + 2]}`);
    to = at + 3;
  }
  return withScale(tokens, { value, to, lead: 0, ordinal: false, digits: true });
}

/** A comma or an Arabic thousands mark groups; a space or a stop only before full groups that no other reading fits. */
function isGrouping(sign: string, next: string, tokens: Tokens, group: number): boolean {
  if (sign === ',' || sign === '٬' || sign === "'" || sign === '’') return true;
  if (sign === ' ') return next === '000' || scriptAfter(tokens, group) === CYRILLIC;
  return sign === '.' && next === '000';
}

const scriptAfter = (tokens: Tokens, at: number): number => tokens.script[at + 1] ?? 0;

function isDecimal(tokens: Tokens, at: number): boolean {
  const sign = tokens.norm[at + 1] ?? '';
  if (tokens.kind[at + 2] !== NUMBER || !adjacent(tokens, at) || !adjacent(tokens, at + 1)) return false;
  if (sign !== '.' && sign !== ',' && sign !== '٫') return false;
  const places = (tokens.norm[at + 2] ?? '').length;
  // 23.05.2016 is no decimal: a third part follows.
  const more =
    tokens.kind[at + 3] === PUNCT &&
    tokens.kind[at + 4] === NUMBER &&
    adjacent(tokens, at + 2) &&
    adjacent(tokens, at + 3);
  return places <= 2 && !more && (tokens.norm[at] ?? '').length <= 4;
}

/** 270 ألف, 1.2 million, 3 тысячи. */
function withScale(tokens: Tokens, number: ParsedNumber): ParsedNumber {
  const scale = numberWordAt(tokens, number.to);
  if (scale?.class !== 'scale' || scale.dual || scale.lead > 0 || scale.ordinal) return number;
  const to =
    tokens.norm[number.to] === 'тыс' || tokens.norm[number.to] === 'млн' ? afterStop(tokens, number.to) : number.to + 1;
  return { ...number, value: Math.round(number.value * scale.value * 1000) / 1000, to };
}

const afterStop = (tokens: Tokens, at: number): number =>
  tokens.norm[at + 1] === '.' && adjacent(tokens, at) ? at + 2 : at + 1;

function spelledAt(tokens: Tokens, at: number): ParsedNumber | undefined {
  const first = numberWordAt(tokens, at);
  if (!first) return undefined;
  const script = tokens.script[at];
  return script === ARABIC ? arabicAt(tokens, at, first) : otherAt(tokens, at, first, script ?? 0);
}

/** Arabic: units before tens, joined by و; عشر makes teens; a scale multiplies what stands before it. */
function arabicAt(tokens: Tokens, at: number, first: Word): ParsedNumber | undefined {
  let total = 0;
  let group = 0;
  let to = at;
  let word: Word | undefined = first;
  let ordinal = first.ordinal;
  let last: Word | undefined;
  while (word && to - at < MAX_WORDS) {
    const joined = word.clitic === 'و';
    if (to > at && word.lead > 0 && !joined) break;
    if (to === at || joined) {
      if (last && joined && !mayFollow(last, word)) break;
      group += word.class === 'scale' ? 0 : word.value;
      if (word.class === 'scale') {
        total += group > 0 && !joined && !word.dual ? group * word.value : group + word.value;
        group = 0;
      }
    } else if (word.class === 'teen' && word.value === 10 && last?.class === 'unit') group += 10;
    else if (word.class === 'hundred' && last?.class === 'unit' && !word.dual)
      group = group - last.value + last.value * 100;
    else if (word.class === 'scale' && !word.dual && group > 0) {
      total += group * word.value;
      group = 0;
    } else break;
    if (word.class === 'scale' && tokens.norm[to + 1] === 'ونصف') {
      // مليون ونصف المليون
      total += word.value / (word.dual ? 4 : 2);
      to++;
      if (numberWordAt(tokens, to + 1)?.class === 'scale') to++;
    }
    ordinal &&= word.ordinal || word.class === 'teen';
    last = word;
    to++;
    word = numberWordAt(tokens, to);
  }
  if (first.ordinal && !ordinal) return undefined;
  return { value: total + group, to, lead: first.lead, ordinal: first.ordinal, digits: false };
}

/** What و may join: 7 و 20, 100 و 7, 1000 و 200, never 20 و 7 or 3 و 4. */
function mayFollow(before: Word, next: Word): boolean {
  // العشرين with the article is ordinal and cardinal alike.
  if (before.ordinal !== next.ordinal && !(next.ordinal && next.class === 'ten')) return false;
  if (before.class === 'unit') return next.class === 'ten';
  if (before.class === 'hundred') return next.class === 'unit' || next.class === 'teen' || next.class === 'ten';
  if (before.class === 'scale') return next.class !== 'scale' || next.value < before.value;
  return false;
}

/** English and Russian: falling order (two hundred and five, двадцать семь), a scale multiplies the group before it. */
function otherAt(tokens: Tokens, at: number, first: Word, script: number): ParsedNumber | undefined {
  let total = 0;
  let group = 0;
  let room = Number.POSITIVE_INFINITY;
  let to = at;
  let end = at;
  let word: Word | undefined = first;
  let ordinal = false;
  while (word && !ordinal && end - at < MAX_WORDS) {
    if (word.class === 'scale') {
      total += Math.max(1, group) * word.value;
      group = 0;
      room = Number.POSITIVE_INFINITY;
    } else if (word.class === 'dozen') group = Math.max(1, group) * word.value;
    else if (word.class === 'hundred' && script === LATIN) {
      group = Math.max(1, group) * word.value;
      room = 100;
    } else if (word.value < room) {
      group += word.value;
      room = word.class === 'unit' || word.class === 'teen' ? 1 : word.class === 'ten' ? 10 : 100;
    } else break;
    ordinal = word.ordinal;
    end = to + 1;
    to = end;
    const joiner = tokens.norm[to];
    if ((joiner === '-' && script === LATIN) || (joiner === 'and' && (group >= 100 || total > 0))) to++;
    word = tokens.script[to] === script ? numberWordAt(tokens, to) : undefined;
  }
  const ended = afterAbbreviation(tokens, end);
  return { value: total + group, to: ended, lead: 0, ordinal, digits: false };
}

const afterAbbreviation = (tokens: Tokens, end: number): number => {
  const last = tokens.norm[end - 1];
  return last === 'тыс' || last === 'млн' || last === 'млрд' ? afterStop(tokens, end - 1) : end;
};

/**
 * What the readers of office phrases share: what stands at a token, and how far a capitalised name goes. An office
 * phrase is a head ("spokesman", "resident") with what belongs to it and, it may be, a name.
 */
import type { ReaderContext } from '../context.ts';
import { isCapitalAt } from '../language.ts';
import type { Mark } from '../lexicon.ts';
import { PUNCT, WORD } from '../tokens.ts';
import type { ActorMatch } from './mentions.ts';
import type { PersonMatch } from './persons.ts';
import type { Words } from './words.ts';

export interface PhraseEnv {
  readonly ctx: ReaderContext;
  readonly words: Words;
  /** The match that begins at a token. */
  readonly actorAt: ReadonlyMap<number, ActorMatch>;
  readonly personAt: ReadonlyMap<number, PersonMatch>;
  readonly headAt: ReadonlyMap<number, Mark>;
  readonly skipAt: ReadonlyMap<number, number>;
  /** Token after the place that begins at a token, or undefined. */
  readonly placeEnd: ReadonlyMap<number, number>;
  /** 1 for each token inside a body's name. */
  readonly inBody: Uint8Array;
  /** True where a verb of reporting stands. */
  readonly isCue: (token: number) => boolean;
}

/** A head with its complements; token ranges, -1 for none. */
export interface OfficePhrase {
  readonly from: number;
  readonly to: number;
  readonly officeFrom: number;
  readonly officeTo: number;
  readonly nameFrom: number;
  readonly nameTo: number;
  /** The head keeps a name beside it. */
  readonly keepsName: boolean;
  readonly head: Mark;
  readonly woman: boolean;
}

const CONNECTORS = new Set(
  'al el an as ash at ar az de di da del la le bin bint ben ibn van von abu abd abdel abdul ki de де ди аль эль ан ас аш ат ар аз ад бен бин ибн абу абд ван фон ки'.split(
    ' ',
  ),
);
const LONGEST_NAME = 10;

export const normAt = (env: PhraseEnv, token: number): string => env.ctx.tokens.norm[token] ?? '';
export const isPunct = (env: PhraseEnv, token: number): boolean => env.ctx.tokens.kind[token] === PUNCT;

export function isCapitalised(env: PhraseEnv, token: number): boolean {
  if (env.ctx.tokens.kind[token] !== WORD) return false;
  return isCapitalAt(env.ctx.view, env.ctx.tokens.start[token] ?? 0);
}

/** ОБСЕ, МЧС, UNDP: letters of a body, never part of a person's name. */
export function isAbbreviation(env: PhraseEnv, token: number): boolean {
  const { tokens, view } = env.ctx;
  if (tokens.kind[token] !== WORD) return false;
  const word = view.slice(tokens.start[token] ?? 0, tokens.end[token] ?? 0);
  return word.length >= 2 && word.length <= 6 && word === word.toUpperCase() && word !== word.toLowerCase();
}

export const sameParagraph = (env: PhraseEnv, a: number, b: number): boolean =>
  b >= 0 && b < env.ctx.tokens.count && env.ctx.tokens.paragraph[a] === env.ctx.tokens.paragraph[b];

/** Where a capitalised name that begins at a token ends; the token itself when no name begins there. */
export function capitalNameEnd(env: PhraseEnv, from: number): number {
  const { tokens } = env.ctx;
  let end = from;
  for (let at = from; at < from + LONGEST_NAME && sameParagraph(env, from, at); at++) {
    const word = normAt(env, at);
    if (isPunct(env, at)) {
      const joins = word === '-' || word === '.' || word === "'" || word === '’';
      const tight = tokens.start[at] === tokens.end[at - 1];
      const initial = word === '.' && (tokens.end[at - 1] ?? 0) - (tokens.start[at - 1] ?? 0) === 1;
      if (at === from || !joins || !tight || (word === '.' && !initial)) break;
      if (word !== '.' && tokens.start[at + 1] !== tokens.end[at]) break;
      if (word === "'" && normAt(env, at + 1) === 's') break;
      continue;
    }
    if (isCapitalised(env, at)) {
      if (env.words.stop.has(word) || env.words.adjective.has(word)) break;
      if (at > from && (env.actorAt.has(at) || env.headAt.has(at))) break;
      end = at + 1;
    } else if (at === from || !CONNECTORS.has(word)) break;
  }
  return end;
}

const PRIVATE_PLACES = new Set(
  'مستشفي مشفي المستشفي المشفي مدرسه المدرسه مخبز فرن hospital clinic school bakery больницы госпиталя школы пекарни клиники'.split(
    ' ',
  ),
);
const PRIVATE_WORDS = new Set('field local rebel ميداني محلي полевой местный местного'.split(' '));

/** A public office keeps its holder's name, a head of a hospital or a field commander does not. */
export function keepsName(env: PhraseEnv, head: Mark, from: number, to: number): boolean {
  const { kind, value } = head.value;
  if (kind !== 'office' || value === 'title') return false;
  for (let at = from; at < to; at++) {
    const body = env.actorAt.get(at);
    if (body) {
      at = body.to - 1;
      continue;
    }
    const word = normAt(env, at);
    if (PRIVATE_PLACES.has(word) || PRIVATE_WORDS.has(word)) return false;
    if (env.headAt.get(at)?.value.value === 'private') return false;
  }
  return true;
}

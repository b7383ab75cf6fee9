/**
 * The date vocabulary as senses, and the senses of each token of a text. A token may have several; the grammar asks for
 * the one it needs. Arabic forms may carry proclitics, which the sense reports.
 */
import type { Lang } from '../../core/index.ts';
import { isCapitalAt } from '../language.ts';
import { buildMatcher, type Matcher } from '../matcher.ts';
import { normalise } from '../normalise.ts';
import { NUMBER, type Tokens } from '../tokens.ts';
import { ARABIC_WORDS } from './words-ar.ts';
import { ENGLISH_WORDS } from './words-en.ts';
import { RUSSIAN_WORDS } from './words-ru.ts';

/** Sense (perhaps marked `weak`, `two`), its value, its forms. */
export type WordRow = readonly [sense: string, value: number | string, forms: string];

export interface Sense {
  readonly kind: string;
  readonly value: number | string;
  /** The form is also another word. */
  readonly weak: boolean;
  /** A dual: the unit counts for two. */
  readonly two: boolean;
  readonly lang: Lang;
  /** A singular unit with the article, or a unit in the genitive: may stand for "this month". */
  readonly definite: boolean;
}

export interface Hit extends Sense {
  readonly to: number;
  /** Offset of the form, after proclitics. */
  readonly start: number;
  /** Proclitics before it, folded. */
  readonly clitic: string;
}

export interface Cursor {
  readonly view: string;
  readonly tokens: Tokens;
  readonly hits: readonly (readonly Hit[] | undefined)[];
  /** 1 for tokens that a date may be made of: figures, number words and words with a sense of their own. */
  readonly content: Uint8Array;
}

let matcher: Matcher<Sense> | undefined;

/** `a{b,c}|d` → ab, ac, d. Braces do not nest; two groups multiply. */
export function expandForms(forms: string): string[] {
  return splitTop(forms).flatMap(expandOne);
}

function splitTop(forms: string): string[] {
  return forms.split('|').filter((form) => form !== '');
}

function expandOne(form: string): string[] {
  const open = form.indexOf('{');
  if (open === -1) return [form];
  const close = form.indexOf('}', open);
  const before = form.slice(0, open);
  const after = form.slice(close + 1);
  return form
    .slice(open + 1, close)
    .split(',')
    .flatMap((middle) => expandOne(before + middle + after));
}

function vocabulary(): Matcher<Sense> {
  if (matcher) return matcher;
  const lists: readonly [Lang, readonly WordRow[]][] = [
    ['ar', ARABIC_WORDS],
    ['en', ENGLISH_WORDS],
    ['ru', RUSSIAN_WORDS],
  ];
  const patterns = lists.flatMap(([lang, rows]) =>
    rows.flatMap(([tag, value, forms]) => {
      const [kind = '', ...marks] = tag.split(' ');
      return expandForms(forms).map((form) => ({
        form,
        exact: true,
        value: {
          kind,
          value,
          weak: marks.includes('weak'),
          two: marks.includes('two'),
          lang,
          definite: lang === 'ar' ? normalise(form).startsWith('ال') : lang === 'ru' && /[аяи]$/.test(form),
        },
      }));
    }),
  );
  matcher = buildMatcher(patterns);
  return matcher;
}

/** Kinds that bind or join dates and make none by themselves. */
const JOINING = new Set(
  'since from of until to and between in approx before after the skip dir onwards time era hijriera ago pairword clockpart'.split(
    ' ',
  ),
);

/** The senses of every token. */
export function cursorOver(view: string, tokens: Tokens): Cursor {
  const words = vocabulary();
  const hits: (Hit[] | undefined)[] = new Array(tokens.count);
  const content = new Uint8Array(tokens.count);
  for (let i = 0; i < tokens.count; i++) if (tokens.kind[i] === NUMBER) content[i] = 1;
  for (const match of words.scan(view, tokens)) {
    const tokenStart = tokens.start[match.from] ?? 0;
    const clitic = match.start === tokenStart ? '' : normalise(view, tokenStart, match.start);
    const sense = match.value;
    // Written out: a spread costs more than the whole lookup.
    const hit: Hit = {
      kind: sense.kind,
      value: sense.value,
      weak: sense.weak,
      two: sense.two,
      lang: sense.lang,
      definite: sense.definite,
      to: match.to,
      start: match.start,
      clitic,
    };
    if (!JOINING.has(hit.kind)) content[match.from] = 1;
    const list = hits[match.from];
    if (list) list.push(hit);
    else hits[match.from] = [hit];
  }
  return { view, tokens, hits, content };
}

/** The hit of a kind at a token that carries no proclitic (or any, at the head of a phrase). */
export function hitAt(c: Cursor, at: number, kind: string, head = false): Hit | undefined {
  const list = c.hits[at];
  if (!list) return undefined;
  for (const hit of list) if (hit.kind === kind && (head || hit.clitic === '')) return hit;
  return undefined;
}

/** Whether the word at a token begins with a capital letter. */
export const isCapital = (c: Cursor, at: number): boolean => isCapitalAt(c.view, c.tokens.start[at] ?? 0);

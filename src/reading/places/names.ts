/**
 * The names of the gazetteer as one matcher, so that a text of any length is searched in one pass. Arabic names are
 * entered with and without the article. Which name is meant, and whether it is a place at all, is decided elsewhere.
 */
import type { Gazetteer, Place } from '../../places/index.ts';
import { CYRILLIC, isCapitalAt, LATIN, scriptOf } from '../language.ts';
import { buildMatcher, type Match, type Matcher, type Pattern } from '../matcher.ts';
import { normalise } from '../normalise.ts';
import { stemOf } from '../stem.ts';
import { PUNCT, type Tokens } from '../tokens.ts';

/** All places that share a name at one stretch of the text. */
export interface NameHit {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly exact: boolean;
  readonly places: readonly Place[];
}

const MAX_NAMES = 400_000;
const SHORTEST_NAME = 2;

export interface NameMatcher {
  readonly matcher: Matcher<Place>;
  /** First words of names that are written small (провинция Алеппо); other Latin and Cyrillic names begin large. */
  readonly small: ReadonlySet<string>;
}

export function nameMatcher(gazetteer: Gazetteer): NameMatcher {
  const small = new Set<string>();
  const patterns: Pattern<Place>[] = [];
  for (const place of gazetteer.places) {
    const seen = new Set<string>();
    for (const { form } of place.names) {
      // "The city of X" is the city, whatever area shares its name.
      if (place.class === 'governorate' && form.startsWith('مدينة ')) continue;
      for (const spelling of place.class === 'country' ? [withoutArticle(form)] : spellings(form)) {
        if (spelling.length < SHORTEST_NAME || seen.has(spelling) || patterns.length >= MAX_NAMES) continue;
        seen.add(spelling);
        patterns.push({ form: spelling, value: place });
        const first = /^[a-zа-яё]+/.exec(spelling)?.[0];
        if (first) small.add(stemOf(normalise(first), scriptOf(first.charCodeAt(0))));
      }
    }
  }
  return { matcher: buildMatcher(patterns), small };
}

/** "the Red Sea": the article is no part of the mention; "The Hague" keeps its own. */
const withoutArticle = (form: string): string => form.replace(/^the /, '');

/** A name as listed; for Arabic also with or without the article, and كفر جالس in one word. */
function spellings(form: string): string[] {
  const text = withoutArticle(form.replace(/\s*\([^)]{0,80}\)\s*$/, '').trim());
  // Мадаи, Мадаю: the name ends like an adjective but is a noun.
  if (/^[А-ЯЁ][а-яё-]+ая$/u.test(text))
    return [text, ...['и', 'ю', 'е', 'ей'].map((ending) => text.slice(0, -1) + ending)];
  if (!/^[\u0621-\u064a]/.test(text)) return [text];
  const joined = text.replace(/^(كفر|تل|عين|خان|دير|جب|بيت) (?=[^ ]+$)/, '$1');
  const forms = text.startsWith('ال') ? [text, text.slice(2)] : [text, `ال${text}`];
  return joined === text ? forms : [...forms, joined];
}

/** Names in the text, the longest at each place, without overlaps. */
export function findNames({ matcher, small }: NameMatcher, view: string, tokens: Tokens): NameHit[] {
  const hits: NameHit[] = [];
  let free = 0;
  for (let i = 0; i < tokens.count; i++) {
    if (i < free || tokens.kind[i] === PUNCT || !mayBegin(small, view, tokens, i)) continue;
    const matches = matcher.at(view, tokens, i);
    if (matches.length === 0) continue;
    const hit = longest(matches);
    hits.push(hit);
    free = hit.to;
  }
  return hits;
}

function mayBegin(small: ReadonlySet<string>, view: string, tokens: Tokens, token: number): boolean {
  const script = tokens.script[token] ?? 0;
  if (script !== LATIN && script !== CYRILLIC) return true;
  return isCapitalAt(view, tokens.start[token] ?? 0) || small.has(tokens.stem[token] ?? '');
}

/** Among matches that begin at one token: the longest, spelled exactly if any is; the least cut of its beginning. */
function longest(matches: readonly Match<Place>[]): NameHit {
  let best = matches[0] as Match<Place>;
  for (const match of matches) {
    if (match.to < best.to || (match.to === best.to && match.start > best.start)) continue;
    if (match.to > best.to || match.start < best.start || (match.exact && !best.exact)) best = match;
  }
  const { from, to, start, end, exact } = best;
  const places: Place[] = [];
  for (const match of matches) {
    if (match.to === to && match.start === start && match.exact === exact && !places.includes(match.value))
      places.push(match.value);
  }
  return { from, to, start, end, exact, places };
}

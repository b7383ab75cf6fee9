/**
 * Whether a listed name is a place where it stands. Villages are named like common words (الباب, "the door") and like
 * people; a small place needs a word beside it that says so, a well-known one does not.
 */
import type { Place } from '../../places/index.ts';
import { ARABIC } from '../language.ts';
import { normalise } from '../normalise.ts';
import { PUNCT, type Tokens, WORD } from '../tokens.ts';
import type { NameHit } from './names.ts';
import type { Surroundings } from './phrases.ts';
import { isCapital } from './unlisted.ts';

/** Ids of the hand-made list, whose names were chosen because reports use them. */
const OWN_LIST = 'hu:';
const WELL_KNOWN_POPULATION = 10_000;
const WELL_KNOWN = new Set(['country', 'region', 'governorate', 'city', 'border']);

/** Names of news agencies and broadcasters that are spelled like places. */
const NOT_PLACES = new Set(['сана', 'sana', 'рудав', 'rudaw']);

/** Hospitals, mosques and streets are named after places elsewhere: "al-Quds hospital", مستشفى القدس, شارع بغداد. */
const FACILITY =
  /^[وفبل]?(?:ال)?(?:مستشفي|مشفي|مسجد|جامع|مدرسه|شارع|ثانويه|معبر|لواء|كتيبه|فندق|مطعم)$|^(?:hospital|clinic|mosque|school|street|brigade|battalion|hotel|bakery|square|checkpoint)$|^(?:больниц|госпитал|мечет|школ|улиц|бригад|батальон|отел)/;

export function namesFacility({ from, to, places }: NameHit, home: string, tokens: Tokens): boolean {
  if (places.some((place) => place.country === home)) return false;
  const arabic = tokens.script[from] === ARABIC;
  const latin = !arabic && /^[a-z]/.test(tokens.norm[from] ?? '');
  const beside = latin ? to : from - 1;
  return tokens.sentence[beside] === tokens.sentence[from] && FACILITY.test(tokens.norm[beside] ?? '');
}

export function isPlaceHere(
  hit: NameHit,
  around: Surroundings,
  view: string,
  tokens: Tokens,
  before: Surroundings | undefined,
  isPlaceWord: boolean,
  common: ReadonlySet<string>,
  home: string,
): boolean {
  if (hit.places.length === 0 || namesFacility(hit, home, tokens)) return false;
  // "… وبروما": with two letters cut off, a place abroad is likelier another word.
  if (isCutTwice(hit, tokens) && !hit.places.some((place) => place.country === home || place.class === 'country'))
    return false;
  // A hill or a road of some name is no village of that name.
  const cued =
    around.located || around.near || (around.head !== null && around.head !== 'site') || around.direction !== null;
  const arabic = tokens.script[hit.from] === ARABIC;
  if (!arabic) return latinOrCyrillic(hit, cued, view, tokens);
  const word = tokens.norm[hit.to - 1] ?? '';
  const oneWord = hit.to - hit.from === 1;
  if (oneWord && isPlaceWord) return false;
  if (oneWord && !isListedSo(hit, view) && !(around.head !== null && around.head !== 'site') && !around.near)
    return around.direction !== null && hit.places.some(isWellKnown);
  // "غارة جوية تدمر مركزا" destroys a centre; what follows a town is no object.
  if (oneWord && VERBS.has(word) && isObject(tokens.norm[hit.to] ?? '')) return false;
  // برميلان is two barrels, not "in Rumaylan".
  if (oneWord && hit.start > (tokens.start[hit.from] ?? 0) && common.has(word)) return false;
  const isCommon = oneWord && commonForms(word).some((form) => common.has(form));
  const isOurs = hit.places.some((place) => place.id.startsWith(OWN_LIST));
  if (isCommon && isOurs)
    return cued || around.head !== null || (before !== undefined && continuesList(tokens, before, hit));
  if (isCommon)
    return around.head === 'settlement' || around.head === 'quarter' || (around.near && hit.places.some(isWellKnown));
  // و may be the first letter of another word (وزارة is no "and Zara").
  const joined = hit.start > (tokens.start[hit.from] ?? 0) && /^[وف]/.test(tokens.norm[hit.from] ?? '');
  if (joined && oneWord && !hit.places.some(isLarge)) return before !== undefined && continuesList(tokens, before, hit);
  if (isOurs || hit.places.some(isWellKnown)) return true;
  if (!oneWord || cued) return true;
  return before !== undefined && continuesList(tokens, before, hit);
}

/** Names of towns that are verbs too. */
const VERBS = new Set(['تدمر']);
const isObject = (word: string): boolean => word.length > 3 && word.endsWith('ا') && !word.startsWith('ال');

const isCutTwice = (hit: NameHit, tokens: Tokens): boolean =>
  /^[وف][بلك]/.test(tokens.norm[hit.from] ?? '') && hit.start - (tokens.start[hit.from] ?? 0) >= 2;

/** Spelled with the article as listed: قصير is seldom القصير, المشهد seldom مشهد. */
function isListedSo(hit: NameHit, view: string): boolean {
  const word = normalise(view, hit.start, hit.end);
  return hit.places.some((place) => place.names.some(({ form }) => normalise(form) === word));
}

/** The word itself, and without و ف ب ل ك and the article. */
const commonForms = (word: string): string[] => [
  word,
  word.slice(1),
  word.replace(/^[وفبلك]?ال/, ''),
  word.replace(/^[وف]?لل/, ''),
];

const isWellKnown = (place: Place): boolean => WELL_KNOWN.has(place.class) || place.population >= WELL_KNOWN_POPULATION;

const isLarge = (place: Place): boolean =>
  place.class === 'country' || place.class === 'governorate' || place.class === 'city';

/** "… in Taftanaz, Abu al-Duhur and Najiya": a name right after another place, joined by a comma or "and". */
function continuesList(tokens: Tokens, before: Surroundings, hit: NameHit): boolean {
  const gap = hit.from - before.to;
  if (gap < 0 || gap > 2 || tokens.paragraph[hit.from] !== tokens.paragraph[before.from]) return false;
  if (gap === 0) return (tokens.norm[hit.from] ?? '').startsWith('و');
  for (let i = before.to; i < hit.from; i++) if (tokens.kind[i] !== PUNCT) return false;
  return true;
}

/** A capital letter, and no other capitalised word beside a small place (a person's name). */
function latinOrCyrillic(hit: NameHit, cued: boolean, view: string, tokens: Tokens): boolean {
  if (!hasCapital(hit, view, tokens) || isAttributive(hit, tokens)) return false;
  if (NOT_PLACES.has(tokens.norm[hit.from] ?? '')) return false;
  const known = hit.places.some(isWellKnown);
  if (!known && (QUOTES.has(tokens.norm[hit.from - 1] ?? '') || goesOnCapital(hit, view, tokens))) return false;
  if (cued) return true;
  const opens = tokens.sentence[hit.from - 1] !== tokens.sentence[hit.from];
  if (opens && !hit.exact && hit.to - hit.from === 1 && !hit.places.some((place) => place.class === 'country'))
    return false;
  if (known) return true;
  if (!hit.exact && !(hit.to - hit.from > 1 && hit.places.some((place) => place.id.startsWith(OWN_LIST)))) return false;
  return !(capitalAt(view, tokens, hit.from - 1) || capitalAt(view, tokens, hit.to));
}

const QUOTES = new Set(['«', '“', '"', '„']);

/** "Kafr" before "Jalis": a listed name that is only the beginning of a longer one. */
function goesOnCapital(hit: NameHit, view: string, tokens: Tokens): boolean {
  const joined = tokens.norm[hit.to] === '-' && tokens.end[hit.to - 1] === tokens.start[hit.to];
  return capitalAt(view, tokens, joined ? hit.to + 1 : hit.to);
}

/** Britain-based, Saudi-led: says whose something is. */
const isAttributive = (hit: NameHit, tokens: Tokens): boolean =>
  tokens.norm[hit.to] === '-' &&
  tokens.start[hit.to] === tokens.end[hit.to - 1] &&
  /^(based|held|controlled|led|backed|allied|run|born|supported|occupied|brokered|sponsored|mediated|trained|funded)$/.test(
    tokens.norm[hit.to + 1] ?? '',
  );

function hasCapital(hit: NameHit, view: string, tokens: Tokens): boolean {
  for (let i = hit.from; i < hit.to; i++)
    if (tokens.kind[i] === WORD && isCapital(view, tokens.start[i] ?? 0)) return true;
  return false;
}

const capitalAt = (view: string, tokens: Tokens, token: number): boolean =>
  token >= 0 &&
  token < tokens.count &&
  tokens.kind[token] === WORD &&
  tokens.sentence[token] === tokens.sentence[token + 1] &&
  isCapital(view, tokens.start[token] ?? 0);

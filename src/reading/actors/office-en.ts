/**
 * English office phrases: "US Secretary of State John Kerry", "Mark Toner, the deputy State Department spokesman", "an
 * officer on duty at Hmeimim". Names are runs of capitals.
 */
import type { Mark } from '../lexicon.ts';
import { NUMBER } from '../tokens.ts';
import {
  capitalNameEnd,
  isCapitalised,
  isPunct,
  keepsName,
  normAt,
  type OfficePhrase,
  type PhraseEnv,
  sameParagraph,
} from './phrase.ts';

const ARTICLES = new Set(['the', 'a', 'an', 'his', 'her', 'its', 'their', 'one', 'some', 'two', 'three', 'several']);
const LINKS = new Set(['of', 'for', 'to', 'at', 'in', 'on', 'with', 'from', 'near', 'inside', 'within']);
/** One word in capitals behind an office in a headline: Commander Killed, Spokesman Says, Lt. */
const NO_NAME =
  /(ed|ing)$|^(lt|gen|col|capt|maj|brig|rear|says|media|crisis|committee|council|advances|dies|dead|warns|urges|slams|denies|calls|kills|for|in|on|of|to)$/;
/** Al-Harith Idriss al-Harith Mohamed: eight tokens. */
const LONGEST_NAME = 8;
const LONGEST_LEFT = 7;
const LONGEST_RIGHT = 9;

export function readEnglishOffice(env: PhraseEnv, head: Mark): OfficePhrase {
  const from = leftEnd(env, head.from);
  const officeTo = rightEnd(env, head.to);
  let nameFrom = -1;
  let nameTo = -1;
  let at = officeTo;
  if (normAt(env, at) === ',' || normAt(env, at) === ':') at++;
  at = skipRanks(env, at);
  const person = env.personAt.get(at);
  if (person) [nameFrom, nameTo] = [at, person.to];
  else if (sameParagraph(env, head.from, at) && isCapitalised(env, at) && !env.actorAt.has(at) && !env.headAt.has(at)) {
    const end = capitalNameEnd(env, at);
    const appositive = at > head.to && normAt(env, at - 1) === ',';
    // "In a statement Foreign Minister …": the capitals belong to the office behind them.
    const isName = !env.headAt.has(end) && (end - at >= 2 || !NO_NAME.test(normAt(env, at)));
    if (end > at && isName && (!appositive || end - at >= 2)) [nameFrom, nameTo] = [at, end];
  }
  let start = from;
  if (nameFrom < 0 && normAt(env, from - 1) === ',') {
    const name = nameBefore(env, from - 1);
    if (name) {
      [nameFrom, nameTo] = name;
      start = nameFrom;
    }
  }
  return {
    from: start,
    to: Math.max(officeTo, nameTo),
    officeFrom: from,
    officeTo,
    nameFrom,
    nameTo,
    keepsName: keepsName(env, head, from, officeTo),
    head,
    woman: head.value.value.endsWith(':f') || /woman$|^(mother|widow|queen)/.test(normAt(env, head.to - 1)),
  };
}

/** Lt. Gen., Capt. and the like between office and name. */
function skipRanks(env: PhraseEnv, from: number): number {
  let at = from;
  for (let i = 0; i < 4; i++) {
    const head = env.headAt.get(at);
    if (head?.value.kind !== 'office' || !isCapitalised(env, at)) break;
    at = head.to;
    if (normAt(env, at) === '.') at++;
  }
  return at;
}

function leftEnd(env: PhraseEnv, head: number): number {
  let from = head;
  for (let at = head - 1; at >= Math.max(0, head - LONGEST_LEFT) && sameParagraph(env, head, at); at--) {
    const word = normAt(env, at);
    if (isPunct(env, at)) {
      if (word === '-' || ((word === "'" || word === '’') && normAt(env, at + 1) === 's')) continue;
      break;
    }
    if (word === 's' && isPunct(env, at - 1)) continue;
    if (ARTICLES.has(word)) return at;
    if (!env.inBody[at] && (env.words.stop.has(word) || env.isCue(at) || env.skipAt.has(at))) break;
    if (env.ctx.tokens.kind[at] === NUMBER || mayBeSomebody(env, at)) break;
    // "… crimes against humanity President Hollande said": a small word before capitals ends what went before.
    if (isCapitalised(env, from) && from !== head && !isCapitalised(env, at) && !BEFORE_CAPITALS.test(word)) break;
    if (isCapitalised(env, head) && from === head && !isCapitalised(env, at) && !BEFORE_CAPITALS.test(word)) break;
    from = at;
  }
  return from;
}

/** A word in capitals that nothing explains may be a private person's name: it is never taken into a role's words. */
function mayBeSomebody(env: PhraseEnv, at: number): boolean {
  if (!isCapitalised(env, at) || env.inBody[at] || env.headAt.has(at) || env.words.adjective.has(normAt(env, at)))
    return false;
  const { tokens, view } = env.ctx;
  const word = view.slice(tokens.start[at] ?? 0, tokens.end[at] ?? 0);
  if (word === word.toUpperCase() && word.length > 1) return false;
  if (PEOPLES.test(word) && !isCapitalised(env, at + 1) && !isCapitalised(env, at - 1)) return false;
  // Britain-based, Saudi-backed.
  if (normAt(env, at + 1) === '-' && !isCapitalised(env, at + 2)) return false;
  for (let from = at; from > at - 4 && from >= 0; from--) if ((env.placeEnd.get(from) ?? 0) > at) return false;
  // The first word of a sentence is in capitals anyway: Several sources, Senior officials.
  return tokens.sentence[at - 1] === tokens.sentence[at] || isCapitalised(env, at + 1);
}

/** Small words that open an office written in capitals. */
const BEFORE_CAPITALS =
  /^(former|visiting|senior|top|acting|deputy|outgoing|new|chief|opposition|rebel|regime|state|official|retired|local|exiled|then|longtime|veteran|pro|anti|ex|incoming|vice|interim|assistant|first|current|late|self|led|backed|based|allied|armed|foreign|defence|defense|interior|prime)$/;

/** European, Western, Kurdish: adjectives of peoples and parts of the world. */
const PEOPLES =
  /(ern|ean|ish|ese|ian|ist|ite|ican)$|^(Arab|Gulf|Sunni|Shia|Druze|Muslim|Islamic|Iraqi|Saudi|Israeli|Yemeni|Afghan|Kurd|Turkmen|Local|Senior)$/;

function rightEnd(env: PhraseEnv, head: number): number {
  let to = head;
  const owns = /^['’]$/.test(normAt(env, head)) && normAt(env, head + 1) === 's';
  if (owns && (env.headAt.has(head + 2) || /^(office|team|party|aides?|government)$/.test(normAt(env, head + 2))))
    return head + 3;
  let linked = false;
  for (let at = head; at < head + LONGEST_RIGHT && sameParagraph(env, head - 1, at); ) {
    const word = normAt(env, at);
    const actor = env.actorAt.get(at);
    const place = env.placeEnd.get(at);
    if (linked && (actor || place !== undefined)) {
      to = at = actor?.to ?? place ?? at + 1;
      linked = false;
    } else if (LINKS.has(word) && !env.skipAt.has(at) && goesOn(env, at + 1)) {
      linked = true;
      at++;
    } else if (linked && ARTICLES.has(word)) at++;
    else if (linked && !isPunct(env, at) && !env.words.stop.has(word) && !env.isCue(at)) {
      to = ++at;
      while (at < to + 3 && isLowerNoun(env, at)) at++;
      to = at;
      linked = false;
    } else break;
  }
  return to;
}

const goesOn = (env: PhraseEnv, at: number): boolean =>
  !isPunct(env, at) &&
  (env.actorAt.has(at) ||
    env.placeEnd.has(at) ||
    ARTICLES.has(normAt(env, at)) ||
    isCapitalised(env, at) ||
    normAt(env, at) === 'duty');

const isLowerNoun = (env: PhraseEnv, at: number): boolean =>
  !isPunct(env, at) && !env.words.stop.has(normAt(env, at)) && !env.isCue(at) && !env.skipAt.has(at);

/** "Mark Toner, the …" or "Samir X, 54, a …": the name before the comma. */
function nameBefore(env: PhraseEnv, comma: number): [number, number] | undefined {
  for (let start = comma - 1; start >= Math.max(0, comma - LONGEST_NAME) && sameParagraph(env, comma, start); start--) {
    const person = env.personAt.get(start);
    if (person && person.to === comma) return [start, comma];
    if (isPunct(env, start) && normAt(env, start) !== '-' && normAt(env, start) !== "'") break;
  }
  let from = comma;
  while (
    from > 0 &&
    comma - from < LONGEST_NAME &&
    (isCapitalised(env, from - 1) || normAt(env, from - 1) === '-' || /^(al|de|el)$/.test(normAt(env, from - 1)))
  ) {
    if (env.words.stop.has(normAt(env, from - 1))) break;
    from--;
  }
  while (from < comma && (!isCapitalised(env, from) || env.words.adjective.has(normAt(env, from)))) from++;
  for (let at = from; at < comma; at++) if (env.actorAt.has(at)) return undefined;
  return comma - from >= 2 ? [from, comma] : undefined;
}

/**
 * Russian office phrases: «министр иностранных дел РФ Сергей Лавров», «представитель отрядов YPG Редур Халил», «житель
 * посёлка». The head stands first, genitives follow, then a name in capitals; or the name stands before a comma.
 */
import { CYRILLIC } from '../language.ts';
import type { Mark } from '../lexicon.ts';
import {
  capitalNameEnd,
  isAbbreviation,
  isCapitalised,
  isPunct,
  keepsName,
  normAt,
  type OfficePhrase,
  type PhraseEnv,
  sameParagraph,
} from './phrase.ts';

const ADJECTIVE = /(ый|ий|ой|ая|яя|ого|его|ому|ые|ие|ых|их)$/;
const VERB = /(л|ла|ли|ло|лся|лась|лись|ет|ит|ют|ят|ут|ешь|тся|ться)$/;
const LINKS = new Set(['по', 'из', 'в', 'при', 'на', 'от', 'и', 'во']);
const PLACE_HEAD = /^(провинци|город|район|посел|пункт|сел[аоу]|деревн|квартал|мухафаз|област|кантон)/;
const LONGEST = 10;

export function readRussianOffice(env: PhraseEnv, head: Mark): OfficePhrase {
  let from = head.from;
  while (from > 0 && head.from - from < 3 && isAdjective(env, from - 1) && sameParagraph(env, head.from, from - 1))
    from--;
  let at = head.to;
  let officeTo = head.to;
  let nameFrom = -1;
  let nameTo = -1;
  while (at < head.to + LONGEST && sameParagraph(env, head.from, at)) {
    const word = normAt(env, at);
    if (isPunct(env, at)) {
      const mark = word === '«' || word === '"' || word === '“';
      const close = mark && head.value.value === 'anonymous:body' ? closingMark(env, at) : 0;
      if (close > 0) {
        at = officeTo = close;
        continue;
      }
      const quoted = mark && env.actorAt.has(at + 1);
      if (quoted) {
        at = env.actorAt.get(at + 1)?.to ?? at + 1;
        if (isPunct(env, at) && /[»"”]/.test(normAt(env, at))) at++;
        officeTo = at;
        continue;
      }
      if (word === '-' && env.ctx.tokens.start[at] === env.ctx.tokens.end[at - 1]) {
        at++;
        continue;
      }
      if (word === ',' && (env.personAt.has(at + 1) || isApposedName(env, at + 1))) nameFrom = at + 1;
      break;
    }
    if (env.personAt.has(at)) {
      if (head.value.kind === 'role' && !head.exact) break;
      nameFrom = at;
      break;
    }
    const actor = env.actorAt.get(at);
    if (actor) {
      at = officeTo = actor.to;
      continue;
    }
    if (env.skipAt.has(at) || env.isCue(at)) break;
    const inner = env.headAt.get(at);
    if (inner && head.value.kind === 'role' && (inner.value.kind === 'office' || (inner.exact && !head.exact))) break;
    if (inner) {
      at = inner.to;
      if (inner.value.value !== 'rank') officeTo = at;
      continue;
    }
    if (isAbbreviation(env, at)) {
      officeTo = ++at;
      continue;
    }
    if (isCapitalised(env, at)) {
      const end = capitalNameEnd(env, at);
      // Behind a preposition stands a place, whether it is known or not.
      const before = normAt(env, at - 1);
      const where = (LINKS.has(before) && before !== 'и') || (PLACE_HEAD.test(before) && isOneWord(env, at, end));
      const known = env.placeEnd.get(at) ?? (where ? at + 1 : undefined);
      // Сирии Валид Муаллем: a place, then two words of a name.
      if (
        known !== undefined &&
        (where || end - at < 2 || known >= end || end - known >= 2 || env.personAt.has(known))
      ) {
        at = officeTo = known;
        continue;
      }
      // Главного оперативного управления: a body's name goes on in small letters, a person's does not.
      const next = normAt(env, end);
      const goesOn = end > at && isOneWord(env, at, end) && sameParagraph(env, at, end) && !isPunct(env, end);
      if (goesOn && ADJECTIVE.test(next) && !isCapitalised(env, end) && !env.words.stop.has(next) && !env.isCue(end)) {
        at = officeTo = end;
        continue;
      }
      if (end > at) nameFrom = at;
      break;
    }
    const place = env.placeEnd.get(at);
    if (place !== undefined) {
      at = officeTo = place;
      continue;
    }
    if (/^(его|ее|их)$/.test(word) && head.value.kind === 'office') {
      at++;
      continue;
    }
    if (LINKS.has(word)) {
      if (!sameParagraph(env, at, at + 1) || isPunct(env, at + 1) || VERB.test(normAt(env, at + 1))) break;
      at++;
      continue;
    }
    if (env.words.stop.has(word) || VERB.test(word) || env.ctx.tokens.script[at] !== CYRILLIC) break;
    officeTo = ++at;
  }
  if (nameFrom >= 0) nameTo = env.personAt.get(nameFrom)?.to ?? capitalNameEnd(env, nameFrom);
  let start = from;
  if (nameFrom < 0 && normAt(env, from - 1) === ',') {
    const name = nameBefore(env, from - 1);
    if (name !== undefined) {
      [nameFrom, nameTo] = [name, from - 1];
      start = name;
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
    woman: /(ница|щица|ая|ка)$/.test(normAt(env, head.to - 1)),
  };
}

/** A single word, a hyphen inside included (Дейр-эз-Зор). */
function isOneWord(env: PhraseEnv, from: number, to: number): boolean {
  const { start, end } = env.ctx.tokens;
  for (let at = from + 1; at < to; at++) if (start[at] !== end[at - 1]) return false;
  return true;
}

/** The token after a short name in quotation marks, 0 when it is long or open. */
function closingMark(env: PhraseEnv, open: number): number {
  for (let at = open + 1; at <= open + 6; at++) if (isPunct(env, at) && /[»"”]/.test(normAt(env, at))) return at + 1;
  return 0;
}

/** Two or more words in capitals up to the next comma. */
function isApposedName(env: PhraseEnv, from: number): boolean {
  const end = capitalNameEnd(env, from);
  return end - from >= 2 && normAt(env, end) === ',' && !env.actorAt.has(from) && !env.placeEnd.has(from);
}

const isAdjective = (env: PhraseEnv, at: number): boolean =>
  !isPunct(env, at) && ADJECTIVE.test(normAt(env, at)) && !env.words.stop.has(normAt(env, at)) && !env.isCue(at);

function nameBefore(env: PhraseEnv, comma: number): number | undefined {
  let from = comma;
  while (
    from > 0 &&
    comma - from < 6 &&
    (isCapitalised(env, from - 1) || (isPunct(env, from - 1) && normAt(env, from - 1) === '-'))
  )
    from--;
  if (env.personAt.get(from)?.to === comma) return from;
  for (let at = from; at < comma; at++) if (env.actorAt.has(at)) return undefined;
  return comma - from >= 2 ? from : undefined;
}

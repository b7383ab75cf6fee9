/**
 * Arabic office phrases: head, complements (idafa, adjectives, باسم …), then the name, with or without a comma. Without
 * capitals a name is known by its first name, or because nothing else can stand there after a public office.
 */
import { withoutSuffix } from '../clitics.ts';
import { ARABIC } from '../language.ts';
import type { Mark } from '../lexicon.ts';
import { isPunct, keepsName, normAt, type OfficePhrase, type PhraseEnv, sameParagraph } from './phrase.ts';
import { bareWord, inSet } from './words.ts';

const LINKS = new Set(['باسم', 'باسمها', 'باسمه', 'باسمهم', 'لشوون', 'لدي', 'باسماء']);
const PREPOSITIONS = new Set(['في', 'الي', 'لدي', 'من', 'عن', 'علي', 'ل']);
const NAME_LINKS = new Set(['دي', 'بن', 'ابن', 'ابو', 'ابي', 'عبد', 'ال', 'كي', 'فان', 'فون', 'جان']);
const CALLED = new Set(['يدعي', 'تدعي', 'اسمه', 'اسمها', 'يسمي', 'تسمي']);
const QUOTES = new Set(['«', '“', '"', '”', '»']);
/** What is called by the name of whoever leads it. */
const OWNED = /^(قوات|حكومه|حزب|حركه|تيار|جماعه|ميليشيا|مليشيا|مكتب|جيش|فريق|كتله|معسكر|اداره|حمله|وفد)$/;
const LONGEST_OFFICE = 10;

export function readArabicOffice(env: PhraseEnv, head: Mark): OfficePhrase {
  const { words } = env;
  // رئيس حكومة الوفاق: the last word of the head opens a body's own name.
  const opens = head.to - head.from > 1 && env.actorAt.has(head.to - 1);
  let at = opens ? head.to - 1 : head.to;
  let nameFrom = -1;
  let nameTo = -1;
  let officeTo = at;
  let prepositional = false;
  const definite = (): boolean => {
    const last = normAt(env, at - 1);
    return last.startsWith('ال') || env.actorAt.has(at - 1);
  };
  const linked = (): boolean => LINKS.has(bareWord(normAt(env, at - 1))) || /باسم$/.test(normAt(env, at - 1));
  while (at < head.to + LONGEST_OFFICE && sameParagraph(env, head.from, at)) {
    const word = normAt(env, at);
    if (isPunct(env, at)) {
      const close = QUOTES.has(word) && head.value.value === 'anonymous:body' ? closingMark(env, at) : 0;
      if (close > 0) {
        at = officeTo = close;
        continue;
      }
      if (QUOTES.has(word) && env.actorAt.has(at + 1) && !definite()) {
        at = env.actorAt.get(at + 1)?.to ?? at + 1;
        if (QUOTES.has(normAt(env, at))) at++;
        officeTo = at;
        continue;
      }
      const comma = word === '،' || word === ',' || word === '-' || word === '–';
      const rank = env.headAt.get(at + 1);
      const next = rank?.value.value === 'rank' || rank?.value.value === 'title' ? rank.to : at + 1;
      if (
        comma &&
        (env.personAt.has(next) ||
          words.given.has(normAt(env, next)) ||
          (head.value.kind === 'office' && isApposedName(env, next)))
      ) {
        nameFrom = next;
      }
      break;
    }
    if (CALLED.has(word)) {
      nameFrom = at + 1;
      break;
    }
    if (prepositional && /^بال/.test(word) && words.officeNoun.has(word)) {
      officeTo = ++at;
      continue;
    }
    // باسم قوات حفتر: whose forces they are.
    const person = env.personAt.get(at);
    if (person && OWNED.test(bareWord(normAt(env, at - 1)))) {
      at = officeTo = person.to;
      continue;
    }
    if (person || (words.given.has(word) && !words.stop.has(word) && !LINKS.has(word))) {
      nameFrom = at;
      break;
    }
    const actor = env.actorAt.get(at);
    // مصدر … لوكالة: whom it was said to.
    if (actor && head.value.kind === 'role' && /^ل[^ل]/.test(word)) break;
    if (actor) {
      if (prepositional || (definite() && !linked() && !/^ل/.test(word)) || /(ون|ين)$/.test(normAt(env, at - 1))) break;
      at = officeTo = actor.to;
      continue;
    }
    if (env.skipAt.has(at) || words.stop.has(word) || env.isCue(at)) {
      if (!PREPOSITIONS.has(word)) break;
      const next = env.actorAt.get(at + 1)?.to ?? env.placeEnd.get(at + 1);
      const inside = next ?? (word === 'في' && isClosedNoun(env, at + 1) ? at + 2 : undefined);
      if (inside === undefined || env.skipAt.has(at)) break;
      at = officeTo = inside;
      prepositional = true;
      continue;
    }
    const inner = env.headAt.get(at);
    const rank = inner?.value.value === 'rank' || inner?.value.value === 'title';
    if (
      inner &&
      (rank || !(definite() && normAt(env, at).startsWith('ال'))) &&
      (head.value.kind === 'office' || inner.value.kind === 'office')
    ) {
      at = inner.to;
      if (inner.value.value !== 'rank') officeTo = at;
      continue;
    }
    // مصدرا ديبلوماسيا: an accusative goes on in accusatives.
    const plain = /^(?!ال).{3,}ا$/.test(word) ? word.slice(0, -1) : word;
    const complement =
      words.adjective.has(plain) ||
      words.officeNoun.has(plain) ||
      words.adjective.has(word) ||
      words.officeNoun.has(word) ||
      withoutSuffix(word).some((rest) => words.officeNoun.has(rest)) ||
      LINKS.has(word) ||
      word.startsWith('ال') ||
      (word.startsWith('لل') && head.value.kind === 'office');
    if (complement && !prepositional) {
      officeTo = ++at;
      continue;
    }
    const place = env.placeEnd.get(at);
    if (place !== undefined && !definite()) {
      at = officeTo = place;
      continue;
    }
    if (
      head.value.kind === 'office' &&
      (at > head.to || normAt(env, head.from).includes('ال') || head.value.value === 'rank')
    ) {
      if ((mayBeName(env, at) && !isDeed(env, at) && !NOUN_OF_DEED.test(word)) || isNamedThere(env, at)) nameFrom = at;
    }
    break;
  }
  if (nameFrom >= 0) nameTo = env.personAt.get(nameFrom)?.to ?? nameEnd(env, nameFrom);
  if (nameTo <= nameFrom) nameFrom = nameTo = -1;
  return {
    from: head.from,
    to: nameTo > 0 ? nameTo : officeTo,
    officeFrom: head.from,
    officeTo,
    nameFrom,
    nameTo,
    keepsName: keepsName(env, head, head.from, officeTo),
    head,
    woman: head.value.value.endsWith(':f') || /(ه|ات)$/.test(normAt(env, head.from)),
  };
}

/** استضافة, إقامة, مواصلة, مشاركة: verbal nouns that end like a woman's name. */
const NOUN_OF_DEED = /^(است.{2,5}|ا.ا.ه|ا..ا.|م.ا..ه|ت..ي.|ت.ا..|ان..ا.|ا.ت.ا.)$/;

/** Two unknown words, then أن, a colon or a quotation: «الناطق باسم القوات أندريا تيننتي أن». */
function isNamedThere(env: PhraseEnv, from: number): boolean {
  for (let at = from; at < from + 2; at++) {
    const word = normAt(env, at);
    if (isPunct(env, at) || word.length < 3 || inSet(env.words.stop, word) || env.isCue(at)) return false;
    if (/^(ال|بال|لل|وال)/.test(word) && at === from) return false;
    if (env.words.officeNoun.has(word) || env.words.adjective.has(word) || /^[بلو]/.test(word)) return false;
  }
  return /^(ان|انه|انها|بان|بانه|:|«|“|")$/.test(normAt(env, from + 2));
}

/** A definite noun that a sign or a particle closes: مسؤول في الإدارة، …. */
const isClosedNoun = (env: PhraseEnv, at: number): boolean =>
  /^ال..../.test(normAt(env, at)) &&
  (isPunct(env, at + 1) || /^(ان|انه|انها|بان|من|الي|عن)$/.test(normAt(env, at + 1)));

/** The token after a short name in quotation marks, 0 when it is long or open. */
function closingMark(env: PhraseEnv, open: number): number {
  for (let at = open + 1; at <= open + 5; at++) if (isPunct(env, at) && QUOTES.has(normAt(env, at))) return at + 1;
  return 0;
}

/** Two or three words that may be a name, between commas. */
function isApposedName(env: PhraseEnv, from: number): boolean {
  if (!mayBeName(env, from)) return false;
  let at = from + 1;
  while (at < from + 4 && !isPunct(env, at) && !inSet(env.words.stop, normAt(env, at)) && !env.isCue(at)) at++;
  return at - from >= 2 && /^[،,:“"”]$/.test(normAt(env, at)) && !env.actorAt.has(from);
}

/** A word that can only be a name here: Arabic letters, no article, no proclitic that leaves a known word. */
function mayBeName(env: PhraseEnv, token: number): boolean {
  const word = normAt(env, token);
  if (env.ctx.tokens.script[token] !== ARABIC || word.length < 3) return false;
  if (/^(قول|تاكيد|اعلان|تصريح|وصف|طلب|رفض|تحذير)(ه|هم)$/.test(word)) return false;
  if (inSet(env.words.stop, word) || env.isCue(token) || /(ين|ون|ات|ان|يا|ها|هم)$/.test(word)) return false;
  return !/^(لل|بال|وال|ال|كال|فال)/.test(word) && !/^[وبلف]./.test(word);
}

const LONGEST_NAME = 4;

/** على and علي are one when folded; only the second is a name. */
function isOn(env: PhraseEnv, token: number): boolean {
  const { view, tokens } = env.ctx;
  return normAt(env, token) === 'علي' && view.charAt((tokens.end[token] ?? 0) - 1) === 'ى';
}

/** التزام القوات, رفض الوفد: what he speaks of, a verbal noun or a noun with its owner, no third name. */
const isDeed = (env: PhraseEnv, token: number): boolean =>
  /^ال(ت..ي.|ا..ا.|ان..ا.|است..ا.)$/.test(normAt(env, token)) ||
  /^(الت|است|انت|انس|اعت|ارت|ات|اح|اج|اخ|اق|اس|ان)..?.?ا.$/.test(normAt(env, token)) ||
  (!normAt(env, token).startsWith('ال') && /^ال..../.test(normAt(env, token + 1)) && !isPunct(env, token + 1));

/** Names go on until a small word, a verb, a sign or a body. */
export function nameEnd(env: PhraseEnv, from: number): number {
  let end = from;
  let parts = 0;
  for (let at = from; parts < LONGEST_NAME && sameParagraph(env, from, at); at++) {
    const word = normAt(env, at);
    if (isPunct(env, at)) {
      const tight = env.ctx.tokens.start[at] === env.ctx.tokens.end[at - 1];
      if (word === '-' && tight && at > from) continue;
      break;
    }
    const given = env.words.given.has(word) && !isOn(env, at);
    if (at > from && !given && !NAME_LINKS.has(word)) {
      if (inSet(env.words.stop, word) || env.isCue(at) || env.skipAt.has(at)) break;
      if (env.actorAt.has(at) || env.headAt.has(at) || env.words.adjective.has(word)) break;
      if (/^(لل|بال|وال|و|ف)/.test(word)) break;
      if (parts >= 2 && (/^[يتسبلن]/.test(word) || /ا$/.test(word) || isDeed(env, at))) break;
    }
    end = at + 1;
    if (!NAME_LINKS.has(word)) parts++;
  }
  return end;
}

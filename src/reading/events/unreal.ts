/**
 * Whether the words round a sign tell it as having happened: what is denied, supposed, proposed, told as false or long past
 * is no event of the text. Looks at one stretch only; a comma or a full stop ends what a small word governs.
 */
import type { Term } from '../inflected.ts';
import { ARABIC } from '../language.ts';
import { PUNCT, type Tokens } from '../tokens.ts';

/** How many tokens on a small word still denies or supposes. */
const REACH: Readonly<Record<string, number>> = {
  negation: 3,
  hypothetical: 7,
  proposed: 7,
  called: 5,
  support: 3,
  background: 12,
};
/** What is done with support was done: "with the militia's support took the town". */
const DEEDS = new Set(['seize.verb', 'attack.verb', 'abduct', 'kill.verb', 'down.verb']);
/** "Called for an end to the bombing": the bombing goes on. */
const HALT =
  /^(?:stop|halt|end|cease|freeze|prevent|condemn|investigat|probe|وقف|لوقف|بوقف|ايقاف|بايقاف|انهاء|بانهاء|ادانه|بادانه|تحقيق|بتحقيق|التحقيق|بالتحقيق|прекра|останов|осуд|расследова)/;
/** "Bombing runs were not carried out", "ударов не наносила": how far before the words the thing may stand. */
const NONEVENT_REACH = 2;
/** "After the shelling there were no dead": what did not happen is the harm. */
const HARM =
  /^(?:погибш|жертв|пострада|ранен|убит|разруш|потер|casualt|death|injur|wound|damage|dead|قتل|ضحايا|اصابات|اضرار)/;
/** A present verb with the letter of the future; words that begin so by themselves are no future. */
const FUTURE = /^[وف]?س[يتن]\p{L}{2,}/u;
const NO_FUTURE = /^[وف]?(?:سيطر|ستينغر|سياره|سيارا|سينا|ستون|ستين|سيناريو)/;

/** "The Rapid Support Forces" support nobody. */
const isInsideName = (word: Term, context: readonly Term[]): boolean =>
  context.some((other) => other.value === 'name' && other.from <= word.from && word.to <= other.to);

/** Keeps from `context` the small words that govern; a "not" inside a refusal or "after" does not. */
export function governingWords(context: readonly Term[], words: readonly Term[]): readonly Term[] {
  return context.filter(
    (word) =>
      !(word.value === 'negation' && (isOfRefusal(word, words) || isAfter(word, context))) &&
      !(word.value === 'support' && isInsideName(word, context)),
  );
}

/** True when a stretch of tokens, a sign or a count, is not told as having happened. `context` from governingWords. */
export function isUnreal(
  sign: { readonly from: number; readonly to: number; readonly value?: string },
  context: readonly Term[],
  tokens: Tokens,
): boolean {
  if (isFuture(tokens, sign.from)) return true;
  for (const word of context) {
    if (word.value === 'false') return true;
    if (word.value === 'nonevent') {
      if (didNotHappen(sign, word, tokens)) return true;
      continue;
    }
    const gap = sign.from - word.to;
    if (gap < 0 || gap > (REACH[word.value] ?? -1)) continue;
    if (word.value === 'support' && DEEDS.has(sign.value ?? '')) continue;
    if (word.value === 'called' && haltBetween(tokens, word.from, sign.from)) continue;
    if (!crossesBreak(tokens, word.to, sign.from)) return true;
  }
  return false;
}

function isFuture(tokens: Tokens, at: number): boolean {
  const word = tokens.norm[at] ?? '';
  return tokens.script[at] === ARABIC && FUTURE.test(word) && !NO_FUTURE.test(word);
}

function didNotHappen(sign: { from: number; to: number }, word: Term, tokens: Tokens): boolean {
  const [from, to] = word.to <= sign.from ? [word.to, sign.from] : [sign.to, word.from];
  if (to < from || to - from > NONEVENT_REACH || crossesBreak(tokens, from, to)) return false;
  for (let i = from; i < to; i++) if (HARM.test(tokens.norm[i] ?? '')) return false;
  return true;
}

function haltBetween(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (HALT.test(tokens.norm[i] ?? '')) return true;
  return false;
}

/** "Did not let the aid in": that "not" belongs to the refusal, it denies no aid. */
const isOfRefusal = (word: Term, signs: readonly Term[]): boolean =>
  signs.some((sign) => sign.value === 'block' && sign.from <= word.from && word.to <= sign.to);

/** بعدما is "after", not عدم with a letter on both sides. */
const isAfter = (word: Term, context: readonly Term[]): boolean =>
  context.some((other) => other.value === 'after' && other.from === word.from && other.plain && !word.plain);

/** A colon, a full stop or a comma ends what a small word governs. */
function crossesBreak(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (tokens.kind[i] !== PUNCT) continue;
    const sign = tokens.norm[i];
    if (sign === ':' || sign === '.' || sign === '،' || sign === ',' || sign === '–' || sign === '—') return true;
  }
  return false;
}

/**
 * What a proposal is about, as a set of light stems: so that "joint air strikes" in one mouth and "the joint raids" in
 * another are one proposal. Names, places, dates and small words say nothing about the subject and stay out.
 */
import type { PhraseEnv } from '../actors/phrase.ts';
import { ARABIC } from '../language.ts';
import type { Lexicon } from '../lexicon.ts';
import { normalise } from '../normalise.ts';
import { stemOf } from '../stem.ts';
import { WORD } from '../tokens.ts';

export type Topic = ReadonlySet<string>;
export type TopicOf = (env: PhraseEnv, from: number, to: number) => Topic;

const EMPTY_WORDS = new Set(
  'شيء شي اي جديد جديده رسمي رسميا خلال سبل ضمن اطار شكل بشكل افضل كل جميع مختلف اقتراح مقترح عرض مبادر new any all other some better ways way more on new любой новый все свой лучше план предложен предложени инициатив proposal offer plan initiative'.split(
    ' ',
  ),
);

/** Compiles the synonyms of the lexicon. */
export function prepareTopics(lexicon: Lexicon): TopicOf {
  const synonyms = new Map<string, string>();
  for (const { form, lang, value } of lexicon.ofKind('action_synonym')) {
    const word = normalise(form);
    synonyms.set(word, value);
    synonyms.set(lang === 'ar' ? arabicStem(word) : stemOf(word, lang === 'ru' ? 3 : 2), value);
  }
  return (env, from, to) => {
    const { tokens } = env.ctx;
    const topic = new Set<string>();
    for (let at = from; at < to; at++) {
      const named = env.actorAt.get(at)?.to ?? env.personAt.get(at)?.to ?? env.placeEnd.get(at) ?? env.skipAt.get(at);
      if (named !== undefined && named > at) {
        at = named - 1;
        continue;
      }
      const word = tokens.norm[at] ?? '';
      if (tokens.kind[at] !== WORD || word.length < 3 || env.words.stop.has(word) || env.words.adjective.has(word))
        continue;
      if (env.words.negation.has(word) || EMPTY_WORDS.has(word)) continue;
      const stem = tokens.script[at] === ARABIC ? arabicStem(word) : stemOf(word, tokens.script[at] ?? 0);
      if (EMPTY_WORDS.has(stem)) continue;
      topic.add(synonyms.get(word) ?? synonyms.get(stem) ?? stem);
    }
    return topic;
  };
}

/** A light stem: no conjunction, preposition, article, no common ending; at least three letters stay. */
export function arabicStem(word: string): string {
  let stem = word;
  for (const prefix of ['وال', 'بال', 'فال', 'كال', 'لل', 'ال']) {
    if (stem.startsWith(prefix) && stem.length - prefix.length >= 3) {
      stem = stem.slice(prefix.length);
      break;
    }
  }
  if (stem === word && /^[وبلف]/.test(stem) && stem.length >= 5) stem = stem.slice(1);
  for (const suffix of ['يات', 'ات', 'ون', 'ين', 'ها', 'هم', 'يه', 'ه', 'ي', 'ا', 'ت']) {
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 3) return stem.slice(0, -suffix.length);
  }
  return stem;
}

export function sharedStems(a: Topic, b: Topic): number {
  let shared = 0;
  for (const stem of a) if (b.has(stem)) shared++;
  return shared;
}

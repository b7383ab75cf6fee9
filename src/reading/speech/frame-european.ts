/**
 * English and Russian frames: subject + verb + that/что + content; content or quotation + verb + subject ("…," said X;
 * …, заявил X); verbs that take their object (urged, призвал). Decides one cue.
 */

import { capitalNameEnd, isCapitalised } from '../actors/phrase.ts';
import { LATIN } from '../language.ts';
import { foldedAt } from '../tokens.ts';
import type { CueHit } from './cue-words.ts';
import { afterDateline, isColon, isSign, type SpeechEnv, skipOver, wordCount } from './env.ts';
import type { Frame, UnitState } from './frame.ts';
import { findSubject, mediumEnd, type Subject } from './subject.ts';

const FAR = 14;
const TAIL = 9;
const MUCH = 6;
const PREPOSITIONAL = new Set(
  'in on at during after before by to from following на в во по после перед до при из через во со с об о'.split(' '),
);
const THAT = new Set(['that', 'что']);
/** Verbs that also mean handing over: they report only with что, a quotation or behind what they report. */
const SAY_ONLY = new Set([
  'comment',
  'answer',
  'передать',
  'передавать',
  'доложить',
  'continue',
  'продолжить',
  'respond',
  'reply',
]);
/** Verbs that say nothing without that/что or a quotation when something else follows them. */
const TELLS = new Set([
  'tell',
  'рассказать',
  'сообщить',
  'сообщать',
  'ответить',
  'проинформировать',
  'информировать',
  'заверить',
  'напомнить',
]);

export function europeanFrame(env: SpeechEnv, hit: CueHit, state: UnitState): Frame | null {
  const passing = asTold(env, hit, state);
  if (passing) return passing;
  const found = findSubject(env, hit, state);
  if (!found) return null;
  const subject = quotedSource(env, hit, found);
  const { unit } = state;
  const quoted = hit.cue.participle ? -1 : quoteBefore(env, subject, unit.from);
  const goesOn = quoted >= 0 && isTornOff(env, quoted, state);
  if (quoted >= 0 && !goesOn)
    return frameOf(hit, subject, env.quotes[quoted]?.from ?? subject.from, subject.from, true, true);
  const trailing = hit.cue.weak ? null : trailingPause(env, hit, subject, state);
  if (trailing) {
    const { pause, end } = trailing;
    const from = trailingStart(env, state);
    const around = isSign(env, end, ',') && wordCount(env.tokens, end, unit.to) >= 3;
    if (wordCount(env.tokens, from, pause) >= (around ? 1 : 2)) {
      const frame = frameOf(hit, subject, from, pause, true, false);
      const hasRest = around && !env.phrase.isCue(end + 1) && !isTailWord(env, end + 1);
      return hasRest ? { ...frame, rest: { from: end + 1, to: unit.to } } : frame;
    }
  }
  if (state.open >= 0 && !subject.conjoined) return null;
  return within(env, forward(env, hit, subject, state), state) ?? withoutPause(env, hit, subject, state);
}

/** «Как рассказал «Коммерсанту» источник, …», «Евросоюз, как отметил Боррель, …»: told in passing. */
function asTold(env: SpeechEnv, hit: CueHit, state: UnitState): Frame | null {
  const { tokens } = env;
  const { unit } = state;
  const as = hit.from - 1;
  if (hit.cue.lang !== 'ru' || tokens.norm[as] !== 'как' || as < unit.from) return null;
  const opens = as - unit.from <= 1;
  if (!opens && !isSign(env, as - 1, ',')) return null;
  let at = skipOver(env, mediumEnd(env, skipOver(env, hit.to, unit.to)), unit.to);
  if (/^(в|во|его|ее|их)$/.test(tokens.norm[at] ?? '')) at++;
  if (isSign(env, at, '«"“') && env.partyAt.has(at + 1)) at++;
  const party = env.partyAt.get(at);
  if (!party) return null;
  let comma = nextComma(env, party.to, unit.to);
  if (comma < 0) return null;
  // «источник, знакомый с ходом переговоров, …»
  if (PARTICIPLE.test(tokens.norm[comma + 1] ?? '')) comma = Math.max(comma, nextComma(env, comma + 1, unit.to));
  const subject = { party, goesOn: false, from: as, to: comma, negated: false, inverted: true, conjoined: false };
  if (opens) return frameOf(hit, subject, comma + 1, unit.to, false, false);
  const from = trailingStart(env, state);
  return { ...frameOf(hit, subject, from, as - 1, true, false), rest: { from: comma + 1, to: unit.to } };
}

const PARTICIPLE = /(ый|ий|ая|яя|ые|ие|вший|вшая|вшие|мый|мая|мые)$/;
const LONGEST_APPOSITION = 16;

function nextComma(env: SpeechEnv, from: number, to: number): number {
  for (let at = from; at < Math.min(to, from + LONGEST_APPOSITION); at++)
    if (isSign(env, at, ',') && (env.quoteOf[at] ?? -1) < 0) return at;
  return -1;
}

/** State media quoted a military source as saying that …: the source speaks. */
function quotedSource(env: SpeechEnv, hit: CueHit, subject: Subject): Subject {
  if (hit.cue.lemma !== 'quote') return subject;
  const at = /^(a|an|the)$/.test(env.tokens.norm[hit.to] ?? '') && !env.partyAt.has(hit.to) ? hit.to + 1 : hit.to;
  const source = env.partyAt.get(at);
  if (!source || env.tokens.norm[source.to] !== 'as' || env.tokens.norm[source.to + 1] !== 'saying') return subject;
  return { ...subject, party: source, goesOn: false, to: source.to + 2 };
}

/** Texts that have lost their commas: … a monitoring group said on Tuesday. */
function withoutPause(env: SpeechEnv, hit: CueHit, subject: Subject, state: UnitState): Frame | null {
  if (hit.cue.weak || !subject.party || state.open >= 0 || state.frames.length > 0) return null;
  let end = skipOver(env, subject.to, state.unit.to);
  if (PREPOSITIONAL.has(env.tokens.norm[end] ?? '') && state.unit.to - end <= TAIL) end = state.unit.to;
  const from = trailingStart(env, state);
  let to = subject.from;
  while (to > from && /^(the|a|an)$/.test(env.tokens.norm[to - 1] ?? '')) to--;
  if (end < state.unit.to - 1 || wordCount(env.tokens, from, to) < MUCH) return null;
  return frameOf(hit, subject, from, to, true, false);
}

function frameOf(hit: CueHit, subject: Subject, from: number, to: number, before: boolean, quotesOnly: boolean): Frame {
  return {
    cue: { from: hit.from, to: hit.to },
    // "Why now?" he asked: a question, no request.
    act: hit.cue.lemma === 'ask' && quotesOnly ? 'affirm' : hit.cue.act,
    hit,
    party: subject.party,
    goesOn: subject.goesOn,
    negated: subject.negated,
    contentFrom: from,
    contentTo: to,
    before,
    quotesOnly,
  };
}

/** Circumstances behind an attribution: ", citing …", ", without giving details". */
const isTailWord = (env: SpeechEnv, at: number): boolean =>
  /^(citing|without|speaking|referring|following|after|in|on|at|during|ссылаясь|не|в|во|на|по|после|комментируя|выступая)$/.test(
    env.tokens.norm[at] ?? '',
  );

/** The quotation that ends right before subject and verb, -1 for none. */
function quoteBefore(env: SpeechEnv, subject: Subject, from: number): number {
  for (let at = subject.from - 1; at >= Math.max(from, subject.from - 4); at--) {
    const quote = env.quoteOf[at] ?? -1;
    if (quote >= 0) return env.isSpeech[quote] ? quote : -1;
    if (!isSign(env, at, ',.—–-!?')) {
      const word = env.tokens.norm[at] ?? '';
      if (word !== 'the' && word !== 'a' && word !== 'an') return -1;
    }
  }
  return -1;
}

/** «He would send "no weapons"»: a few quoted words that end a clause of the reporter's. */
function isTornOff(env: SpeechEnv, quote: number, state: UnitState): boolean {
  const found = env.quotes[quote];
  if (!found || isCapitalised(env.phrase, found.from)) return false;
  const before = found.openToken;
  const from = trailingStart(env, state);
  return !isSign(env, before - 1, ',:—–-.!?') && wordCount(env.tokens, from, before) >= 2;
}

/** Content, X said [on Monday].: the pause before subject and verb, and what ends their circumstances. */
function trailingPause(
  env: SpeechEnv,
  hit: CueHit,
  subject: Subject,
  state: UnitState,
): { pause: number; end: number } | null {
  const { unit } = state;
  let pause = subject.from - 1;
  for (let steps = 0; steps < 6 && pause > unit.from && !isSign(env, pause, ',—–'); steps++) {
    if (env.phrase.isCue(pause) || env.partyEnding.has(pause + 1)) break;
    pause--;
  }
  if (pause <= unit.from || !isSign(env, pause, ',—–-')) return null;
  let at = skipOver(env, subject.to, unit.to);
  const channel = env.channelAt.get(at);
  if (channel) at = skipOver(env, channel.to, unit.to);
  else if (TELLS.has(hit.cue.lemma)) at = skipOver(env, addresseeEnd(env, at), unit.to);
  if (at >= unit.to - 1 || isSign(env, at, '.!?')) return { pause, end: at };
  if (THAT.has(env.tokens.norm[at] ?? '') || (isSign(env, at, ',') && THAT.has(env.tokens.norm[at + 1] ?? '')))
    return null;
  if ((env.quoteOf[at] ?? -1) >= 0 || isSign(env, at, ':')) return null;
  if (isSign(env, at, ',')) return { pause, end: at };
  const word = env.tokens.norm[at] ?? '';
  const circumstance = PREPOSITIONAL.has(word) && !/^(о|об|of)$/.test(word);
  return circumstance && (subject.inverted || unit.to - at <= TAIL) ? { pause, end: at } : null;
}

const trailingStart = (env: SpeechEnv, state: UnitState): number => {
  const last = state.frames.at(-1);
  if (last && !last.before && state.open < 0) return last.cue.to;
  const at = afterDateline(env, state.unit);
  return isSign(env, at, '-—–') ? at + 1 : at;
};

const OPENERS = /^(when|after|before|while|as|once|since|although|though|когда|после|пока|хотя)$/;

/** "When the envoy announced that …, there was relief": the main clause behind the comma is not what was announced. */
function within(env: SpeechEnv, frame: Frame | null, state: UnitState): Frame | null {
  if (!frame || state.frames.length > 0 || !OPENERS.test(env.tokens.norm[state.unit.from] ?? '')) return frame;
  for (let at = frame.contentFrom + 1; at < frame.contentTo - 2; at++)
    if (isSign(env, at, ',') && (env.quoteOf[at] ?? -1) < 0) return { ...frame, contentTo: at };
  return frame;
}

function forward(env: SpeechEnv, hit: CueHit, subject: Subject, state: UnitState): Frame | null {
  const { tokens } = env;
  const { unit } = state;
  // «Об этом он заявил …» tells again of what stands before.
  if (/^(об|о)$/.test(tokens.norm[unit.from] ?? '') && /^(этом|чем)$/.test(tokens.norm[unit.from + 1] ?? ''))
    return null;
  let start = skipOver(env, subject.to, unit.to);
  const channel = env.channelAt.get(start);
  if (channel) start = skipOver(env, channel.to, unit.to);
  const far = Math.min(unit.to, start + FAR);
  for (let at = start; at < far; at++) {
    const quote = env.quoteOf[at] ?? -1;
    if (quote >= 0) {
      if (!env.isSpeech[quote]) {
        at = env.quotes[quote]?.closeToken ?? at;
        continue;
      }
      const bare = isAddressee(env, start, at, hit);
      return frameOf(hit, subject, bare ? at : start, unit.to, false, bare);
    }
    // «не исключил участия, однако министр подчеркнул: …»: the quotation is the second verb's.
    if (
      at > start + 1 &&
      (hit.cue.weak || isSign(env, at - 1, ',')) &&
      env.analysis.cues.at(tokens, at)?.cue.weak === false
    )
      break;
    const limit = hit.cue.weak ? 1 : FAR;
    if (
      THAT.has(foldedAt(tokens, at)) &&
      at - start <= limit &&
      (at === start || hit.cue.lang === 'ru' || isAddressee(env, start, at, hit))
    ) {
      return frameOf(hit, subject, at + 1, unit.to, false, false);
    }
    if (isColon(env, at) && (at - start <= 1 || isAddressee(env, start, at, hit))) {
      return frameOf(hit, subject, at + 1, unit.to, false, false);
    }
    if (isSign(env, at, '.!?')) break;
  }
  if (SAY_ONLY.has(hit.cue.lemma)) return null;
  // "… a monitoring group said in a new toll": the circumstances of saying, in a text that has lost its commas.
  const lost = /^(say|add|tell|report|confirm|announce|state)$/.test(hit.cue.lemma) && unit.to - start <= TAIL;
  if (
    lost &&
    /^(in|on|at|during|late|early|sunday|monday|tuesday|wednesday|thursday|friday|saturday)$/.test(
      tokens.norm[start] ?? '',
    )
  )
    return null;
  if (TELLS.has(hit.cue.lemma) && hit.cue.lang === 'en') start = addresseeEnd(env, start);
  if (isSign(env, start, ',')) return null;
  const end = unit.to;
  return wordCount(tokens, start, end) >= (hit.cue.weak || hit.cue.act === 'deny' ? 1 : 2)
    ? frameOf(hit, subject, start, end, false, false)
    : null;
}

/** Only whom it was said to, when and where: reporters in Paris, журналистам. */
function isAddressee(env: SpeechEnv, from: number, to: number, hit: CueHit): boolean {
  if (from >= to) return true;
  const first = env.tokens.norm[from] ?? '';
  // vowed to support …: what is vowed, no addressee.
  if (first === 'to' && hit.cue.weak) return false;
  if (isSign(env, to - 1, ':,') || PREPOSITIONAL.has(first)) return true;
  return hit.cue.lemma === 'tell' || env.channelAt.has(from) || (env.partyAt.get(from)?.to ?? -1) === to;
}

function addresseeEnd(env: SpeechEnv, from: number): number {
  let at = from;
  if (/^(the|a|an)$/.test(env.tokens.norm[at] ?? '')) at++;
  const party = env.partyAt.get(at) ?? env.channelAt.get(at);
  if (party) return party.to;
  // told Ukrainska Pravda his troops …: an outlet that nobody knows.
  const name = env.tokens.script[at] === LATIN ? capitalNameEnd(env.phrase, at) : at;
  return name > at ? name : from;
}

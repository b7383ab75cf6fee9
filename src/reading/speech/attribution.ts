/**
 * Attribution without a verb of its own: بحسب X, according to X, по словам X, كما أشار X. The phrase behind the words
 * speaks; what the sentence says beside it is the content. Decides one mark.
 */
import type { Mark } from '../lexicon.ts';
import { afterDateline, isSign, type SpeechEnv, wordCount } from './env.ts';
import type { Frame, UnitState } from './frame.ts';

const SHORTEST = 2;
const SHORTEST_REST = 3;
const LONGEST_CIRCUMSTANCE = 6;

/** Behind ", who asked not to be named,". */
function afterNextComma(env: SpeechEnv, from: number, to: number): number {
  for (let at = from; at < Math.min(to, from + 12); at++) if (isSign(env, at, ',،')) return at + 1;
  return from;
}

/** Behind a relative clause of the source: بحسب دبلوماسيين حضروا الجلسة، فإن …; 0 when there is none. */
function clauseComma(env: SpeechEnv, from: number, to: number): number {
  for (let at = from; at < Math.min(to, from + 10); at++) {
    if (isSign(env, at, ',،') && /^(فان|ان|فقد|فانه|فانها)$/.test(env.tokens.norm[at + 1] ?? '')) return at + 1;
  }
  return 0;
}

export function attributionFrame(env: SpeechEnv, mark: Mark, state: UnitState): Frame | null {
  const { unit, open } = state;
  let at = mark.to;
  while (
    !env.partyAt.has(at) &&
    at < mark.to + 2 &&
    (isSign(env, at, '«"“') || /^(the|a|an|в|во)$/.test(env.tokens.norm[at] ?? ''))
  )
    at++;
  const own = /^(по (его|ее|их) |говорится в )/.test(mark.value.form) && !env.partyAt.has(at);
  const party = own ? null : (env.partyAt.get(at) ?? null);
  if (!party && !own) return null;
  let end = party ? party.to : mark.to;
  if (isSign(env, end, '»"”')) end++;
  const frame = (contentFrom: number, contentTo: number, before: boolean): Frame => ({
    cue: { from: mark.from, to: mark.to },
    act: 'report',
    hit: null,
    party,
    goesOn: party === null,
    negated: false,
    contentFrom,
    contentTo,
    before,
    quotesOnly: false,
  });
  const first = mark.from - unit.from <= 2;
  if (first) {
    let from = end;
    while (from < unit.to && isSign(env, from, ',،:')) from++;
    if (/^(who|which|that|которыи|который|которая|الذي|التي|طلب|طلبت|رفض)$/.test(env.tokens.norm[from] ?? ''))
      from = afterNextComma(env, from, unit.to);
    const clause = clauseComma(env, from, unit.to);
    if (clause > 0) from = clause;
    if (env.attributionAt.has(from)) from = afterNextComma(env, from, unit.to);
    const that = /^(ان|انه|انها|فان|что|that)$/;
    if (that.test(env.tokens.norm[from] ?? '')) from++;
    return wordCount(env.tokens, from, unit.to) >= SHORTEST ? frame(from, unit.to, false) : null;
  }
  // «В районе … по сообщениям жителей возобновились бои»: only where and when stand before it.
  const circumstance =
    open < 0 && state.frames.length === 0 && mark.from - unit.from <= LONGEST_CIRCUMSTANCE && !isSign(env, end, ',،.');
  if (circumstance && /^(в|во|на|у|in|at|on|في)$/.test(env.tokens.norm[unit.from] ?? ''))
    if (wordCount(env.tokens, end, unit.to) >= SHORTEST) return frame(end, unit.to, false);
  // «Об этом сообщает агентство со ссылкой на источник» tells again of what stands before.
  if (/^(об|о)$/.test(env.tokens.norm[unit.from] ?? '') && /^(этом|чем)$/.test(env.tokens.norm[unit.from + 1] ?? ''))
    return null;
  // Inside what a verb before it already reports, the source belongs to that content.
  if (open >= 0) return null;
  const last = state.frames.at(-1);
  const from = last ? Math.max(last.cue.to, last.before ? last.contentTo : unit.from) : unit.from;
  const begin = last && !last.before ? last.contentFrom : last ? from : afterDateline(env, unit);
  const to = mark.from;
  const words = wordCount(env.tokens, begin, to);
  if (isSign(env, end, ',،') && wordCount(env.tokens, end, unit.to) >= SHORTEST_REST) {
    if (words < SHORTEST_REST && !env.partyEnding.has(isSign(env, to - 1, ',،') ? to - 1 : to))
      return frame(end + 1, unit.to, false);
    return { ...frame(begin, to, true), rest: { from: end + 1, to: unit.to } };
  }
  return words >= SHORTEST ? frame(begin, to, true) : null;
}

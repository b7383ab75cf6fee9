/**
 * The statements of a text: one per reporting cue, with speaker, words, act and polarity. Goes unit by unit, decides
 * which verbs report and which are themselves reported, and closes each content where the next one begins.
 */

import { prepareAnalysis } from '../actors/analysis.ts';
import { type Party, UNNAMED } from '../actors/parties.ts';
import { spanAt } from '../document.ts';
import { ARABIC } from '../language.ts';
import type { Statement } from '../model.ts';
import type { PrepareStage } from '../stages.ts';
import { judge } from './act.ts';
import { attributionFrame } from './attribution.ts';
import { type Content, contentOf } from './content.ts';
import { History, type SpokenBy } from './coreference.ts';
import type { CueHit } from './cue-words.ts';
import { isColon, isSign, openSpeech, type SpeechEnv, type Unit, unitsOf } from './env.ts';
import type { Frame } from './frame.ts';
import { arabicFrame } from './frame-ar.ts';
import { europeanFrame } from './frame-european.ts';

const MOST_FRAMES = 24;

export const prepareStatements: PrepareStage<Statement> = (sources) => {
  const analyse = prepareAnalysis(sources);
  return (ctx, found) => {
    const analysis = analyse(ctx, found);
    const env = openSpeech(analysis);
    const history = new History();
    const statements: Statement[] = [];
    let lastDirect = -1;
    for (const unit of unitsOf(env)) {
      const frames = framesOf(env, unit);
      if (frames.length === 0) {
        if (lastDirect >= 0) lastDirect = goOnQuoting(env, unit, statements, lastDirect);
        continue;
      }
      lastDirect = -1;
      frames.forEach((frame, i) => {
        const next = frames.slice(i + 1).find((later) => !later.nested);
        const content = contentOf(env, frame, frame.contentFrom, endOf(env, frame, next));
        if (!content) return;
        const restTo =
          next && frame.rest && next.cue.from > frame.rest.from
            ? cutBefore(env, next, frame.rest.from)
            : (frame.rest?.to ?? 0);
        const rest = frame.rest ? contentOf(env, frame, frame.rest.from, Math.min(frame.rest.to, restTo)) : null;
        const speaker = history.speakerOf(frame, analysis.parties, frame.nested);
        if (!speaker) return;
        const whole = rest ? { ...content, spans: [...content.spans, ...rest.spans] } : content;
        statements.push(statementOf(env, frame, whole, speaker));
        if (content.mode !== 'indirect' && !frame.nested) lastDirect = statements.length - 1;
      });
    }
    return statements;
  };
};

/** The frames of a unit in text order. */
export function framesOf(env: SpeechEnv, unit: Unit): Frame[] {
  const frames: Frame[] = [];
  let open = -1;
  const headline = headlineFrame(env, unit);
  if (headline) {
    frames.push(headline);
    open = headline.contentFrom;
  }
  for (let at = unit.from; at < unit.to && frames.length < MOST_FRAMES; at++) {
    const quote = env.quoteOf[at] ?? -1;
    if (quote >= 0) {
      const { closeToken, from, to } = env.quotes[quote] ?? { closeToken: at, from: at, to: at };
      if (env.isSpeech[quote]) {
        const nested = nestedFrames(env, from, to);
        frames.push(...nested);
      }
      at = Math.max(at, closeToken);
      continue;
    }
    const mark = env.attributionAt.get(at);
    const hit = mark ? undefined : env.analysis.cues.at(env.tokens, at);
    if (!mark && !hit) continue;
    const state = { unit, frames: frames.filter((frame) => !frame.nested), open };
    const frame = mark ? attributionFrame(env, mark, state) : hit ? cueFrame(env, hit, state) : null;
    if (!frame) continue;
    frames.push(frame);
    if (!frame.before) open = frame.contentFrom;
    at = Math.max(at, frame.cue.to - 1);
    // استدركت قائلة …: two words for one saying.
    if (!frame.before) while (at + 1 < frame.contentFrom && SAYING.test(env.tokens.norm[at + 1] ?? '')) at++;
  }
  return frames;
}

/** "Lavrov: talks go on": a party at the head of a paragraph and a colon. */
function headlineFrame(env: SpeechEnv, unit: Unit): Frame | null {
  const { tokens } = env;
  if (tokens.paragraphStarts[tokens.paragraph[unit.from] ?? 0] !== unit.from) return null;
  const party = env.partyAt.get(unit.from);
  if (!party || !isColon(env, party.to) || unit.to - party.to < 4) return null;
  return {
    cue: { from: party.to, to: party.to + 1 },
    act: 'affirm',
    hit: null,
    party,
    goesOn: false,
    negated: false,
    contentFrom: party.to + 1,
    contentTo: unit.to,
    before: false,
    quotesOnly: false,
  };
}

function cueFrame(
  env: SpeechEnv,
  hit: CueHit,
  state: { unit: Unit; frames: readonly Frame[]; open: number },
): Frame | null {
  return env.tokens.script[hit.from] === ARABIC ? arabicFrame(env, hit, state) : europeanFrame(env, hit, state);
}

/** "as the minister pointed out" inside what somebody else says. */
function nestedFrames(env: SpeechEnv, from: number, to: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = from; at < to; at++) {
    const mark = env.attributionAt.get(at);
    if (!mark || !/^(كما|как )/.test(mark.value.form)) continue;
    const frame = attributionFrame(env, mark, { unit: { from, to }, frames: [], open: -1 });
    if (frame?.party) frames.push({ ...frame, nested: true });
  }
  return frames;
}

/** Content ends where the next frame of the unit begins, its conjunction and comma left out. */
function endOf(env: SpeechEnv, frame: Frame, next: Frame | undefined): number {
  if (!frame.before && next?.before && next.cue.from > frame.contentFrom)
    return Math.min(frame.contentTo, Math.max(next.contentTo, frame.contentFrom + 1));
  if (frame.before || !next || next.contentFrom < frame.contentFrom) return frame.contentTo;
  if (next.cue.from < frame.contentFrom || next.before) return frame.contentTo;
  return Math.min(cutBefore(env, next, frame.contentFrom), frame.contentTo);
}

const SAYING = /^(قايلا|قايله|بالقول|بقوله|بقولها)$/;
const JOINS =
  /^(و|كما|لكنه|لكنها|لكن|فيما|بينما|اذ|حيث|حين|في|ثم|غير|الا|بيد|and|but|while|whereas|after|before|by|without|а|и|но|the|a)$/;

/** The token where a frame's own words begin: its subject where that stands in front, joining words left out. */
function cutBefore(env: SpeechEnv, next: Frame, from: number): number {
  let to = next.party && next.party.from < next.cue.from && next.party.from > from ? next.party.from : next.cue.from;
  const back = env.skipEnding.get(to);
  if (back !== undefined && back > from) to = back;
  while (
    to > from &&
    (isSign(env, to - 1, '،,') || JOINS.test(env.tokens.norm[to - 1] ?? '') || isThatAfterBut(env, to - 1))
  )
    to--;
  return to;
}

/** The second word of غير أن, إلا أن. */
const isThatAfterBut = (env: SpeechEnv, at: number): boolean =>
  env.tokens.norm[at] === 'ان' && /^(غير|الا|بيد)$/.test(env.tokens.norm[at - 1] ?? '');

function statementOf(env: SpeechEnv, frame: Frame, content: Content, speaker: SpokenBy): Statement {
  const { doc, tokens } = { doc: env.phrase.ctx.doc, tokens: env.tokens };
  const { entity, span } = speaker;
  const act = frame.act === 'report' && entity.kind === 'person' && frame.hit ? 'affirm' : frame.act;
  const judged = judge(act, content.first, frame.negated, env.phrase.words);
  return {
    speaker: { name: entity.name, office: entity.office, actor: entity.actor, span: entity === UNNAMED ? null : span },
    mode: content.mode,
    cue: spanAt(doc, tokens.start[frame.cue.from] ?? 0, tokens.end[frame.cue.to - 1] ?? 0),
    content: content.spans,
    act: judged.act,
    polarity: judged.polarity,
  };
}

/** A sentence that is only a quotation goes on with the statement before it. */
function goOnQuoting(env: SpeechEnv, unit: Unit, statements: Statement[], index: number): number {
  const quote = env.quoteOf[unit.from] ?? -1;
  const statement = statements[index];
  const found = env.quotes[quote];
  if (!statement || !found || !env.isSpeech[quote] || found.closeToken < unit.to - 2) return -1;
  const start = env.tokens.start[found.from] ?? 0;
  const end = env.tokens.end[found.to - 1] ?? start;
  const text = spanAt(env.phrase.ctx.doc, start, end);
  statements[index] = { ...statement, content: [...statement.content, text] };
  return index;
}

export type { Party };

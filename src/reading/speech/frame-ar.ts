/**
 * Arabic frames: verb, speaker (or none: وأضاف), [أن/بأن/إن/إلى أن], content or quotation; speaker before the verb in
 * headlines and relatives (شويغو الذي أعلن); نقل … عن … قوله; participles that go on (مضيفا أن). Decides one cue.
 */
import { nameEnd } from '../actors/office-ar.ts';
import { type Party, UNNAMED } from '../actors/parties.ts';
import { normalise } from '../normalise.ts';
import { foldedAt } from '../tokens.ts';
import type { CueHit } from './cue-words.ts';
import { afterDateline, isColon, isSign, type SpeechEnv, skipBack, skipOver, wordCount } from './env.ts';
import type { Frame, UnitState } from './frame.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' ').map((word) => normalise(word)));

const COMPLEMENTISERS = set('أن أنه أنها أنهم أنهما أنني أننا إن إنه إنها إنهم إنني إننا بأن بأنه بأنها بأنهم أنّ');
const PREPOSITIONS = set('في من إلى على عن بعد مع حول بشأن دون منذ حتى كل هذا أي بدون قبل سوى غير بين');
const NEGATIONS = set('لم لا لن ما');
const RELATIVES = set('الذي التي الذين');
const CONNECTORS = set(
  'كما لكنه لكنها لكن لكنهم ولكن ثم إذ حيث فيما بينما حين بدوره بدورها جهته جهتها جانبه جانبها كذلك أيضا وكان وكانت كان كانت المقابل',
);
/** Verbs that say nothing without أن, a colon or a quotation. */
const SAY_ONLY = set('قال أضاف تابع أردف استطرد صرح أجاب ختم رد علق اختتم كتب لفت نوه روى عبر نشر بث كتب');
const AS_TOLD = set('على وفق بحسب حسب حسبما وفقا كما مثل بحسب');
const ADVERBIAL = set('تعليقا ردا في خلال عقب بعد قبل عن أثناء على حول بشأن بخصوص وذلك');
const ADVERSATIVE = set('غير إلا بيد رغم مع');
const DESCRIBES = /^(وصف|واصف|واصفا|واصفه)$/;
const FAR = 26;
const TOPIC_REACH = 20;
const NEAR = 4;
const LONGEST_OUTLET = 6;
const LONGEST_RELATIVE = 24;

export function arabicFrame(env: SpeechEnv, hit: CueHit, state: UnitState): Frame | null {
  const { tokens, phrase } = env;
  const { cue } = hit;
  const { unit } = state;
  const before = foldedAt(tokens, hit.from - 1);
  if (hit.lead === '' && PREPOSITIONS.has(before) && hit.from > unit.from) return null;
  const asTold = before === 'ما' && AS_TOLD.has(foldedAt(tokens, hit.from - 2).replace(/^[وف](?=.{3})/, ''));
  const negated = !asTold && hit.lead === '' && NEGATIONS.has(before.replace(/^[وف](?=ل)/, '')) && hit.from > unit.from;
  if (!negated && env.hypotheticalEnd.has(hit.from) && before !== 'قد') return null;
  // ردا على …: in answer to; بما يوضح, مما يؤكد: what a thing shows.
  if (foldedAt(tokens, hit.from).replace(/^[وف]/, '') === 'ردا' && foldedAt(tokens, hit.to) === 'علي') return null;
  if (/^[وف]?(بما|مما)$/.test(before)) return null;
  if (cue.participle && hidesName(env, hit.to)) return null;
  const behind = trailing(env, hit, state, asTold);
  if (behind) return behind;
  if (asTold || (state.open >= 0 && !isMain(env, hit, state))) return null;

  let at = skipOver(env, hit.to, unit.to);
  if (isSign(env, at, '،,') && phrase.skipAt.has(at + 1)) at = skipOver(env, at + 1, unit.to);
  if (isSign(env, at, '،,') && env.partyAt.has(at + 1)) at++;
  const pluperfect = before === 'قد' ? subjectBefore(env, hit, state) : topic(env, hit, state);
  let party: Party | null = cue.participle || pluperfect ? null : (env.partyAt.get(at) ?? null);
  if (!party && !cue.participle && !pluperfect) party = unnamedAt(env, at);
  if (party && (env.quoteOf[at] ?? -1) >= 0 && env.isSpeech[env.quoteOf[at] ?? 0]) party = null;
  if (party && isObject(env, hit, party, state)) party = null;
  else if (party) {
    at = party.to;
    const also = env.partyAt.get(at);
    if (
      also &&
      party.entity.kind === 'body' &&
      also.entity.kind === 'body' &&
      foldedAt(tokens, at).startsWith('و') &&
      also.span.start > (tokens.start[at] ?? 0)
    ) {
      party = joined(party, also, env);
      at = also.to;
    }
  } else if (!cue.participle) party = pluperfect ?? subjectBefore(env, hit, state);
  at = skipParenthesis(env, at);
  if (party) at = afterRelative(env, at, unit.to);
  if (isSign(env, at, '،,') && (hidesName(env, at + 1) || hidesName(env, at + 3)))
    at = afterComma(env, at + 1, unit.to);
  if (isSign(env, at, '،,') && env.attributionAt.has(at + 1)) at = afterComma(env, at + 1, unit.to);
  const mouth = env.mouthpieceAt.get(at);
  if (mouth) {
    const through = env.partyAt.get(mouth.to);
    at = through ? through.to : mouth.to;
    party ??= through ?? null;
  }
  while (/^(قائلا|قائلة|قايلا|قايله|بالقول|بقوله|بقولها)$/.test(foldedAt(tokens, at)) && at > hit.to - 1) at++;
  at = afterCircumstance(env, at, unit.to);
  if (cue.lemma === 'نقل') {
    const about = findAbout(env, at, unit.to);
    if (about) {
      party = about.party;
      at = about.to;
    }
  }
  if (cue.weak && !party && !hit.lead && state.frames.length === 0) return null;
  // اكتفى بالقول reports, اكتفى بزيارة does not.
  if (
    cue.lemma === 'اكتفي' &&
    !/^ب(القول|الاشاره|التاكيد|التذكير|التعليق)$/.test(foldedAt(tokens, at - 1)) &&
    !/^ب(الاشاره|التاكيد|التذكير|التعليق)$/.test(foldedAt(tokens, at))
  )
    return null;
  return content(env, hit, { party, at, negated, unitTo: unit.to, hasBefore: state.frames.length > 0 });
}

/** A phrase behind the verb that does not agree with it is its object: وطالب (هو) مجموعة الدعم بإرسال … */
function isObject(env: SpeechEnv, hit: CueHit, party: Party, state: UnitState): boolean {
  const { agrees, tense } = hit.cue;
  const { entity } = party;
  const behind = env.tokens.norm[party.to] ?? '';
  // واتهم الوفد بعرقلة …: verbs that need somebody they are done to.
  if (TRANSITIVE.has(hit.cue.lemma) && (/^(ب..|ال[يى]$|علي$)/.test(behind) || /^(ال)?مسووليه$/.test(behind)))
    return true;
  if (hit.lead !== '' && state.frames.length > 0 && hit.cue.lemma === 'طالب' && /^ب../.test(behind)) return true;
  if (entity.plural || entity.kind === 'role' || agrees === null || agrees === 'p') return false;
  if (hit.lead === '' && state.frames.length === 0) return false;
  if (env.quoteOf[hit.from - 1] !== undefined && tense === 'base') return false;
  return (agrees === 'm') === entity.woman;
}

const TRANSITIVE = set('اتهم حمل حث ناشد حض');

/** رأى الوزير، الذي كان يتحدث إلى الصحفيين، أن …: who that is stands between. */
function afterRelative(env: SpeechEnv, from: number, to: number): number {
  if (!isSign(env, from, '،,') || !RELATIVES.has(env.tokens.norm[from + 1] ?? '')) return from;
  for (let at = from + 2; at < Math.min(to, from + LONGEST_RELATIVE); at++) {
    if ((env.quoteOf[at] ?? -1) >= 0 && env.isSpeech[env.quoteOf[at] ?? 0]) return from;
    if (isSign(env, at, '،,') && COMPLEMENTISERS.has(foldedAt(env.tokens, at + 1))) return at + 1;
  }
  return from;
}

/** أما الوفد فطالب …: who stands behind أما speaks, though other words come between. */
function topic(env: SpeechEnv, hit: CueHit, state: UnitState): Party | null {
  if (hit.lead !== 'ف') return null;
  for (let at = hit.from - 1; at >= Math.max(state.unit.from, hit.from - TOPIC_REACH); at--) {
    if (!/^[وف]?اما$/.test(env.tokens.norm[at] ?? '')) continue;
    return env.partyAt.get(at + 1) ?? null;
  }
  return null;
}

/** A private person's name behind the verb: somebody speaks whose name is not kept. */
function unnamedAt(env: SpeechEnv, at: number): Party | null {
  const { phrase, tokens } = env;
  const word = tokens.norm[at] ?? '';
  if (!phrase.words.given.has(word) || phrase.words.stop.has(word) || phrase.isCue(at)) return null;
  const to = nameEnd(phrase, at);
  const span = { start: tokens.start[at] ?? 0, end: tokens.start[at] ?? 0, text: '' };
  return {
    from: at,
    to,
    span,
    actorSpan: null,
    actorKind: 'person',
    entity: UNNAMED,
    anaphor: false,
    nominative: true,
  };
}

/** رافضا كشف اسمه: not what is said. */
function hidesName(env: SpeechEnv, from: number): boolean {
  for (let at = from; at < from + 4; at++)
    if (/^(اسم|هوي)(ه|ها|هم|ته|تها)$/.test(env.tokens.norm[at] ?? '')) return true;
  return false;
}

/** …، يقول المرصد، … / …، على ما ذكر مراسل: content first, then verb and speaker between pauses. */
function trailing(env: SpeechEnv, hit: CueHit, state: UnitState, asTold: boolean): Frame | null {
  const { tokens } = env;
  const { unit } = state;
  if (hit.cue.participle || hit.lead !== '') return null;
  let pause = hit.from - 1;
  if (asTold) pause -= 2;
  else if (tokens.norm[pause] === 'كما') pause--;
  if (pause <= unit.from || !isSign(env, pause, '،,')) return null;
  const at = skipOver(env, hit.to, unit.to);
  const told = env.partyAt.get(at);
  if (!told) return null;
  const about = tokens.norm[told.to] === 'عن' ? env.partyAt.get(told.to + 1) : undefined;
  const party = about ?? told;
  const end = skipOver(env, party.to, unit.to);
  const stops = end >= unit.to - 1 || isSign(env, end, '،,.؛');
  if (!stops && !asTold) return null;
  const last = state.frames.at(-1);
  const from =
    last && !last.before && state.open < 0
      ? last.cue.to
      : last?.before
        ? unit.from
        : Math.max(afterDateline(env, unit), state.open);
  if (wordCount(tokens, from, pause) < 1) return null;
  // من جانبه، دعا …; في المقابل، أكدت …: a few words that lead over are not what is told.
  const opens = foldedAt(tokens, from).replace(/^[وف](?=..)/, '');
  if (!asTold && wordCount(tokens, from, pause) <= 3 && PREPOSITIONS.has(opens)) return null;
  const rest =
    isSign(env, end, '،,') && wordCount(tokens, end, unit.to) >= 3 ? { from: end + 1, to: unit.to } : undefined;
  return {
    cue: { from: hit.from, to: hit.to },
    act: hit.cue.act,
    hit,
    party,
    goesOn: false,
    negated: false,
    contentFrom: from,
    contentTo: pause,
    before: true,
    quotesOnly: false,
    ...(rest ? { rest } : {}),
  };
}

interface After {
  readonly party: Party | null;
  readonly at: number;
  readonly negated: boolean;
  readonly unitTo: number;
  readonly hasBefore: boolean;
}

const frameBehind = (hit: CueHit, after: After, contentFrom: number, quotesOnly: boolean): Frame => ({
  cue: { from: hit.from, to: hit.to },
  act: hit.cue.act,
  hit,
  party: after.party,
  goesOn: after.party === null,
  negated: after.negated,
  contentFrom,
  contentTo: after.unitTo,
  before: false,
  quotesOnly,
});

/** Finds where the content begins behind verb and speaker. */
function content(env: SpeechEnv, hit: CueHit, after: After): Frame | null {
  const { tokens } = env;
  const { cue } = hit;
  // وصف القصف بأنه «جريمة»: what is described belongs to it.
  if (DESCRIBES.test(cue.lemma) && wordCount(tokens, after.at, after.unitTo) >= 2)
    return isColon(env, after.at)
      ? frameBehind(hit, after, after.at + 1, false)
      : frameBehind(hit, after, after.at, false);
  const begin = afterChannel(env, after.at, after.unitTo);
  if (begin !== after.at) return content(env, hit, { ...after, at: begin });
  const far = Math.min(after.unitTo, after.at + FAR);
  const near = cue.weak ? Math.min(far, after.at + NEAR) : far;
  for (let at = after.at; at < far; at++) {
    const quote = env.quoteOf[at] ?? -1;
    if (quote >= 0) {
      if (env.isSpeech[quote]) {
        if (COMPLEMENTISERS.has(foldedAt(tokens, at - 1))) return frameBehind(hit, after, at, false);
        const direct = isBare(env, after.at, at) || ADVERBIAL.has(foldedAt(tokens, after.at)) || isColon(env, at - 1);
        return frameBehind(hit, after, direct ? at : after.at, direct);
      }
      at = env.quotes[quote]?.closeToken ?? at;
      continue;
    }
    if (at < near && COMPLEMENTISERS.has(foldedAt(tokens, at))) return frameBehind(hit, after, at + 1, false);
    if (
      isColon(env, at) &&
      (at - after.at <= 2 || isBare(env, after.at, at) || ADVERBIAL.has(foldedAt(tokens, after.at)))
    )
      return frameBehind(hit, after, at + 1, false);
    if (
      at > after.at &&
      env.phrase.isCue(at) &&
      !hidesName(env, at + 1) &&
      (isSign(env, at - 1, '،,') || CONNECTORS.has(foldedAt(tokens, at - 1)))
    )
      break;
    if (
      isSign(env, at, '،,') &&
      ADVERSATIVE.has(foldedAt(tokens, at + 1)) &&
      COMPLEMENTISERS.has(foldedAt(tokens, at + 2))
    )
      break;
  }
  if (SAY_ONLY.has(cue.lemma)) return null;
  if (!after.party && !cue.weak && !after.hasBefore && !hit.lead) return null;
  const end = after.unitTo;
  return wordCount(tokens, after.at, end) >= (cue.weak ? 1 : 2) ? frameBehind(hit, after, after.at, false) : null;
}

/** Behind لـ«رويترز» and behind an adverb that a comma closes. */
function afterChannel(env: SpeechEnv, from: number, to: number): number {
  const { norm } = env.tokens;
  const told = isSign(env, from + 1, 'ـ') ? from + 1 : from;
  if (norm[from] === 'ل' && isSign(env, told + 1, '«"“”')) {
    const quote = env.quotes[env.quoteOf[told + 2] ?? -1];
    if (quote && quote.closeToken - told <= LONGEST_OUTLET) return quote.closeToken + 1;
    const end = env.partyAt.get(told + 2)?.to ?? from;
    return isSign(env, end, '»"”') ? end + 1 : end;
  }
  const skipped = skipOver(env, from, to);
  return skipped > from && isSign(env, skipped, '،,') ? skipped + 1 : from;
}

/** Nothing but signs and adverbs between. */
function isBare(env: SpeechEnv, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const next = env.phrase.skipAt.get(at) ?? env.channelAt.get(at)?.to;
    if (next !== undefined) at = next;
    else if (isSign(env, at, '،,:-–(') || COMPLEMENTISERS.has(env.tokens.norm[at] ?? '')) at++;
    else return false;
  }
  return true;
}

/** A verb inside what is said begins no statement of its own, unless it is joined to the verb of saying. */
function isMain(env: SpeechEnv, hit: CueHit, state: UnitState): boolean {
  const before = env.tokens.norm[hit.from - 1] ?? '';
  if (hit.cue.participle) return hit.from - 1 > state.open;
  const told = env.partyEnding.get(hit.from);
  if (told && hit.lead === '') {
    const front = env.tokens.norm[told.from - 1] ?? '';
    if (
      (CONNECTORS.has(front) && !hit.cue.weak) ||
      (COMPLEMENTISERS.has(front) && ADVERSATIVE.has(env.tokens.norm[told.from - 2] ?? ''))
    )
      return true;
  }
  const afterPause = isSign(env, hit.from - 1, '،,؛;») ”"');
  if (hit.lead !== '') {
    if (hit.cue.tense !== 'past' && !afterPause) return false;
    return afterPause || !hit.cue.weak || ['call', 'deny', 'demand', 'warn'].includes(hit.cue.act);
  }
  const back = skipBack(env, hit.from, state.open);
  const connector = env.tokens.norm[back - 1] ?? '';
  return CONNECTORS.has(before) || CONNECTORS.has(connector) || (back < hit.from && isSign(env, back - 1, '،,؛'));
}

/** موسكو أكدت، شويغو الذي أعلن، أما المتحدث … فشدد. */
function subjectBefore(env: SpeechEnv, hit: CueHit, state: UnitState): Party | null {
  if (hit.lead === 'و') return null;
  let at = hit.from;
  for (let i = 0; i < 4; i++) {
    const word = env.tokens.norm[at - 1] ?? '';
    if (NEGATIONS.has(word) || word === 'قد' || RELATIVES.has(word)) at--;
    else {
      const back = skipBack(env, at, state.unit.from);
      if (back === at) break;
      at = back;
    }
  }
  if (isSign(env, at - 1, '،,')) {
    at--;
    if (!env.partyEnding.has(at)) at = commaBefore(env, at, state.unit.from);
  }
  if (isSign(env, at - 1, '»”"')) at--;
  const party = env.partyEnding.get(at);
  if (!party || party.from < state.unit.from) return null;
  if (state.open >= 0 && party.from >= state.open && hit.lead === '' && !isMain(env, hit, state)) return null;
  return party;
}

/** نقلت وكالة … عن مصدر … قوله: the one quoted. */
function findAbout(env: SpeechEnv, from: number, to: number): { party: Party; to: number } | undefined {
  for (let at = from; at < Math.min(to, from + 4); at++) {
    if (env.tokens.norm[at] !== 'عن') continue;
    const party = env.partyAt.get(at + 1);
    if (party) return { party, to: /^(قول|تاكيد)/.test(env.tokens.norm[party.to] ?? '') ? party.to + 1 : party.to };
  }
  return undefined;
}

/** The comma that opens what the one at `to` closes, where a phrase ends; `to` itself when there is none. */
function commaBefore(env: SpeechEnv, to: number, from: number): number {
  for (let at = to - 1; at > Math.max(from, to - 10); at--) {
    if (isSign(env, at, '،,')) return env.partyEnding.has(at) ? at : to;
  }
  return to;
}

/** …، خلال مؤتمر صحفي عقدته في جنيف، …: what stands between two commas behind the speaker. */
function afterCircumstance(env: SpeechEnv, from: number, to: number): number {
  if (!isSign(env, from, '،,')) return from;
  if (!ADVERBIAL.has(env.tokens.norm[from + 1] ?? '') && !env.phrase.skipAt.has(from + 1)) return from;
  for (let at = from + 1; at < Math.min(to, from + 24); at++) {
    if ((env.quoteOf[at] ?? -1) >= 0 || env.phrase.isCue(at)) return from;
    if (isSign(env, at, '،,')) return at + 1;
  }
  return from;
}

function afterComma(env: SpeechEnv, from: number, to: number): number {
  for (let at = from; at < Math.min(to, from + 10); at++) if (isSign(env, at, '،,')) return at + 1;
  return from;
}

function skipParenthesis(env: SpeechEnv, from: number): number {
  if (!isSign(env, from, '(')) return from;
  for (let at = from + 1; at < from + 8; at++) if (isSign(env, at, ')')) return at + 1;
  return from;
}

/** Two bodies that speak as one; no actor code, since none stands for both. */
export function joined(first: Party, second: Party, env: SpeechEnv): Party {
  const { doc } = env.phrase.ctx;
  const start = first.span.start;
  const end = second.span.end;
  const text = doc.original.slice(start, end);
  return {
    ...first,
    to: second.to,
    span: { start, end, text },
    actorSpan: null,
    entity: {
      ...first.entity,
      name: text,
      actor: first.entity.actor === second.entity.actor ? first.entity.actor : null,
      plural: true,
      head: null,
      belongs: null,
    },
  };
}

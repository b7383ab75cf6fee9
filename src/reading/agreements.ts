/**
 * Each mention of an agreement with the status stated there: in force, suspended, ended, proposed, denied ("no deal").
 * Reads what the sentence says beside the mention; never carries a status from one mention to another.
 */
import { prepareAnalysis } from './actors/analysis.ts';
import type { PhraseEnv } from './actors/phrase.ts';
import type { ReaderContext } from './context.ts';
import { spanAt } from './document.ts';
import { ARABIC } from './language.ts';
import type { Mark } from './lexicon.ts';
import type { AgreementMention } from './model.ts';
import { marksWithin } from './proposals/wording.ts';
import type { PrepareStage } from './stages.ts';
import { NUMBER, PUNCT } from './tokens.ts';

type Status = AgreementMention['status'];
const STATUSES: readonly Status[] = ['in_force', 'proposed', 'denied', 'suspended', 'ended', 'unknown'];
const isStatus = (word: string | undefined): word is Status => STATUSES.includes(word as Status);

const words = (forms: string): ReadonlySet<string> => new Set(forms.split(' '));
/** Directly before a generic agreement these say that there is none. */
const NONE = words('لا ليس ليست لم اي بدون no any никаких никакой никакого нет без');
const NONE_AFTER = words('нет отсутствуют отсутствует');
const BETWEEN = words('بين مع between with между с');
const SUBJECT = words('علي حول بشان لوقف بخصوص on over about о об по');
const WHERE = words('في in within в на');
const MADE = words('المبرمه المبرم الموقعه الموقع الخاص الخاصه');
const AFTER = 9;
const BEFORE = 5;
const SUBJECT_WORDS = 5;
const WEAK_COST = 6;
const INSIDE_COST = 3;

export const prepareAgreements: PrepareStage<AgreementMention> = (sources) => {
  const analyse = prepareAnalysis(sources);
  const instrument = sources.instrument?.id ?? null;
  return (ctx, found) => {
    const marks = ctx.marks('agreement');
    if (marks.length === 0) return [];
    const { env } = analyse(ctx, found);
    return marks.flatMap((mark, i) => {
      const mention = readMention(env, mark, marks[i - 1]?.to ?? 0, marks[i + 1]?.from ?? ctx.tokens.count, instrument);
      return mention ? [mention] : [];
    });
  };
};

function readMention(
  env: PhraseEnv,
  mark: Mark,
  after: number,
  before: number,
  instrument: string | null,
): AgreementMention | null {
  const { ctx } = env;
  const [key, needs] = mark.value.value.split(':');
  const to = extendedEnd(env, mark.to, needs === 'generic', key === 'calm');
  const denial = needs === 'generic' || key === 'ceasefire' ? denialOf(env, mark, to) : null;
  if (needs === 'number' && ctx.tokens.kind[mark.to] !== NUMBER && !isNumbered(ctx, mark.to)) return null;
  const opening = needs === 'generic' ? openingOf(env, mark) : mark.from;
  if (needs === 'generic' && !denial && to === mark.to && opening === mark.from && !isDefinite(ctx, mark)) return null;
  const end = needs === 'number' ? numberEnd(ctx, mark.to) : to;
  const start = denial ? denial.from : opening;
  const begins = denial || opening < mark.from ? (ctx.tokens.start[start] ?? 0) : mark.start;
  const span = spanAt(ctx.doc, begins, ctx.tokens.end[end - 1] ?? 0);
  const name = spanAt(ctx.doc, denial ? mark.start : begins, span.end).text;
  const base = { span, name, id: key === 'ceasefire' ? instrument : null };
  if (denial) {
    return {
      ...base,
      status: 'denied',
      statusSpan: spanAt(ctx.doc, ctx.tokens.start[denial.from] ?? 0, ctx.tokens.end[denial.to - 1] ?? 0),
    };
  }
  const stated = statusOf(env, { from: mark.from, baseTo: mark.to, to: end }, after, before);
  return stated
    ? { ...base, status: stated.status, statusSpan: spanAt(ctx.doc, stated.mark.start, stated.mark.end) }
    : { ...base, status: 'unknown', statusSpan: null };
}

const KINDS_OF_DEAL = words(
  'peace preliminary interim earlier previous new latest draft final joint political comprehensive formal framework',
);

/** "the deal", الاتفاق, «соглашение»: one that the text has named before or names beside. */
function isDefinite(ctx: ReaderContext, mark: Mark): boolean {
  const { norm } = ctx.tokens;
  if (/^(ال|the )/.test(mark.value.form)) return true;
  if (mark.value.lang === 'ru') return /^соглашени/.test(norm[mark.from] ?? '');
  if (mark.value.lang === 'en') return /^(the|this|that|its|their)$/.test(norm[mark.from - 1] ?? '');
  return false;
}

/** The first token of a deal's own adjective or place: the Sochi deal, «Астанинские договоренности», a preliminary one. */
function openingOf(env: PhraseEnv, mark: Mark): number {
  const { tokens, view } = env.ctx;
  const before = mark.from - 1;
  if (before < 0 || tokens.kind[before] === PUNCT || tokens.sentence[before] !== tokens.sentence[mark.from])
    return mark.from;
  if (mark.value.lang === 'en') {
    const capital = /\p{Lu}/u.test(view.charAt(tokens.start[before] ?? 0)) && env.placeEnd.get(before) === mark.from;
    return capital || KINDS_OF_DEAL.has(tokens.norm[before] ?? '') ? before : mark.from;
  }
  if (mark.value.lang === 'ar') return /^[وفبل]?(مسوده|مشروع)$/.test(tokens.norm[before] ?? '') ? before : mark.from;
  if (mark.value.lang === 'ru') {
    const named = /\p{Lu}/u.test(view.charAt(tokens.start[before] ?? 0));
    return named && /(ий|ие|ое|ых|их|ым|ого|ому|ыми|ими)$/.test(tokens.norm[before] ?? '') ? before : mark.from;
  }
  return mark.from;
}

const isNumbered = (ctx: ReaderContext, at: number): boolean =>
  (ctx.tokens.norm[at] === 'رقم' || ctx.tokens.norm[at] === '№' || ctx.tokens.kind[at] === PUNCT) &&
  ctx.tokens.kind[at + 1] === NUMBER;

function numberEnd(ctx: ReaderContext, from: number): number {
  let at = from;
  while (at < from + 3 && ctx.tokens.kind[at] !== NUMBER) at++;
  return at + 1;
}

/** Takes in the parties, the place and, for a nameless agreement, the subject. */
function extendedEnd(env: PhraseEnv, from: number, generic: boolean, local: boolean): number {
  const { tokens } = env.ctx;
  let to = from;
  for (let i = 0; i < 4; i++) {
    let at = to;
    const word = tokens.norm[at] ?? '';
    // اتفاق ستوكهولم, اتفاق التاسع من أيلول: a place or a day gives it its name.
    if (generic && i === 0 && !tokens.norm[from - 1]?.startsWith('ال')) {
      const named = env.placeEnd.get(at) ?? (/^(منذ|في|يوم|امس|اليوم|on|в)$/.test(word) ? undefined : dateEnd(env, at));
      if (named !== undefined && tokens.script[at] === ARABIC) return named;
      if (DEAL_ADJECTIVES.has(word)) to = at = at + 1;
    }
    if (MADE.has(word)) at++;
    const link = tokens.norm[at] ?? '';
    if (BETWEEN.has(link) || (local && WHERE.has(link))) {
      const party = WHERE.has(link)
        ? env.placeEnd.get(at + 1)
        : (env.actorAt.get(at + 1)?.to ?? env.placeEnd.get(at + 1));
      if (party === undefined) break;
      to = party;
      const joins = tokens.norm[to] === 'and' || tokens.norm[to] === 'и' ? to + 1 : to;
      to = env.actorAt.get(joins)?.to ?? to;
    } else if (generic && SUBJECT.has(link) && !env.skipAt.has(at) && !env.skipAt.has(at + 1)) {
      let end = at + 1;
      while (
        end < at + 1 + SUBJECT_WORDS &&
        tokens.kind[end] !== PUNCT &&
        tokens.sentence[end] === tokens.sentence[at] &&
        !env.isCue(end)
      ) {
        if (env.words.stop.has(tokens.norm[end] ?? '') && end > at + 1) break;
        end++;
      }
      return end > at + 1 ? end : to;
    } else break;
  }
  return to;
}

const DEAL_ADJECTIVES = words(
  'دايم دايما شامل شاملا نهايي نهاييا مبديي مبدييا موقت موقتا اولي سياسي سياسيا اطاري جديد جديدا سابق سابقا ثلاثي ثنايي تاريخي تاريخيا',
);
/** A day named by its number and month, no adverb. */
const dateEnd = (env: PhraseEnv, at: number): number | undefined => {
  const end = env.skipAt.get(at);
  return end !== undefined && end - at >= 2 ? end : undefined;
};

/** "no agreement", "لم يتم التوصل إلى اتفاق", «никаких договорённостей нет»: the tokens that deny. */
function denialOf(env: PhraseEnv, mark: Mark, to: number): { from: number; to: number } | null {
  const { tokens } = env.ctx;
  for (let at = mark.from - 1; at >= mark.from - 5 && at >= 0; at--) {
    if (tokens.sentence[at] !== tokens.sentence[mark.from] || tokens.kind[at] === PUNCT) break;
    const word = tokens.norm[at] ?? '';
    if (!NONE.has(word)) continue;
    if (at === mark.from - 1 || isReach(env, at + 1, mark.from)) return { from: at, to: mark.to };
  }
  for (let at = to; at < to + 3; at++) {
    if (tokens.kind[at] === PUNCT) break;
    if (NONE_AFTER.has(tokens.norm[at] ?? '')) return { from: mark.from, to: at + 1 };
  }
  const next = [tokens.norm[to], tokens.norm[to + 1], tokens.norm[to + 2]].join(' ');
  return /^(has not|was not|не было|не достигнут|не достигнуты|لم يتم)/.test(next)
    ? { from: mark.from, to: to + 2 }
    : null;
}

/** Between the negation and the agreement only words of reaching one: يتم التوصل إلى, been any, такого. */
const isReach = (env: PhraseEnv, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    if (
      !/^(يتم|تتم|التوصل|يتوصل|نتوصل|توصل|الي|هناك|يوجد|توجد|اي|ايه|any|such|formal|final|joint|such|достигнуто|общей|официальных|новых|таких|بعد)$/.test(
        env.ctx.tokens.norm[at] ?? '',
      )
    )
      return false;
  }
  return true;
};

/** The nearest stated status of the sentence, plain words before what only presupposes; not across another mention. */
function statusOf(
  env: PhraseEnv,
  mention: { from: number; baseTo: number; to: number },
  after: number,
  before: number,
): { status: Status; mark: Mark } | null {
  const { tokens } = env.ctx;
  const { from, baseTo, to } = mention;
  let best: { status: Status; mark: Mark; cost: number } | null = null;
  for (const mark of marksWithin(env.ctx.marks('agreement_status'), from - 2 * BEFORE, to + AFTER + 1)) {
    if (tokens.sentence[mark.from] !== tokens.sentence[from]) continue;
    const [status, weak] = mark.value.value.split(':');
    if (!isStatus(status)) continue;
    let cost = weak ? WEAK_COST : 0;
    if (mark.from < from && mark.to >= to) cost += 0;
    else if (mark.from >= baseTo && mark.from < to) cost += INSIDE_COST;
    else if (mark.from >= to && mark.from - to <= AFTER && mark.from < before) cost += mark.from - to;
    else if (mark.to <= from && from - mark.to <= (weak ? BEFORE : 1) && mark.to > after) cost += 2 * (from - mark.to);
    else continue;
    // «соглашение не сорвано»: what has not broken down stands.
    const stands = status === 'ended' && /^(не|not|لم|t)$/.test(tokens.norm[mark.from - 1] ?? '');
    if (!best || cost < best.cost) best = { status: stands ? 'in_force' : status, mark, cost };
  }
  return best;
}

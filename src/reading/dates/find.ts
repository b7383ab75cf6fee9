/** The stage that finds the dates of a text: one pass, longest phrase at each token, no overlaps. */
import { dayInZone, dayNumber } from '../../core/index.ts';
import { languageAt, type ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import { offsetAfter } from '../normalise.ts';
import { numberWordAt } from '../numbers/parse.ts';
import type { Stage } from '../stages.ts';
import { PUNCT } from '../tokens.ts';
import type { Core, DateFinding, Phrase } from './model.ts';
import { phraseAt } from './phrase.ts';
import { basisOf, resolvePhrase } from './resolve.ts';
import { type Cursor, cursorOver } from './senses.ts';
import { tenseAround } from './tense.ts';
import { toldFrom } from './told-from.ts';
import { ownReference, withYear } from './undated.ts';

const SUNDAY = 0;
const MONDAY = 1;

export const findDates: Stage<DateFinding> = (ctx) => {
  const phrases = phrasesOf(cursorOver(ctx.view, ctx.tokens));
  if (ctx.published !== null)
    return toldFrom(
      ctx.tokens,
      phrases.map((phrase) => findingOf(ctx, phrase, phrase)),
    );
  const own = ownReference(phrases);
  const start = ctx.instrument ? dayNumber(dayInZone(ctx.instrument.start, ctx.instrument.timeZone)) : undefined;
  return toldFrom(
    ctx.tokens,
    phrases.map((phrase) => findingOf(ctx, phrase, withYear(phrase, own, start))),
  );
};

function phrasesOf(c: Cursor): Phrase[] {
  const phrases: Phrase[] = [];
  for (let i = 0; i < c.tokens.count; ) {
    const phrase = mayBegin(c, i) ? phraseAt(c, i) : undefined;
    if (phrase) phrases.push(phrase);
    i = phrase ? phrase.to : i + 1;
  }
  return phrases;
}

/** How far a preposition and its companions may stand before the first word that makes a date. */
const REACH = 8;

/**
 * Whether a date may begin here: the token itself is one of its words, or binds one that follows at once. A cheap test
 * that spares most tokens of a text the grammar.
 */
function mayBegin(c: Cursor, at: number): boolean {
  if (c.content[at] === 1) return true;
  if (c.hits[at] === undefined) return isOrdinal(c, at);
  for (let i = afterHits(c, at); i < Math.min(c.tokens.count, at + REACH); ) {
    if (c.content[i] === 1 || isOrdinal(c, i)) return true;
    if (c.hits[i] === undefined && c.tokens.kind[i] !== PUNCT) return false;
    i = afterHits(c, i);
  }
  return false;
}

/** The token after the longest sense at a token. */
function afterHits(c: Cursor, at: number): number {
  let to = at + 1;
  for (const hit of c.hits[at] ?? []) if (hit.to > to) to = hit.to;
  return to;
}

/** الخامس من مايو, пятого мая, the first of May; a cardinal only with the unit that follows it. */
const isOrdinal = (c: Cursor, at: number): boolean => numberWordAt(c.tokens, at) !== undefined;

/** `dated` is the phrase with a year that the text itself gave; its basis stays that of the words. */
function findingOf(ctx: ReaderContext, phrase: Phrase, dated: Phrase): DateFinding {
  const { tokens } = ctx;
  const language = languageAt(ctx, phrase.from);
  const tense = tenseAround(tokens, phrase.from, phrase.to);
  const resolved = resolvePhrase(dated, ctx.published, tense, language === 'ar' ? SUNDAY : MONDAY);
  const first = tokens.start[phrase.from] ?? 0;
  const start = phrase.lead > 0 ? offsetAfter(ctx.view, first, tokens.end[phrase.from] ?? first, phrase.lead) : first;
  return {
    span: spanAt(ctx.doc, start, tokens.end[phrase.to - 1] ?? start),
    ...resolved,
    basis: basisOf(phrase),
    from: phrase.from,
    to: phrase.to,
    sentence: tokens.sentence[phrase.from] ?? 0,
    time: phrase.core.time,
    daypart: phrase.core.daypart,
    monthDay: monthDayOf(phrase.core),
  };
}

const monthDayOf = ({ form, hijri, year, month, day }: Core): DateFinding['monthDay'] =>
  form === 'calendar' && !hijri && year === null && month !== null && day !== null ? { month, day } : null;

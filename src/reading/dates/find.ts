/** The stage that finds the dates of a text: one pass, longest phrase at each token, no overlaps. */
import { languageAt, type ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import { offsetAfter } from '../normalise.ts';
import type { Stage } from '../stages.ts';
import { PUNCT } from '../tokens.ts';
import type { Core, DateFinding, Phrase } from './model.ts';
import { phraseAt } from './phrase.ts';
import { resolvePhrase } from './resolve.ts';
import { cursorOver } from './senses.ts';
import { tenseAround } from './tense.ts';

const SUNDAY = 0;
const MONDAY = 1;

export const findDates: Stage<DateFinding> = (ctx) => {
  const c = cursorOver(ctx.view, ctx.tokens);
  const found: DateFinding[] = [];
  for (let i = 0; i < ctx.tokens.count; ) {
    const phrase = mayBegin(ctx, c.hits[i] !== undefined, i) ? phraseAt(c, i) : undefined;
    if (!phrase) {
      i++;
      continue;
    }
    found.push(findingOf(ctx, phrase));
    i = phrase.to;
  }
  return found;
};

const mayBegin = (ctx: ReaderContext, hasSense: boolean, at: number): boolean => {
  if (hasSense) return true;
  const { tokens } = ctx;
  // A number, or an ordinal word (الخامس من مايو, пятого мая).
  return tokens.kind[at] !== PUNCT;
};

function findingOf(ctx: ReaderContext, phrase: Phrase): DateFinding {
  const { tokens } = ctx;
  const language = languageAt(ctx, phrase.from);
  const tense = tenseAround(tokens, phrase.from, phrase.to);
  const resolved = resolvePhrase(phrase, ctx.published, tense, language === 'ar' ? SUNDAY : MONDAY);
  const first = tokens.start[phrase.from] ?? 0;
  const start = phrase.lead > 0 ? offsetAfter(ctx.view, first, tokens.end[phrase.from] ?? first, phrase.lead) : first;
  return {
    span: spanAt(ctx.doc, start, tokens.end[phrase.to - 1] ?? start),
    ...resolved,
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

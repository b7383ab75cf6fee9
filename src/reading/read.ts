/**
 * The reader: text → the reading/1 document. Runs the stages in order; decides nothing itself.
 *
 * How to add a stage: write a file that exports `prepareX: PrepareStage<X>` (stages.ts), a function of the sources (what
 * can be compiled once) that returns a pure function of (ctx, found); put it in PREPARE below in place of `emptyStage`.
 * - `ctx.view` is what may be read; offsets are those of the original. Evidence: `spanAt(ctx.doc, start, end)`.
 * - `ctx.tokens` are columns (tokens.ts): kind, start, end, norm (folded), sentence, paragraph, sentenceStarts.
 * - `ctx.marks(kind)` are the lexicon's matches; a new kind is one row in lexicon-kinds.ts and a list in lexicon/*.tsv.
 * - `buildMatcher(patterns)` (matcher.ts) matches your own forms, e.g. names of the gazetteer or the instrument;
 *   proclitics are cut off the span, stems handled. `leftmostLongest` settles overlaps.
 * - `found` has the results of the stages before: dates, quantities, places, actors, agreements, statements, proposals,
 *   figures, events, in this order.
 */

import { prepareActors } from './actors/stage.ts';
import { prepareAgreements } from './agreements.ts';
import type { ReaderSources } from './context.ts';
import { findDates } from './dates/find.ts';
import { partsThatDoNotAddUp } from './events/aggregate.ts';
import { prepareEvents } from './events/stage.ts';
import { type Lexicon, shippedLexicon } from './lexicon.ts';
import type { DateMention, Reading } from './model.ts';
import { findFigures } from './numbers/figures.ts';
import { findQuantities } from './numbers/find.ts';
import { openText, type ReadOptions } from './open.ts';
import { preparePlaces } from './places/stage.ts';
import { prepareProposals } from './proposals/stage.ts';
import { prepareStatements } from './speech/statements.ts';
import { type Found, nothingFound, type PrepareStage } from './stages.ts';

/** The stages by the name of their result, in running order. */
const PREPARE: { readonly [K in keyof Found]: PrepareStage<Found[K][number]> } = {
  dates: () => findDates,
  quantities: () => findQuantities,
  places: preparePlaces,
  actors: prepareActors,
  agreements: prepareAgreements,
  statements: prepareStatements,
  proposals: prepareProposals,
  figures: () => findFigures,
  events: prepareEvents,
};

type Filling = { -readonly [K in keyof Found]: Found[K] };

export interface Reader {
  /** Reads one text. Pure and synchronous; linear in the length; never throws on any string. */
  read(text: string, options?: ReadOptions): Reading;
}

export interface ReaderOptions {
  readonly gazetteer?: ReaderSources['gazetteer'];
  readonly instrument?: ReaderSources['instrument'];
  /** Another lexicon than the shipped one. */
  readonly lexicon?: Lexicon;
}

/** Makes a reader for one gazetteer and instrument; without them places and parties stay unresolved. */
export function createReader(options: ReaderOptions = {}): Reader {
  const sources: ReaderSources = {
    gazetteer: options.gazetteer ?? null,
    instrument: options.instrument ?? null,
    lexicon: options.lexicon ?? shippedLexicon(),
  };
  const stages = Object.entries(PREPARE).map(([name, prepare]) => ({
    name: name as keyof Found,
    run: prepare(sources),
  }));
  return {
    read: (text, readOptions) => {
      const ctx = openText(sources, text, readOptions);
      const found: Filling = nothingFound();
      for (const { name, run } of stages) found[name] = run(ctx, found) as never;
      return {
        reading: 1,
        language: ctx.language,
        published: ctx.published,
        dates: found.dates.map(published),
        places: found.places,
        actors: found.actors,
        agreements: found.agreements,
        statements: found.statements,
        proposals: found.proposals,
        figures: found.figures,
        events: found.events,
        dropped: [...ctx.doc.dropped, ...partsThatDoNotAddUp(ctx, found)],
      };
    },
  };
}

/** A date without what only the stages need. */
const published = ({ span, value, mod, basis }: DateMention): DateMention => ({ span, value, mod, basis });

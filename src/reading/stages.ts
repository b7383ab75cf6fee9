/** What the stages of a reading have found so far, and the shape of a stage. */

import type { ReaderContext, ReaderSources } from './context.ts';
import type { DateFinding } from './dates/model.ts';
import type { ActorMention, AgreementMention, EventClaim, Figure, PlaceMention, Proposal, Statement } from './model.ts';
import type { Quantity } from './numbers/model.ts';

/** Results in the order in which the stages run; a stage sees those before it, and [] for those after it. */
export interface Found {
  readonly dates: readonly DateFinding[];
  readonly quantities: readonly Quantity[];
  readonly places: readonly PlaceMention[];
  readonly actors: readonly ActorMention[];
  readonly agreements: readonly AgreementMention[];
  readonly statements: readonly Statement[];
  readonly proposals: readonly Proposal[];
  readonly figures: readonly Figure[];
  readonly events: readonly EventClaim[];
}

/** What has been found before the first stage. */
export const nothingFound = (): Found => ({
  dates: [],
  quantities: [],
  places: [],
  actors: [],
  agreements: [],
  statements: [],
  proposals: [],
  figures: [],
  events: [],
});

export const NOTHING_FOUND: Found = Object.freeze(nothingFound());

/** Reads one thing out of a text. Pure: the same text and sources give the same result. Never throws. */
export type Stage<T> = (ctx: ReaderContext, found: Found) => readonly T[];

/** Makes a stage: what depends on the gazetteer, the instrument or the lexicon is compiled here, once. */
export type PrepareStage<T> = (sources: ReaderSources) => Stage<T>;

/** A stage that nobody has written yet. */
export const emptyStage = (): (() => readonly never[]) => () => [];

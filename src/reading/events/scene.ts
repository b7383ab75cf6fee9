/**
 * A text cut into units, with what the other stages found in each, so that an event looks only at its own sentences and
 * the work stays linear in the length of the text.
 */
import type { ReaderContext } from '../context.ts';
import type { DateFinding } from '../dates/model.ts';
import type { Mark } from '../lexicon.ts';
import type { ActorMention, PlaceMention, Statement } from '../model.ts';
import type { Quantity } from '../numbers/model.ts';
import type { Found } from '../stages.ts';
import { type Anchored, anchor, gapBetween, tokenAt } from './anchor.ts';
import { isOfAnotherTime } from './elsewhen.ts';
import type { Unit } from './signs.ts';

/** What stands in some units, in their order. */
export interface Local {
  readonly places: Anchored<PlaceMention>[];
  readonly actors: Anchored<ActorMention>[];
  /** Tokens of those who speak beside their verb. */
  readonly speakers: { from: number; to: number }[];
  readonly dates: DateFinding[];
  readonly quantities: Quantity[];
  readonly statements: Statement[];
  /** Who gives counts (activists, a ministry). */
  readonly tellers: Mark[];
}

/** What the instrument says of itself; nulls without one. */
export interface InstrumentFacts {
  /** First day of the instrument in its own zone. */
  readonly inForceFrom: string | null;
  /** Its country as an id of the gazetteer. */
  readonly home: string | null;
  readonly isParty: (actor: string) => boolean;
}

export interface Scene extends InstrumentFacts {
  readonly ctx: ReaderContext;
  readonly found: Found;
  readonly units: readonly Unit[];
  /** What stands in each unit, by its index. */
  readonly local: readonly Local[];
}

const SPEAKER_REACH = 10;
const MOST_UNITS_OF_A_STATEMENT = 30;

const empty = (): Local => ({
  places: [],
  actors: [],
  speakers: [],
  dates: [],
  quantities: [],
  statements: [],
  tellers: [],
});

export function sceneOf(ctx: ReaderContext, found: Found, units: readonly Unit[], facts: InstrumentFacts): Scene {
  const { tokens } = ctx;
  const local = units.map(empty);
  const at = (token: number): Local | undefined => local[unitAt(units, token)];
  for (const place of anchor(tokens, found.places)) at(place.from)?.places.push(place);
  for (const actor of anchor(tokens, found.actors)) at(actor.from)?.actors.push(actor);
  for (const date of found.dates) at(date.from)?.dates.push(date);
  for (const quantity of found.quantities) {
    const index = unitAt(units, quantity.from);
    const [unit, here] = [units[index], local[index]];
    if (unit && here && !isOfAnotherTime(quantity, unit, here.dates, ctx)) here.quantities.push(quantity);
  }
  for (const teller of ctx.marks('teller')) at(teller.from)?.tellers.push(teller);
  for (const statement of found.statements) {
    const speaker = speakerBeside(ctx, statement);
    if (speaker) at(speaker.from)?.speakers.push(speaker);
    for (const span of statement.content) {
      const first = unitAt(units, tokenAt(tokens, span.start));
      const last = Math.min(unitAt(units, tokenAt(tokens, span.end - 1)), first + MOST_UNITS_OF_A_STATEMENT);
      for (let i = first; i <= last; i++) local[i]?.statements.push(statement);
    }
  }
  return { ...facts, ctx, found, units, local };
}

/** What stands in the units given. */
export function localOf(scene: Scene, units: readonly Unit[]): Local {
  const all = empty();
  for (const { index } of units) {
    const one = scene.local[index];
    if (!one) continue;
    all.places.push(...one.places);
    all.actors.push(...one.actors);
    all.speakers.push(...one.speakers);
    all.dates.push(...one.dates);
    all.quantities.push(...one.quantities);
    all.statements.push(...one.statements);
    all.tellers.push(...one.tellers);
  }
  return all;
}

/** The last unit that begins at or before a token. */
function unitAt(units: readonly Unit[], token: number): number {
  let low = 0;
  let high = units.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((units[middle]?.from ?? 0) <= token) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A speaker taken up from an earlier sentence ("they say") may well have acted there, so only those beside the verb. */
function speakerBeside({ tokens }: ReaderContext, { speaker, cue }: Statement): { from: number; to: number } | null {
  if (!speaker.span) return null;
  const at = { from: tokenAt(tokens, speaker.span.start), to: tokenAt(tokens, speaker.span.end - 1) + 1 };
  const verb = { from: tokenAt(tokens, cue.start), to: tokenAt(tokens, cue.end - 1) + 1 };
  const beside = tokens.sentence[at.from] === tokens.sentence[verb.from] && gapBetween(at, verb) <= SPEAKER_REACH;
  return beside ? at : null;
}

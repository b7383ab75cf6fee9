/**
 * The people of one text, found once and shared by the stages that need them (actors, statements, proposals). Kept
 * beside the context for as long as that lives; nothing outlives a reading.
 */
import type { ReaderContext, ReaderSources } from '../context.ts';
import type { Mark } from '../lexicon.ts';
import type { Span } from '../model.ts';
import { type CueWords, readCueWords } from '../speech/cue-words.ts';
import type { Found } from '../stages.ts';
import { type ActorForm, actorForms } from './forms.ts';
import { type ActorMatch, prepareActorMatches } from './mentions.ts';
import type { Party } from './parties.ts';
import { type CodeOf, readParties } from './people.ts';
import { preparePersons } from './persons.ts';
import type { PhraseEnv } from './phrase.ts';
import { readWords } from './words.ts';

export interface Analysis {
  readonly env: PhraseEnv;
  readonly parties: readonly Party[];
  readonly cues: CueWords;
}

export type Analyse = (ctx: ReaderContext, found: Found) => Analysis;

const made = new WeakMap<ReaderSources['lexicon'], { instrument: ReaderSources['instrument']; analyse: Analyse }>();

/** The analysis for these sources; compiled once for a lexicon and instrument. */
export function prepareAnalysis(sources: ReaderSources): Analyse {
  const known = made.get(sources.lexicon);
  if (known && known.instrument === sources.instrument) return known.analyse;
  const analyse = compile(sources);
  made.set(sources.lexicon, { instrument: sources.instrument, analyse });
  return analyse;
}

function compile(sources: ReaderSources): Analyse {
  const words = readWords(sources.lexicon);
  const cues = readCueWords(sources.lexicon);
  const forms = actorForms(sources.lexicon, sources.instrument);
  const matchActors = prepareActorMatches(sources, forms);
  const matchPersons = preparePersons(sources.lexicon);
  const codeOf = codes(sources, forms);
  const done = new WeakMap<ReaderContext, Analysis>();
  return (ctx, found) => {
    const before = done.get(ctx);
    if (before) return before;
    const isCue = (token: number): boolean => cues.at(ctx.tokens, token) !== undefined;
    const personAt = byStart(matchPersons(ctx));
    const dates = spanEnds(ctx, found.dates);
    // Only places that the gazetteer knows: an unknown one may be a person's name (посёлка Сергей …).
    const placeEnd = spanEnds(
      ctx,
      found.places.filter(({ place }) => place !== null),
    );
    const dateAt = (token: number): boolean => dates.has(token);
    const officeStarts = new Set(ctx.marks('office').map((mark) => mark.from));
    const officeAt = (token: number): boolean => officeStarts.has(token);
    const actors = matchActors(ctx, found.places, isCue, { placeEnd, dateAt, officeAt }).filter(
      (actor) => !startsInside(actor, personAt),
    );
    const env: PhraseEnv = {
      ctx,
      words,
      actorAt: byStart(actors),
      inBody: bodyTokens(ctx, actors),
      personAt: outside(personAt, actors),
      headAt: headsOf(ctx),
      skipAt: new Map([...ctx.marks('skip').map((mark): [number, number] => [mark.from, mark.to]), ...dates]),
      placeEnd,
      isCue,
    };
    const analysis = { env, parties: readParties(env, codeOf), cues };
    done.set(ctx, analysis);
    return analysis;
  };
}

function bodyTokens(ctx: ReaderContext, actors: readonly ActorMatch[]): Uint8Array {
  const inside = new Uint8Array(ctx.tokens.count + 1);
  for (const actor of actors) inside.fill(1, actor.from, actor.to);
  return inside;
}

const byStart = <T extends { readonly from: number }>(matches: readonly T[]): Map<number, T> =>
  new Map(matches.map((match) => [match.from, match]));

function startsInside(
  actor: ActorMatch,
  persons: ReadonlyMap<number, { readonly from: number; readonly to: number }>,
): boolean {
  const person = persons.get(actor.from);
  return person !== undefined && person.to >= actor.to;
}

/** Persons that are not a part of a body's name (قوات بشار الأسد). */
function outside<T extends { readonly from: number; readonly to: number }>(
  persons: ReadonlyMap<number, T>,
  actors: readonly ActorMatch[],
): Map<number, T> {
  const covered = new Set<number>();
  for (const actor of actors) for (let at = actor.from; at < actor.to; at++) covered.add(at);
  return new Map([...persons].filter(([from]) => !covered.has(from)));
}

/** Heads of office and role phrases, the longer where two begin alike; a role wins over an office inside it. */
function headsOf(ctx: ReaderContext): Map<number, Mark> {
  const heads = new Map<number, Mark>();
  const roleTokens = new Map<number, Mark>();
  for (const role of ctx.marks('role')) for (let at = role.from; at < role.to; at++) roleTokens.set(at, role);
  for (const role of ctx.marks('role')) heads.set(role.from, role);
  for (const office of ctx.marks('office')) {
    const role = roleTokens.get(office.to - 1) ?? roleTokens.get(office.from);
    if (role && role.to - role.from >= office.to - office.from && !(role.from === office.from && role.to === office.to))
      continue;
    if (role && role.from !== office.from) heads.delete(role.from);
    heads.set(office.from, office);
  }
  return heads;
}

/** Last token of the mention that begins at a token. Mentions come in text order. */
function spanEnds(ctx: ReaderContext, mentions: readonly { readonly span: Span }[]): Map<number, number> {
  const ends = new Map<number, number>();
  const { tokens } = ctx;
  let at = 0;
  for (const { span } of mentions) {
    while (at < tokens.count && (tokens.end[at] ?? 0) <= span.start) at++;
    let to = at;
    while (to < tokens.count && (tokens.start[to] ?? 0) < span.end) to++;
    if (to > at) ends.set(at, to);
  }
  return ends;
}

function codes(sources: ReaderSources, forms: readonly ActorForm[]): CodeOf {
  const byState = new Map<string, string | null>();
  for (const form of forms) {
    if (form.use === 'country' && form.state && !byState.has(form.state)) byState.set(form.state, form.actor);
  }
  const own = new Set(sources.instrument?.actors.map((actor) => actor.id) ?? []);
  return (belongs) => (belongs === null ? null : own.has(belongs) ? belongs : (byState.get(belongs) ?? null));
}

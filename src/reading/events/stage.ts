/**
 * The events stage: the main event of the text first, then the others it tells of, then the same event as other sources
 * count it. What is denied, supposed or long past is no event of the text.
 */
import {
  addDays,
  type Count,
  dayInZone,
  type EventType,
  isTarget,
  isUnknownCount,
  type Target,
  UNKNOWN_COUNT,
} from '../../core/index.ts';
import type { ReaderContext, ReaderSources } from '../context.ts';
import { spanAt } from '../document.ts';
import { CYRILLIC } from '../language.ts';
import type { EventClaim, Span, Statement } from '../model.ts';
import type { Quantity } from '../numbers/model.ts';
import type { PrepareStage } from '../stages.ts';
import type { Tokens } from '../tokens.ts';
import { countsViolations, isAggregate } from './aggregate.ts';
import { anchor, gapBetween } from './anchor.ts';
import { bestKind, comesAfter, kindScores, LEAST_SCORE, SIGNS_OF, weighedScores } from './kind.ts';
import { otherTolls } from './other-tolls.ts';
import { localOf, type Scene, sceneOf } from './scene.ts';
import { signMatchers, type Unit, unitsOf } from './signs.ts';
import { groupBySource, isTotal, sumOf, type Told, tollsIn } from './toll.ts';
import { type WhenAnchor, whenOf } from './when.ts';
import { placesOf } from './where.ts';
import { OUTSIDER, whoDidIt } from './who.ts';

const MOST_EVENTS = 60;
const MOST_FOLLOWING = 3;
/** Weight of the title, the lead and the sentences after it in deciding what the text is about. */
const WEIGHTS = { title: 0.9, lead: 1.2, second: 0.4, later: 0.12 } as const;

export const prepareEvents: PrepareStage<EventClaim> = (sources: ReaderSources) => {
  const matchers = signMatchers(sources.lexicon);
  const { instrument } = sources;
  const inForceFrom = instrument ? dayInZone(instrument.start, instrument.timeZone) : null;
  const codes = new Set(instrument?.actors.map(({ id }) => id) ?? []);
  const isParty = (actor: string): boolean => codes.has(actor);
  const home = instrument ? `iso:${instrument.country}` : null;
  return (ctx, found) => {
    const names = new Uint8Array(ctx.tokens.count);
    for (const { from, to } of anchor(ctx.tokens, found.places)) if (to - from === 1) names[from] = 1;
    const units = unitsOf(matchers, ctx.view, ctx.tokens, (token) => names[token] === 1);
    if (units.length === 0) return [];
    return readEvents(sceneOf(ctx, found, units, { inForceFrom, home, isParty }));
  };
};

function readEvents(scene: Scene): EventClaim[] {
  const main = mainEvent(scene);
  if (!main) return [];
  const events = [main.claim, ...main.otherTolls];
  const told = new Set(main.units);
  for (const unit of scene.units) {
    if (events.length >= MOST_EVENTS) break;
    if (told.has(unit) || unit.isTitle || isLongPast(scene, unit)) continue;
    const other = otherEvent(scene, unit, events);
    if (other) events.push(other);
  }
  return events;
}

const leadQuantities = (scene: Scene, titles: readonly Unit[], lead: readonly Unit[]): readonly Quantity[] =>
  localOf(scene, [...titles, ...lead]).quantities;

const RECENT_DAYS = 60;

/** A sentence whose only dates lie months before publication ("in August 2013") tells of another time. */
function isLongPast({ ctx, local }: Scene, unit: Unit): boolean {
  const { published } = ctx;
  const all = local[unit.index]?.dates ?? [];
  if (published === null || unit.isTitle || all.length === 0) return false;
  const dates = all.filter(({ value, mod }) => value !== null && mod !== 'since' && mod !== 'until');
  if (dates.length === 0) return false;
  const limit = addDays(published, -RECENT_DAYS);
  return dates.every(({ value }) => /^\d{4}/.test(value ?? '') && (value ?? '').slice(0, 7) < limit.slice(0, 7));
}

interface MainEvent {
  readonly claim: EventClaim;
  readonly otherTolls: readonly EventClaim[];
  readonly units: readonly Unit[];
}

function mainEvent(scene: Scene): MainEvent | null {
  const units = scene.units.filter((unit) => !isLongPast(scene, unit));
  const body = units.filter((unit) => !unit.isTitle);
  const titles = units.filter((unit) => unit.isTitle);
  const tells = (unit: Unit): boolean => bestKind(kindScores(unit)) !== null;
  // A headline that says what happened is told by the sentence under it, whatever words that uses; a bulletin's sum-up by
  // the first sentence that counts, behind its dateline.
  const isTold = body.findIndex((unit) => tells(unit) || countsViolations(unit, localOf(scene, [unit]).quantities));
  const leadAt = titles.some(tells) ? 0 : Math.max(0, isTold);
  const weighed = [
    ...titles.map((unit) => ({ unit, weight: WEIGHTS.title })),
    ...body
      .slice(leadAt)
      .map((unit, i) => ({ unit, weight: i === 0 ? WEIGHTS.lead : i === 1 ? WEIGHTS.second : WEIGHTS.later })),
  ];
  const first = body.slice(titles.some(tells) ? 0 : leadAt, leadAt + 2);
  const aggregate = isAggregate(titles, first, leadQuantities(scene, titles, first));
  const scores = weighedScores(weighed);
  const best = aggregate ? { type: 'ceasefire_violation' as const, score: LEAST_SCORE } : bestKind(scores);
  if (!best) return null;
  const lead = body[leadAt];
  const follow: Unit[] = [];
  for (let i = leadAt + 1; i < body.length && follow.length < MOST_FOLLOWING; i++) {
    const unit = body[i];
    if (unit && continuesMain(scene, unit, best.type)) follow.push(unit);
  }
  const before = body.slice(0, leadAt);
  const own = [...before, ...(lead ? [lead] : []), ...titles, ...follow];
  const claim = claimOf(scene, best.type, own, aggregate);
  return {
    claim,
    otherTolls: aggregate ? [] : otherTolls(scene, claim, own, (unit) => tollGroups(scene, unit, 'deaths'), speakerOf),
    units: own,
  };
}

/** A later sentence goes on about the main event when it has no other kind of its own. */
function continuesMain(scene: Scene, unit: Unit, type: EventType): boolean {
  const downed = type === 'missile' && unit.words.some((term) => term.value === 'down.verb');
  if (downed || unit.context.some((term) => term.value === 'claim')) return true;
  if (unit.context.some((term) => term.value === 'separate' || term.value === 'background')) return false;
  const best = bestKind(kindScores(unit));
  // "The attack …" without a place of its own is the attack already told.
  const back =
    best?.type === 'ground_attack' && best.score < 1.8 && (scene.local[unit.index]?.places ?? []).length === 0;
  return best === null || best.score <= LEAST_SCORE || best.type === type || back;
}

function otherEvent(scene: Scene, unit: Unit, events: readonly EventClaim[]): EventClaim | null {
  const best = bestKind(kindScores(unit));
  if (!best || best.score < LEAST_SCORE + 0.4) return null;
  if (unit.context.some((term) => term.value === 'background')) return null;
  const claim = claimOf(scene, best.type, [unit], false);
  if (claim.places.length === 0 && isUnknownCount(claim.killed)) return null;
  const told = events.some(
    (event) => event.type === claim.type && samePlace(scene, event, claim) && event.start === claim.start,
  );
  return told ? null : claim;
}

function samePlace(scene: Scene, a: EventClaim, b: EventClaim): boolean {
  const idOf = (event: EventClaim): string | null => scene.found.places[event.places[0] ?? -1]?.place ?? null;
  return idOf(a) === idOf(b);
}

/** Outside the terms only a name in Latin or Arabic letters surely holds the place in it ("Думы боевиками" does not). */
const holdsItsPlaces =
  (tokens: Tokens) =>
  ({ value, from }: { readonly value: { readonly actor: string | null }; readonly from: number }): boolean =>
    value.actor !== null || tokens.script[from] !== CYRILLIC;

const LASTING = new Set<EventType>(['protest_or_other', 'siege_or_access_denied', 'abduction_or_detention']);

function claimOf(scene: Scene, type: EventType, own: readonly Unit[], aggregate: boolean): EventClaim {
  const { ctx } = scene;
  const { tokens } = ctx;
  const here = localOf(scene, own);
  const [lead] = own;
  const when = whenOf({
    units: own,
    anchors: whenAnchors(own, here.quantities, type, tokens),
    dates: here.dates,
    published: ctx.published,
    tokens,
    zone: ctx.instrument?.timeZone ?? null,
    inForceFrom: scene.inForceFrom,
    lasts: LASTING.has(type),
    overDay: aggregate && own.some((unit) => unit.context.some((term) => term.value === 'period')),
  });
  const party = whoDidIt({
    type,
    units: own,
    actors: here.actors,
    speakers: here.speakers,
    tokens,
    tolls: here.quantities.filter(({ unit }) => unit === 'deaths' || unit === 'injured'),
    homeland: new Set(here.places.filter(({ value }) => value.place === scene.home).map(({ from }) => from)),
    places: here.places,
    isParty: scene.isParty,
  });
  const told = own.find((unit) => unit.words.length > 0) ?? lead;
  const by = told ? speakerOf(here.statements, tokens.start[told.words[0]?.from ?? told.from] ?? 0) : 'narrator';
  const tollUnits = withNext(scene, own);
  const hedged = own
    .slice(0, 1)
    .some((unit) =>
      unit.context.some((term) => term.value === 'hedge' || term.value === 'denial' || term.value === 'accuse'),
    );
  return {
    spans: spansOf(ctx, own),
    type,
    start: when.start,
    end: when.end,
    places: placesOf(own, here.places, tokens, here.actors.filter(holdsItsPlaces(tokens))),
    weapon: own.flatMap((unit) => unit.weapons)[0]?.value ?? null,
    actor: party && party.actor !== OUTSIDER ? party.actor : null,
    actorText: party ? ctx.doc.original.slice(tokens.start[party.from], tokens.end[party.to - 1]) : null,
    target: targetOf(here.speakers, own, type, party),
    killed: aggregate ? UNKNOWN_COUNT : firstToll(scene, tollUnits, 'deaths'),
    injured: aggregate ? UNKNOWN_COUNT : firstToll(scene, tollUnits, 'injured'),
    alleged: hedged || by !== 'narrator',
    aggregate,
    by,
  };
}

/** Signs that may date the event; what came before it ("after the death of 13 yesterday") does not. */
function whenAnchors(
  units: readonly Unit[],
  quantities: readonly Quantity[],
  type: EventType,
  tokens: Tokens,
): WhenAnchor[] {
  const own = SIGNS_OF[type];
  return units.flatMap((unit) => [
    ...unit.words
      .filter((word) => (own.has(word.value) || word.value === 'kill.verb') && !comesAfter(word, unit))
      .map(({ from, to, value }) => ({ from, to, weak: value === 'kill.verb' })),
    ...[...tollsIn(unit, quantities, 'deaths', tokens), ...tollsIn(unit, quantities, 'injured', tokens)].map(
      ({ from, to }) => ({
        from,
        to,
        weak: true,
      }),
    ),
  ]);
}

/** Tokens where another source begins to speak: its name, "according to", "while", but not "31 of the loyalists". */
function sourceBreaks(scene: Scene, unit: Unit): number[] {
  const { norm } = scene.ctx.tokens;
  const ofThem = ({ from }: { from: number }): boolean =>
    PART_OF.has(norm[from - 1] ?? '') || PART_OF.has(norm[from - 2] ?? '');
  const named = (scene.local[unit.index]?.actors ?? []).filter((actor) => !ofThem(actor));
  const signs = unit.context.filter((term) => BREAKS.has(term.value));
  const tellers = (scene.local[unit.index]?.tellers ?? []).filter((teller) => !ofThem(teller));
  return [...named, ...signs, ...tellers].map(({ from }) => from);
}

const BREAKS = new Set(['source', 'separate', 'contrast', 'said']);
const PART_OF = new Set(['من', 'of', 'из', 'в', 'in', 'between', 'بين', 'from']);

/** The first count told: in the text before the headline, which rounds. */
function firstToll(scene: Scene, units: readonly Unit[], what: 'deaths' | 'injured'): Count {
  for (const unit of [...units.filter((one) => !one.isTitle), ...units.filter((one) => one.isTitle)]) {
    const groups = tollGroups(scene, unit, what);
    const { tokens } = scene.ctx;
    const group = groups.find((one) => one.some((count) => isTotal(count, tokens))) ?? groups[0];
    if (group) return sumOf(group, scene.ctx.tokens);
  }
  return UNKNOWN_COUNT;
}

/** The event's own sentences, and the one right after them: a toll told there is of this event unless it turns away. */
function withNext(scene: Scene, own: readonly Unit[]): readonly Unit[] {
  const lead = own.find((unit) => !unit.isTitle);
  const next = lead && scene.units[lead.index + 1];
  if (!next || own.includes(next) || next.isTitle) return own;
  return next.context.some((term) => term.value === 'separate' || term.value === 'background') ? own : [...own, next];
}

function tollGroups(scene: Scene, unit: Unit, what: 'deaths' | 'injured'): Told[][] {
  const tolls = tollsIn(unit, scene.local[unit.index]?.quantities ?? [], what, scene.ctx.tokens);
  return tolls.length === 0 ? [] : groupBySource(tolls, sourceBreaks(scene, unit), scene.ctx.tokens);
}

/** Who says what stands at an offset: the speaker of the statement that holds it, else the narrator. */
function speakerOf(statements: readonly Statement[], offset: number): string {
  for (const { speaker, content } of statements) {
    if (!content.some((span) => span.start <= offset && offset < span.end)) continue;
    const name = speaker.actor ?? speaker.name ?? speaker.office ?? speaker.span?.text;
    if (name) return name;
  }
  return 'narrator';
}

function spansOf(ctx: ReaderContext, own: readonly Unit[]): Span[] {
  const { tokens } = ctx;
  return own
    .filter((unit) => unit.to > unit.from)
    .map((unit) => spanAt(ctx.doc, tokens.start[unit.from] ?? 0, tokens.end[unit.to - 1] ?? 0))
    .sort((a, b) => a.start - b.start);
}

/** What was hit: protected things before homes, homes before people; fighters who are the party are no target. */
const TARGET_ORDER: readonly Target[] = ['hospital', 'school', 'market', 'camp', 'aid_convoy'];

function targetOf(
  speakers: readonly { from: number; to: number }[],
  own: readonly Unit[],
  type: EventType,
  party: { from: number; to: number } | null,
): Target | null {
  if (type === 'missile' && own.some((unit) => unit.words.some((term) => term.value === 'down.verb')))
    return 'combatants';
  const isSource = (term: { from: number; to: number }): boolean =>
    (party !== null && gapBetween(term, party) === 0) ||
    speakers.some((speaker) => speaker.from < term.to && term.from < speaker.to);
  if (own.every((unit) => unit.targets.length === 0)) return null;
  for (const unit of own) {
    const words = unit.targets
      .filter((term) => !isSource(term))
      .map((term) => term.value)
      .filter(isTarget);
    for (const target of TARGET_ORDER) if (words.includes(target)) return target;
  }
  const words = own
    .flatMap((unit) => unit.targets.filter((term) => !isSource(term)).map((term) => term.value))
    .filter(isTarget);
  return words[0] ?? null;
}

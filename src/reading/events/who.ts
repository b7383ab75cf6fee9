/**
 * The party that is said to have done it. Every named actor near the event is weighed by its part in the sentence: who
 * claims it, who is accused, whose aircraft, who is hit, who merely speaks. Two parties joined by "or" give none.
 */

import type { Term } from '../inflected.ts';
import type { ActorMention } from '../model.ts';
import type { Tokens } from '../tokens.ts';
import { type Anchored, gapBetween, hasStop, within } from './anchor.ts';
import type { Unit } from './signs.ts';

export interface Party {
  readonly actor: string;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

export interface WhoInput {
  readonly units: readonly Unit[];
  readonly actors: readonly Anchored<ActorMention>[];
  /** Tokens of speakers: they tell, they did not do it. */
  readonly speakers: readonly { from: number; to: number }[];
  readonly tokens: Tokens;
  /** Kinds of signs that belong to the event, in these units. */
  readonly anchors: readonly Term[];
  readonly isShootdown: boolean;
}

const LEAST = 2;
const OR = new Set(['او', 'ام', 'or', 'или', 'либо']);
const STRIKERS = new Set([
  'strike.verb',
  'shell.verb',
  'attack.verb',
  'seize.verb',
  'abduct',
  'block',
  'air.verb',
  'ied.verb',
  'down.verb',
  'siege',
  'protest',
  'smuggle',
  'violation',
]);
const DEEDS = new Set([
  'air.noun',
  'shell.strong',
  'shell.weak',
  'rocket',
  'missile.long',
  'attack.noun',
  'ied.noun',
  'blast',
  'arms.small',
  'clash',
  'air.craft',
  'strike.verb',
  'siege',
  'violation',
  'abduct',
]);

/** The likeliest party, or null when nobody is said to have done it. */
export function whoDidIt(input: WhoInput): Party | null {
  const parties = candidates(input).sort((a, b) => b.score - a.score || a.from - b.from);
  const [first] = parties;
  if (!first || first.score < LEAST) return null;
  const rival = parties.find((party) => party.actor !== first.actor && party.score >= first.score - 1.5);
  if (rival && joinedByOr(first, rival, input.tokens)) return null;
  return first;
}

function candidates(input: WhoInput): Party[] {
  const parties: Party[] = [];
  input.units.forEach((unit, order) => {
    const claimed = unit.context.some((term) => term.value === 'noclaim');
    for (const actor of input.actors) {
      if (!within(actor.from, unit) || actor.value.actor === null || actor.value.kind === 'person') continue;
      parties.push(weigh(actor.value.actor, actor, unit, order, 1, claimed, input));
    }
    for (const term of unit.actors) {
      const code = term.value.startsWith('adj:') ? term.value.slice(4) : term.value;
      const named = input.actors.some((actor) => actor.value.actor !== null && gapBetween(actor, term) === 0);
      if (named) continue;
      const adjective = term.value.startsWith('adj:');
      if (adjective && !qualifiesDeed(term, unit, input.tokens)) continue;
      parties.push(weigh(code, term, unit, order, adjective ? 1 : 0.6, claimed, input));
    }
  });
  return parties;
}

/** An adjective counts beside a deed, an aircraft or a weapon only. */
function qualifiesDeed(term: Term, unit: Unit, tokens: Tokens): boolean {
  const latin = (tokens.script[term.from] ?? 0) !== 1;
  return unit.words.some((word) => {
    if (!DEEDS.has(word.value)) return false;
    if (latin) return word.from >= term.to && word.from - term.to <= 1;
    return term.from >= word.to && term.from - word.to <= 1;
  });
}

function weigh(
  actor: string,
  at: { from: number; to: number },
  unit: Unit,
  order: number,
  base: number,
  noClaim: boolean,
  input: WhoInput,
): Party {
  const { tokens } = input;
  let score = base - 0.4 * order;
  const near = (value: string, before: number, after: number): boolean =>
    unit.context.some(
      (term) =>
        term.value === value &&
        ((term.to <= at.from && at.from - term.to <= before) || (term.from >= at.to && term.from - at.to <= after)) &&
        !hasStop(tokens, term.from, at.from),
    );
  if (!noClaim && near('claim', 3, 4)) score += 6;
  if (near('accuse', 4, 0)) score += 4;
  score += deedScore(at, unit, tokens);
  if (near('agent.cue', 1, 0)) score += 2.5;
  if (near('victim.cue', 2, 0) && !near('agent.cue', 1, 0)) score -= 3.5;
  if (near('held', 2, 0) || near('held', -1, 1)) score -= 3;
  if (near('denial', 3, 3)) score -= 2.5;
  if (input.speakers.some((speaker) => gapBetween(speaker, at) === 0 && speaker.from < at.to && at.from < speaker.to))
    score -= 4;
  if (near('source', 2, 0)) score -= 3;
  if (input.isShootdown && ownsAircraft(at, unit)) score -= 5;
  return { actor, from: at.from, to: at.to, score };
}

/** Subject of a verb of attack, or owner of the deed: قصف قوات النظام, government warplanes, shelled by … */
function deedScore(at: { from: number; to: number }, unit: Unit, tokens: Tokens): number {
  const arabic = (tokens.script[at.from] ?? 0) === 1;
  let best = 0;
  for (const word of unit.words) {
    if (word.from < at.to && at.from < word.to) {
      best = Math.max(best, 2.5);
      continue;
    }
    if (hasStop(tokens, word.from, at.from)) continue;
    const after = at.from - word.to;
    const before = word.from - at.to;
    if (STRIKERS.has(word.value)) {
      if (arabic && after >= 0 && after <= 2) best = Math.max(best, 3.2 - 0.3 * after);
      if (before >= 0 && before <= (arabic ? 4 : 7)) best = Math.max(best, 3 - 0.15 * before);
    }
    if (DEEDS.has(word.value)) {
      if (arabic && after >= 0 && after <= 2) best = Math.max(best, 3 - 0.4 * after);
      if (!arabic && before >= 0 && before <= 1) best = Math.max(best, 3);
      if (!arabic && after >= 0 && after <= 2) best = Math.max(best, 1.8);
    }
  }
  return best;
}

function ownsAircraft(at: { from: number; to: number }, unit: Unit): boolean {
  return unit.words.some((word) => word.value === 'air.craft' && gapBetween(word, at) <= 2);
}

function joinedByOr(a: Party, b: Party, tokens: Tokens): boolean {
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  if (second.from - first.to > 4) return false;
  for (let i = first.to; i < second.from; i++) if (OR.has(tokens.norm[i] ?? '')) return true;
  return false;
}

/**
 * What kind of event a stretch of text tells of, from its signs alone. Weights are fixed and small in number; some signs
 * change their meaning beside others (قصف beside aircraft is an air strike, a shot-down aircraft is `missile`).
 */
import type { EventType } from '../../core/index.ts';
import type { Term } from '../inflected.ts';
import type { Unit } from './signs.ts';

export type KindScores = ReadonlyMap<EventType, number>;

/** Below this nothing has been said to happen. */
export const LEAST_SCORE = 1.4;

/** What the sentences round a stretch add to it: aircraft named beside it make its blows air strikes. */
export interface KindContext {
  readonly craft: boolean;
}

const AFTER_REACH = 1;

export function kindScores(unit: Unit, context: KindContext = { craft: false }): KindScores {
  const counts = new Map<string, number>();
  for (const word of unit.words)
    counts.set(word.value, (counts.get(word.value) ?? 0) + (comesAfter(word, unit) ? 0.5 : 1));
  const has = (kind: string): boolean => counts.has(kind);
  /** Signs of one kind add up, but a second one says less than the first. */
  const times = (kind: string): number => {
    const n = counts.get(kind) ?? 0;
    return n <= 1 ? n : 1 + 0.25 * Math.min(3, n - 1);
  };
  const scores = new Map<EventType, number>();
  const add = (type: EventType, points: number): void => {
    if (points > 0) scores.set(type, (scores.get(type) ?? 0) + points);
  };

  const craft = has('air.craft') || context.craft;
  const aerial = craft || has('air.noun');
  const bomb = has('ied.noun') || (has('blast') && has('ied.verb'));
  const vehicle = unit.context.some((term) => term.value === 'vehicle' && term.lead !== '');
  if (has('down.verb') && (has('air.craft') || has('sam'))) add('missile', 7);
  else if (has('sam') && craft) add('missile', has('air.noun') ? 2 : 6);
  add('air_strike', 3 * times('air.noun') + 2 * times('air.verb'));
  const airPower = unit.actors.some((term) => AIR_POWERS.has(term.value)) && !has('shell.strong') && !has('rocket');
  if (has('sam') && craft) add('missile', 1);
  else if (has('strike.verb') && (craft || airPower)) add('air_strike', craft ? 2.5 : 2);
  else if (craft && has('hit.verb') && !has('shell.strong') && !has('rocket')) add('air_strike', 2);
  add('air_strike', (has('shell.strong') || has('rocket') ? 0.5 : 1.5) * times('strike.noun'));
  if (has('air.craft')) add('air_strike', has('kill.verb') ? 2 : 1);
  if (craft && has('shell.weak')) add('air_strike', 1.5);
  add('missile', 3 * times('missile.long'));
  add('shelling', 2 * times('shell.strong'));
  add(
    has('missile.long') ? 'missile' : aerial ? 'air_strike' : 'shelling',
    1.5 * times('shell.weak') + 1.3 * times('rocket') * (aerial ? 0.5 : 1),
  );
  if (has('shell.verb') && (has('shell.strong') || has('rocket'))) add('shelling', aerial ? 0.3 : 1);
  const storming = (has('attack.noun') || has('attack.verb')) && has('seize.verb');
  add(
    'ied',
    (storming ? 0.5 : 1) * 2.6 * times('ied.noun') + 1.5 * times('blast') + (bomb ? 1 : 0.8) * times('ied.verb'),
  );
  add('small_arms', 2 * times('arms.small') + 1.8 * times('clash'));
  const plainAttack = !bomb && !has('air.noun') && !has('chem');
  const byVehicle = vehicle && has('attack.noun');
  add(
    bomb || byVehicle ? 'ied' : craft ? 'air_strike' : 'ground_attack',
    (plainAttack ? 1.6 : 0.5) * times('attack.noun'),
  );
  if (plainAttack) add('ground_attack', 1.8 * times('attack.verb'));
  add('territory_change', 1.7 * times('seize.verb'));
  if (has('block') && has('aid')) add('siege_or_access_denied', 4.5);
  add('siege_or_access_denied', 0.9 * times('siege') + 0.4 * times('block'));
  add('abduction_or_detention', 2 * times('abduct') + 0.7 * times('prison'));
  if (has('weapons') && has('smuggle')) add('arms_transfer', 4.5);
  add('chemical_allegation', 3.5 * times('chem'));
  add('protest_or_other', 2.2 * times('protest') + 2 * times('aid.entry'));
  if (has('calm') && has('calm.act')) add('protest_or_other', 2);
  add('ceasefire_violation', 0.6 * times('violation'));
  if (has('siege') && [...scores.values()].every((score) => score < LEAST_SCORE)) add('siege_or_access_denied', 0.6);
  // A blow and nothing else: by whatever weapon, from the ground until somebody names aircraft.
  if (has('strike.verb') && [...scores.values()].every((score) => score < LEAST_SCORE)) add('shelling', LEAST_SCORE);
  return scores;
}

/** Forces that strike from the air when nothing else is said. */
const AIR_POWERS = new Set(['adj:us_coalition', 'adj:russia', 'adj:israel']);

/** What came before the event and led to it ("after an arrest, fighting broke out") counts half. */
export const comesAfter = (word: Term, unit: Unit): boolean =>
  unit.context.some((term) => term.value === 'after' && word.from >= term.to && word.from - term.to <= AFTER_REACH);

/**
 * Scores of several stretches, each with its weight. A truce told beside fighting is not the event: it ended, or failed
 * to end, the fighting that is.
 */
export function weighedScores(units: readonly { unit: Unit; weight: number }[]): KindScores {
  const total = new Map<EventType, number>();
  const craft = units.some(
    ({ unit, weight }) =>
      weight >= CONTEXT_WEIGHT &&
      unit.words.some((word) => word.value === 'air.craft') &&
      bestKind(kindScores(unit)) === null,
  );
  for (const { unit, weight } of units) {
    for (const [type, score] of kindScores(unit, { craft })) total.set(type, (total.get(type) ?? 0) + weight * score);
  }
  const quiet = total.get('protest_or_other') ?? 0;
  const fights = [...total].some(
    ([type, score]) => type !== 'protest_or_other' && type !== 'ceasefire_violation' && score >= LEAST_FIGHT,
  );
  if (fights && !units.some(({ unit }) => unit.words.some((word) => word.value === 'protest')))
    total.set('protest_or_other', quiet * 0.3);
  return total;
}

const CONTEXT_WEIGHT = 0.3;
const LEAST_FIGHT = 1.6;

/** The kind with most points, null when none has enough. Of equal ones the first met stays. */
export function bestKind(scores: KindScores): { type: EventType; score: number } | null {
  let best: { type: EventType; score: number } | null = null;
  for (const [type, score] of scores) if (score >= LEAST_SCORE && (!best || score > best.score)) best = { type, score };
  return best;
}

const BLOWS = ['strike.verb', 'strike.noun', 'hit.verb', 'shell.weak'];
const FIGHT = ['attack.noun', 'attack.verb', 'seize.verb', 'clash'];

/** The signs that belong to an event of each kind: they date it and say who did it. */
export const SIGNS_OF: Readonly<Record<EventType, ReadonlySet<string>>> = {
  shelling: new Set([...BLOWS, 'shell.strong', 'shell.verb', 'rocket']),
  air_strike: new Set([...BLOWS, 'air.noun', 'air.verb', 'air.craft', 'rocket', 'attack.noun']),
  ground_attack: new Set(FIGHT),
  ied: new Set(['ied.noun', 'blast', 'ied.verb', 'attack.noun']),
  small_arms: new Set(['arms.small', 'clash', 'attack.noun']),
  missile: new Set([...BLOWS, 'down.verb', 'sam', 'missile.long', 'rocket']),
  siege_or_access_denied: new Set(['siege', 'block']),
  abduction_or_detention: new Set(['abduct', 'prison']),
  territory_change: new Set(FIGHT),
  arms_transfer: new Set(['weapons', 'smuggle']),
  chemical_allegation: new Set(['chem', 'strike.verb', 'air.craft', 'shell.strong']),
  ceasefire_violation: new Set([
    ...BLOWS,
    'shell.strong',
    'shell.verb',
    'rocket',
    'air.noun',
    'arms.small',
    'attack.noun',
    'attack.verb',
  ]),
  protest_or_other: new Set(['protest', 'calm', 'calm.act', 'aid.entry']),
};

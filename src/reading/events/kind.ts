/**
 * What kind of event a stretch of text tells of, from its signs alone. Weights are fixed and small in number; some signs
 * change their meaning beside others (قصف beside aircraft is an air strike, a shot-down aircraft is `missile`).
 */
import type { EventType } from '../../core/index.ts';
import type { Unit } from './signs.ts';

export type KindScores = ReadonlyMap<EventType, number>;

/** Below this nothing has been said to happen. */
export const LEAST_SCORE = 1.4;

export function kindScores(unit: Unit): KindScores {
  const counts = new Map<string, number>();
  for (const { value } of unit.words) counts.set(value, (counts.get(value) ?? 0) + 1);
  const has = (kind: string): boolean => counts.has(kind);
  /** Signs of one kind add up, but a second one says less than the first. */
  const times = (kind: string): number => {
    const n = counts.get(kind) ?? 0;
    return n === 0 ? 0 : 1 + 0.25 * Math.min(3, n - 1);
  };
  const scores = new Map<EventType, number>();
  const add = (type: EventType, points: number): void => {
    if (points > 0) scores.set(type, (scores.get(type) ?? 0) + points);
  };

  const craft = has('air.craft');
  const aerial = craft || has('air.noun');
  const bomb = has('ied.noun') || (has('blast') && has('ied.verb'));
  if (has('down.verb') && (craft || has('sam'))) add('missile', 7);
  else if (has('sam') && craft) add('missile', 2);
  add('air_strike', 3 * times('air.noun') + 2 * times('air.verb'));
  if (craft && has('strike.verb')) add('air_strike', 2.5);
  if (craft && has('shell.weak')) add('air_strike', 1.5);
  add('missile', 3 * times('missile.long'));
  add('shelling', 2 * times('shell.strong'));
  add(aerial ? 'air_strike' : 'shelling', 1.5 * times('shell.weak') + 1.3 * times('rocket') * (aerial ? 0.5 : 1));
  if (has('shell.verb') && (has('shell.strong') || has('rocket'))) add('shelling', aerial ? 0.3 : 1);
  add('ied', 2.6 * times('ied.noun') + 1.5 * times('blast') + (bomb ? 1 : 0.8) * times('ied.verb'));
  add('small_arms', 2 * times('arms.small') + 1.8 * times('clash'));
  const plainAttack = !bomb && !has('air.noun') && !has('chem');
  add(bomb ? 'ied' : 'ground_attack', (plainAttack ? 1.6 : 0.5) * times('attack.noun'));
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
  return scores;
}

/** Scores of several stretches, each with its weight. */
export function weighedScores(units: readonly { unit: Unit; weight: number }[]): KindScores {
  const total = new Map<EventType, number>();
  for (const { unit, weight } of units) {
    for (const [type, score] of kindScores(unit)) total.set(type, (total.get(type) ?? 0) + weight * score);
  }
  return total;
}

/** The kind with most points, null when none has enough. Of equal ones the first met stays. */
export function bestKind(scores: KindScores): { type: EventType; score: number } | null {
  let best: { type: EventType; score: number } | null = null;
  for (const [type, score] of scores) if (score >= LEAST_SCORE && (!best || score > best.score)) best = { type, score };
  return best;
}

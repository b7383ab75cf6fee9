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
/** "After days of heavy clashes". */
const AFTER_REACH_OF_FIGHTING = 6;

const ALONE: KindContext = { craft: false };
const NO_SCORES: KindScores = new Map();

type Counts = ReadonlyMap<string, number>;

const has = (counts: Counts, kind: string): boolean => counts.has(kind);

/** Signs of one kind add up, but a second one says less than the first. */
function times(counts: Counts, kind: string): number {
  const n = counts.get(kind) ?? 0;
  return n <= 1 ? n : 1 + 0.25 * Math.min(3, n - 1);
}

function add(scores: Map<EventType, number>, type: EventType, points: number): void {
  if (points > 0) scores.set(type, (scores.get(type) ?? 0) + points);
}

const nothingYet = (scores: KindScores): boolean => {
  for (const score of scores.values()) if (score >= LEAST_SCORE) return false;
  return true;
};

/** Scores already told; a unit is asked by several decisions. */
const told = new WeakMap<Unit, KindScores>();

/** What one unit alone tells of. */
export function kindScores(unit: Unit, context: KindContext = ALONE): KindScores {
  if (unit.words.length === 0) return NO_SCORES;
  if (context.craft) return scoresOf(unit, context);
  let scores = told.get(unit);
  if (!scores) {
    scores = scoresOf(unit, context);
    told.set(unit, scores);
  }
  return scores;
}

function scoresOf(unit: Unit, context: KindContext): KindScores {
  const counts = new Map<string, number>();
  for (const word of unit.words)
    counts.set(word.value, (counts.get(word.value) ?? 0) + (comesAfter(word, unit) ? 0.5 : 1));
  const scores = new Map<EventType, number>();
  const craft = has(counts, 'air.craft') || context.craft;
  const aerial = craft || has(counts, 'air.noun');
  const bomb = has(counts, 'ied.noun') || (has(counts, 'blast') && has(counts, 'ied.verb'));
  const vehicle = unit.context.some((term) => term.value === 'vehicle' && term.lead !== '');
  if (has(counts, 'down.verb') && (has(counts, 'air.craft') || has(counts, 'sam'))) add(scores, 'missile', 7);
  else if (has(counts, 'sam') && craft) add(scores, 'missile', has(counts, 'air.noun') ? 2 : 6);
  add(scores, 'air_strike', 3 * times(counts, 'air.noun') + 2 * times(counts, 'air.verb'));
  const airPower =
    unit.actors.some((term) => AIR_POWERS.has(term.value)) && !has(counts, 'shell.strong') && !has(counts, 'rocket');
  if (has(counts, 'sam') && craft) add(scores, 'missile', 1);
  else if (has(counts, 'strike.verb') && (craft || airPower)) add(scores, 'air_strike', craft ? 2.5 : 2);
  else if (craft && has(counts, 'hit.verb') && !has(counts, 'shell.strong') && !has(counts, 'rocket'))
    add(scores, 'air_strike', 2);
  add(
    scores,
    'air_strike',
    (has(counts, 'shell.strong') || has(counts, 'rocket') ? 0.5 : 1.5) * times(counts, 'strike.noun'),
  );
  // The plane that drops food strikes nobody.
  const drops = has(counts, 'aid.entry') && !has(counts, 'air.noun');
  if (has(counts, 'air.craft') && !drops) add(scores, 'air_strike', has(counts, 'kill.verb') ? 2 : 1);
  if (opensFire(unit)) {
    const heavy = has(counts, 'shell.strong') || has(counts, 'rocket') || has(counts, 'tank');
    add(scores, craft ? 'air_strike' : heavy ? 'shelling' : 'small_arms', heavy ? 1 : 2);
  }
  if (craft && has(counts, 'shell.weak')) add(scores, 'air_strike', 1.5);
  add(scores, 'missile', 3 * times(counts, 'missile.long'));
  add(scores, 'shelling', 2 * times(counts, 'shell.strong'));
  add(
    scores,
    has(counts, 'missile.long') ? 'missile' : aerial ? 'air_strike' : 'shelling',
    1.5 * times(counts, 'shell.weak') + 1.3 * times(counts, 'rocket') * (aerial ? 0.5 : 1),
  );
  if (has(counts, 'shell.verb') && (has(counts, 'shell.strong') || has(counts, 'rocket')))
    add(scores, 'shelling', aerial ? 0.3 : 1);
  const storming = (has(counts, 'attack.noun') || has(counts, 'attack.verb')) && has(counts, 'seize.verb');
  add(
    scores,
    'ied',
    (storming ? 0.5 : 1) * 2.6 * times(counts, 'ied.noun') +
      1.5 * times(counts, 'blast') +
      (bomb ? 1 : 0.8) * times(counts, 'ied.verb'),
  );
  add(scores, 'small_arms', 2 * times(counts, 'arms.small') + 1.8 * times(counts, 'clash'));
  const plainAttack = !bomb && !has(counts, 'air.noun') && !has(counts, 'chem');
  const byVehicle = vehicle && has(counts, 'attack.noun');
  add(
    scores,
    bomb || byVehicle ? 'ied' : craft ? 'air_strike' : 'ground_attack',
    (plainAttack ? 1.6 : 0.5) * times(counts, 'attack.noun'),
  );
  if (plainAttack) add(scores, 'ground_attack', 1.8 * times(counts, 'attack.verb') + 1.8 * times(counts, 'repel'));
  // دخلت 36 شاحنة مساعدات: what brings aid takes no ground.
  const bringsAid = has(counts, 'aid.entry') && !has(counts, 'clash') && !has(counts, 'kill.verb');
  add(
    scores,
    'territory_change',
    (bringsAid ? 0.3 : 1.7) * times(counts, 'seize.verb') +
      (has(counts, 'seize.verb') ? 0.3 : 1.5) * times(counts, 'retreat'),
  );
  // Ground that changed hands is what the fighting for it came to.
  const fought = has(counts, 'clash') || has(counts, 'attack.noun') || has(counts, 'attack.verb');
  if (has(counts, 'seize.verb') && fought) add(scores, 'territory_change', 0.8);
  const assault =
    has(counts, 'repel') || has(counts, 'attack.noun') || has(counts, 'attack.verb') || has(counts, 'seize.verb');
  add(scores, assault ? 'ground_attack' : 'shelling', (assault ? 0.5 : 1.5) * times(counts, 'tank'));
  // Aid that was stopped, or people who were not let out.
  if (has(counts, 'block') && (has(counts, 'aid') || has(counts, 'aid.entry')))
    add(scores, 'siege_or_access_denied', 4.5);
  add(scores, 'siege_or_access_denied', 0.9 * times(counts, 'siege') + 0.4 * times(counts, 'block'));
  // "Released 20 detained policemen".
  const letGo = has(counts, 'release') && (has(counts, 'abduct') || has(counts, 'prison'));
  if (letGo) add(scores, 'protest_or_other', 2.2);
  // Those who were taken in a fight that killed others: the fight is the event.
  const inFight = (assault || has(counts, 'clash')) && has(counts, 'kill.verb');
  add(scores, 'abduction_or_detention', (inFight ? 1 : 2) * times(counts, 'abduct') + 0.7 * times(counts, 'prison'));
  if (has(counts, 'weapons') && has(counts, 'smuggle')) add(scores, 'arms_transfer', 4.5);
  // A column of lorries with tanks that fights nobody.
  const fights = assault || has(counts, 'clash') || has(counts, 'kill.verb') || has(counts, 'shell.strong');
  const column = has(counts, 'arms.column') || (has(counts, 'tank') && has(counts, 'smuggle'));
  if (column && (!fights || onlyEnters(unit))) add(scores, 'arms_transfer', 4.5);
  if (has(counts, 'chem')) {
    // By whatever it was thrown: what it held is the allegation.
    for (const type of ['air_strike', 'shelling', 'missile'] as const) {
      const score = scores.get(type);
      if (score !== undefined) scores.set(type, 0.5 * score);
    }
    add(scores, 'chemical_allegation', 3.5 * times(counts, 'chem'));
  }
  add(scores, 'protest_or_other', 2.2 * times(counts, 'protest') + 2 * times(counts, 'aid.entry'));
  if (has(counts, 'calm') && has(counts, 'calm.act')) add(scores, 'protest_or_other', 2);
  add(scores, 'ceasefire_violation', 0.6 * times(counts, 'violation'));
  // Townsfolk who act, where nothing else is told and nobody was killed.
  if (has(counts, 'townsfolk') && !has(counts, 'kill.verb') && nothingYet(scores)) add(scores, 'protest_or_other', 2.2);
  if (has(counts, 'siege') && nothingYet(scores)) add(scores, 'siege_or_access_denied', 0.6);
  // A blow and nothing else: by whatever weapon, from the ground until somebody names aircraft.
  if (has(counts, 'strike.verb') && nothingYet(scores)) add(scores, 'shelling', LEAST_SCORE);
  return scores;
}

/** دخل رتل: what drives in has taken nothing. */
const onlyEnters = ({ words }: Unit): boolean =>
  words.every(({ value }) => !/^(attack|clash|kill|shell|repel)/.test(value)) &&
  words.filter(({ value }) => value === 'seize.verb').length <= 1;

const OBJECT_REACH = 8;

/** "Opened fire", or أطلق … النار with the one who did it between the two. */
const opensFire = ({ words }: Unit): boolean =>
  words.some(
    (word) =>
      word.value === 'fire.verb' ||
      (word.value === 'fire.open' &&
        words.some(({ value, from }) => value === 'fire.object' && from >= word.to && from - word.to <= OBJECT_REACH)),
  );

/** Forces that strike from the air when nothing else is said. */
const AIR_POWERS = new Set(['adj:us_coalition', 'adj:russia', 'adj:israel']);

/** What came before the event and led to it ("after an arrest, fighting broke out") counts half. */
export const comesAfter = (word: Term, unit: Unit): boolean =>
  unit.context.some(
    (term) =>
      term.value === 'after' &&
      word.from >= term.to &&
      word.from - term.to <= (word.value === 'clash' ? AFTER_REACH_OF_FIGHTING : AFTER_REACH),
  );

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
  if (
    fights &&
    !units.some(({ unit }) => unit.words.some((word) => word.value === 'protest' || word.value === 'townsfolk'))
  )
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
  shelling: new Set([...BLOWS, 'shell.strong', 'shell.verb', 'fire.verb', 'rocket', 'tank']),
  air_strike: new Set([...BLOWS, 'air.noun', 'air.verb', 'air.craft', 'rocket', 'fire.verb', 'attack.noun']),
  ground_attack: new Set(FIGHT),
  ied: new Set(['ied.noun', 'blast', 'ied.verb', 'attack.noun']),
  small_arms: new Set(['arms.small', 'fire.verb', 'fire.open', 'clash', 'attack.noun']),
  missile: new Set([...BLOWS, 'down.verb', 'sam', 'missile.long', 'rocket']),
  siege_or_access_denied: new Set(['siege', 'block']),
  abduction_or_detention: new Set(['abduct', 'prison']),
  territory_change: new Set(FIGHT),
  arms_transfer: new Set(['weapons', 'smuggle', 'arms.column']),
  chemical_allegation: new Set(['chem', 'use.verb', 'strike.verb', 'air.craft', 'shell.strong']),
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
  protest_or_other: new Set(['release', 'protest', 'townsfolk', 'calm', 'calm.act', 'aid.entry']),
};

/**
 * What part one named party has in a stretch: does it strike, claim, stand accused; is it hit, does it only speak or hold
 * the ground. Positive points for the first, negative for the second; the numbers only order parties.
 */
import type { Term } from '../inflected.ts';
import { ARABIC, CYRILLIC } from '../language.ts';
import { PUNCT, type Tokens } from '../tokens.ts';
import { gapBetween, hasStop } from './anchor.ts';
import type { Unit } from './signs.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface PartQuestion {
  readonly at: Stretch;
  readonly unit: Unit;
  readonly tokens: Tokens;
  /** Kinds of signs that belong to the event. */
  readonly deeds: ReadonlySet<string>;
  readonly speakers: readonly Stretch[];
  readonly isShootdown: boolean;
  readonly isTransfer: boolean;
  /** Kept up, not struck (a siege, an arrest): whoever stands at the checkpoint is no victim. */
  readonly isState: boolean;
  /** Counts of dead and hurt. */
  readonly tolls: readonly Stretch[];
}

const ORIGIN = new Set(['من', 'مصدره', 'مصدرها', 'المصدر', 'from', 'из', 'с', 'со']);
const THAT = new Set(['ان', 'بان', 'that', 'что']);
const OF = new Set(['من', 'of', 'из']);
const TAKEN_FROM = new Set(['from', 'у', 'من']);
const OF_HANDS = new Set(['يد', 'ايدي', 'قبضه', 'سيطره']);
const TAKEN_REACH = 12;
/** Ground that somebody holds and fires from. */
const GROUND =
  /^(позици|территори|блокпост|пост|высот|район|кварта|баз|кпп|مواقع|مناطق|مرابض|نقاط|معسكر|حواجز|حاجز|مقرات|قاعده|ثكن|اراضي|مطار)/;
const GROUND_ENGLISH = /^(?:checkpoint|position|base|post|outpost|line|territor|area|barrack|trench)/;
const CLAIM = 6;
const ACCUSED = 4.5;
const SPEAKER = -4.5;
const VICTIM = -4;
const HOLDER = -3;
const FIRED_FROM = 2.6;
const OPPONENT = -3;
/** "The Turkish artillery answered": it did not begin. */
const ANSWERED = -2.5;
/** Makes up for having spoken, and more. */
const ADMITTED = 6;
const BACKED = new Set(
  'backed led made supplied trained armed funded allied sponsored brokered built supported'.split(' '),
);
const BACKER_REACH = 1;
/** "Fighting with X": the other side of whoever acts. */
const AGAINST = new Set(['مع', 'with']);
const SOURCE_OF_FIRE = new Set(['مصدره', 'مصدرها', 'مصدرهما', 'المصدر']);

/** A sign of the context at most `before` tokens in front of the party or `after` behind it; -1 for not there. */
function near(question: PartQuestion, value: string, before: number, after: number): boolean {
  const { at, unit, tokens, isState } = question;
  for (const term of unit.context) {
    if (term.value !== value) continue;
    // To refuse the convoy is the deed itself.
    if (isState && value === 'said' && REFUSES.test(tokens.norm[term.from] ?? '')) continue;
    const beside =
      (term.to <= at.from && at.from - term.to <= before) || (term.from >= at.to && term.from - at.to <= after);
    if (beside && !hasStop(tokens, term.from, at.from)) return true;
  }
  return false;
}

const REFUSES = /^[وف]?(?:رفض|[يت]رفض)|^(?:refus|отказ)/;

export function partOf(question: PartQuestion): number {
  const { at, unit, tokens } = question;
  const noClaim = unit.context.some((term) => term.value === 'noclaim');
  let points = 0;
  if (!noClaim && near(question, 'claim', 3, 5)) points += CLAIM;
  const accuses = near(question, 'accuse', -1, 1) || isAccuser(question);
  if ((near(question, 'accuse', 8, -1) || isAscribed(question)) && !accuses) points += ACCUSED;
  else if (accuses || (isSpeaker(question) && !speaksOfItself(question))) points += SPEAKER;
  points += deedPoints(question);
  const loses = isTakenFrom(question) || retreats(question);
  if (near(question, 'agent.cue', 1, -1) && !loses) points += 2.5;
  const firedFrom = isFiredFrom(question);
  if (firedFrom) points += FIRED_FROM;
  else if (!question.isState && (loses || isVictim(question))) points += VICTIM;
  if (AGAINST.has(tokens.norm[at.from - 1] ?? '')) points += OPPONENT;
  if (isSuspicion(question)) points += VICTIM;
  if (near(question, 'answer', 2, 2)) points += ANSWERED;
  if (isBacker(at, unit.context, tokens)) points += VICTIM;
  if (repels(question)) points += VICTIM;
  if (!question.isShootdown && admits(question)) points += ADMITTED;
  if (near(question, 'held', 3, -1) || near(question, 'held', -1, 1)) points += comesFrom(question) ? 2.6 : HOLDER;
  else if (question.isTransfer && comesFrom(question)) points += 3;
  if (near(question, 'denial', 2, 3)) points -= 2.5;
  if (question.isShootdown && ownsAircraft(question)) points -= 6;
  if (at.from - unit.from <= 2) points += 1.2;
  return points;
}

/** "Nusra repelled an attack by X", صدت النصرة هجوما: the defender, named before the verb, or after it in Arabic. */
function repels({ at, unit, tokens }: PartQuestion): boolean {
  return unit.words.some((word) => {
    if (word.value !== 'repel' || hasStop(tokens, word.from, at.from)) return false;
    const before = word.from - at.to;
    const after = at.from - word.to;
    return (before >= 0 && before <= 4) || (tokens.script[at.from] === ARABIC && after >= 0 && after <= 2);
  });
}

const LOSSES =
  /^(?:[وبل]*(?:ال)?(?:مقتل|خسائر|خساره|اسر|اسري|فقدان|سقوط)|loss|losing|death|deaths|casualt|потер|гибел|пораж)/;
const LOSSES_REACH = 5;

/** "The front admitted that one of its men used …"; what it admits to have suffered it did not do. */
function admits({ at, unit, tokens }: PartQuestion): boolean {
  return unit.context.some((term) => {
    if (term.value !== 'admit') return false;
    const beside = (term.to <= at.from && at.from - term.to <= 1) || (term.from >= at.to && term.from - at.to <= 2);
    if (!beside) return false;
    const from = Math.max(term.to, at.to);
    for (let i = from; i < from + LOSSES_REACH; i++) if (LOSSES.test(tokens.norm[i] ?? '')) return false;
    return true;
  });
}

/** "Turkish-backed rebels", مدعومة من تركيا, при поддержке авиации РФ: stands behind the one who acts. */
export function isBacker(at: Stretch, context: readonly Term[], tokens: Tokens): boolean {
  const joined = tokens.norm[at.to] === '-';
  const led = tokens.norm[joined ? at.to + 1 : at.to] ?? '';
  if (joined ? BACKED.has(led) : led === 'backed')
    return !(led === 'led' && LED_WHOLE.has(tokens.norm[at.to + 2] ?? ''));
  const reach = tokens.script[at.from] === CYRILLIC ? 0 : BACKER_REACH;
  return context.some(
    (term) => (term.value === 'support' || term.value === 'backed') && term.to <= at.from && at.from - term.to <= reach,
  );
}

/** "The US-led coalition" is the one who leads it. */
const LED_WHOLE = new Set(['coalition', 'alliance']);

/** تنسب موسكو …: a verb of accusing with its subject right behind it. */
function isAccuser({ at, unit, tokens }: PartQuestion): boolean {
  return (
    tokens.script[at.from] === ARABIC &&
    unit.context.some(
      (term) => term.value === 'accuse' && term.to === at.from && ACCUSES.test(tokens.norm[term.from] ?? ''),
    )
  );
}

const ACCUSES = /^[وف]?(?:[يتن]تهم|اتهمت?|[يتن]نسب|نسبت?|[يتن]حمل|حملت?)$/;
const ASCRIBED_REACH = 16;
const TO = new Set(['الي', 'to', 'на']);

/** "ascribes the shells that fell on the town to X": far behind the verb, but right behind its preposition. */
function isAscribed({ at, unit, tokens }: PartQuestion): boolean {
  return (
    (TO.has(tokens.norm[at.from - 1] ?? '') || (tokens.norm[at.from] ?? '').startsWith('لل')) &&
    unit.context.some(
      (term) =>
        term.value === 'accuse' &&
        term.to <= at.from &&
        at.from - term.to <= ASCRIBED_REACH &&
        ASCRIBES.test(tokens.norm[term.from] ?? '') &&
        !hasStop(tokens, term.from, at.from),
    )
  );
}

const ASCRIBES = /^[وف]?(?:[يتن]نسب|نسب|attribut|ascrib|приписыва|возлаг|возлож)/;

function isSpeaker(question: PartQuestion): boolean {
  const { at, tokens, speakers } = question;
  if (!isDoer(question) && speakers.some((speaker) => speaker.from < at.to && at.from < speaker.to)) return true;
  // "Activists said Russian jets …": who tells stands before the verb, and no "according to" behind it.
  const told = SAYS.test(tokens.norm[at.from - 1] ?? '');
  if (tokens.norm[at.to] === ':' || (!told && near(question, 'source', 1, -1))) return true;
  if (THAT.has(tokens.norm[at.from - 1] ?? '')) return false;
  if (near(question, 'said', -1, 1)) return true;
  // "said government warplanes killed": what follows "said" in English and Russian may be what is said.
  return near(question, 'said', 1, -1) && (tokens.script[at.from] === ARABIC || deedPoints(question) === 0);
}

const SAYS = /^(?:said|says|say|reported|reports|report|added|сообщили|сообщают|говорят|заявили)$/;

/** "Rockets fired by militants slammed …": the verb behind them is not a verb of speech. */
const isDoer = (question: PartQuestion): boolean => {
  const { at, unit, deeds } = question;
  return (
    near(question, 'agent.cue', 1, -1) && unit.words.some((word) => deeds.has(word.value) && at.from - word.to === 1)
  );
};

const ITSELF = new Set(['انها', 'انه', 'انهم', 'بانها', 'بانه', 'it', 'they', 'its']);

/** "The front says that it took the hill": the speaker is the one who did it. */
function speaksOfItself({ at, tokens, unit, deeds }: PartQuestion): boolean {
  for (let i = at.to; i < at.to + 3; i++) {
    if (!ITSELF.has(tokens.norm[i] ?? '')) continue;
    return unit.words.some((word) => deeds.has(word.value) && word.from > i && word.from - i <= 3);
  }
  return false;
}

const SUSPECTED =
  /^(?:suspected|accused|linked|links|ties|подозрева\p{L}*|подозрени\p{L}*|обвин\p{L}*|связ\p{L}*|причастност\p{L}*|بتهمه|بتهم|تهمه|بالانتماء|الانتماء|بصلات|صلات)$/u;
const SUSPECTED_REACH = 4;

/** "Detained on suspicion of links to militants", بتهمة التعامل مع: with whom those taken are said to be. */
function isSuspicion({ at, tokens, isState }: PartQuestion): boolean {
  if (!isState) return false;
  for (let i = at.from - 1; i >= Math.max(0, at.from - SUSPECTED_REACH); i--)
    if (tokens.sentence[i] === tokens.sentence[at.from] && SUSPECTED.test(tokens.norm[i] ?? '')) return true;
  return false;
}

const PASSIVE_REACH = 3;

/** Behind the name of a base, a commander, a convoy; after a blow; among those killed. */
function isVictim(question: PartQuestion): boolean {
  const { at, unit, tokens } = question;
  if (near(question, 'agent.cue', 1, -1) && !near(question, 'victim.cue', 0, -1)) return false;
  if (near(question, 'victim.cue', 1, -1)) return true;
  // "Two Turkish soldiers were killed".
  const suffered = unit.words.some(
    (word) =>
      word.value === 'kill.verb' &&
      word.from > at.to &&
      word.from - at.to <= PASSIVE_REACH &&
      isPassive(tokens, word.from),
  );
  if (suffered) return true;
  const arabic = tokens.script[at.from] === ARABIC;
  const before = unit.targets.some(
    (term) => term.value === 'combatants' && term.to <= at.from && at.from - term.to <= 1 && term.from >= at.from - 3,
  );
  const killed = unit.words.some(
    (word) =>
      word.value === 'kill.verb' &&
      word.to <= at.from &&
      at.from - word.to <= 9 &&
      !hasStop(tokens, word.from, at.from),
  );
  if (before && killed) return true;
  if (isCounted(question)) return true;
  if (killed && OF.has(tokens.norm[at.from - 1] ?? '')) return true;
  if (arabic || isNominative(tokens, at)) return false;
  // "hit three ISIL units": the object of a blow in a language that puts it behind the verb.
  return unit.words.some(
    (word) =>
      (word.value === 'strike.verb' || word.value === 'attack.verb') &&
      !BLOW_NOUN.test(tokens.norm[word.from] ?? '') &&
      word.to <= at.from &&
      at.from - word.to <= 2 &&
      !isPassive(tokens, word.from),
  );
}

/** "Ударами российских ВКС": a noun, whose owner follows. */
const BLOW_NOUN = /^удар(?!ил|ят|ит|яе)/;

/** "18 قتيلا من …", "12 soldiers of …": those who were counted among the dead. */
function isCounted({ at, tokens, tolls }: PartQuestion): boolean {
  if (!OF.has(tokens.norm[at.from - 1] ?? '')) return false;
  return tolls.some((toll) => toll.to <= at.from && at.from - toll.to <= 2);
}

/** "took the hill from X", "отбили у X": whoever held it before. */
function isTakenFrom({ at, unit, tokens }: PartQuestion): boolean {
  const noun = unit.actors.find((term) => term.to === at.from);
  let before = (noun?.from ?? at.from) - 1;
  if (tokens.norm[before] === 'the') before--;
  const from = tokens.norm[before] ?? '';
  if (!TAKEN_FROM.has(from) && !(OF_HANDS.has(from) && tokens.norm[before - 1] === 'من')) return false;
  return unit.words.some(
    (word) => word.value === 'seize.verb' && word.from < at.from && at.from - word.to <= TAKEN_REACH,
  );
}

/** "X lost the village", انسحب X: the one who leaves, named before the verb, or after it in Arabic. */
function retreats({ at, unit, tokens, deeds }: PartQuestion): boolean {
  return (
    deeds.has('seize.verb') &&
    unit.words.some((word) => {
      if (word.value !== 'retreat') return false;
      const before = word.from - at.to;
      const after = at.from - word.to;
      return (before >= 0 && before <= 1) || (tokens.script[at.from] === ARABIC && after >= 0 && after <= 1);
    })
  );
}

const isPassive = (tokens: Tokens, verb: number): boolean =>
  ['was', 'were', 'been', 'is', 'are'].includes(tokens.norm[verb - 1] ?? '');

/** "from the area that X holds", مصدره مناطق X. */
function comesFrom({ at, tokens }: PartQuestion): boolean {
  for (let i = at.from - 1; i >= Math.max(0, at.from - 9); i--) {
    if (tokens.sentence[i] !== tokens.sentence[at.from]) return false;
    if (ORIGIN.has(tokens.norm[i] ?? '') && !ONE_OF.has(tokens.norm[i - 1] ?? '')) return true;
  }
  return false;
}

const ONE_OF = new Set('одной один одного одна одно احد احدي one some часть'.split(' '));

/** مصدره مواقع X: the fire came from there, so the positions named are no target. */
function isFiredFrom({ at, tokens, deeds }: PartQuestion): boolean {
  for (let i = at.from - 1; i >= Math.max(0, at.from - 4); i--) {
    if (tokens.sentence[i] !== tokens.sentence[at.from]) return false;
    if (SOURCE_OF_FIRE.has(tokens.norm[i] ?? '')) return true;
  }
  // "с позиций боевиков", من مواقع النظام: fire comes from there, unless the ground itself is what changes hands.
  if (deeds.has('seize.verb')) return false;
  const before = ORIGIN.has(tokens.norm[at.from - 2] ?? '') && GROUND.test(tokens.norm[at.from - 1] ?? '');
  // "from an army checkpoint": English puts whose ground it is before the ground.
  const english =
    (ORIGIN.has(tokens.norm[at.from - 1] ?? '') || ORIGIN.has(tokens.norm[at.from - 2] ?? '')) &&
    (GROUND_ENGLISH.test(tokens.norm[at.to] ?? '') || GROUND_ENGLISH.test(tokens.norm[at.to - 1] ?? ''));
  return before || english;
}

/** Subject of a verb of attack, or owner of the deed: قصف قوات النظام, government warplanes, shelled by … */
function deedPoints({ at, unit, tokens, deeds }: PartQuestion): number {
  const arabic = tokens.script[at.from] === ARABIC;
  let best = 0;
  for (const word of unit.words) {
    const kills = word.value === 'kill.verb';
    if (!kills && !deeds.has(word.value)) continue;
    if (word.from < at.to && at.from < word.to) {
      best = Math.max(best, 2.5);
      continue;
    }
    if (hasStop(tokens, word.from, at.from)) continue;
    const after = at.from - word.to;
    const before = word.from - at.to;
    if (kills) {
      if (before >= 0 && before <= 1) best = Math.max(best, 2);
    } else if (arabic) {
      if (after >= 0 && after <= 2) best = Math.max(best, 3.2 - 0.4 * after);
      if (before >= 0 && before <= 4) best = Math.max(best, 3 - 0.3 * before);
    } else {
      if (before >= 0 && before <= 7) best = Math.max(best, 3.2 - 0.2 * before);
      if (after >= 0 && after <= 2) best = Math.max(best, 2 - 0.3 * after);
      // "Позиции армии атаковали боевики": the case tells who did it, wherever it stands.
      if (after >= 0 && after <= 1 && isNominative(tokens, at)) best = Math.max(best, 3);
      // "Обстрел жилых районов Алеппо боевиками": the case tells who did it, some words off.
      if (after >= 0 && after <= AGENT_REACH && isInstrumental(tokens, at)) best = Math.max(best, 2.8);
    }
  }
  return best;
}

const AGENT_REACH = 8;
const INSTRUMENTAL = /(?:ами|ями|армией|авиацией|артиллерией|коалицией|группировкой)$/;

/** боевики, террористы, повстанцы, военные: a plural of persons that is no object. */
const NOMINATIVE = /(?:ики|сты|цы|оны|еры|иры|аты|ане|ные|щие|ские)$/;
const isNominative = (tokens: Tokens, at: Stretch): boolean =>
  tokens.script[at.from] === CYRILLIC && NOMINATIVE.test(tokens.norm[at.to - 1] ?? '');

const isInstrumental = (tokens: Tokens, at: Stretch): boolean =>
  tokens.script[at.from] === CYRILLIC && INSTRUMENTAL.test(tokens.norm[at.to - 1] ?? '');

/** The owner stands in the name of the aircraft, behind it in Arabic and Russian, before it in English. */
function ownsAircraft({ at, unit, tokens }: PartQuestion): boolean {
  const arabic = tokens.script[at.from] === ARABIC;
  return unit.words.some((word) => {
    if (word.value !== 'air.craft') return false;
    if (gapBetween(word, at) === 0 && word.from < at.to && at.from < word.to) return true;
    const after = at.from - word.to;
    const before = word.from - at.to;
    if (arabic) return after >= 0 && after <= 3 && !crossesComma(tokens, word.to, at.from);
    // "МиГ сирийских ВВС подбили боевики": what a verb stands before owns nothing.
    const parted = unit.words.some((other) => other.from >= word.to && other.to <= at.from);
    return before === 0 || (after >= 0 && after <= 1 && tokens.script[at.from] === CYRILLIC && !parted);
  });
}

function crossesComma(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (tokens.kind[i] === PUNCT) return true;
  return false;
}

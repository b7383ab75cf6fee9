/**
 * How a place name is used: the place itself, its government (موسكو أكدت), or the line that says where a report was
 * written. Looks at the words beside the name only.
 */
import type { Place } from '../../places/index.ts';
import type { PlaceMention } from '../model.ts';
import { NUMBER, PUNCT, type Tokens } from '../tokens.ts';
import type { PlaceWords, Surroundings } from './phrases.ts';

const DATELINE_REACH = 8;
const VERB_REACH = 3;

export interface UseQuestion {
  readonly place: Place | null;
  readonly around: Surroundings;
  readonly words: PlaceWords;
  readonly tokens: Tokens;
  readonly home: string;
  readonly isCapital: boolean;
  /** A name before or after it, joined by "and", is a government as well. */
  readonly besideGovernment: boolean;
  /** Joined by "and" to a place that something is in (в Хмеймиме и Москве). */
  readonly besideLocated: boolean;
}

export function howUsed(question: UseQuestion): PlaceMention['use'] {
  const { place, around, tokens, words } = question;
  if (isDateline(tokens, around)) return 'dateline';
  if (!place) return 'literal';
  if (place.class === 'country' && isAdjective(tokens, around)) return 'adjectival';
  const government = place.class === 'country' || question.isCapital;
  if (!government || around.head !== null || around.direction !== null || around.near) return 'literal';
  const abroad = place.country !== question.home;
  if (question.besideLocated || isDestination(tokens, around)) return 'literal';
  if (speaks(words, tokens, around)) return 'metonym';
  if (!abroad) return 'literal';
  return locatedIn(words, tokens, around) ? 'literal' : 'metonym';
}

const TOWARDS = /^([وف]?(إلى|الي)|to|for|в|во)$/;
const MOVES =
  /^(س?[يتن]?(توجه|غادر|زور|سافر|نتقل|صل)(ون|ان|وا|ت)?|توجه(ت|وا)?|وصل(ت|وا)?|سافر(ت|وا)?|عاد(ت|وا)?|س?[يت]عود|زيار(ه|ته|تها)|وصول(ه|ها)?|عودت(ه|ها)|رحل(ه|ته)|travel|travels|travelled|traveled|travelling|fly|flew|flies|arrived|arrives|return|returned|returns|trip|visit|heading|headed|went|going|go|вылетел|вылетела|вылетит|прибыл|прибыла|прибудет|прибыли|отправился|отправилась|отправится|поедет|приедет|визит|поездка|поездки|вернулся|вернулась)$/;
const MOVE_REACH = 5;

/** سيتوجه إلى عمّان, is to travel to Cairo: where somebody goes. */
function isDestination(tokens: Tokens, around: Surroundings): boolean {
  if (!TOWARDS.test(tokens.norm[around.from - 1] ?? '')) return false;
  if (tokens.norm[around.from - 2] === 'ثم') return true;
  for (let i = around.from - 2; i >= Math.max(0, around.from - MOVE_REACH); i--) {
    if (tokens.kind[i] === PUNCT || tokens.sentence[i] !== tokens.sentence[around.from]) return false;
    if (MOVES.test((tokens.norm[i] ?? '').replace(/^[وف](?=....)/, ''))) return true;
  }
  return false;
}

/** The name opens a paragraph and a dash, slash, colon or agency in brackets follows before the text begins. */
function isDateline(tokens: Tokens, around: Surroundings): boolean {
  const paragraph = tokens.paragraph[around.from] ?? 0;
  if (tokens.paragraphStarts[paragraph] !== around.from) return false;
  const length = (tokens.paragraphStarts[paragraph + 1] ?? tokens.count) - around.from;
  // A headline "Idlib: …" names where it happened, not where it was written.
  if (isAgencyInBrackets(tokens, around.to)) return true;
  if (paragraph === 0 && tokens.paragraphStarts.length > 2 && length < 25 && !isAgencyLine(tokens, around.to, length))
    return false;
  if (isDayLine(tokens, around.to)) return true;
  for (let i = around.to; i < Math.min(around.to + DATELINE_REACH, tokens.count); i++) {
    if (tokens.kind[i] !== PUNCT) {
      if (i === around.to && tokens.start[i] === tokens.end[i - 1]) return false;
      continue;
    }
    const sign = tokens.norm[i] ?? '';
    if (sign === '/' || sign === '–' || sign === '—') return true;
    const spaced = (tokens.start[i] ?? 0) > (tokens.end[i - 1] ?? 0);
    if (sign === '-' && spaced) return true;
    if (sign === ':') return true;
    if (sign !== ',' && sign !== '،' && sign !== '(' && sign !== ')' && sign !== '.') return false;
  }
  return false;
}

const AGENCIES = new Set(
  'وكالات الوكالات رويترز سانا متابعات خاص reuters afp ap agencies тасс интерфакс риа риановости'.split(' '),
);
const SHORT_LINE = 8;

/** «جدة - وكالات» on a line of its own. */
function isAgencyLine(tokens: Tokens, from: number, length: number): boolean {
  if (length > SHORT_LINE) return false;
  for (let i = from; i < from + length; i++) if (AGENCIES.has(tokens.norm[i] ?? '')) return true;
  return false;
}

/** أنقرة (رويترز) -: an agency in brackets, then a dash. */
function isAgencyInBrackets(tokens: Tokens, to: number): boolean {
  if (tokens.norm[to] !== '(') return false;
  for (let i = to + 1; i < to + 6; i++) if (tokens.norm[i] === ')') return /^[-–—]$/.test(tokens.norm[i + 1] ?? '');
  return false;
}

/** КИЕВ, 20 февраля. / TUNIS, Nov. 12 —: a day, then a stop or a dash. */
function isDayLine(tokens: Tokens, to: number): boolean {
  if (!/^[,.،]$/.test(tokens.norm[to] ?? '')) return false;
  let day = false;
  for (let i = to + 1; i < to + 5; i++) {
    if (tokens.kind[i] === NUMBER) day = true;
    else if (tokens.kind[i] === PUNCT && day) return /^[.—–-]$/.test(tokens.norm[i] ?? '');
  }
  return false;
}

function speaks(words: PlaceWords, tokens: Tokens, around: Surroundings): boolean {
  const paragraph = tokens.paragraph[around.from];
  // "A diplomat in Riyadh told us": the diplomat speaks.
  if (/^(in|at|[وف]?في)$/.test(tokens.norm[around.from - 1] ?? '')) return false;
  if (/^[وف]?(بحسب|حسب|وفق)$/.test(tokens.norm[around.from - 1] ?? '')) return true;
  for (let i = around.to; i < Math.min(around.to + VERB_REACH, tokens.count); i++) {
    if (tokens.kind[i] === PUNCT || tokens.paragraph[i] !== paragraph) break;
    if (words.startingAt(i).some((term) => term.value === 'said')) return true;
  }
  if (around.located) return false;
  return words.endingAt(around.from).some((term) => term.value === 'said');
}

const INSIDE = new Set([
  'في',
  'داخل',
  'in',
  'at',
  'inside',
  'from',
  'across',
  'into',
  'through',
  'в',
  'во',
  'из',
  'عبر',
  'من',
]);

/** Words whose owner is a land: في أنحاء ليبيا, تشهد ليبيا …, imports of Yemen. */
const OF_A_LAND = new Set(
  'انحاء ارجاء عموم كامل اراضي شرق غرب جنوب شمال داخل خارج سكان تشهد يشهد تعاني يعاني تعيش يعيش واردات صادرات اجواء سماء حدود حرب'.split(
    ' ',
  ),
);
/** "In the capital of Yemen, Sanaa": named as a town. */
function isCalledCapital(tokens: Tokens, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    if (tokens.sentence[i] !== tokens.sentence[at]) return false;
    if (/^(?:столиц|capital|[بو]?(?:ال)?عاصمه)/.test(tokens.norm[i] ?? '')) return true;
  }
  return false;
}

/** عرض من موسكو, a reply from Moscow: a government gives it. */
const GIVEN =
  /^[وفبل]?(ال)?(عرض|عرضا|طلب|طلبا|رد|ردا|اقتراح|اقتراحا|مقترح|مقترحا|تعليق|تعليقا|ضمانات|رساله|موافقه|دعم|ضغوط|ضغط|اشاره|اشارات|تنازلات|رفض|توضيح|توضيحات|مباركه)$|^(offer|reply|response|request|proposal|answer|guarantees?|assurances?|pressure|support|signal|word|comment|message|предложени.|ответ.?|гаранти.|сигнал.?|давлени.)$/;
const BLOW_REACH = 3;
const BLOW =
  /^(?:[وفبل]?(?:ال)?(?:قصف|غار[هات]|ضرب|هجوم|سيطر|حصار|معرك|[يت]?قصف|[يت]?ستهدف|استهدف|هاجم|[يت]هاجم|دخل|اقتحم|صاروخ|صواريخ|قذيف|قذايف)|bomb|shell|struck|strik|hit|target|attack|pound|storm|captur|seiz|besieg|enter|rocket|missile|бомб|обстрел|удар|налет|атак|штурм|взял|захват|ракет)/;

/** "Bombed Sanaa", удары по Киеву: a capital that is struck is a place. */
function isStruck(tokens: Tokens, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - BLOW_REACH); i--) {
    if (tokens.kind[i] === PUNCT || tokens.sentence[i] !== tokens.sentence[at]) return false;
    if (BLOW.test(tokens.norm[i] ?? '')) return true;
  }
  return false;
}

function locatedIn(words: PlaceWords, tokens: Tokens, around: Surroundings): boolean {
  const before = tokens.norm[around.from - 1] ?? '';
  if (OF_A_LAND.has(before.replace(/^[وفب](?=...)/, '')) || OF_A_LAND.has(before)) return true;
  if (isStruck(tokens, around.from) || isCalledCapital(tokens, around.from)) return true;
  if (/^(من|from|от)$/.test(before) && GIVEN.test(tokens.norm[around.from - 2] ?? '')) return false;
  if (
    INSIDE.has(before.replace(/^[وف](?=في|من|عبر|داخل)/, '')) &&
    tokens.paragraph[around.from - 1] === tokens.paragraph[around.from]
  )
    return true;
  const lead = (tokens.norm[around.from] ?? '').charAt(0);
  const cut = around.start > (tokens.start[around.from] ?? 0);
  return (cut && lead === 'ب') || words.endingAt(around.from).some((term) => term.value === 'border');
}

/** مصدرا دبلوماسيا روسيا: after an indefinite accusative the word is an adjective. */
export const isAccusative = (before: string): boolean =>
  /^[وفب]?(?:(?!ال)[^ا].+ي|مسوول|مصدر|وفد|ضابط|طيار|جنرال|محلل|خبير|عرض|اقتراح|مقترح|بيان|قرار|مشروع|موقف|طلب|دعم|دور)ا$/.test(
    before,
  ) && !/^(حاليا|دوليا|اقليميا|رسميا|سوريا|روسيا|ليبيا|تركيا|ثنايا|قضايا|ضحايا)$/.test(before);

/** سورية after a feminine noun is "Syrian" and not "Syria". */
function isAdjective(tokens: Tokens, around: Surroundings): boolean {
  const word = tokens.norm[around.to - 1] ?? '';
  const before = tokens.norm[around.from - 1] ?? '';
  if (word === 'روسيا' || word === 'سوريا' || word === 'ليبيا') return isAccusative(before);
  if (!word.endsWith('يه') || around.located || INSIDE.has(before)) return false;
  return before.endsWith('ه') || before.endsWith('ات') || before === 'ام' || before === 'او';
}

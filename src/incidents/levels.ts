/**
 * How two reports compare, field by field, as levels that know how precise both are. A field that either report does
 * not state has level -1 and says nothing. Pure; reads columns, never a database.
 */
import { NO_PLACE, PLACE_CLASSES, type ReportColumns, UNKNOWN, UNTIMED } from './columns.ts';
import { SKETCH_SIZE, sketchAgreement } from './sketch.ts';
import { KIND_LEVELS } from './taxonomy.ts';

/** Bands of distance over the joint radius. */
const BANDS = ['same_point', 'within_quarter', 'within_half', 'within_1', 'within_2', 'within_3', 'beyond'] as const;

const placeLevels = (): string[] => {
  const names: string[] = [];
  for (let a = 0; a < NO_PLACE; a++) {
    for (let b = a; b < NO_PLACE; b++) {
      const pair = `${PLACE_CLASSES[a]}_${PLACE_CLASSES[b]}`;
      for (const band of BANDS) names.push(`${pair}_${band}`);
      // Where both name the place, point and name are weighed together: they are no independent witnesses.
      for (const band of BANDS) names.push(`${pair}_${band}_same_name`, `${pair}_${band}_other_name`);
    }
  }
  return [...names, 'same_name', 'other_name'];
};

const TOLL_LEVELS = [
  'both_none',
  'equal_small',
  'equal_some',
  'equal_many',
  'overlap',
  'close',
  'apart',
  'contradict',
] as const;

const DAY_LEVELS = ['same_day', 'one_day', 'two_days', 'three_days', 'within_week'] as const;

/** Fields in the order of the explanation, each with its levels, best agreement first. */
export const FIELDS = [
  { name: 'place', levels: placeLevels() },
  {
    name: 'time',
    levels: [
      'minutes',
      'half_hour',
      'within_2_hours',
      'within_8_hours',
      'within_24_hours',
      ...DAY_LEVELS,
      'during_episode',
      'same_span',
      'other_span',
      // Where both say when they were published, the days of the event and of the news are weighed together.
      ...DAY_LEVELS.flatMap((level) => [`${level}_same_news`, `${level}_other_news`]),
    ],
  },
  { name: 'type', levels: [...KIND_LEVELS] },
  { name: 'actor', levels: ['same', 'same_side', 'different'] },
  { name: 'killed', levels: [...TOLL_LEVELS] },
  { name: 'injured', levels: [...TOLL_LEVELS] },
  { name: 'target', levels: ['same', 'different'] },
  { name: 'text', levels: ['near_duplicate', 'alike', 'related', 'unlike'] },
  { name: 'source', levels: ['same_repeats', 'same_differs', 'different'] },
] as const;

export const PLACE = 0;
export const TIME = 1;
export const TYPE = 2;
export const ACTOR = 3;
export const KILLED = 4;
export const INJURED = 5;
export const TARGET = 6;
export const TEXT = 7;
export const SOURCE = 8;
export const FIELD_COUNT = FIELDS.length;
const TOLL_APART = 6;
export const OTHER_SOURCE = 2;
/** Levels of one pair of precision classes: a band each, then each band with the same name and with another. */
export const BAND_COUNT = BANDS.length;
export const PLACE_GROUP = BAND_COUNT * 3;
export const SAME_NAME = FIELDS[PLACE].levels.length - 2;
const OTHER_NAME = SAME_NAME + 1;

/** Whole days around a report's days in which another may tell of the same event. */
export const WINDOW_DAYS = 4;
/** Farther apart than this only reports of the same day's news are compared: one of them has the date wrong. */
export const FIRM_DAYS = 3;
const SAME_POINT_KM = 0.06;
const FLOOR_KM = 0.5;
const KM_PER_DEGREE = 111.195;
const SAME_DAY = 5;
const DURING_EPISODE = 10;
const SAME_SPAN = 11;
const OTHER_SPAN = 12;
const WITH_NEWS = 13;
/** Levels of time by the days between: as they are, and with the news beside them. */
export const TIME_GROUPS: readonly (readonly [number, number])[] = [
  [0, SAME_DAY],
  [SAME_DAY, DURING_EPISODE],
  [DURING_EPISODE, WITH_NEWS],
  [WITH_NEWS, WITH_NEWS + 2 * DAY_LEVELS.length],
];
/** Reports published at most so many minutes apart tell the same day's news; a day where only days are said. */
const SAME_NEWS = 1_440;

/** Side of an actor and how near two kinds are, by interned number. */
export interface Relations {
  kind(a: number, b: number): number;
  sameSide(a: number, b: number): boolean;
}

/** Radius that the two reports' places share, in kilometres; never under half a kilometre. */
export const jointRadiusKm = (a: number, b: number): number => Math.max(FLOOR_KM, Math.sqrt(a * a + b * b));

/** Kilometres between two rows (equirectangular: better than 0.5 % at the distances compared). */
export function distanceKm(columns: ReportColumns, a: number, b: number): number {
  const dLat = at(columns.lat, a) - at(columns.lat, b);
  let dLon = Math.abs(at(columns.lon, a) - at(columns.lon, b));
  if (dLon > 180) dLon = 360 - dLon;
  const x = dLon * (at(columns.cos, a) + at(columns.cos, b)) * 0.5;
  return Math.sqrt(dLat * dLat + x * x) * KM_PER_DEGREE;
}

/** Days between two rows' intervals, the first moved by `shift` days; 0 when they touch. */
export const gapDays = (columns: ReportColumns, a: number, b: number, shift = 0): number =>
  Math.max(
    0,
    at(columns.startDay, b) - at(columns.endDay, a) - shift,
    at(columns.startDay, a) + shift - at(columns.endDay, b),
  );

/** Writes the level of each field into `out`; `shift` moves the first row in time, for pairs that meet by chance only. */
export function compareRows(
  columns: ReportColumns,
  relations: Relations,
  a: number,
  b: number,
  out: Int16Array,
  shift = 0,
): void {
  out[PLACE] = placeLevel(columns, a, b);
  out[TIME] = timeLevel(columns, a, b, shift);
  const kindA = at(columns.type, a);
  const kindB = at(columns.type, b);
  out[TYPE] = kindA === 0 || kindB === 0 ? UNKNOWN : relations.kind(kindA, kindB);
  const actorA = at(columns.actor, a);
  const actorB = at(columns.actor, b);
  if (actorA === 0 || actorB === 0) out[ACTOR] = UNKNOWN;
  else out[ACTOR] = actorA === actorB ? 0 : relations.sameSide(actorA, actorB) ? 1 : 2;
  out[KILLED] = tollLevel(columns.killedLow, columns.killedHigh, a, b);
  out[INJURED] = tollLevel(columns.injuredLow, columns.injuredHigh, a, b);
  const targetA = at(columns.target, a);
  const targetB = at(columns.target, b);
  out[TARGET] = targetA === 0 || targetB === 0 ? UNKNOWN : targetA === targetB ? 0 : 1;
  out[TEXT] = textLevel(columns, a, b);
  out[SOURCE] = at(columns.source, a) !== at(columns.source, b) ? OTHER_SOURCE : repeatsFacts(out) ? 0 : 1;
}

/**
 * A source that tells an event again repeats its facts (the toll may have been updated); two accounts of one source
 * that differ in place, hour, kind or party are two events.
 */
function repeatsFacts(levels: Int16Array): boolean {
  const place = levels[PLACE] ?? UNKNOWN;
  const time = levels[TIME] ?? UNKNOWN;
  const samePlace = place === SAME_NAME || (place < SAME_NAME && bandIn(place) <= 1);
  const sameTime =
    time <= 1 || time === SAME_DAY || time === DURING_EPISODE || time === WITH_NEWS || time === WITH_NEWS + 1;
  const toll = levels[KILLED] ?? UNKNOWN;
  const alike = (levels[TYPE] ?? 0) <= 1 && (levels[ACTOR] ?? 0) <= 1 && (levels[TARGET] ?? 0) <= 0;
  return samePlace && sameTime && alike && toll < TOLL_APART && (levels[INJURED] ?? UNKNOWN) < TOLL_APART;
}

const at = (column: Float32Array | Int32Array | Uint8Array, row: number): number => column[row] ?? 0;

function placeLevel(columns: ReportColumns, a: number, b: number): number {
  let low = at(columns.placeClass, a);
  let high = at(columns.placeClass, b);
  const kinship = columns.nameKinship.kinship(at(columns.placeName, a), at(columns.placeName, b));
  if (low === NO_PLACE || high === NO_PLACE) {
    return kinship === 'unknown' ? UNKNOWN : kinship === 'same' ? SAME_NAME : OTHER_NAME;
  }
  if (low > high) [low, high] = [high, low];
  const group = low * NO_PLACE - (low * (low - 1)) / 2 + (high - low);
  const km = distanceKm(columns, a, b);
  const band = bandOf(km, jointRadiusKm(at(columns.radiusKm, a), at(columns.radiusKm, b)));
  const named = kinship === 'unknown' ? band : BAND_COUNT + 2 * band + (kinship === 'same' ? 0 : 1);
  return group * PLACE_GROUP + named;
}

/** Band of distance of a place level. */
function bandIn(level: number): number {
  const within = level % PLACE_GROUP;
  return within < BAND_COUNT ? within : (within - BAND_COUNT) >> 1;
}

/** Two places of town size or smaller, of different names, farther apart than their radii reach. */
export function isElsewhere(level: number): boolean {
  const group = Math.floor(level / PLACE_GROUP);
  const within = (level % PLACE_GROUP) - BAND_COUNT;
  if (level >= SAME_NAME || !SETTLEMENTS.has(group) || within < 0) return false;
  return within % 2 === 1 && within >> 1 >= FIRST_BAND_APART;
}

/** Pairs of precision classes: fine with fine, fine with town, town with town. */
const SETTLEMENTS: ReadonlySet<number> = new Set([0, 1, NO_PLACE]);
const FIRST_BAND_APART = 5;

function bandOf(km: number, joint: number): number {
  if (km <= SAME_POINT_KM) return 0;
  const share = km / joint;
  if (share <= 0.25) return 1;
  if (share <= 0.5) return 2;
  if (share <= 1) return 3;
  if (share <= 2) return 4;
  return share <= 3 ? 5 : 6;
}

const sameSpan = (columns: ReportColumns, a: number, b: number, shift: number): boolean =>
  Math.abs(at(columns.startDay, a) + shift - at(columns.startDay, b)) <= 1 &&
  Math.abs(at(columns.endDay, a) + shift - at(columns.endDay, b)) <= 1;

function timeLevel(columns: ReportColumns, a: number, b: number, shift: number): number {
  if (!columns.isDated(a) || !columns.isDated(b)) return UNKNOWN;
  const gap = gapDays(columns, a, b, shift);
  const episodes = Number(columns.isEpisode(a)) + Number(columns.isEpisode(b));
  if (gap === 0 && episodes === 1) return DURING_EPISODE;
  if (gap === 0 && episodes === 2) return sameSpan(columns, a, b, shift) ? SAME_SPAN : OTHER_SPAN;
  const minuteA = at(columns.minute, a);
  const minuteB = at(columns.minute, b);
  if (gap <= 1 && minuteA !== UNTIMED && minuteB !== UNTIMED) {
    const minutes = Math.abs(minuteA + shift * 1_440 - minuteB);
    if (minutes <= 10) return 0;
    if (minutes <= 30) return 1;
    if (minutes <= 120) return 2;
    if (minutes <= 480) return 3;
    if (minutes <= 1440) return 4;
  }
  const days = Math.min(gap, DAY_LEVELS.length - 1);
  const news = newsOf(columns, a, b, shift);
  return news === 'unknown' ? SAME_DAY + days : WITH_NEWS + 2 * days + (news === 'same' ? 0 : 1);
}

/** Whether two reports were published with the same day's news, the first moved by `shift` days. */
export function newsOf(columns: ReportColumns, a: number, b: number, shift = 0): 'same' | 'other' | 'unknown' {
  const [one, other] = [at(columns.published, a), at(columns.published, b)];
  if (one === UNTIMED || other === UNTIMED) return 'unknown';
  return Math.abs(one + shift * 1_440 - other) <= SAME_NEWS ? 'same' : 'other';
}

function tollLevel(low: Int32Array, high: Int32Array, a: number, b: number): number {
  const lowA = at(low, a);
  const lowB = at(low, b);
  if (lowA === UNKNOWN || lowB === UNKNOWN) return UNKNOWN;
  const highA = at(high, a);
  const highB = at(high, b);
  if (lowA === highA && lowB === highB && lowA === lowB) {
    if (lowA === 0) return 0;
    return lowA <= 2 ? 1 : lowA <= 9 ? 2 : 3;
  }
  if (lowA <= highB && lowB <= highA) return 4;
  // Nearest values that the two intervals allow.
  const less = Math.min(highA, highB);
  const more = Math.max(lowA, lowB);
  if (more - less <= 1 || more <= less * 1.5) return 5;
  return (less === 0 && more >= 5) || more > less * 4 ? 7 : 6;
}

function textLevel(columns: ReportColumns, a: number, b: number): number {
  const sketchA = at(columns.sketch, a);
  const sketchB = at(columns.sketch, b);
  if (sketchA < 0 || sketchB < 0 || at(columns.lang, a) !== at(columns.lang, b)) return UNKNOWN;
  const same = sketchAgreement(columns.sketches, sketchA, sketchB);
  if (same >= SKETCH_SIZE * 0.75) return 0;
  if (same >= SKETCH_SIZE * 0.4) return 1;
  return same >= 2 ? 2 : 3;
}

/**
 * A weight set: for each level of each field the share of true pairs (m) and of chance pairs (u) that show it, the
 * expected number of fellow reports, and the thresholds. Every link names the set that scored it; a set never changes,
 * a new estimate is a new set with a new name.
 */
import { Problem } from '../core/index.ts';
import { FIELD_COUNT, FIELDS } from './levels.ts';
import { BAD_WEIGHTS } from './problems.ts';

export interface LevelWeight {
  readonly m: number;
  readonly u: number;
}

export interface WeightSet {
  /** `NAME@VERSION`, stored with every link. */
  readonly name: string;
  /** By field, then level, in the order of `FIELDS`. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, LevelWeight>>>>;
  /** Fellow reports that a report has on average. */
  readonly fellows: number;
  /** Score in bits from which a report is linked, and from which a person is asked. */
  readonly linkFrom: number;
  readonly askFrom: number;
}

const MAX_BITS = 14;
/** A set made before names were weighed with the point, and the news with the day, speaks of point and day alone. */
const NAMED = /_(?:same|other)_(?:name|news)$/;

/** Bits by field and level, ready for the inner loop. */
export function bitsOf(set: WeightSet): Float64Array[] {
  return FIELDS.map((field) => {
    const weights = set.fields[field.name] ?? {};
    return Float64Array.from(field.levels, (level) => {
      const weight = weights[level] ?? weights[level.replace(NAMED, '')];
      if (!weight) return 0;
      return Math.max(-MAX_BITS, Math.min(MAX_BITS, Math.log2(weight.m / weight.u)));
    });
  });
}

/** Checks a weight set that came from a file. Throws a Problem that names the field and level. */
export function parseWeights(value: unknown, where: string): WeightSet {
  const refuse = (detail: string): never => {
    throw new Problem(BAD_WEIGHTS, detail, { where });
  };
  if (typeof value !== 'object' || value === null) return refuse('is not an object');
  const set = value as Partial<WeightSet>;
  if (typeof set.name !== 'string' || set.name === '') return refuse('name: is missing');
  for (const key of ['fellows', 'linkFrom', 'askFrom'] as const) {
    if (!Number.isFinite(set[key])) return refuse(`${key}: is not a number`);
  }
  const fields = set.fields;
  if (typeof fields !== 'object' || fields === null) return refuse('fields: is missing');
  for (const field of FIELDS) {
    for (const [level, weight] of Object.entries(fields[field.name] ?? {})) {
      const sound = [weight?.m, weight?.u].every((share) => Number.isFinite(share) && share > 0 && share <= 1);
      if (!sound) return refuse(`fields.${field.name}.${level}: m and u must be above 0 and at most 1`);
    }
  }
  return value as WeightSet;
}

/** Shares by field and level as plain arrays, for estimation. */
export const sharesOf = (set: WeightSet, which: 'm' | 'u'): Float64Array[] =>
  FIELDS.map((field) => {
    const weights = set.fields[field.name];
    return Float64Array.from(
      field.levels,
      (level) => (weights?.[level] ?? weights?.[level.replace(NAMED, '')])?.[which] ?? 1e-6,
    );
  });

export function weightsFrom(
  base: WeightSet,
  name: string,
  m: Float64Array[],
  u: Float64Array[],
  fellows: number,
): WeightSet {
  if (m.length !== FIELD_COUNT || u.length !== FIELD_COUNT) throw new Error('one array a field');
  const fields = Object.fromEntries(
    FIELDS.map((field, f) => [
      field.name,
      Object.fromEntries(field.levels.map((level, l) => [level, { m: m[f]?.[l] ?? 1e-6, u: u[f]?.[l] ?? 1e-6 }])),
    ]),
  );
  return { ...base, name, fields, fellows };
}

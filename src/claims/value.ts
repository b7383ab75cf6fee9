/**
 * What a person may give as a value, field by field, and how it becomes the claim's own. Pure. Every code is one that the
 * program knows: an actor of the terms, a place of the gazetteer, or words with a point and how exact it is.
 */
import { z } from 'zod';
import { EVENT_TYPES, PRECISIONS, Problem, TARGETS } from '../core/index.ts';
import type { Gazetteer } from '../places/index.ts';
import { isEdtf } from '../reading/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import type { ClaimedPlace, ClaimField, ClaimSpan, ClaimValues } from './model.ts';
import { CLAIM_VALUE_BAD, WORDS_NOT_FOUND } from './problems.ts';

const MAX_WORDS = 500;
const MAX_COUNT = 10_000_000;

const words = z.string().trim().min(1).max(MAX_WORDS);
const edtf = z
  .string()
  .max(60)
  .refine((text) => text !== 'PRESENT_REF' && isEdtf(text), 'a day, month, year, time or interval (EDTF) is needed');
const count = z
  .object({ low: number().nullable(), high: number().nullable() })
  .refine(({ low, high }) => low !== null || high !== null, 'at least one bound is needed')
  .refine(({ low, high }) => low === null || high === null || low <= high, 'low is above high');
const actor = z
  .object({ code: z.string().max(100).nullable(), words: words.nullable().default(null) })
  .refine(({ code, words: said }) => code !== null || said !== null, 'a code or words are needed');
const place = z.union([
  z.object({ id: z.string().min(1).max(200) }).strict(),
  z.object({
    words,
    lat: z.number().min(-90).max(90).nullable(),
    lon: z.number().min(-180).max(180).nullable(),
    precision: z.enum(PRECISIONS),
  }),
]);

/** The shape of a corrected value of each field. */
export const VALUES = {
  type: z.enum(EVENT_TYPES),
  start: edtf,
  end: edtf,
  place,
  actor,
  victim: actor,
  target: z.enum(TARGETS),
  weapon: z.string().trim().min(1).max(100),
  killed: count,
  injured: count,
  aggregate: z.literal(true),
} as const satisfies Record<ClaimField, z.ZodType>;

/** What codes and places a value may name. */
export interface ValueTools {
  readonly gazetteer: Gazetteer;
  readonly instrument: Instrument;
}

/** Checks what was given for a field and makes the claim's value of it. Throws CLAIM_VALUE_BAD in plain words. */
export function checkedValue(tools: ValueTools, field: ClaimField, given: unknown): ClaimValues[ClaimField] {
  const checked = VALUES[field].safeParse(given);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const at = issue?.path.length ? `value.${issue.path.join('.')}` : 'value';
    throw bad(field, `${at}: ${issue?.message ?? 'not accepted'}`);
  }
  if (field === 'place') return placeOf(tools.gazetteer, checked.data as z.infer<typeof place>);
  if (field === 'actor' || field === 'victim') {
    const { code } = checked.data as z.infer<typeof actor>;
    if (code !== null && code !== 'unknown' && !actorById(tools.instrument, code))
      throw bad(field, `the terms name no actor ${JSON.stringify(code.slice(0, 60))}`);
  }
  return checked.data as ClaimValues[ClaimField];
}

function placeOf(gazetteer: Gazetteer, given: z.infer<typeof place>): ClaimedPlace {
  if ('id' in given) {
    const known = gazetteer.byId(given.id);
    if (!known) throw bad('place', `the gazetteer has no place ${JSON.stringify(given.id.slice(0, 60))}`);
    const area = known.class === 'governorate' ? known.id : (known.area ?? null);
    return { id: known.id, name: known.name, point: known.point, precision: known.precision, area };
  }
  if ((given.lat === null) !== (given.lon === null)) throw bad('place', 'lat and lon go together');
  const point = given.lat === null || given.lon === null ? null : { lat: given.lat, lon: given.lon };
  return {
    id: null,
    name: { ar: given.words, en: given.words, ru: given.words },
    point,
    precision: given.precision,
    area: point ? (gazetteer.governorateAt(point)?.id ?? null) : null,
  };
}

/** Where the words that a person points to stand in the report, letter by letter. Throws WORDS_NOT_FOUND. */
export function spanOfWords(document: string, quoted: string): ClaimSpan {
  const start = document.indexOf(quoted);
  if (start === -1) throw new Problem(WORDS_NOT_FOUND, 'words: they do not stand in the report, letter by letter');
  return { start, end: start + quoted.length };
}

function number() {
  return z.number().int().min(0).max(MAX_COUNT);
}

const bad = (field: ClaimField, what: string): Problem =>
  new Problem(CLAIM_VALUE_BAD, `${field}: ${what}`, { params: { field } });

/**
 * Kept decisions as cases that a reader is tried on: JSON lines, one report's text a line with the values that people
 * settled (spec/reading-case.md). Pure. Only public reports become cases: words of a sealed one never leave the house.
 */
import { z } from 'zod';
import { Problem } from '../core/index.ts';
import type { Gazetteer } from '../places/index.ts';
import type { Reader } from '../reading/index.ts';
import { documentOf, type Report } from '../sources/index.ts';
import { claimsOf } from './extract.ts';
import { claimsInForce } from './facts.ts';
import { CLAIM_FIELDS, type Claim, type ClaimField } from './model.ts';
import { BAD_CASE_FILE } from './problems.ts';
import { sameValue } from './same-value.ts';

const MAX_TEXT = 8_000_000;
const MAX_EXPECTATIONS = 1_000;

const caseLine = z.object({
  case: z.literal(1),
  id: z.string().min(1).max(300),
  text: z.string().max(MAX_TEXT),
  published: z.string().max(40).nullable(),
  lang: z.string().max(10).nullable(),
  expect: z
    .array(
      z.object({
        event: z.number().int().min(0).max(10_000),
        field: z.enum(CLAIM_FIELDS),
        /** What people settled; null when the reader must not claim this field. */
        value: z.unknown(),
        words: z.array(z.string().max(MAX_TEXT)).max(MAX_EXPECTATIONS),
      }),
    )
    .min(1)
    .max(MAX_EXPECTATIONS),
});

/** One report's text and what must be read from it. */
export type ReadingCase = z.infer<typeof caseLine>;

/** The case of a report: its kept decisions in force. Null when none is left, or when the report is sealed. */
export function caseOf(report: Report, claims: readonly Claim[]): ReadingCase | null {
  if (report.visibility !== 'public') return null;
  const kept = claimsInForce(claims).filter(({ kept, standing }) => kept && standing !== 'proposed');
  if (kept.length === 0) return null;
  const document = documentOf(report);
  return {
    case: 1,
    id: report.id,
    text: document,
    published: report.published?.slice(0, 10) ?? null,
    lang: report.lang,
    expect: kept.map(({ event, field, value, spans, standing }) => ({
      event,
      field,
      value: standing === 'rejected' ? null : value,
      words: spans.map(({ start, end }) => document.slice(start, end)),
    })),
  };
}

/** Reads a file of cases. Throws BAD_CASE_FILE with file, line and field. */
export function parseCases(text: string, file: string): ReadingCase[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const where = `${file}:${i + 1}`;
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      throw new Problem(BAD_CASE_FILE, 'is not JSON', { where });
    }
    const checked = caseLine.safeParse(json);
    if (checked.success) return [checked.data];
    const [issue] = checked.error.issues;
    throw new Problem(BAD_CASE_FILE, `${issue?.path.join('.')}: ${issue?.message}`, { where });
  });
}

/** A value that a reader does not read as people settled it. */
export interface CaseMiss {
  readonly id: string;
  readonly event: number;
  readonly field: ClaimField;
  readonly expected: unknown;
  readonly read: unknown;
}

/** Tries a reader on one case: the values that it reads otherwise. */
export function tryCase(one: ReadingCase, reader: Reader, gazetteer: Gazetteer): CaseMiss[] {
  const lang = one.lang === 'ar' || one.lang === 'en' || one.lang === 'ru' ? one.lang : undefined;
  const claims = claimsOf(one.text, reader.read(one.text, { published: one.published, lang }), null, gazetteer);
  return one.expect.flatMap(({ event, field, value }) => {
    const read = claims.find((claim) => claim.event === event && claim.field === field);
    if (sameValue(field, read?.value ?? null, value ?? null)) return [];
    return [{ id: one.id, event, field, expected: value ?? null, read: read?.value ?? null }];
  });
}

/**
 * What the intake form sends (spec/intake). Testimony and identity come apart: the testimony in clear, so that it can be
 * read; the identity as an age file that was sealed in the sender's browser. Names of files, addresses and clocks have
 * no field here.
 */
import { z } from 'zod';
import { addDays, dayStart, type Instant, isDay, LANGS, PRECISIONS, TARGETS } from '../core/index.ts';
import type { ReportInput } from '../sources/index.ts';

export const INTAKE_LIMITS = {
  /** Characters of a testimony. */
  text: 20_000,
  /** Bytes of a submission without its attachments. */
  submission: 262_144,
  attachments: 8,
  /** Bytes of one attachment. */
  attachment: 25_000_000,
  /** Pixels of a picture: what a telephone of today makes, and a little more. */
  pixels: 60_000_000,
  /** Bytes of an identity before it is sealed, always: short ones are padded. */
  identity: 1_024,
  recipients: 8,
} as const;

/** Quarters of a day in the instrument's zone. Nobody is asked for the minute: it would tell who was there. */
export const PARTS_OF_DAY = ['night', 'morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof PARTS_OF_DAY)[number];

export const DOORS = ['public', 'staff'] as const;
export type Door = (typeof DOORS)[number];

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);
const SHA256 = /^[0-9a-f]{64}$/;
const tally = z.number().int().min(0).max(10_000_000);
const count = z
  .object({ low: optional(tally), high: optional(tally) })
  .refine(({ low, high }) => low === null || high === null || low <= high, 'low is above high')
  .nullish()
  .transform((value) => value ?? { low: null, high: null });

export const submissionId = z.uuid({ version: 'v4' });
export const attachmentHash = z.string().regex(SHA256, 'not a SHA-256 in lower-case hex');
/** A receipt number: twelve digits, as they are read out over a telephone. */
export const receiptNumber = z.string().regex(/^\d{4}-\d{4}-\d{4}$/, 'a receipt number is 0000-0000-0000');

const LONE_SURROGATE = /\p{Surrogate}/u;

/** No NUL and no half of a surrogate pair: neither is a letter, and a database takes neither. */
const isStorable = (text: string): boolean => !text.includes('\0') && !LONE_SURROGATE.test(text);

export const submissionSchema = z.strictObject({
  /** Drawn by the sender's browser; the same again is the same submission. */
  id: submissionId,
  testimony: z.strictObject({
    text: z
      .string()
      .trim()
      .min(1, 'empty')
      .max(INTAKE_LIMITS.text)
      .refine(isStorable, 'holds a character that is none'),
    lang: z.enum(LANGS),
    place: optional(z.string().trim().min(1).max(300).refine(isStorable, 'holds a character that is none')),
    point: optional(z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })),
    precision: optional(z.enum(PRECISIONS)),
    day: optional(z.string().refine(isDay, 'not a day (YYYY-MM-DD)')),
    part: optional(z.enum(PARTS_OF_DAY)),
    target: optional(z.enum(TARGETS)),
    killed: count,
    injured: count,
  }),
  /** The receipt of an earlier report by the same person: their words are then one voice. */
  earlier: optional(receiptNumber),
  /** Base64 of an age file; null when nothing was told. */
  identity: optional(z.base64().max(24_000)),
  attachments: z
    .array(attachmentHash)
    .max(INTAKE_LIMITS.attachments)
    .refine((list) => new Set(list).size === list.length, 'one is announced twice')
    .default([]),
});
export type Submission = z.output<typeof submissionSchema>;

const HOURS_A_PART = 6;
const HOUR_MS = 3_600_000;

/** Begin and end of a part of a day; the day alone where no part is known. */
export function timesOf(
  day: string | null,
  part: PartOfDay | null,
  zone: string,
): { start: string; end: string | null } | null {
  if (day === null) return null;
  if (part === null) return { start: day, end: null };
  const begin = dayStart(day, zone);
  const quarter = PARTS_OF_DAY.indexOf(part);
  const start = begin + quarter * HOURS_A_PART * HOUR_MS;
  // The day's own end, so that a day of 23 or 25 hours has no hole and no overlap.
  const next = quarter === PARTS_OF_DAY.length - 1 ? dayStart(addDays(day, 1), zone) : start + HOURS_A_PART * HOUR_MS;
  return { start: instant(start), end: instant(next - 1_000) };
}

const instant = (ms: number): Instant => new Date(ms).toISOString().replace('.000Z', 'Z');

/** What the rooms below are told of who spoke: an organisation's door, and for its staff each caller as a voice of its own. */
export interface Voice {
  readonly organisation: string;
  readonly door: Door;
  /** The receipt by which the caller is known; the report's own unless an earlier one was named. */
  readonly caller: string;
}

/** A submission as a report (spec/report). Sealed always. `today` stands for its publication, so that "yesterday" can be read. */
export function reportOf(
  { testimony, attachments }: Submission,
  voice: Voice,
  receipt: string,
  today: string,
  zone: string,
): Readonly<Record<keyof ReportInput, unknown>> {
  const times = timesOf(testimony.day, testimony.part, zone);
  return {
    id: receipt,
    source: {
      name: voice.door === 'staff' ? `Hotline: ${voice.organisation}` : `Public form: ${voice.organisation}`,
      kind: 'hotline',
      // Whoever floods the public door stays one voice; who is spoken with by staff is told apart from others.
      origin: voice.door === 'staff' ? `caller ${voice.caller}` : `public form ${voice.organisation}`,
    },
    published: today,
    lang: testimony.lang,
    title: null,
    text: testimony.text,
    visibility: 'sealed',
    event: {
      start: times?.start ?? null,
      end: times?.end ?? null,
      lat: testimony.point?.lat ?? null,
      lon: testimony.point?.lon ?? null,
      precision: testimony.point === null ? null : (testimony.precision ?? 'neighbourhood'),
      place_text: testimony.place,
      target: testimony.target,
      killed: testimony.killed,
      injured: testimony.injured,
    },
    attachments: attachments.map((sha256, i) => ({ name: `attachment ${i + 1}`, sha256 })),
  };
}

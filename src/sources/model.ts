/**
 * A report as it is received (spec/report). The schema is the gate: fields it does not know are dropped here and never
 * stored, every number and length is bounded, and a refusal says which field and why.
 */
import { z } from 'zod';
import { EVENT_TYPES, isDay, isInstant, LANGS, PRECISIONS, SOURCE_KINDS, TARGETS } from '../core/index.ts';

export const LIMITS = {
  /** Characters of one report's text. */
  text: 1_000_000,
  /** Bytes of one line of a file. */
  line: 4_000_000,
  /** Bytes of one file. */
  file: 256_000_000,
  /** Reports of one file. */
  reports: 200_000,
} as const;

const EARLIEST = '1900-01-01';

const line = (max: number) => z.string().trim().min(1).max(max);
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);

/** A clock time without an offset: of no known zone, so only its day is kept. */
const WALL_TIME = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;

const time = z
  .string()
  .max(40)
  .transform((text) => WALL_TIME.exec(text)?.[1] ?? text)
  .refine((text) => isDay(text) || isInstant(text), 'neither a date (YYYY-MM-DD) nor an RFC 3339 time with an offset')
  .refine((text) => text >= EARLIEST, `earlier than ${EARLIEST}`);

const tally = z.number().int('not a whole number').min(0, 'negative').max(10_000_000);
const count = z
  .object({ low: optional(tally), high: optional(tally) })
  .refine(({ low, high }) => low === null || high === null || low <= high, 'low is above high')
  .nullish()
  .transform((value) => value ?? { low: null, high: null });

const eventSchema = z
  .object({
    type: optional(z.enum(EVENT_TYPES)),
    start: optional(time),
    end: optional(time),
    lat: optional(
      z.number().min(-90, 'latitude beyond 90').max(90, 'latitude beyond 90: are latitude and longitude swapped?'),
    ),
    lon: optional(z.number().min(-180, 'longitude beyond 180').max(180, 'longitude beyond 180')),
    precision: optional(z.enum(PRECISIONS)),
    place_text: optional(line(500)),
    actor: optional(line(64)),
    killed: count,
    injured: count,
    target: optional(z.enum(TARGETS)),
  })
  .refine(({ lat, lon }) => (lat === null) === (lon === null), 'latitude and longitude come together')
  .refine(
    ({ start, end }) => start === null || end === null || Date.parse(start) <= Date.parse(end),
    'end is before start',
  )
  .transform((event) => ({ ...event, actor: event.actor === 'unknown' ? null : event.actor }));

const attachment = z.object({
  name: line(200),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in lower-case hex'),
});

export const reportSchema = z.object({
  id: optional(line(200)),
  source: z.object({
    name: line(200),
    kind: optional(z.string().max(60)).transform((kind) => SOURCE_KINDS.find((known) => known === kind) ?? 'other'),
    camp: optional(line(60)),
    url: optional(line(2_000)),
    origin: optional(line(300)),
  }),
  published: optional(time),
  lang: optional(z.enum(LANGS)),
  title: optional(z.string().max(2_000)),
  text: z
    .string()
    .min(1, 'empty')
    .max(LIMITS.text)
    .refine((text) => text.trim() !== '', 'nothing but white space'),
  visibility: optional(z.enum(['public', 'sealed'])),
  event: optional(eventSchema),
  attachments: z
    .array(attachment)
    .max(50)
    .nullish()
    .transform((list) => list ?? []),
});

/** A report that passed the gate. `visibility` null means: not stated, so sealed unless the intake says otherwise. */
export type ReportInput = z.output<typeof reportSchema>;
export type ReportEvent = NonNullable<ReportInput['event']>;
export type Visibility = 'public' | 'sealed';

/** A report as the rooms below see it. */
export interface Report {
  readonly id: string;
  /** The sender's own id, if it gave one. */
  readonly externalId: string | null;
  readonly source: { readonly id: string; readonly name: string; readonly kind: string; readonly camp: string | null };
  readonly url: string | null;
  readonly origin: string | null;
  readonly published: string | null;
  readonly lang: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly visibility: Visibility;
  readonly event: ReportEvent | null;
  readonly payload: string;
  readonly receivedAt: string;
  /** The public may not know of it before; null: at once. */
  readonly shownFrom: string | null;
}

/** The text that is read: spans of every claim count into this. */
export const documentOf = (report: Pick<Report, 'title' | 'text'>): string =>
  report.title ? `${report.title}\n\n${report.text}` : report.text;

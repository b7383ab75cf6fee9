/** The shape of a terms file, checked. Cross-references (unknown actor, double id, end before start) are checked here too. */
import { z } from 'zod';
import { EVENT_TYPES, isDay, isInstant, isTimeZone } from '../core/index.ts';
import { ACTOR_KINDS, type Instrument, SHIPPED_PUBLICATION, STANDINGS } from './model.ts';
import { checkQuorum, quorumOf, quorumSection } from './quorum.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/, 'an id has 1 to 64 of a-z 0-9 _ . - and starts with a letter or digit');
const words = z.string().trim().min(1).max(4_000);
const trilingual = z.strictObject({ ar: words, en: words, ru: words });
const aliasList = z.array(z.string().trim().min(1).max(120)).max(400).default([]);
const day = z.string().refine(isDay, 'not a day that exists (YYYY-MM-DD)');
const instant = z.string().refine(isInstant, 'not an RFC 3339 time with an offset');
const dayOrInstant = z.string().refine((text) => isDay(text) || isInstant(text), 'neither a day nor an RFC 3339 time');

const actor = z.strictObject({
  id,
  kind: z.enum(ACTOR_KINDS),
  standing: z.enum(STANDINGS),
  side: id.nullable().default(null),
  name: trilingual,
  aliases: z.strictObject({ ar: aliasList, en: aliasList, ru: aliasList }).default({ ar: [], en: [], ru: [] }),
  acceptance: z
    .strictObject({ through: words.nullable().default(null), at: dayOrInstant.nullable().default(null) })
    .nullable()
    .default(null),
  designation: z
    .strictObject({ source: words, from: day, until: day.nullable().default(null) })
    .nullable()
    .default(null),
  coChair: z.boolean().default(false),
});

const clause = z.strictObject({
  id,
  addressees: z.array(id).max(100).default([]),
  text: trilingual,
  from: day,
  until: day.nullable().default(null),
  breachedBy: z.array(z.enum(EVENT_TYPES)).default([]),
});

const calmArea = z.strictObject({
  id,
  name: trilingual,
  places: z.array(z.string().min(1).max(120)).max(2_000).default([]),
  from: instant,
  until: instant.nullable().default(null),
});

const hours = z.number().min(0).max(720);
const publication = z
  .strictObject({ delayHours: z.strictObject({ ordinary: hours, guarded: hours }) })
  .refine(({ delayHours }) => delayHours.guarded >= delayHours.ordinary, {
    path: ['delayHours', 'guarded'],
    message: 'a place of protection is never told of sooner than others',
  });

export const termsFile = z
  .strictObject({
    id,
    name: trilingual,
    country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 code of two capitals'),
    timeZone: z.string().refine(isTimeZone, 'not an IANA time zone'),
    start: instant,
    source: words,
    actors: z.array(actor).min(1).max(500),
    clauses: z.array(clause).max(500).default([]),
    calmAreas: z.array(calmArea).max(500).default([]),
    quorum: quorumSection.optional(),
    publication: publication.default(SHIPPED_PUBLICATION),
  })
  .superRefine((file, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    doubles(file.actors, 'actors', complain);
    doubles(file.clauses, 'clauses', complain);
    doubles(file.calmAreas, 'calmAreas', complain);
    if (file.quorum) checkQuorum(file.quorum, file.actors, (path, message) => complain(['quorum', ...path], message));
    const known = new Set(file.actors.map((one) => one.id));
    file.actors.forEach((one, i) => {
      if (one.side !== null && !known.has(one.side)) complain(['actors', i, 'side'], `no actor has the id ${one.side}`);
      if (one.standing === 'excluded' && !one.designation) {
        complain(['actors', i, 'designation'], 'an excluded actor needs the source and date of its designation');
      }
      if (one.coChair && one.standing === 'excluded')
        complain(['actors', i, 'coChair'], 'an excluded actor cannot be a co-chair');
      if (one.designation?.until && one.designation.until < one.designation.from) {
        complain(['actors', i, 'designation', 'until'], 'ends before it starts');
      }
    });
    file.clauses.forEach((one, i) => {
      one.addressees.forEach((addressee, j) => {
        if (!known.has(addressee)) complain(['clauses', i, 'addressees', j], `no actor has the id ${addressee}`);
      });
      if (one.until && one.until < one.from) complain(['clauses', i, 'until'], 'ends before it starts');
    });
    file.calmAreas.forEach((one, i) => {
      if (one.until && Date.parse(one.until) <= Date.parse(one.from))
        complain(['calmAreas', i, 'until'], 'ends before it starts');
    });
  });

type Complain = (path: (string | number)[], message: string) => void;

function doubles(rows: readonly { id: string }[], field: string, complain: Complain): void {
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    if (seen.has(row.id)) complain([field, i, 'id'], `${row.id} stands twice`);
    seen.add(row.id);
  });
}

/** What the schema yields as the model, with the quorum filled in. */
export const asInstrument = (file: z.infer<typeof termsFile>): Instrument => ({
  ...file,
  quorum: quorumOf(file.quorum, file.actors),
});

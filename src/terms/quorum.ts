/** The `quorum` section of a terms file: who must agree before people act. It can ask for more than two organisations, never for fewer. */
import { z } from 'zod';
import type { Quorum } from '../access/index.ts';
import { foldOrganisation } from '../core/index.ts';

const organisation = z
  .string()
  .trim()
  .max(100)
  .refine((name) => foldOrganisation(name) !== '', 'an organisation has a name');
const organisations = z.array(organisation).min(1).max(100);

export const quorumSection = z.strictObject({
  organisations: z.int().min(2, 'two organisations are the least').max(20).default(2),
  chairs: z.enum(['none', 'one', 'every']).optional(),
  seats: z
    .array(z.strictObject({ chair: z.string(), organisations }))
    .max(20)
    .default([]),
  neutral: z.array(organisation).max(100).default([]),
  silentHours: z.number().min(1).max(720).nullable().default(null),
});
type Section = z.infer<typeof quorumSection>;

interface MayBeChair {
  readonly id: string;
  readonly coChair: boolean;
}

/** The quorum that a file asks for. Said nothing, it is two organisations, with a co-chair among them where there is one. */
export const quorumOf = (section: Section | undefined, actors: readonly MayBeChair[]): Quorum => ({
  organisations: section?.organisations ?? 2,
  chairs: section?.chairs ?? (actors.some(({ coChair }) => coChair) ? 'one' : 'none'),
  seats: section?.seats ?? [],
  neutral: section?.neutral ?? [],
  silentHours: section?.silentHours ?? null,
});

/** Complains of a quorum that could never be met, or that gives an organisation two voices. */
export function checkQuorum(
  section: Section,
  actors: readonly MayBeChair[],
  complain: (path: (string | number)[], message: string) => void,
): void {
  const chairs = actors.filter(({ coChair }) => coChair).map(({ id }) => id);
  const seated = section.seats.map(({ chair }) => chair);
  seated.forEach((chair, i) => {
    if (!chairs.includes(chair)) complain(['seats', i, 'chair'], `${chair} is no co-chair among the actors`);
    if (seated.indexOf(chair) !== i) complain(['seats', i, 'chair'], `${chair} has two seats`);
  });
  refuseTwice(section, complain);
  if (section.chairs === 'one' && chairs.length === 0) complain(['chairs'], 'no actor is a co-chair');
  if (section.chairs === 'every') {
    const without = chairs.filter((chair) => !seated.includes(chair));
    if (chairs.length === 0) complain(['chairs'], 'no actor is a co-chair');
    if (without.length > 0) complain(['seats'], `every co-chair needs a seat: ${without.join(', ')}`);
  }
  const voices = section.seats.length + section.neutral.length;
  if (voices > 0 && voices < section.organisations)
    complain(['organisations'], `only ${voices} can speak, so ${section.organisations} can never agree`);
  if (voices > 0 && section.chairs === 'one' && section.seats.length === 0)
    complain(['seats'], 'a co-chair is needed and none has a seat');
  if (section.silentHours !== null && (section.chairs !== 'every' || section.neutral.length === 0))
    complain(['silentHours'], 'needs chairs: every, and a neutral organisation to stand in');
}

function refuseTwice(section: Section, complain: (path: (string | number)[], message: string) => void): void {
  const seen = new Set<string>();
  const once = (name: string, path: (string | number)[]) => {
    const folded = foldOrganisation(name);
    if (seen.has(folded)) complain(path, `${name} stands twice`);
    seen.add(folded);
  };
  section.seats.forEach((seat, i) => {
    seat.organisations.forEach((name, j) => {
      once(name, ['seats', i, 'organisations', j]);
    });
  });
  section.neutral.forEach((name, i) => {
    once(name, ['neutral', i]);
  });
}

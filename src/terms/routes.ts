/** The API of the terms: what was agreed, for every screen and for those who want to check it. */
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../access/index.ts';
import { EVENT_TYPES } from '../core/index.ts';
import type { Instrument, TermsActor } from './model.ts';

export function termsRoutes(app: FastifyInstance, instrument: Instrument): void {
  app.get(
    '/api/terms',
    { config: PUBLIC, schema: { tags: ['public'], summary: 'The instrument: parties, clauses, exclusions, areas' } },
    async () => ({
      id: instrument.id,
      name: instrument.name,
      source: instrument.source,
      timeZone: instrument.timeZone,
      start: instrument.start,
      actors: instrument.actors.map((actor) => ({
        ...shortActor(actor),
        aliases: actor.aliases,
        acceptance: actor.acceptance,
        designation: actor.designation,
      })),
      clauses: instrument.clauses,
      calmAreas: instrument.calmAreas.map(({ id, name, from, until }) => ({ id, name, from, until })),
      quorum: instrument.quorum,
      typesWithoutClause: EVENT_TYPES.filter(
        (type) => !instrument.clauses.some((clause) => clause.breachedBy.includes(type)),
      ),
    }),
  );
}

export const shortActor = ({ id, name, kind, standing, side, coChair }: TermsActor) => ({
  id,
  name,
  kind,
  standing,
  side,
  coChair,
});

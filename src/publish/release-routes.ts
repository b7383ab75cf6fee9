/** The API of releases: propose the bulletin of a day (a role is needed), and what anyone needs to check a release offline. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorIn, needs, PUBLIC } from '../access/index.ts';
import type { Actor } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import type { ProjectionTools } from './projection.ts';
import { dayOf, proposeRelease, readReleaseFile } from './release-service.ts';

export interface ReleaseDeps {
  ctx(actor?: Actor): Ctx;
  readonly projection: ProjectionTools;
}

const byDay = z.object({ day: z.string().max(20) });
const byRelease = byDay.extend({ number: z.coerce.number().int().min(1).max(100_000) });

export function releaseRoutes(app: FastifyInstance, { ctx, projection }: ReleaseDeps): void {
  app.post(
    '/api/bulletins/:day/proposals',
    {
      config: needs('bulletin.propose'),
      bodyLimit: 4_096,
      schema: {
        tags: ['approvals'],
        summary: 'Propose the bulletin of a day for release, as it stands now, in all languages',
        params: byDay,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      reply.code(201);
      return proposeRelease(ctx(actorIn(request)), projection, byDay.parse(request.params).day);
    },
  );

  app.get(
    '/api/bulletins/:day/releases/:number',
    {
      config: PUBLIC,
      schema: {
        tags: ['public'],
        summary: 'A release as approved: its exact text, who approved its hash, and their signatures (spec/approval)',
        params: byRelease,
      },
    },
    async (request) => {
      const { day, number } = byRelease.parse(request.params);
      const { db, agreement } = ctx();
      return readReleaseFile(db, agreement, dayOf(day), number);
    },
  );
}

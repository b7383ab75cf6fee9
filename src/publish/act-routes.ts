/** The API of acts that two persons decide: propose one, and read what was disclosed to one's organisation. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorIn, needs } from '../access/index.ts';
import type { Actor } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { type ActTools, askedAct, propose, readDisclosed } from './act-service.ts';

export interface ActDeps {
  ctx(actor?: Actor): Ctx;
  readonly tools: ActTools;
}

const byReport = z.object({ report: z.string().max(300) });
const reading = z.strictObject({ reason: z.string().trim().min(8).max(500) });

export function actRoutes(app: FastifyInstance, { ctx, tools }: ActDeps): void {
  app.post(
    '/api/acts',
    {
      config: needs('act.propose'),
      bodyLimit: 16_384,
      schema: {
        tags: ['approvals'],
        summary: 'Propose to dismiss, attribute, withdraw, disclose, change a key, or to undo it (spec/approval)',
        body: askedAct,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      const { id, sha256 } = await propose(ctx(actorIn(request)), tools, askedAct.parse(request.body));
      reply.code(201);
      return { id, sha256 };
    },
  );

  app.post(
    '/api/disclosures/:report/readings',
    {
      config: needs('report.read_sealed'),
      bodyLimit: 4_096,
      schema: {
        tags: ['approvals'],
        summary: 'The words of a sealed report that was disclosed to your organisation; each reading is recorded',
        params: byReport,
        body: reading,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const { report } = byReport.parse(request.params);
      return readDisclosed(ctx(actorIn(request)), report, reading.parse(request.body).reason);
    },
  );
}

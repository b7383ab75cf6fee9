/** The state of the log for the record's screen, and for people its next key. */
import type { FastifyInstance } from 'fastify';
import { needs, PUBLIC } from '../access/index.ts';
import { logSize, type RecordLog } from '../record/index.ts';
import type { ApiLogKey, ApiRecord } from './api/types.ts';
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
        keyChanges: status?.keyChanges ?? [],
      };
    },
  );

  app.get(
    '/api/log-key',
    {
      config: needs('act.propose'),
      schema: {
        tags: ['approvals'],
        summary: 'The next key of the log where one lies prepared: what `key.change` may be proposed about',
        security: [{ token: [] }],
      },
    },
    async (): Promise<ApiLogKey> => ({ prepared: record?.preparedKey() ?? null }),
  );
}

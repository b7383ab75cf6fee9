/** GET /api/instrument: what every screen needs once. */
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../access/index.ts';
import { timeline } from '../publish/index.ts';
import { countReports } from '../sources/index.ts';
import { shortActor } from '../terms/index.ts';
import type { ApiInstrument } from './api/types.ts';
import type { House } from './house.ts';

export interface SampleInfo {
  /** The day that the sample's manifest names. */
  readonly openDay: string;
}

export function instrumentRoutes(app: FastifyInstance, house: House, sample: SampleInfo | null, demo: boolean): void {
  const { instrument } = house;
  app.get(
    '/api/instrument',
    {
      config: PUBLIC,
      schema: { tags: ['public'], summary: 'The instrument, its actors, and the days that have data' },
    },
    async (): Promise<ApiInstrument> => {
      const days = await timeline(house.ctx(), house.projection);
      const lastDay = days.at(-1)?.day ?? null;
      return {
        id: instrument.id,
        name: instrument.name,
        country: instrument.country,
        timeZone: instrument.timeZone,
        start: instrument.start,
        startDay: house.startDay,
        actors: instrument.actors.map(shortActor),
        openDay: sample?.openDay ?? lastDay,
        firstDay: days[0]?.day ?? null,
        lastDay,
        sample: sample !== null && (await countReports(house.db, instrument.id)) > 0,
        demo,
        screens: { register: false, record: true, report: true },
      };
    },
  );
}

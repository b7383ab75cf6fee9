/** A house over a fresh in-memory database, for journeys: everything real but the disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { memoryDatabase } from '../../src/db/testing.ts';
import {
  type AppOptions,
  buildApp,
  furnishHouse,
  type House,
  type HouseOptions,
  OPERATIONS,
} from '../../src/server/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { testWorld } from './world.ts';

export interface TestHouse {
  readonly house: House;
  readonly app: FastifyInstance;
  /** Imports text as a file, waiting for the follow-ups. */
  importText(text: string, more?: object): Promise<Awaited<ReturnType<typeof OPERATIONS.import>>>;
  /** GET as JSON; fails the test on another status. */
  get<Answer>(url: string, status?: number): Promise<Answer>;
  /** Moves the house's clock forward. */
  advance(ms: number): void;
  close(): Promise<void>;
}

/** `terms` is a file of the repository's sample/ folder; the time is fixed in May 2016. */
export async function testHouse(
  terms = 'terms.yaml',
  options: Partial<AppOptions> = {},
  more: Pick<HouseOptions, 'secondReader'> = {},
): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hudna-house-'));
  const instrument = loadInstrument(new URL(`../../sample/${terms}`, import.meta.url).pathname);
  const { clock, random, log, advance } = testWorld(1, Date.parse('2016-06-10T12:00:00Z'));
  const house = await furnishHouse(await memoryDatabase(), instrument, { dataDir, log, clock, random, ...more });
  const app = await buildApp(house, { webDir: undefined, sample: null, record: null, ...options });
  return {
    house,
    app,
    advance,
    importText: (text, more = {}) =>
      OPERATIONS.import(
        house,
        {
          fileName: 'reports.jsonl',
          bytes: Buffer.from(text).toString('base64'),
          format: 'auto',
          source: null,
          mapping: [],
          visibility: 'public',
          dryRun: false,
          wait: true,
          ...more,
        },
        () => {},
      ),
    async get<Answer>(url: string, status = 200) {
      const response = await app.inject({ url });
      if (response.statusCode !== status)
        throw new Error(`${url} answered ${response.statusCode}: ${response.body.slice(0, 300)}`);
      return response.json() as Answer;
    },
    async close() {
      await app.close();
      await house.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

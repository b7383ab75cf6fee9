/**
 * Whoever watches everything public cannot tell when within an hour somebody wrote, nor from the record's tiles whether
 * anybody did: nothing moves before the hour is full, and then it moves by leaves of one size, padded to one number.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { appendAll, openLog, type RecordLog } from '../../src/record/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { send, setUpIntake, submissionOf } from '../support/intake.ts';

const MINUTE_MS = 60_000;
const WATCHED = [
  '/record/checkpoint',
  '/record/status',
  '/record/tile/entries/000.p/128',
  '/record/tile/entries/000',
  '/record/tile/0/000.p/128',
  '/record/tile/0/000',
  '/api/record',
  '/api/reports?limit=500',
  '/api/days',
  '/api/days/2016-06-05',
  '/api/incidents?limit=500',
  '/api/bulletins/2016-06-05?lang=en',
  '/feeds/incidents.csv',
  '/feeds/incidents.geojson',
  '/api/instrument',
  '/openapi.json',
];

interface Watched {
  readonly at: TestHouse;
  readonly app: FastifyInstance;
  readonly record: RecordLog;
}

describe('when a source spoke', () => {
  const open: Watched[] = [];
  const folders: string[] = [];
  afterAll(async () => {
    for (const { at, app, record } of open) {
      await app.close();
      await record.stop();
      await at.close();
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** A house at the beginning of an hour, its public record up to date. */
  async function house(): Promise<Watched> {
    const at = await testHouse();
    await setUpIntake(at.house);
    const folder = mkdtempSync(join(tmpdir(), 'hudna-spoke-'));
    folders.push(folder);
    const record = await openLog(at.house.ctx(), { folder, origin: 'hudna.example/spoke', publicLag: 'hour' });
    const app = await buildApp(at.house, { record, webDir: undefined, sample: null });
    await record.round();
    await record.publish();
    const watched = { at, app, record };
    open.push(watched);
    return watched;
  }

  /** Everything watched, as it stands; the moment that a draft was composed is the watcher's own. */
  async function look({ app }: Watched): Promise<Map<string, string>> {
    const seen = new Map<string, string>();
    for (const url of WATCHED) {
      const answer = await app.inject(url);
      const body = answer.rawPayload.toString('latin1').replaceAll(/"asOf":"[^"]*"/g, '');
      seen.set(url, `${answer.statusCode} ${body}`);
    }
    return seen;
  }

  async function call({ at, app, record }: Watched): Promise<void> {
    const answer = await send(
      app,
      submissionOf('سقطت قذائف على إعزاز.', { testimony: { place: 'إعزاز', day: '2016-06-05' } }),
    );
    expect(answer.statusCode).toBe(201);
    await at.house.jobs.runUntilIdle();
    await record.round();
  }

  /** A running log writes one a minute; here the clock stands still between steps. */
  async function beats({ at, record }: Watched, count: number): Promise<void> {
    const beat = {
      agreement: at.house.instrument.id,
      kind: 'record.heartbeat-written',
      object: 'record:heartbeat',
      visibility: 'sealed' as const,
      content: {},
    };
    const ctx = at.house.ctx();
    await ctx.db.inTransaction((tx) =>
      appendAll(
        tx,
        ctx,
        Array.from({ length: count }, () => beat),
      ),
    );
    await record.round();
  }

  it('is not to be seen before the hour is full, and not to be told from the tiles after it', async () => {
    const shapes: object[] = [];
    for (const minute of [5, 55, null]) {
      const watched = await house();
      const before = await look(watched);
      for (let passed = 0; passed < 59; passed += 6) {
        if (minute !== null && passed <= minute && minute < passed + 6) await call(watched);
        await beats(watched, 6);
        watched.at.advance(6 * MINUTE_MS - (passed === 54 ? MINUTE_MS : 0));
        expect(await look(watched)).toEqual(before);
      }
      watched.at.advance(MINUTE_MS);
      await watched.record.round();
      await watched.record.publish();
      const after = await look(watched);
      expect(after.get('/record/checkpoint')).not.toBe(before.get('/record/checkpoint'));
      const bundle = (await watched.app.inject('/record/tile/entries/000')).rawPayload;
      shapes.push({ size: watched.record.status().publicSize, lengths: lengthsIn(bundle).slice(10) });
    }
    const [early, late, nobody] = shapes;
    expect(late).toEqual(early);
    expect(nobody).toEqual(early);
    expect((early as { size: number }).size).toBe(256);
  }, 120_000);
});

/** Lengths of the leaves of an entry bundle (tlog-tiles: two bytes of length before each). */
function lengthsIn(bundle: Uint8Array): number[] {
  const lengths: number[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = ((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0);
    lengths.push(length);
    at += 2 + length;
  }
  return lengths;
}

/** A real pg_dump of a house on a Postgres server: the testimony is in it, as docs/data-at-rest.md says, and nobody's identity is. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serverDatabase } from '../../src/db/testing.ts';
import { buildApp, furnishHouse } from '../../src/server/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { DEVICE, photograph, SECRET_PLACE } from '../support/hostile/pictures.ts';
import { hashOf, sealIdentity, send, sendFile, setUpIntake, submissionOf } from '../support/intake.ts';
import { describeWith, environment, program } from '../support/needs.ts';
import { testWorld } from '../support/world.ts';

describeWith([environment('HUDNA_TEST_DATABASE_URL'), program('pg_dump')], 'a dump of the database', () => {
  it('holds what was said and nobody’s name', async () => {
    const url = process.env.HUDNA_TEST_DATABASE_URL ?? '';
    const dataDir = mkdtempSync(join(tmpdir(), 'hudna-dump-'));
    const { clock, random, log } = testWorld(1, Date.parse('2016-06-10T12:00:00Z'));
    const db = await serverDatabase(url);
    const house = await furnishHouse(db, loadInstrument(), { dataDir, log, clock, random });
    const app = await buildApp(house, { webDir: undefined, sample: null, record: null });
    const { recipients } = await setUpIntake(house);
    const picture = await photograph('jpeg', 64, 64);
    for (let i = 0; i < 20; i++) {
      const identity = await sealIdentity({ name: `zqidentity${i}`, phone: 'zqidentityphone' }, recipients);
      const submission = submissionOf(`zqsaid${i}`, { identity, attachments: [hashOf(picture)] });
      expect((await send(app, submission)).statusCode).toBe(201);
      expect((await sendFile(app, submission.id, picture)).statusCode).toBe(201);
    }
    await house.jobs.runUntilIdle();
    const dump = execFileSync('pg_dump', [url, '--no-owner'], { maxBuffer: 1e9 });
    const text = dump
      .toString('utf8')
      .replaceAll(/\\\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'));
    expect(text.split('zqsaid').length).toBeGreaterThan(20);
    for (const one of ['zqidentity', DEVICE, SECRET_PLACE.lat.toFixed(4)])
      expect([one, text.includes(one)]).toEqual([one, false]);
    await app.close();
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 120_000);
});

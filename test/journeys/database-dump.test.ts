/**
 * What a thief of the database has. Points at places of protection come in by every door there is: in fields, in words, in
 * addresses, in what people correct and say for reasons, in the middle of public reports. Then a real pg_dump, a backup and
 * the files of the embedded engine are searched for them, exact and rounded, and for identities and testimonies.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/index.ts';
import { openDatabase } from '../../src/db/index.ts';
import { serverDatabase } from '../../src/db/testing.ts';
import { buildApp, furnishHouse, type House, OPERATIONS } from '../../src/server/index.ts';
import { readReports } from '../../src/sources/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { DEVICE, photograph, SECRET_PLACE } from '../support/hostile/pictures.ts';
import { bearer, hashOf, sealIdentity, sendFile, setUpIntake, submissionOf } from '../support/intake.ts';
import { describeWith, environment, program } from '../support/needs.ts';
import { testWorld } from '../support/world.ts';

const COUNT = 24;
const TARGETS = ['hospital', 'school', 'camp', 'aid_convoy'] as const;

/** Points of six decimals that no gazetteer and no cell's centre has, the same in every run. */
const pointOf = (i: number) => ({
  lat: Number((34.101_357 + i * 0.071_129).toFixed(6)),
  lon: Number((36.202_468 + i * 0.053_317).toFixed(6)),
});
const written = (i: number): string => `${pointOf(i).lat}, ${pointOf(i).lon}`;

/** Degrees with three decimals and more as they may stand in a text, cut off or rounded. */
const NEEDLES = [
  ...new Set(
    Array.from({ length: COUNT * 3 }, (_, i) => Object.values(pointOf(i)))
      .flat()
      .flatMap((degrees) => [3, 4, 5, 6].flatMap((n) => [degrees.toFixed(n), String(degrees).slice(0, 3 + n)])),
  ),
];
/** Needles that stand in a text, where a digit before them does not make it another number. */
const pointsIn = (text: string): string[] =>
  NEEDLES.filter((needle) => new RegExp(`(?<![\\d.])${needle.replace('.', '\\.')}`).test(text));

const reportOf = (i: number): object => ({
  id: `p-${i}`,
  source: { name: `paper ${i}`, kind: 'ngo', url: `https://maps.example.org/?q=${pointOf(i).lat},${pointOf(i).lon}` },
  published: '2016-05-12',
  lang: 'en',
  title: `Struck at ${written(i)}`,
  text: `A shell hit the hospital at ${written(i)} on 11 May 2016, {"lat":${pointOf(i).lat},"lon":${pointOf(i).lon}}. zqsaid${i}`,
  visibility: i % 2 === 0 ? 'public' : 'sealed',
  event:
    i % 3 === 0
      ? null
      : {
          type: 'shelling',
          start: '2016-05-11T09:17:23Z',
          ...pointOf(i),
          precision: 'site',
          place_text: `hospital at ${written(i)}`,
          killed: { low: 1, high: 1 },
          target: TARGETS[i % TARGETS.length],
        },
});

/** Tells of the places by every door, and lets every follow-up run. */
async function tell(house: House, app: FastifyInstance): Promise<void> {
  const { recipients } = await setUpIntake(house);
  const text = Array.from({ length: COUNT }, (_, i) => JSON.stringify(reportOf(i))).join('\n');
  const file = { fileName: 'a.jsonl', bytes: Buffer.from(text).toString('base64'), format: 'auto', source: null };
  const more = { mapping: [], visibility: 'sealed', dryRun: false, wait: true };
  expect(await OPERATIONS.import(house, { ...file, ...more }, () => {})).toMatchObject({ accepted: COUNT });
  const picture = await photograph('jpeg', 64, 64);
  for (let i = COUNT; i < COUNT * 2; i++) {
    const identity = await sealIdentity({ name: `zqidentity${i}`, phone: 'zqidentityphone' }, recipients);
    const submission = submissionOf(`zqsaid${i} near ${written(i)}`, {
      identity,
      attachments: i < COUNT + 3 ? [hashOf(picture)] : [],
      testimony: {
        place: `clinic ${written(i)}`,
        point: pointOf(i),
        precision: 'site',
        day: '2016-05-20',
        part: 'morning',
        target: TARGETS[i % TARGETS.length],
      },
    });
    const remoteAddress = `10.0.0.${i}`;
    const url = '/api/intake/submissions';
    expect((await app.inject({ method: 'POST', url, payload: submission, remoteAddress })).statusCode).toBe(201);
    if (i < COUNT + 3) expect((await sendFile(app, submission.id, picture)).statusCode).toBe(201);
  }
  await house.jobs.runUntilIdle();
  const headers = await bearer(house, 'Cell A', 'analyst');
  for (let i = 0; i < 4; i++) {
    const payload = {
      act: 'correct',
      event: 0,
      field: 'place',
      seen: 1,
      value: { words: `ward ${written(COUNT * 2 + i)}`, ...pointOf(COUNT * 2 + i), precision: 'site' },
      reason: `seen from above at ${written(COUNT * 2 + i)}`,
    };
    const url = `/api/reports/p-${i * 3 + 1}/claims/decisions`;
    const decided = await app.inject({ method: 'POST', url, payload, headers });
    expect([decided.statusCode, decided.body.slice(0, 300)]).toEqual([expect.any(Number), expect.any(String)]);
    expect(decided.statusCode).toBeLessThan(300);
  }
  const body = { act: 'new', member: { report: 'p-5', event: 0 }, reason: `it is not the one at ${written(50)}` };
  await app.inject({ method: 'POST', url: '/api/incidents/decisions', payload: body, headers });
  await house.jobs.runUntilIdle();
  // A follow-up that fails with a report's words in its message.
  await house.db.run(
    "insert into jobs (agreement_id, handler, key, entry_index, run_at) values ($1, 'claims.read-report', 'x', 999999, now())",
    [house.instrument.id],
  );
  await house.jobs.runUntilIdle();
  // What was told is there for whoever holds the key.
  const [first] = await readReports(house.db, house.instrument.id, ['p-1']);
  expect(pointsIn(JSON.stringify(first)).length).toBeGreaterThan(4);
}

/** Bytes that a dump writes in hex, as the text that they are. */
const unhexed = (text: string): string =>
  text.replaceAll(/\\\\?x([0-9a-f]{2,})/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'));

const nothingIn = (text: string, what: string): void => {
  expect([what, pointsIn(text)]).toEqual([what, []]);
  for (const one of ['zqidentity', 'zqsaid', DEVICE, SECRET_PLACE.lat.toFixed(4)])
    expect([what, one, text.includes(one)]).toEqual([what, one, false]);
};

const folders: string[] = [];
const newFolder = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), name));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

it('finds what it looks for', () => {
  expect(pointsIn(`at ${written(7)}`).length).toBeGreaterThan(4);
  expect(pointsIn(`at ${pointOf(7).lat.toFixed(3)}`)).toHaveLength(1);
  expect(pointsIn(`at 1${pointOf(7).lat}`)).toEqual([]);
});

describe('a copy of the embedded database', () => {
  it('holds no place of protection, no word of a testimony and no name, nor does a backup without recipients', async () => {
    const dataDir = newFolder('hudna-copy-');
    const { clock, random, log } = testWorld(1, Date.parse('2016-06-10T12:00:00Z'));
    const db = await openDatabase({ dataDir, log: silentLog });
    const house = await furnishHouse(db, loadInstrument(), { dataDir, log, clock, random });
    const app = await buildApp(house, { webDir: undefined, sample: null, record: null });
    await tell(house, app);
    const backup = join(dataDir, 'backup.gz');
    await OPERATIONS.backup(house, { path: backup }, () => {});
    const { secret } = house.db.vault;
    await app.close();
    await house.close();
    const lines = gunzipSync(readFileSync(backup)).toString('utf8');
    expect(lines).toContain('"table":"report"');
    nothingIn(unhexed(lines), 'backup');
    expect(lines).not.toContain(secret);
    // Its files with the log of writes, and all that lies beside them but the keys.
    const files = readdirSync(dataDir, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.filter((file) => file.includes('pg_wal')).length).toBeGreaterThan(0);
    for (const file of files) nothingIn(readFileSync(file).toString('latin1'), file.slice(dataDir.length));
    expect(
      files.filter((file) => readFileSync(file).includes(secret)).map((file) => file.slice(dataDir.length)),
    ).toEqual(['/keys/data.key']);
  }, 180_000);
});

describeWith([environment('HUDNA_TEST_DATABASE_URL'), program('pg_dump')], 'a dump of a database server', () => {
  it('holds no place of protection, no word of a testimony and no name', async () => {
    const url = process.env.HUDNA_TEST_DATABASE_URL ?? '';
    const dataDir = newFolder('hudna-dump-');
    mkdirSync(dataDir, { recursive: true });
    const { clock, random, log } = testWorld(1, Date.parse('2016-06-10T12:00:00Z'));
    const db = await serverDatabase(url);
    const house = await furnishHouse(db, loadInstrument(), { dataDir, log, clock, random });
    const app = await buildApp(house, { webDir: undefined, sample: null, record: null });
    await tell(house, app);
    const dump = execFileSync('pg_dump', [url, '--no-owner'], { maxBuffer: 1e9 }).toString('utf8');
    expect(dump).toContain('incident_member');
    nothingIn(unhexed(dump), 'dump');
    await app.close();
    await house.close();
  }, 180_000);
});

/**
 * Canaries through the real path: sealed reports whose every word is unique, exact places, identities sealed at the intake
 * form, pictures with a place in them. Then everything the public can reach is read, from the API's own description on,
 * errors, released bulletins and the record's tiles included, and searched for them; and so are a backup and all tables.
 * `npm run leakage` does it with a thousand of each.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { cellToLatLng, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/access/index.ts';
import { openLog, type RecordLog } from '../../src/record/index.ts';
import type { ApiDays, ApiIncident, ApiIncidentPage } from '../../src/server/api/types.ts';
import { buildApp, OPERATIONS } from '../../src/server/index.ts';
import { DEVICE, photograph, SECRET_PLACE } from '../support/hostile/pictures.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { hashOf, sealIdentity, sendFile, setUpIntake, submissionOf } from '../support/intake.ts';
import { inRepository } from '../support/needs.ts';

const COUNT = Number(process.env.HUDNA_CANARIES ?? 240);
/** Each needs an age file of its own, so fewer in the suite. */
const SENDERS = process.env.HUDNA_CANARIES ? COUNT : 40;
const PICTURES = 3;
const SEALED_EVERY = 3;
const GUARDED = ['hospital', 'school', 'camp', 'aid_convoy'] as const;
const TYPES = ['shelling', 'air_strike', 'small_arms', 'ground_attack'] as const;

const SCRIPTS = ['zqcanary', 'зцканарейка', 'ظقكناري'];

/** A word that stands nowhere else, in one of three scripts. */
const canary = (i: number, part: string): string => `${SCRIPTS[(i >> 2) % 3]}${part}${i}x`;

/** Spread over north-western Syria, to six decimals, the same in every run. */
const spread = (i: number, salt: number): number => (Math.imul(i * 7 + salt, 2_654_435_761) >>> 0) / 2 ** 32;
const placeOf = (i: number) => ({
  lat: Number((33.2 + spread(i, 1) * 3).toFixed(6)),
  lon: Number((36.2 + spread(i, 2) * 3).toFixed(6)),
});

const isSealed = (i: number): boolean => i % SEALED_EVERY !== 0;
const isGuarded = (i: number): boolean => i % 4 === 1;

function reportOf(i: number): object {
  const hidden = isSealed(i);
  const word = (part: string) => (hidden ? canary(i, part) : `open${part}${i}x`);
  return {
    id: `r-${i}`,
    source: {
      name: word('source'),
      kind: 'ngo',
      camp: word('camp'),
      url: `https://example.org/${word('url')}`,
      origin: i % 5 === 0 ? word('origin') : null,
    },
    published: '2016-05-12',
    lang: ['en', 'ru', 'ar'][i % 3],
    title: word('title'),
    text: `${word('first')} ${word('second')}.`,
    visibility: hidden ? 'sealed' : 'public',
    event: {
      type: TYPES[i % TYPES.length],
      start: `2016-05-1${i % 3}T0${i % 10}:17:23Z`,
      ...placeOf(i),
      precision: 'site',
      place_text: word('place'),
      actor: i % 7 === 0 ? word('actor') : 'government',
      killed: { low: i % 6, high: i % 6 },
      target: isGuarded(i) ? GUARDED[i % GUARDED.length] : 'residential',
    },
    attachments: [{ name: word('file'), sha256: i.toString(16).padStart(64, '0') }],
  };
}

/** Exact degrees of the canaries that stand in a text, to five decimals and more. */
const EXACT = new Set(
  Array.from({ length: COUNT * 2 }, (_, i) =>
    Object.values(placeOf(i)).map((degrees) => degrees.toFixed(6).slice(0, -1)),
  ).flat(),
);
const exactIn = (text: string): string[] =>
  [...text.matchAll(/\d{2}\.\d{5,}/g)].map(([number]) => number.slice(0, 8)).filter((number) => EXACT.has(number));

/** Bytes that a dump writes in hex, as the text that they are. */
const unhexed = (text: string): string =>
  text.replaceAll(/\\\\x([0-9a-f]{2,})/g, (_, hex) => Buffer.from(hex, 'hex').toString('utf8'));

const filesUnder = (place: string): string[] =>
  readdirSync(place, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );

const HOUR_MS = 3_600_000;

describe('what the public can reach', () => {
  let at: TestHouse;
  let app: FastifyInstance;
  let record: RecordLog;
  const folder = mkdtempSync(join(tmpdir(), 'hudna-leak-'));
  let asked = 0;
  const receipts: string[] = [];
  /** Address → what it answered. */
  const crawled = new Map<string, string>();
  const incidents: ApiIncident[] = [];

  beforeAll(
    async () => {
      at = await testHouse();
      const reports = Array.from({ length: COUNT }, (_, i) => JSON.stringify(reportOf(i)));
      const answer = await at.importText(reports.join('\n'), { visibility: 'sealed' });
      expect(answer).toMatchObject({ accepted: COUNT, rejected: [] });
      const intake = await setUpIntake(at.house);
      await sendAll(intake.recipients);
      await at.house.jobs.runUntilIdle();
      at.advance(HOUR_MS);
      record = await openLog(at.house.ctx(), { folder, origin: 'hudna.example/leak', publicLag: 'none' });
      app = await buildApp(at.house, { record, webDir: undefined, sample: null });
      await release('2016-05-11');
      await record.round();
      await record.publish();
      await crawl();
    },
    COUNT * 1_500 + 240_000,
  );
  afterAll(async () => {
    await app.close();
    await record.stop();
    await at.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Testimonies with an identity each, the first with a picture that has a place in it. */
  async function sendAll(recipients: readonly string[]): Promise<void> {
    const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, i) => photograph('jpeg', 64 + i, 64)));
    for (let i = 0; i < SENDERS; i++) {
      const identity = await sealIdentity({ name: `zqidentity${i}x`, phone: `zqidentityphone${i}x` }, recipients);
      const picture = pictures[i];
      const submission = submissionOf(`${canary(i, 'spoken')} ${canary(i, 'told')}`, {
        identity,
        attachments: picture ? [hashOf(picture)] : [],
        testimony: {
          place: canary(i, 'village'),
          point: placeOf(i + COUNT),
          precision: 'street',
          day: '2016-05-20',
          part: 'morning',
          target: isGuarded(i) ? GUARDED[i % GUARDED.length] : 'residential',
        },
      });
      const remoteAddress = stranger();
      const url = '/api/intake/submissions';
      const answer = await at.app.inject({ method: 'POST', url, payload: submission, remoteAddress });
      expect(answer.statusCode).toBe(201);
      receipts.push(answer.json().receipt);
      if (picture) expect((await sendFile(at.app, submission.id, picture)).statusCode).toBe(201);
    }
  }

  /** Another address every few requests: nobody is held up by the limit of one. */
  const stranger = (): string => `10.1.${(asked / 5_000) | 0}.${((asked++ / 20) | 0) % 250}`;

  /** Reads one address; what it answers is kept. */
  async function visit(url: string, body?: string, method: 'POST' | 'PUT' | 'DELETE' = 'POST'): Promise<string> {
    const remoteAddress = stranger();
    const answer = await app.inject(
      body === undefined
        ? { url, remoteAddress }
        : { method, url, payload: body, remoteAddress, headers: { 'content-type': 'application/json' } },
    );
    expect(answer.statusCode, url).not.toBe(429);
    const text = `${JSON.stringify(answer.headers)}\n${answer.rawPayload.toString('utf8')}`;
    crawled.set(body === undefined ? url : `${method} ${url} ${crawled.size}`, text);
    return answer.body;
  }
  const visitJson = async <Answer>(url: string): Promise<Answer> => JSON.parse(await visit(url)) as Answer;

  async function release(day: string): Promise<void> {
    const bearers = await Promise.all(
      ['Cell A', 'Cell B', 'Cell C'].map((cell) => createToken(at.house.ctx(), cell, 'co_chair')),
    );
    const send = (n: number, url: string, payload: object = {}) =>
      app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${bearers[n]?.token}` } });
    const proposed = (await send(0, `/api/bulletins/${day}/proposals`)).json() as { id: string; sha256: string };
    for (const n of [1, 2]) {
      const answer = await send(n, `/api/approvals/${proposed.id}`, { sha256: proposed.sha256 });
      expect(answer.statusCode).toBe(200);
    }
  }

  async function crawl(): Promise<void> {
    const { days } = await visitJson<ApiDays>('/api/days');
    for (const { day } of days) {
      await visit(`/api/days/${day}`);
      for (const lang of ['ar', 'en', 'ru']) {
        await visit(`/api/bulletins/${day}?lang=${lang}`);
        await visit(`/bulletins/${day}?lang=${lang}`);
      }
    }
    await visit('/api/bulletins/2016-05-11/releases/1');
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: ApiIncidentPage = await visitJson(`/api/incidents?limit=100${cursor && `&cursor=${cursor}`}`);
      for (const { id } of page.items) incidents.push(await visitJson(`/api/incidents/${id}`));
      cursor = page.next;
    }
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { next: string | null } = await visitJson(`/api/reports?limit=100${cursor && `&cursor=${cursor}`}`);
      cursor = page.next;
    }
    for (let i = 0; i < COUNT; i += 3) await visit(`/api/reports/r-${i + 1}`);
    await crawlDescribed(days.map(({ day }) => day));
    for (const url of [
      '/feeds/incidents.geojson',
      '/feeds/incidents.csv',
      '/api/record',
      '/api/terms',
      '/api/instrument',
    ])
      await visit(url);
    for (const url of ['/record/status', '/record/policy', '/openapi.json', '/docs', '/api/areas']) await visit(url);
    await crawlTiles();
    for (const url of ['/api/incidents/none', '/api/days/none', '/api/reports/none', '/api/approvals/none', '/none'])
      await visit(url);
    for (const post of ['{', '7', '{"text":1}']) await visit('/api/reports', post);
    await visit('/api/bulletins/2016-05-11/proposals', '{}');
  }

  /** Every address that the API describes, with what may stand in its path, and each act with what it must refuse. */
  async function crawlDescribed(days: readonly string[]): Promise<void> {
    const { paths } = await visitJson<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    const values: Readonly<Record<string, readonly string[]>> = {
      day: days.slice(0, 3),
      number: ['1', '2'],
      receipt: receipts.slice(0, 5),
      sha256: ['a'.repeat(64)],
      id: [...incidents.slice(0, 5).map(({ id }) => id), 'r-1', 'r-2', ...receipts.slice(0, 5)],
    };
    for (const [path, methods] of Object.entries(paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      const most = Math.max(1, ...names.map((name) => values[name]?.length ?? 1));
      for (let i = 0; i < most; i++) {
        const url = path.replaceAll(
          /\{(\w+)\}/g,
          (_, name) => values[name]?.[i % (values[name]?.length ?? 1)] ?? 'none',
        );
        if (methods.get) for (const lang of ['ar', 'en', 'ru']) await visit(`${url}?lang=${lang}`);
        for (const method of ['post', 'put', 'delete'] as const)
          if (methods[method]) await visit(url, '{}', method.toUpperCase() as 'POST');
      }
    }
    for (const name of ['zq', canary(1, 'place'), canary(1, 'village')])
      await visit(`/api/places?name=${encodeURIComponent(name)}`);
  }

  async function crawlTiles(): Promise<void> {
    const size = Number((await visit('/record/checkpoint')).split('\n')[1]);
    expect(size).toBeGreaterThan(COUNT);
    for (let n = 0; n * 256 < size; n++) {
      const width = Math.min(256, size - n * 256);
      const path = `${String(n).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
      for (const kind of ['entries', '0']) await visit(`/record/tile/${kind}/${path}`);
    }
  }

  /** Addresses at which any of these stands. */
  const holding = (needles: readonly string[]): string[] =>
    [...crawled].flatMap(([url, body]) =>
      needles.filter((needle) => body.includes(needle)).map((one) => `${url}: ${one}`),
    );
  const all = Array.from({ length: COUNT }, (_, i) => i);

  it('is really read: the words of public reports are found, and hundreds of incidents', () => {
    const seen = all.filter((i) => !isSealed(i) && holding([`openfirst${i}x`]).length > 0);
    expect(seen).toHaveLength(Math.ceil(COUNT / SEALED_EVERY));
    expect(crawled.size).toBeGreaterThan(250);
    expect(incidents.length).toBeGreaterThan(150);
    expect([...crawled.keys()].filter((url) => url.startsWith('/record/tile/entries/')).length).toBeGreaterThan(2);
    expect(crawled.get('/api/bulletins/2016-05-11?lang=en')).toContain('"number":1');
  });

  it('holds no word, name, place, address or file name of a sealed report', () => {
    const parts = ['source', 'camp', 'url', 'origin', 'title', 'first', 'second', 'place', 'actor', 'file'];
    const found = new Map(parts.map((part) => [part, holding(SCRIPTS.map((script) => `${script}${part}`))]));
    const told = [...found].flatMap(([part, where]) =>
      where.length > 0 ? [`${part}: ${where.length}, as at ${where.slice(0, 3).join(', ')}`] : [],
    );
    expect(told).toEqual([]);
    expect(holding(SCRIPTS)).toEqual([]);
  });

  it('holds no exact coordinate and no exact time, of sealed or of public reports', () => {
    expect([...crawled].flatMap(([url, body]) => exactIn(body).map((one) => `${url}: ${one}`))).toEqual([]);
    expect(holding([':17:23', SECRET_PLACE.lat.toFixed(5), DEVICE])).toEqual([]);
  });

  it('holds nobody’s identity', () => {
    expect(receipts).toHaveLength(SENDERS);
    // The sealed reports are there to be seen, by number and day.
    expect(holding(receipts.slice(0, 1)).length).toBeGreaterThan(0);
    expect(holding(['zqidentity'])).toEqual([]);
  });

  it('is not told more by a backup than docs/data-at-rest.md says: no identity, and exact places in these tables only', async () => {
    const path = join(at.house.dataDir, 'backup.gz');
    await OPERATIONS.backup(at.house, { path }, () => {});
    const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
    const tables = new Map<string, string>();
    for (const line of lines) {
      const { table, rows } = JSON.parse(line || '{}') as { table?: string; rows?: unknown[] };
      if (table) tables.set(table, `${tables.get(table) ?? ''}${unhexed(JSON.stringify(rows))}`);
    }
    const having = (test: (text: string) => boolean) =>
      [...tables].flatMap(([name, text]) => (test(text) ? [name] : [])).sort();
    expect(having((text) => text.includes('zqidentity'))).toEqual([]);
    expect(having((text) => text.includes(DEVICE))).toEqual([]);
    const page = readFileSync(inRepository('docs/data-at-rest.md'), 'utf8');
    const told = (heading: string) =>
      [...(page.split(`<!-- ${heading} -->`)[1]?.split('\n\n')[1] ?? '').matchAll(/`(\w+)`/g)]
        .map((match) => match[1])
        .sort();
    expect(having((text) => exactIn(text).length > 0)).toEqual(told('exact'));
    expect(having((text) => SCRIPTS.some((script) => text.includes(script)))).toEqual(told('words'));
  });

  it('is told nothing by the files beside the database: sealed originals, and the record', () => {
    const files = [at.house.dataDir, folder].flatMap(filesUnder).filter((file) => !file.endsWith('backup.gz'));
    expect(files.filter((file) => file.endsWith('.age'))).toHaveLength(PICTURES);
    const leaking = files.filter((file) => {
      const bytes = readFileSync(file);
      const text = bytes.toString('utf8');
      return (
        bytes.includes(DEVICE) ||
        ['zqidentity', ...SCRIPTS].some((one) => text.includes(one)) ||
        exactIn(text).length > 0
      );
    });
    expect(leaking).toEqual([]);
  });

  it('places every incident at the centre of a cell no finer than the rule', () => {
    const isCentre = ({ lat, lon }: { lat: number; lon: number }, resolution: number): boolean => {
      const [y, x] = cellToLatLng(latLngToCell(lat, lon, resolution));
      return Math.abs(y - lat) < 1e-4 && Math.abs(x - lon) < 1e-4;
    };
    const placed = incidents.filter(({ point }) => point !== null);
    expect(placed.length).toBeGreaterThan(100);
    const guarded = (one: ApiIncident) => one.reports.some((id) => isGuarded(Number(id.slice(2))));
    expect(placed.filter(guarded).length).toBeGreaterThan(10);
    const tooFine = placed.filter((one) => {
      const { point } = one;
      return (
        point !== null && !(guarded(one) ? [5, 4, 3] : [7, 5, 4, 3]).some((resolution) => isCentre(point, resolution))
      );
    });
    expect(tooFine.map(({ id, point }) => ({ id, point }))).toEqual([]);
  });
});

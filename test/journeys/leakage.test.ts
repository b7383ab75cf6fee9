/**
 * Canaries through the real path: sealed reports whose every word is unique, and exact places. Then everything the public
 * can reach is read, errors, released bulletins and the record's tiles included, and searched for them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { cellToLatLng, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/access/index.ts';
import { openLog, type RecordLog } from '../../src/record/index.ts';
import type { ApiDays, ApiIncident, ApiIncidentPage } from '../../src/server/api/types.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const COUNT = 240;
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

describe('what the public can reach', () => {
  let at: TestHouse;
  let app: FastifyInstance;
  let record: RecordLog;
  const folder = mkdtempSync(join(tmpdir(), 'hudna-leak-'));
  /** Address → what it answered. */
  const crawled = new Map<string, string>();
  const incidents: ApiIncident[] = [];

  beforeAll(async () => {
    at = await testHouse();
    const reports = Array.from({ length: COUNT }, (_, i) => JSON.stringify(reportOf(i)));
    const answer = await at.importText(reports.join('\n'), { visibility: 'sealed' });
    expect(answer).toMatchObject({ accepted: COUNT, rejected: [] });
    record = await openLog(at.house.ctx(), { folder, origin: 'hudna.example/leak', publicLag: 'none' });
    app = await buildApp(at.house, { record, webDir: undefined, sample: null });
    await release('2016-05-11');
    await record.round();
    await record.publish();
    await crawl();
  }, 240_000);
  afterAll(async () => {
    await app.close();
    await record.stop();
    await at.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Reads one address; what it answers is kept. */
  async function visit(url: string, post?: string): Promise<string> {
    const answer = await app.inject(
      post === undefined
        ? { url }
        : { method: 'POST', url, payload: post, headers: { 'content-type': 'application/json' } },
    );
    const body = `${JSON.stringify(answer.headers)}\n${answer.rawPayload.toString('utf8')}`;
    crawled.set(post === undefined ? url : `POST ${url} ${crawled.size}`, body);
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
    expect(seen).toHaveLength(COUNT / SEALED_EVERY);
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
    const exact = all.flatMap((i) => Object.values(placeOf(i)).map((degrees) => degrees.toFixed(6).slice(0, -1)));
    expect(holding(exact)).toEqual([]);
    expect(holding([':17:23'])).toEqual([]);
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

/** The demo's role switcher: there for `hudna demo` on this machine, nowhere else, and nobody of it counts elsewhere. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CAST, inviteFirst, isLoopback } from '../../src/access/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { ask, ORIGIN } from '../support/person.ts';

const DAY = '2016-05-11';
const REPORT = {
  id: 'r-1',
  source: { name: 'First Wire', kind: 'newspaper' },
  published: '2016-05-12',
  lang: 'en',
  text: 'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.',
};

describe('the role switcher of the demo', () => {
  let at: TestHouse;
  let demo: FastifyInstance;
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(JSON.stringify(REPORT));
    demo = await buildApp(at.house, { webDir: undefined, sample: { openDay: DAY }, record: null, demo: true });
  });
  afterAll(async () => {
    await demo.close();
    await at.close();
  });

  const become = async (key: string) => {
    const answer = await ask(demo, 'POST', '/api/demo/persons', { key });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const { signedIn } = (await ask(demo, 'GET', '/api/session', undefined, { cookie })).body;
    return { cookie, origin: ORIGIN, 'x-csrf-token': String(signedIn?.csrf) };
  };

  it('is not there for a server, whatever the data folder has seen', async () => {
    const headers = await become('demo-cell-a-co-chair');
    expect((await ask(demo, 'GET', '/api/sessions', undefined, headers)).status).toBe(200);
    expect((await ask(at.app, 'GET', '/api/sessions', undefined, headers)).body.code).toBe('access/unauthorised');
    for (const method of ['GET', 'POST'] as const)
      expect(
        (await ask(at.app, method, '/api/demo/persons', method === 'POST' ? { key: 'x' } : undefined)).status,
      ).toBe(404);
    expect(await at.get('/api/instrument')).toMatchObject({ demo: false });
    // Nobody real is there yet: the first administrator still gets a link.
    expect(await inviteFirst(at.house.ctx())).not.toBeNull();
  });

  it('answers this machine alone, and a page of this server alone', async () => {
    const from = (remoteAddress: string, origin: string) =>
      demo.inject({
        method: 'POST',
        url: '/api/demo/persons',
        payload: { key: 'demo-cell-a-co-chair' },
        remoteAddress,
        headers: { origin },
      });
    expect((await from('127.0.0.1', ORIGIN)).statusCode).toBe(201);
    expect((await from('192.0.2.7', ORIGIN)).json()).toMatchObject({ code: 'access/forbidden' });
    expect((await from('127.0.0.1', 'https://evil.example')).json()).toMatchObject({ code: 'access/bad-origin' });
    expect(['127.0.0.1', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '192.0.2.7', '127.0.0.1.example'].some(isLoopback)).toBe(false);
  });

  it('lets one play an act of two organisations through, and not alone', async () => {
    expect(DEMO_CAST.length).toBe(new Set(DEMO_CAST.map(({ key }) => key)).size);
    const analyst = await become('demo-cell-a-analyst');
    const { id, sha256 } = (await ask(demo, 'POST', `/api/bulletins/${DAY}/proposals`, {}, analyst)).body;
    const approve = async (key: string) =>
      (await ask(demo, 'POST', `/api/approvals/${id}`, { sha256 }, await become(key))).body;
    expect(await approve('demo-cell-a-co-chair')).toMatchObject({ state: 'open', missing: 1 });
    expect(await approve('demo-cell-a-assessor')).toMatchObject({ code: 'access/already-spoken' });
    expect(await approve('demo-cell-b-assessor')).toMatchObject({ state: 'done' });
  });
});

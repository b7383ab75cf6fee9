/** People decide about links over HTTP: each verb, what it does to the incidents, and that undoing leaves no trace in them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, createToken, may, ROLES } from '../../src/access/index.ts';
import { read } from '../../src/record/index.ts';
import type { ApiIncident, ApiIncidentPage } from '../../src/server/api/types.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const line = (id: string, source: string, place: string, more: object = {}) =>
  JSON.stringify({
    id,
    source: { name: source, kind: 'newspaper' },
    published: '2016-05-12',
    lang: 'en',
    text: `Artillery shelling hit the town of ${place} in northern Aleppo on Wednesday, killing five civilians, said ${source}.`,
    ...more,
  });

const REPORTS = [
  line('a-1', 'First Wire', 'Azaz'),
  line('a-2', 'Second Post', 'Azaz', {
    text: 'Shells fell on Azaz in the countryside of Aleppo on Wednesday. Five people died, residents told the paper.',
  }),
  line('a-3', 'Third Herald', 'Azaz', {
    text: 'Seven dead after a bombardment by government artillery of Azaz, Aleppo province, on Wednesday.',
  }),
  line('m-1', 'First Wire', 'Manbij', {
    text: 'An air strike hit the town of Manbij on Tuesday, killing two people.',
  }),
].join('\n');

describe('people decide about links', () => {
  let at: TestHouse;
  let token = '';
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(REPORTS);
    token = (await createToken(at.house.ctx(), 'Cell A', 'analyst')).token;
  });
  afterAll(() => at.close());

  const call = async (method: 'GET' | 'POST', url: string, payload?: object, who: string | null = token) => {
    const headers = who === null ? {} : { authorization: `Bearer ${who}` };
    const response = await at.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json() };
  };
  const decide = (act: string, more: object, reason = 'read both texts') =>
    call('POST', '/api/incidents/decisions', { act, reason, ...more });
  const listed = async () =>
    (await at.get<ApiIncidentPage>('/api/incidents')).items.map(({ reports }) => [...reports].sort()).sort();
  const incidentOf = async (report: string): Promise<ApiIncident> => {
    const { items } = await at.get<ApiIncidentPage>('/api/incidents');
    const found = items.find(({ reports }) => reports.includes(report));
    return at.get(`/api/incidents/${found?.id}`);
  };
  const linkOf = (incident: ApiIncident, report: string) => incident.reportList.find(({ id }) => id === report)?.link;
  const entries = (kind: string) => read(at.house.db, { agreement: at.house.instrument.id, kinds: [kind] });

  it('asks every role at every route, and refuses what the matrix does not give', async () => {
    const routes: [
      method: 'GET' | 'POST',
      url: string,
      payload: object | undefined,
      allowed: number,
      action: Action,
    ][] = [
      ['GET', '/api/incidents/queue', undefined, 200, 'link.decide'],
      ['GET', '/api/incidents/proposals', undefined, 200, 'link.decide'],
      ['POST', '/api/incidents/proposals/none', { accept: true, reason: 'x' }, 404, 'link.decide'],
      ['GET', '/api/incidents/none/links', undefined, 404, 'link.decide'],
      ['POST', '/api/incidents/decisions', { act: 'undo', decision: 'none', reason: 'x' }, 404, 'link.decide'],
    ];
    for (const role of ROLES) {
      const made = await createToken(at.house.ctx(), 'Cell R', role);
      for (const [method, url, payload, allowed, action] of routes) {
        const { status } = await call(method, url, payload, made.token);
        expect(status, `${role} ${method} ${url}`).toBe(may(role, action) ? allowed : 403);
        expect((await call(method, url, payload, null)).status).toBe(401);
      }
    }
  });

  it('accepts what the machine linked, with one entry that holds actor and reason', async () => {
    expect(await listed()).toEqual([['a-1', 'a-2', 'a-3'], ['m-1']]);
    const before = await incidentOf('a-2');
    const { status, body } = await decide('accept', { member: { report: 'a-2' } }, 'same street, same hour');
    expect([status, body]).toMatchObject([201, { kind: 'linked', incidents: [before.id] }]);
    expect(linkOf(await incidentOf('a-2'), 'a-2')).toMatchObject({ decision: 'linked', standing: 'confirmed' });
    const [entry] = await entries('link.accepted');
    expect(entry).toMatchObject({ visibility: 'sealed', content: { reason: 'same street, same hour' } });
    expect(entry?.author).toMatch(/^token:/);
  });

  it('splits, keeps the halves apart, and undoes without a trace in the incidents', async () => {
    const before = await incidentOf('a-1');
    const { body } = await decide('split', { incident: before.id, members: [{ report: 'a-3' }] });
    expect(await listed()).toEqual([['a-1', 'a-2'], ['a-3'], ['m-1']]);
    expect((await incidentOf('a-1')).killed).toMatchObject({ low: 5, high: 5 });
    const alone = await incidentOf('a-3');
    expect(linkOf(alone, 'a-3')).toMatchObject({ decision: 'person', opened: false, score: null });
    expect((await decide('undo', { decision: body.decision })).status).toBe(201);
    const { history: _, ...after } = await incidentOf('a-1');
    const { history: __, ...same } = before;
    expect(after).toEqual(same);
    expect((await at.app.inject({ url: `/api/incidents/${alone.id}` })).statusCode).toBe(404);
    expect(await decide('undo', { decision: body.decision })).toMatchObject({
      status: 409,
      body: { code: 'incidents/already-settled' },
    });
  });

  it('sets one apart; a later report never joins what a person parted', async () => {
    const before = await incidentOf('a-3');
    const { body } = await decide('new', { member: { report: 'a-3' } });
    const [other] = body.incidents.filter((id: string) => id !== before.id);
    expect(await listed()).toEqual([['a-1', 'a-2'], ['a-3'], ['m-1']]);
    const parted = await decide('other', { member: { report: 'm-1' }, incident: other });
    expect(parted.status).toBe(201);
    expect(await listed()).toEqual([
      ['a-1', 'a-2'],
      ['a-3', 'm-1'],
    ]);
    for (const { decision } of [parted.body, body]) await decide('undo', { decision });
    expect(await listed()).toEqual([['a-1', 'a-2', 'a-3'], ['m-1']]);
  });

  it('merges; the address of the merged incident leads on; the links say why', async () => {
    const [azaz, manbij] = [await incidentOf('a-1'), await incidentOf('m-1')];
    const { body } = await decide('merge', { incident: manbij.id, into: azaz.id }, 'the wire named the wrong town');
    expect(await listed()).toEqual([['a-1', 'a-2', 'a-3', 'm-1']]);
    expect((await at.get<ApiIncident>(`/api/incidents/${manbij.id}`)).id).toBe(azaz.id);
    const links = await call('GET', `/api/incidents/${azaz.id}/links`);
    const [last] = links.body.decisions.slice(-1);
    expect(last).toMatchObject({ reason: 'the wire named the wrong town', organisation: 'Cell A', undone: false });
    for (const { score, explanation, decision } of links.body.members) {
      if (decision !== 'linked') continue;
      const sum = explanation.reduce((total: number, step: { bits: number }) => total + step.bits, 0);
      expect(sum).toBeCloseTo(score, 6);
    }
    await decide('undo', { decision: body.decision });
    expect(await listed()).toEqual([['a-1', 'a-2', 'a-3'], ['m-1']]);
  });

  it('parts two that are not the same', async () => {
    const { body } = await decide('not_same', { member: { report: 'a-1' }, other: { report: 'a-2' } });
    expect(await listed()).toEqual([['a-1', 'a-3'], ['a-2'], ['m-1']]);
    await decide('undo', { decision: body.decision });
    expect(linkOf(await incidentOf('a-2'), 'a-2')).toMatchObject({ standing: 'confirmed' });
  });

  it.each([
    ['no reason', { act: 'accept', member: { report: 'a-1' }, reason: '  ' }, 'incidents/link-reason-missing'],
    ['an unknown report', { act: 'new', member: { report: 'zz' }, reason: 'x' }, 'incidents/link-not-found'],
    [
      'an unknown incident',
      { act: 'merge', incident: 'inc-zz', into: 'inc-a-1', reason: 'x' },
      'incidents/incident-empty',
    ],
    ['itself', { act: 'merge', incident: 'inc-a-1', into: 'inc-a-1', reason: 'x' }, 'incidents/nothing-to-decide'],
    ['alone already', { act: 'new', member: { report: 'm-1' }, reason: 'x' }, 'incidents/nothing-to-decide'],
    ['nothing known', { act: 'explode', reason: 'x' }, 'server/bad-request'],
  ])('refuses: %s', async (_title, payload, code) => {
    expect((await call('POST', '/api/incidents/decisions', payload)).body).toMatchObject({ code });
  });
});

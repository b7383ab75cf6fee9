/** Two organisations release a day's bulletin over HTTP; what is learnt later never changes what they released. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, type ApprovalFile, checkApprovalFile, createToken, may, ROLES } from '../../src/access/index.ts';
import type { Bulletin } from '../../src/publish/index.ts';
import { read } from '../../src/record/index.ts';
import { OPERATIONS } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const DAY = '2016-05-11';
const report = (id: string, source: string, text: string) =>
  JSON.stringify({
    id,
    source: { name: source, kind: 'newspaper' },
    published: '2016-05-12',
    lang: 'en',
    title: '',
    text,
  });
const AZAZ = report(
  't-1',
  'First Wire',
  'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.',
);
const DARAYA = report(
  't-2',
  'Second Wire',
  'An air strike hit the town of Daraya near Damascus on Wednesday, killing two people.',
);

describe('the release of a bulletin', () => {
  let at: TestHouse;
  const tokens: Record<string, string> = {};
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(AZAZ);
    for (const [who, organisation, role] of [
      ['author', 'Cell A', 'co_chair'],
      ['chairA', 'Cell A', 'co_chair'],
      ['secondA', 'CELL-A', 'co_chair'],
      ['chairB', 'Cell B', 'co_chair'],
      ['assessorB', 'Cell B', 'assessor'],
      ['analyst', 'Cell C', 'analyst'],
      ['operator', 'Cell C', 'operator'],
      ['monitor', 'Cell D', 'monitor'],
    ] as const) {
      const made = await createToken(at.house.ctx(), organisation, role);
      tokens[who] = made.token;
      ids[who] = `token:${made.id}`;
    }
  });
  afterAll(() => at.close());

  const post = async (who: string | null, url: string, payload: object = {}) => {
    const headers = who === null ? {} : { authorization: `Bearer ${tokens[who]}` };
    const response = await at.app.inject({ method: 'POST', url, headers, payload });
    return { status: response.statusCode, body: response.json() as Record<string, never> };
  };
  const propose = (who: string | null) => post(who, `/api/bulletins/${DAY}/proposals`);
  const approve = (who: string | null, id: string, sha256: string, signature: string | null = null) =>
    post(who, `/api/approvals/${id}`, { sha256, signature });
  const bulletin = (query = '') => at.get<Bulletin>(`/api/bulletins/${DAY}?lang=en${query}`);
  const entries = (kind: string) => read(at.house.db, { agreement: at.house.instrument.id, kinds: [kind] });

  const first = { id: '', sha256: '' };
  let released: Bulletin;

  it('begins as a draft of the machine', async () => {
    expect(await bulletin()).toMatchObject({ release: null, proposedBy: 'machine', approved: null, errata: [] });
    expect(await at.get(`/api/days/${DAY}`)).toMatchObject({ release: null });
  });

  it('is proposed by a role that may, for a day that is over', async () => {
    expect((await propose(null)).status).toBe(401);
    for (const who of ['operator', 'monitor']) expect((await propose(who)).status).toBe(403);
    expect((await post('author', '/api/bulletins/2016-06-10/proposals')).body).toMatchObject({
      code: 'publish/day-not-over',
    });
    expect((await post('author', '/api/bulletins/yesterday/proposals')).status).toBe(400);
    const { status, body } = await propose('author');
    expect([status, body.number]).toEqual([201, 1]);
    Object.assign(first, { id: body.id, sha256: body.sha256 });
    expect(await bulletin()).toMatchObject({ release: null });
  });

  it('asks every role at every route, and refuses what the matrix does not give', async () => {
    const routes: [method: 'GET' | 'POST', url: string, payload: object, action: Action, allowed: string][] = [
      ['POST', '/api/bulletins/2016-06-10/proposals', {}, 'bulletin.propose', 'publish/day-not-over'],
      ['GET', '/api/approvals/none', {}, 'act.propose', 'access/proposal-not-found'],
      ['POST', '/api/approvals/none', { sha256: first.sha256 }, 'act.approve', 'access/proposal-not-found'],
      ['POST', '/api/approval-keys', { publicKey: '', signature: '' }, 'act.approve', 'access/bad-signature'],
    ];
    for (const role of ROLES) {
      const { token } = await createToken(at.house.ctx(), 'Cell E', role);
      for (const [method, url, payload, action, allowed] of routes) {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await at.app.inject({ method, url, headers, ...(method === 'POST' ? { payload } : {}) });
        const expected = may(role, action) ? allowed : 'access/forbidden';
        expect(answer.json(), `${role} ${method} ${url}`).toMatchObject({ code: expected });
      }
    }
    for (const [method, url, payload] of routes) {
      for (const headers of [{}, { authorization: 'Bearer hudna_00' }]) {
        const answer = await at.app.inject({ method, url, headers, ...(method === 'POST' ? { payload } : {}) });
        expect(answer.json(), `nobody ${method} ${url}`).toMatchObject({ code: 'access/unauthorised' });
      }
    }
  });

  it('is not approved by who may not, by its author, for another text, or by nobody', async () => {
    const code = async (answer: ReturnType<typeof approve>) => (await answer).body.code;
    expect(await code(approve(null, first.id, first.sha256))).toBe('access/unauthorised');
    expect(await code(approve('analyst', first.id, first.sha256))).toBe('access/forbidden');
    expect(await code(approve('operator', first.id, first.sha256))).toBe('access/forbidden');
    expect(await code(approve('author', first.id, first.sha256))).toBe('access/own-proposal');
    expect(await code(approve('chairA', first.id, '0'.repeat(64)))).toBe('access/other-text');
    expect(await code(approve('chairA', 'no-such', first.sha256))).toBe('access/proposal-not-found');
    expect((await approve('chairA', first.id, 'x')).status).toBe(400);
    expect((await approve('chairA', first.id, first.sha256, 'AAAA')).body.code).toBe('access/bad-signature');
    expect((await at.app.inject({ url: `/api/approvals/${first.id}` })).statusCode).toBe(401);
    expect(await entries('approval.given')).toEqual([]);
  });

  it('is not released by one organisation, however many of it approve', async () => {
    expect((await approve('chairA', first.id, first.sha256)).body).toMatchObject({
      state: 'open',
      approvals: 1,
      missing: 1,
    });
    expect((await approve('chairA', first.id, first.sha256)).body).toMatchObject({
      state: 'open',
      approvals: 1,
      missing: 1,
    });
    expect((await approve('secondA', first.id, first.sha256)).body).toMatchObject({ code: 'access/already-spoken' });
    expect(await bulletin()).toMatchObject({ release: null });
    await at.get(`/api/bulletins/${DAY}/releases/1`, 404);
  });

  it('is released by the second organisation, signed with the key it registered', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
    const signed = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64');
    const person = ids.assessorB ?? '';
    const statement = `hudna-approval-key/1\n{"agreement":"${at.house.instrument.id}","person":"${person}","publicKey":"${key}"}\n`;
    expect((await post('assessorB', '/api/approval-keys', { publicKey: key, signature: signed('x') })).status).toBe(
      403,
    );
    expect(
      (await post('assessorB', '/api/approval-keys', { publicKey: key, signature: signed(statement) })).status,
    ).toBe(201);
    expect(
      (await post('assessorB', '/api/approval-keys', { publicKey: key, signature: signed(statement) })).status,
    ).toBe(409);
    expect((await approve('assessorB', first.id, first.sha256)).body.code).toBe('access/bad-signature');

    const seen = await at.app.inject({
      url: `/api/approvals/${first.id}`,
      headers: { authorization: `Bearer ${tokens.assessorB}` },
    });
    const { toSign } = seen.json() as { toSign: string };
    expect((await approve('assessorB', first.id, first.sha256, signed(`${toSign} `))).status).toBe(403);
    expect((await approve('assessorB', first.id, first.sha256, signed(toSign))).body).toMatchObject({ state: 'done' });

    const file = await at.get<ApprovalFile>(`/api/bulletins/${DAY}/releases/1`);
    const { quorum } = at.house.instrument;
    const pinned = new Map([[person, key]]);
    expect(checkApprovalFile(quorum, file, pinned)).toMatchObject({ met: true, complaints: [], signed: 1 });
    expect(checkApprovalFile(quorum, { ...file, text: `${file.text} ` }, pinned).complaints).toHaveLength(1);
    expect(
      checkApprovalFile(quorum, { ...file, proposal: { ...file.proposal, object: 'bulletin:2016-05-12' } }).met,
    ).toBe(false);
    expect(checkApprovalFile(quorum, file, new Map([[person, 'other']])).met).toBe(false);
    expect(checkApprovalFile(quorum, { ...file, approvals: file.approvals.slice(1) }).complaints).toHaveLength(1);
  });

  it('is shown as released wherever the day is shown, and stands in the record', async () => {
    released = await bulletin();
    const release = { number: 1, at: '2016-06-10T12:00:00.000Z' };
    expect(released).toMatchObject({ release, proposedBy: null, errata: [], approved: { sha256: first.sha256 } });
    expect(released.approved?.by.map(({ organisation }) => organisation)).toEqual(['Cell A', 'Cell B']);
    expect(await at.get(`/api/days/${DAY}`)).toMatchObject({ release });
    const cli = await OPERATIONS.bulletin(at.house, { day: DAY, lang: 'en', format: 'json' });
    expect(JSON.parse(cli)).toEqual(released);
    for (const lang of ['ar', 'ru'])
      expect(await at.get(`/api/bulletins/${DAY}?lang=${lang}`)).toMatchObject({ release, lang });
    const page = (await at.app.inject({ url: `/bulletins/${DAY}?lang=en` })).body;
    expect(page).toContain('Release 1');
    expect(page).not.toContain('class="draft"');
    const [proposed, given, done] = [
      await entries('approval.proposed'),
      await entries('approval.given'),
      await entries('bulletin.released'),
    ];
    expect([proposed.length, given.length, done.length]).toEqual([1, 2, 1]);
    expect(done[0]?.content).toMatchObject({ day: DAY, number: 1, sha256: first.sha256, previous: null });
    expect((await approve('chairB', first.id, first.sha256)).status).toBe(409);
  });

  it('does not change by what is learnt later, which is an erratum of the next', async () => {
    expect((await propose('author')).body).toMatchObject({ code: 'publish/nothing-new' });
    await at.importText(DARAYA);
    expect(await bulletin()).toEqual(released);
    expect((await at.get<{ incidents: unknown[] }>(`/api/days/${DAY}`)).incidents).toHaveLength(2);

    const stale = (await propose('author')).body as unknown as { id: string; sha256: string };
    const next = (await propose('assessorB')).body as unknown as { id: string; sha256: string; number: number };
    expect(next.number).toBe(2);
    await approve('chairA', stale.id, stale.sha256);
    await approve('chairA', next.id, next.sha256);
    expect(await bulletin()).toEqual(released);
    expect((await approve('chairB', next.id, next.sha256)).body).toMatchObject({ state: 'done' });
    expect((await approve('chairB', stale.id, stale.sha256)).body).toMatchObject({ code: 'access/proposal-closed' });

    const second = await bulletin();
    expect(second).toMatchObject({ release: { number: 2 }, reports: 2 });
    expect(second.incidents).toHaveLength(2);
    expect(second.errata.filter(({ incident }) => incident !== null)).toMatchObject([{ change: 'added' }]);
    expect(second.errata).toContainEqual({ incident: null, change: 'changed', field: 'reports', was: 1, is: 2 });
    expect(await bulletin('&release=1')).toEqual(released);
    expect((await at.app.inject({ url: `/bulletins/${DAY}?lang=en` })).body).toContain('Errata');
    await at.get(`/api/bulletins/${DAY}?release=9`, 404);
  });
});

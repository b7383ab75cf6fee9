/** People decide on what was read, over HTTP: the list with its words, every verb, and what follows for incident and public. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, createToken, may, ROLES } from '../../src/access/index.ts';
import { read } from '../../src/record/index.ts';
import type { ApiIncident, ApiIncidentPage } from '../../src/server/api/types.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const TEXT = 'قصفت قوات النظام مدينة إعزاز في ريف حلب الشمالي بالمدفعية أمس، وقتل ثلاثة مدنيين، بحسب zqname.';
const report = (id: string, more: object = {}) =>
  JSON.stringify({
    id,
    source: { name: `Wire ${id}`, kind: 'newspaper' },
    published: '2016-05-12',
    lang: 'ar',
    text: TEXT,
    ...more,
  });
const REPORTS = [
  report('open-1'),
  report('open-2', { lang: 'en', text: 'An air strike hit the town of Manbij on Tuesday, killing two people.' }),
  report('sealed-1', { text: `${TEXT} zqsealedword`, visibility: 'sealed' }),
].join('\n');

interface Item {
  event: number;
  field: string;
  version: number;
  standing: string;
  value: unknown;
  basis: string;
  spans: { start: number; end: number; text: string }[];
  decidedBy: string | null;
  reason: string | null;
  versions: unknown[];
}

describe('people decide on what was read', () => {
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
    return { status: response.statusCode, body: response.json(), text: response.body };
  };
  const claimsOf = async (id: string): Promise<{ document: string; reader: string; items: Item[] }> =>
    (await call('GET', `/api/reports/${id}/claims`)).body;
  const claimOf = async (id: string, field: string): Promise<Item> => {
    const found = (await claimsOf(id)).items.find((item) => item.event === 0 && item.field === field);
    if (!found) throw new Error(`${id} has no ${field}`);
    return found;
  };
  const decide = async (id: string, act: string, field: string, more: object = {}) => {
    const seen = (await claimsOf(id)).items.find((item) => item.event === 0 && item.field === field)?.version ?? 0;
    const answer = await call('POST', `/api/reports/${id}/claims/decisions`, {
      act,
      event: 0,
      field,
      seen,
      reason: 'heard the caller again',
      ...more,
    });
    await at.house.jobs.runUntilIdle();
    return answer;
  };
  const incidentOf = async (id: string): Promise<ApiIncident> => {
    const { items } = await at.get<ApiIncidentPage>('/api/incidents');
    const found = items.find(({ reports }) => reports.includes(id));
    return at.get(`/api/incidents/${found?.id}`);
  };

  it('asks every role at every route, and refuses what the matrix does not give', async () => {
    const asked = { act: 'undo', event: 0, field: 'type', seen: 1, reason: 'x' };
    const routes: ['GET' | 'POST', string, object | undefined, number, Action][] = [
      ['GET', '/api/reports/open-1/claims', undefined, 200, 'report.read_sealed'],
      ['GET', '/api/reports/none/claims', undefined, 404, 'report.read_sealed'],
      ['POST', '/api/reports/open-1/claims/decisions', asked, 409, 'claim.decide'],
      ['GET', '/api/claims/cases', undefined, 200, 'claim.decide'],
      ['GET', '/api/claims/disputes', undefined, 200, 'claim.decide'],
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

  it('lists each value with the very words and the reader', async () => {
    const { document, reader, items } = await claimsOf('open-1');
    expect(reader).toMatch(/^rules-/);
    expect(items.length).toBeGreaterThan(4);
    for (const { spans } of items)
      for (const { start, end, text } of spans) expect(document.slice(start, end)).toBe(text);
    expect((await claimOf('open-1', 'killed')).spans.map(({ text }) => text).join()).toContain('ثلاثة');
  });

  it('a correction speaks in the folded incident and on the public page, without who decided and why', async () => {
    const before = await incidentOf('open-2');
    expect(before.killed).toMatchObject({ low: 2, high: 2 });
    const answer = await decide('open-2', 'correct', 'killed', {
      value: { low: 4, high: 4 },
      words: 'killing two people',
      reason: 'zqreason of the analyst',
    });
    expect([answer.status, answer.body]).toMatchObject([201, { standing: 'corrected', version: 2 }]);
    const after = await incidentOf('open-2');
    expect(after.killed).toMatchObject({ low: 4, high: 4 });
    const shown = after.reportList[0]?.claims.find(({ value }) => value.field === 'killed');
    expect(shown).toMatchObject({ standing: 'corrected', value: { count: { low: 4, high: 4 } } });
    for (const url of [`/api/incidents/${after.id}`, '/api/incidents', '/api/reports/open-2']) {
      const { text } = await call('GET', url, undefined, null);
      expect(text).not.toMatch(/zqreason|decidedBy|"reason":"heard/);
    }
    const entries = await read(at.house.db, { agreement: at.house.instrument.id, kinds: ['claim.corrected'] });
    expect(entries[0]).toMatchObject({ visibility: 'sealed', content: { reason: 'zqreason of the analyst' } });
    expect(entries[0]?.author).toMatch(/^token:/);
  });

  it('taken back, the incident is as it was', async () => {
    await decide('open-2', 'undo', 'killed');
    expect((await incidentOf('open-2')).killed).toMatchObject({ low: 2, high: 2 });
    await decide('open-2', 'undo', 'killed');
    expect((await incidentOf('open-2')).killed).toMatchObject({ low: 4, high: 4 });
    expect((await claimOf('open-2', 'killed')).versions).toHaveLength(4);
  });

  it('a rejected value is silent until somebody confirms it', async () => {
    await decide('open-2', 'reject', 'killed');
    expect((await incidentOf('open-2')).killed).toMatchObject({ low: null, high: null });
    await decide('open-2', 'confirm', 'killed');
    expect((await incidentOf('open-2')).killed).toMatchObject({ low: 4, high: 4 });
  });

  it('a corrected place moves the incident', async () => {
    const before = await incidentOf('open-2');
    const jarabulus = at.house.gazetteer.lookup('جرابلس')[0]?.place;
    if (!jarabulus) throw new Error('the gazetteer has no Jarabulus');
    expect((await decide('open-2', 'correct', 'place', { value: { id: jarabulus.id } })).status).toBe(201);
    const after = await incidentOf('open-2');
    expect(after.place?.name.ar).not.toBe(before.place?.name.ar);
    await decide('open-2', 'undo', 'place');
    expect((await incidentOf('open-2')).place).toEqual(before.place);
  });

  it('refuses what does not fit, in plain words and with a code', async () => {
    const cases: [object, number, string][] = [
      [{ value: { low: 5, high: 1 } }, 422, 'claims/value-bad'],
      [{ value: { low: 5, high: 5 }, words: 'not in the text' }, 422, 'claims/words-not-found'],
      [{ value: { low: 5, high: 5 }, reason: '  ' }, 422, 'claims/reason-missing'],
      [{ value: { low: 5, high: 5 }, seen: 1 }, 409, 'claims/changed'],
      [{ value: { low: 5, high: 5 }, event: 7, seen: 0 }, 404, 'claims/not-found'],
    ];
    for (const [more, status, code] of cases)
      expect(await decide('open-2', 'correct', 'killed', more)).toMatchObject({ status, body: { code } });
    expect((await decide('open-2', 'correct', 'nonsense')).status).toBe(400);
  });

  it('keeps decisions as cases; a sealed report’s words are in none', async () => {
    await decide('open-1', 'confirm', 'killed', { keep: true });
    await decide('sealed-1', 'confirm', 'killed', { keep: true });
    const { body, text } = await call('GET', '/api/claims/cases');
    expect(body.sealed).toBe(1);
    expect(body.items).toMatchObject([{ id: 'open-1', expect: [{ field: 'killed', value: { low: 3, high: 3 } }] }]);
    expect(text).not.toContain('zqsealedword');
    // Staff may read the sealed report's claims; the public sees none of its words.
    expect((await claimsOf('sealed-1')).document).toContain('zqsealedword');
    const seen = await call('GET', `/api/incidents/${(await incidentOf('sealed-1')).id}`, undefined, null);
    expect(seen.text).not.toContain('zqsealedword');
  });

  it('a report of which every value was rejected tells nothing any more', async () => {
    for (const { event, field, version } of (await claimsOf('open-2')).items) {
      const answer = await call('POST', '/api/reports/open-2/claims/decisions', {
        act: 'reject',
        event,
        field,
        seen: version,
        reason: 'the report is about another war',
      });
      expect(answer.status).toBe(201);
    }
    await at.house.jobs.runUntilIdle();
    const { items } = await at.get<ApiIncidentPage>('/api/incidents');
    const listed = items.find(({ reports }) => reports.includes('open-2'));
    expect(listed).toBeUndefined();
    expect((await call('GET', '/api/days/2016-05-10', undefined, null)).status).toBe(200);
  });
});

/** The whole path over HTTP: reports in three languages become an incident, a day, a bulletin and feeds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/access/index.ts';
import type { ApiDay, ApiIncident, ApiIncidentPage } from '../../src/server/api/types.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const line = (id: string, source: string, lang: string, title: string, text: string, more: object = {}) =>
  JSON.stringify({
    id,
    source: { name: source, kind: 'newspaper' },
    published: '2016-05-12',
    lang,
    title,
    text,
    ...more,
  });

/** One shelling told by three, a copy of one of them, an unrelated strike, and a statement that tells of no event. */
const REPORTS = [
  line(
    't-1',
    'شبكة أولى',
    'ar',
    'قصف مدفعي على إعزاز',
    'قصفت قوات النظام مدينة إعزاز في ريف حلب الشمالي بالمدفعية أمس الأربعاء، ما أدى إلى مقتل خمسة مدنيين وإصابة عشرة آخرين.',
  ),
  line(
    't-2',
    'Second Wire',
    'en',
    'Shelling of Azaz',
    'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing at least seven civilians, residents said.',
  ),
  line(
    't-3',
    'Третий Вестник',
    'ru',
    'Обстрел Азаза',
    'В среду город Азаз на севере провинции Алеппо подвергся артиллерийскому обстрелу, погибли шесть человек.',
  ),
  line(
    't-4',
    'Mirror Site',
    'en',
    'Shelling of Azaz',
    'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing at least seven civilians, residents said.',
  ),
  line(
    't-5',
    'شبكة أولى',
    'ar',
    'غارة على داريا',
    'شن الطيران الحربي غارة جوية على مدينة داريا في ريف دمشق يوم الأربعاء، وقتل شخصان.',
  ),
  line('t-6', 'Second Wire', 'en', 'Talks', 'The foreign minister said that talks would go on next week.'),
].join('\n');

describe('from report to bulletin', () => {
  let at: TestHouse;
  beforeAll(async () => {
    at = await testHouse();
    expect(await at.importText(REPORTS)).toEqual({ read: 6, accepted: 6, duplicates: 0, rejected: [] });
  });
  afterAll(() => at.close());

  const azaz = async (): Promise<ApiIncident> => {
    const page = await at.get<ApiIncidentPage>('/api/incidents?from=2016-05-11&to=2016-05-11&type=shelling');
    expect(page.items).toHaveLength(1);
    return at.get(`/api/incidents/${page.items[0]?.id}`);
  };

  it('takes the same file again and adds nothing', async () => {
    expect(await at.importText(REPORTS)).toMatchObject({ accepted: 0, duplicates: 6 });
  });

  it('makes one incident of the tellings in three languages', async () => {
    const incident = await azaz();
    expect([...incident.reports].sort()).toEqual(['t-1', 't-2', 't-3', 't-4']);
    expect(incident.place.name.ar).toContain('عزاز');
    expect(incident.place.area).toBe('iso:SY-HL');
  });

  it('counts a copy as no second voice, and gives the toll as a range by origin', async () => {
    const incident = await azaz();
    expect(incident.origins).toBe(3);
    expect(incident.killed.low).toBe(5);
    expect(incident.killed.high).toBeNull();
    expect(incident.killed.byOrigin).toHaveLength(3);
  });

  it('shows the words that each value was read from', async () => {
    const report = (await azaz()).reportList.find(({ id }) => id === 't-1');
    const killed = report?.claims.find(({ value }) => value.field === 'killed');
    const words = (killed?.spans ?? []).map(({ start, end }) => report?.document?.slice(start, end));
    expect(words).toHaveLength(1);
    expect(words[0]).toContain('خمسة');
    expect(words[0]?.length).toBeLessThan(30);
  });

  it('explains each link in bits that add up', async () => {
    for (const { link } of (await azaz()).reportList) {
      if (link.opened) expect(link.explanation).toEqual([]);
      else expect(link.explanation.reduce((sum, step) => sum + step.bits, 0)).toBeCloseTo(link.score ?? Number.NaN, 6);
    }
  });

  it('proposes and never passes a verdict', async () => {
    const incident = await azaz();
    expect(incident.proposed).toBe(true);
    expect(incident.status).not.toBe('verified');
    expect(incident.inTerms).toMatchObject({ value: 'yes', by: ['شبكة أولى'], reason: 'parties-named' });
  });

  it('puts both incidents on the day, beside the day before', async () => {
    const day = await at.get<ApiDay>('/api/days/2016-05-11');
    expect(day.incidents.map(({ type }) => type).sort()).toEqual(['air_strike', 'shelling']);
    expect(day).toMatchObject({ incidentsBefore: 0, reports: 5, release: null });
  });

  it('says what zero means on an empty day', async () => {
    const bulletin = await at.get<{ zero: string; incidents: unknown[] }>('/api/bulletins/2016-03-03?lang=en');
    expect(bulletin.incidents).toEqual([]);
    expect(bulletin.zero).toContain('No report received; 0 sources heard');
  });

  it('renders the bulletin as a draft in each language, with no script', async () => {
    for (const [lang, draft] of [
      ['ar', 'مسودة'],
      ['en', 'Draft'],
      ['ru', 'Черновик'],
    ] as const) {
      const page = await at.app.inject({ url: `/bulletins/2016-05-11?lang=${lang}` });
      expect(page.body).toContain(draft);
      expect(page.body).toContain(`dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`);
      expect(page.body).not.toContain('<script');
      expect(page.body).not.toMatch(/(?:src|href)="https?:/);
    }
  });

  it('gives feeds that say the same', async () => {
    const geojson = await at.get<{ features: { properties: { id: string } }[] }>('/feeds/incidents.geojson');
    const csv = (await at.app.inject({ url: '/feeds/incidents.csv' })).body.trim().split('\r\n');
    expect(csv.length - 1).toBe(geojson.features.length);
    expect(geojson.features.length).toBe(2);
  });
});

describe('a report sent over the API', () => {
  let at: TestHouse;
  let token = '';
  beforeAll(async () => {
    at = await testHouse();
    token = (await createToken(at.house.ctx(), 'Example Monitor', 'monitor')).token;
  });
  afterAll(() => at.close());

  const SEALED = {
    source: { name: 'hotline', kind: 'hotline' },
    text: 'قصف مدفعي على مدينة إعزاز اليوم، كلمة سرية zyxwv.',
    published: '2016-05-12',
  };
  const send = (payload: object, authorization?: string) =>
    at.app.inject({ method: 'POST', url: '/api/reports', payload, headers: authorization ? { authorization } : {} });

  it('needs a token that may submit', async () => {
    expect((await send(SEALED)).statusCode).toBe(401);
    expect((await send(SEALED, 'Bearer nonsense')).statusCode).toBe(401);
    const other = await createToken(at.house.ctx(), 'Example Monitor', 'liaison');
    const refused = await send(SEALED, `Bearer ${other.token}`);
    expect(refused.statusCode).toBe(403);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.json()).toMatchObject({ code: 'access/forbidden', status: 403 });
  });

  it('is created once: 201, then 200 for the same bytes', async () => {
    const first = await send(SEALED, `Bearer ${token}`);
    expect(first.statusCode).toBe(201);
    const again = await send(SEALED, `Bearer ${token}`);
    expect(again.statusCode).toBe(200);
    expect(again.json().id).toBe(first.json().id);
  });

  it('is sealed unless stated otherwise: no public answer holds its words', async () => {
    await at.house.jobs.runUntilIdle();
    const { items } = await at.get<ApiIncidentPage>('/api/incidents');
    expect(items.length).toBe(1);
    const pages = [
      '/api/reports',
      '/api/incidents',
      `/api/incidents/${items[0]?.id}`,
      '/api/days/2016-05-12',
      '/api/bulletins/2016-05-12',
      '/bulletins/2016-05-12',
      '/feeds/incidents.csv',
      '/feeds/incidents.geojson',
    ];
    for (const url of pages) expect((await at.app.inject({ url })).body).not.toContain('zyxwv');
  });

  it.each([
    ['no text', { source: { name: 'a' } }, 'sources/bad-report'],
    ['a number', 7, 'sources/bad-report'],
    ['swapped coordinates', { ...SEALED, event: { lat: 40.2, lon: 36.2 } }, 'sources/bad-report'],
  ])('is refused with a reason: %s', async (_title, payload, code) => {
    const response = await at.app.inject({
      method: 'POST',
      url: '/api/reports',
      payload: JSON.stringify(payload),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code });
  });

  it('answers nonsense with a problem and no stack', async () => {
    const response = await at.app.inject({
      method: 'POST',
      url: '/api/reports',
      payload: '{"text":',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'server/bad-request' });
    expect(response.body).not.toContain('.ts');
  });
});

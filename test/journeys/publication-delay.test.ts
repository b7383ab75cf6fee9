/** When the public is told: a day after an incident, three after one at a place of protection, and never within the hour of a call. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiDay, ApiDays, ApiIncident, ApiIncidentPage } from '../../src/server/api/types.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { bearer, send, setUpIntake, submissionOf } from '../support/intake.ts';

const HOUR_MS = 3_600_000;
/** The house opens on 10 June 2016 at 15:00 in Damascus. */
const reports = [
  { id: 'old', start: '2016-06-01T09:30:00Z', lat: 36.2, lon: 37.1, target: 'residential' },
  { id: 'street', start: '2016-06-10T09:30:00Z', lat: 35.9, lon: 36.6, target: 'residential' },
  { id: 'clinic', start: '2016-06-10T09:30:00Z', lat: 33.5, lon: 36.3, target: 'hospital' },
].map(({ id, start, lat, lon, target }) => ({
  id,
  source: { name: `paper ${id}`, kind: 'newspaper' },
  published: start.slice(0, 10),
  lang: 'en',
  text: `Something happened: ${id}.`,
  event: { type: 'shelling', start, lat, lon, precision: 'town', place_text: id, target, killed: { low: 1, high: 1 } },
}));

describe('when the public is told', () => {
  let at: TestHouse;
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(reports.map((report) => JSON.stringify(report)).join('\n'));
  });
  afterAll(async () => {
    await at.close();
  });

  /** Reports behind every incident that the public can see, by every way there is. */
  async function seen(): Promise<string[]> {
    const { items, total } = await at.get<ApiIncidentPage>('/api/incidents?limit=100');
    expect(total).toBe(items.length);
    const days = (await at.get<ApiDays>('/api/days')).days;
    expect(days.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(total);
    const listed = await Promise.all(days.map(({ day }) => at.get<ApiDay>(`/api/days/${day}`)));
    expect(listed.flatMap(({ incidents }) => incidents.map(({ id }) => id)).sort()).toEqual(
      items.map(({ id }) => id).sort(),
    );
    const feed = await at.get<{ features: { id: string }[] }>('/feeds/incidents.geojson');
    expect(feed.features).toHaveLength(total);
    for (const { id } of items) await at.get<ApiIncident>(`/api/incidents/${encodeURIComponent(id)}`);
    return [...new Set(items.flatMap((item) => item.reports))].sort();
  }

  it('waits a day, and three for a place where people are healed, from the end of the quarter that is printed', async () => {
    const [fresh] = await at.house.db.rows<{ id: string }>(
      `select incident_id as id from incident_member where report_id = 'street'`,
    );
    const address = `/api/incidents/${encodeURIComponent(fresh?.id ?? '')}`;
    expect(await seen()).toEqual(['old']);
    expect((await at.app.inject(address)).statusCode).toBe(404);
    expect((await at.app.inject('/bulletins/2016-06-10?lang=en')).body).not.toContain(fresh?.id);
    // 12:30 in Damascus is of the quarter that ends at 18:00, 15:00 UTC.
    at.advance(26 * HOUR_MS);
    expect(await seen()).toEqual(['old']);
    at.advance(HOUR_MS);
    expect(await seen()).toEqual(['old', 'street']);
    expect((await at.app.inject(address)).statusCode).toBe(200);
    at.advance(47 * HOUR_MS);
    expect(await seen()).toEqual(['old', 'street']);
    at.advance(HOUR_MS);
    expect(await seen()).toEqual(['clinic', 'old', 'street']);
  });

  it('is told of a call to the form at the full hour, and of an incident known by calls alone a day later', async () => {
    await setUpIntake(at.house);
    const staff = await bearer(at.house, 'Cell A', 'duty_officer');
    at.advance(20 * 60_000);
    const call = submissionOf('Shells fell on Azaz.', {
      testimony: { lang: 'en', place: 'Azaz', day: '2016-06-05', part: 'morning' },
    });
    const { receipt } = (await send(at.app, call, staff)).json();
    await at.house.jobs.runUntilIdle();
    const before = JSON.stringify([
      await seen(),
      await at.get('/api/days'),
      (await at.get<ApiDay>('/api/days/2016-06-05')).reports,
    ]);
    expect(before).not.toContain(receipt);
    at.advance(39 * 60_000);
    expect((await at.app.inject(`/api/reports/${receipt}`)).statusCode).toBe(404);
    at.advance(60_000);
    expect((await at.app.inject(`/api/reports/${receipt}`)).statusCode).toBe(200);
    expect(await seen()).not.toContain(receipt);
    at.advance(24 * HOUR_MS);
    expect(await seen()).toContain(receipt);
  });

  it('tells by its governorate what a release adds alone about a place of protection', async () => {
    const day = '2016-06-01';
    const cells = await Promise.all(['Cell A', 'Cell B', 'Cell C'].map((cell) => bearer(at.house, cell, 'co_chair')));
    const post = async (n: number, url: string, payload: object = {}) =>
      (await at.app.inject({ method: 'POST', url, payload, headers: cells[n] })).json();
    const release = async () => {
      const { id, sha256 } = await post(0, `/api/bulletins/${day}/proposals`);
      for (const n of [1, 2]) await post(n, `/api/approvals/${id}`, { sha256 });
    };
    const placesOf = async () => {
      const bulletin = await at.get<{ release: { number: number }; incidents: { reports: string[]; place: object }[] }>(
        `/api/bulletins/${day}?lang=en`,
      );
      return new Map(bulletin.incidents.map(({ reports: [report = ''], place }) => [report, place]));
    };
    const add = (id: string, lat: number, lon: number, place: string) =>
      at.importText(
        JSON.stringify({
          ...reports[2],
          id,
          source: { name: `paper ${id}`, kind: 'newspaper' },
          published: day,
          text: `Something else happened: ${id}.`,
          event: { ...reports[2]?.event, start: `${day}T09:30:00Z`, lat, lon, place_text: place },
        }),
      );
    await add('first', 36.2, 36.16, 'Antioch road');
    await release();
    expect((await placesOf()).get('first')).not.toMatchObject({ precision: 'governorate' });
    await add('alone', 33.51, 36.29, 'Damascus');
    await release();
    const after = await placesOf();
    expect(after.get('alone')).toMatchObject({ precision: 'governorate' });
    expect(after.get('old')).not.toMatchObject({ precision: 'governorate' });
  });
});

/** The shipped sample, imported as anybody's files are: what a newcomer is shown must stay true. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bulletin } from '../../src/publish/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { inRepository } from '../support/needs.ts';

const linesOf = (path: string): string[] => readFileSync(inRepository(path), 'utf8').trimEnd().split('\n');

/** The hospital in al-Sukkari, 27 April 2016, as a person grouped the reports. */
const [HOSPITAL] = linesOf('test/sample/answer-key.jsonl')
  .map((line) => JSON.parse(line) as { id: string; incident: string | null })
  .filter(({ id }) => id === 'r-b-036');
const REPORTS = linesOf('test/sample/answer-key.jsonl')
  .map((line) => JSON.parse(line) as { id: string; incident: string | null })
  .filter(({ incident }) => incident === HOSPITAL?.incident)
  .map(({ id }) => id)
  .sort();

describe('the sample of 2016', () => {
  let at: TestHouse;
  beforeAll(async () => {
    at = await testHouse();
    for (const name of ['reports-a.jsonl', 'reports-b.jsonl']) {
      const lines = linesOf(`sample/${name}`);
      const first = await at.importText(lines.join('\n'));
      expect(first).toMatchObject({ read: lines.length, accepted: lines.length, rejected: [] });
      expect(await at.importText(lines.join('\n'))).toMatchObject({ accepted: 0, duplicates: lines.length });
    }
  });
  afterAll(() => at.close());

  it('tells of the hospital once, with all its reports, its toll by origin and its attribution contested', async () => {
    expect(REPORTS.length).toBeGreaterThan(4);
    const bulletin = await at.get<Bulletin>('/api/bulletins/2016-04-27?lang=ar');
    const holding = bulletin.incidents.filter(({ reports }) => reports.some((id) => REPORTS.includes(id)));
    expect(holding.map(({ reports }) => [...reports].sort())).toEqual([REPORTS]);
    const [hospital] = holding;
    expect(hospital).toMatchObject({ type: 'air_strike', contested: true, place: { area: 'iso:SY-HL' } });
    expect(hospital?.killed.byOrigin.length).toBeGreaterThan(3);
    expect(hospital?.allegedParties).toEqual(expect.arrayContaining(['government', 'russia']));
  });

  it('has no day outside the year that its reports tell of', async () => {
    const { days } = await at.get<{ days: { day: string }[] }>('/api/days');
    expect([days[0]?.day.slice(0, 4), days.at(-1)?.day.slice(0, 4)]).toEqual(['2016', '2016']);
  });
});

/** A released bulletin carries its proof: anyone checks it offline with the pinned policy, and an altered one is found out. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/access/index.ts';
import type { Bulletin } from '../../src/publish/index.ts';
import { openLog, type RecordLog } from '../../src/record/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { runCli } from '../support/run-cli.ts';

const DAY = '2016-05-11';
const REPORT = JSON.stringify({
  id: 't-1',
  source: { name: 'First Wire', kind: 'newspaper' },
  published: '2016-05-12',
  lang: 'en',
  text: 'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.',
});

describe('a released bulletin', () => {
  let at: TestHouse;
  let log: RecordLog;
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(REPORT);
    log = await openLog(at.house.ctx(), { folder: join(at.house.dataDir, 'record'), origin: 'watch.example/log' });
    const tokens = await Promise.all(
      ['Cell A', 'Cell A', 'Cell B'].map((organisation) => createToken(at.house.ctx(), organisation, 'co_chair')),
    );
    const post = async (who: number, url: string, payload: object) =>
      (
        await at.app.inject({
          method: 'POST',
          url,
          headers: { authorization: `Bearer ${tokens[who]?.token}` },
          payload,
        })
      ).json() as { id: string; sha256: string; state?: string };
    const { id, sha256 } = await post(0, `/api/bulletins/${DAY}/proposals`, {});
    for (const who of [1, 2]) await post(who, `/api/approvals/${id}`, { sha256 });
  });
  afterAll(async () => {
    await log.stop();
    await at.close();
  });

  const bulletin = () => at.get<Bulletin>(`/api/bulletins/${DAY}?lang=ar`);
  const verify = async (document: unknown): Promise<number | null> => {
    const file = join(at.house.dataDir, 'bulletin.json');
    const policy = join(at.house.dataDir, 'policy.txt');
    writeFileSync(file, JSON.stringify(document));
    writeFileSync(policy, log.policyText());
    return (await runCli(['verify', 'bulletin', file, '--policy', policy])).code;
  };

  it('has no proof until the public log holds it, and says so', async () => {
    await log.round();
    const early = await bulletin();
    expect([early.release?.number, early.record]).toEqual([1, null]);
    expect(await verify(early)).toBe(4);
    const page = await at.app.inject({ url: `/bulletins/${DAY}?lang=en` });
    expect(page.body).toContain('The proof is added when the public log moves');
  });

  it('is valid afterwards, in each language, and prints its checkpoint', async () => {
    await log.publish();
    for (const lang of ['ar', 'en', 'ru']) {
      expect(await verify(await at.get(`/api/bulletins/${DAY}?lang=${lang}`)), lang).toBe(0);
    }
    const page = await at.app.inject({ url: `/bulletins/${DAY}?lang=en` });
    expect(page.body).toContain(`watch.example/log\n${log.mirror.size()}\n`);
  });

  it('is invalid when anything of it was altered', async () => {
    const good = await bulletin();
    const english = await at.get<Bulletin>(`/api/bulletins/${DAY}?lang=en`);
    const [incident] = good.incidents;
    for (const [what, forged] of Object.entries({
      toll: { ...good, incidents: [{ ...incident, killed: { ...incident?.killed, low: 4 } }] },
      removal: { ...good, incidents: [] },
      day: { ...good, day: '2016-05-10' },
      number: { ...good, release: { ...good.release, number: 2 } },
      language: { ...good, lang: 'en' },
      approval: { ...good, approved: { ...good.approved, sha256: '0'.repeat(64) } },
      proof: { ...good, record: { ...good.record, proof: english.record?.proof.replace('index ', 'index 1') } },
      content: { ...good, record: { ...good.record, content: { day: DAY, number: 1 } } },
    })) {
      expect([what, await verify(forged)]).toEqual([what, 2]);
    }
  });
});

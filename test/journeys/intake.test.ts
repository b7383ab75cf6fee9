/** A testimony from the form to the custodian: through the public door and the staff's, over HTTP, with real age keys. */
import { randomUUID } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '../../src/record/index.ts';
import { OPERATIONS } from '../../src/server/index.ts';
import { readReports } from '../../src/sources/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { bearer, sealIdentity, send, setUpIntake, submissionOf, type TestIntake } from '../support/intake.ts';

const WITNESS = { name: 'zqcanaryname', phone: '+963 000 000 000', reach: 'after dark' };

describe('the intake form', () => {
  let at: TestHouse;
  let intake: TestIntake;

  beforeAll(async () => {
    at = await testHouse();
  });
  afterAll(async () => {
    await at.close();
  });

  it('takes nothing without an account until an organisation with both keys opens it', async () => {
    expect((await send(at.app, submissionOf('قصف'))).json()).toMatchObject({ code: 'intake/closed', status: 403 });
    expect((await at.app.inject('/api/intake')).statusCode).toBe(403);
    await expect(OPERATIONS['intake-open'](at.house, { organisation: 'Cell A' })).rejects.toMatchObject({
      kind: { code: 'intake/no-recipients' },
    });
    intake = await setUpIntake(at.house);
    const welcome = (await at.app.inject('/api/intake')).json();
    expect(welcome).toMatchObject({ door: 'public', organisation: 'Cell A', timeZone: 'Asia/Damascus' });
    expect([...welcome.recipients].sort()).toEqual([...intake.recipients].sort());
  });

  it('answers a receipt number, and the same again is the same: nothing twice', async () => {
    const identity = await sealIdentity(WITNESS, intake.recipients);
    const submission = submissionOf('سقطت قذائف على حي الأشرفية في حلب وجُرح ثلاثة.', {
      identity,
      testimony: { place: 'حي الأشرفية، حلب', day: '2016-06-09', part: 'evening', injured: { low: 3 } },
    });
    const [first, second] = await Promise.all([send(at.app, submission), send(at.app, submission)]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 201]);
    const third = await send(at.app, submission);
    expect(third.statusCode).toBe(200);
    const { receipt } = first.json();
    expect(receipt).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    expect([second.json().receipt, third.json().receipt]).toEqual([receipt, receipt]);
    expect(
      (await at.house.db.rows<{ n: number }>(`select count(*)::int as n from report where id = '${receipt}'`))[0]?.n,
    ).toBe(1);
    const changed = await send(at.app, { ...submission, testimony: { ...submission.testimony, text: 'غير ذلك' } });
    expect(changed.json()).toMatchObject({ code: 'intake/submission-changed', status: 409 });

    // The house keeps the day and the quarter of it, and of its own clock the hour.
    const [report] = await readReports(at.house.db, at.house.instrument.id, [receipt]);
    expect(report).toMatchObject({
      visibility: 'sealed',
      published: '2016-06-10',
      event: { start: '2016-06-09T15:00:00Z', end: '2016-06-09T20:59:59Z' },
    });
    expect(report?.receivedAt).toBe('2016-06-10T12:00:00.000Z');
    const entries = await read(at.house.db, { agreement: at.house.instrument.id, object: `report:${receipt}` });
    expect(entries.map(({ claimedAt }) => claimedAt.slice(13))).toEqual(entries.map(() => ':00:00.000Z'));

    // Only a custodian of the organisation that collected it opens it, with a reason that is in the record first.
    const open = async (headers: object, body: object = { reason: 'a call back was agreed' }) =>
      at.app.inject({
        method: 'POST',
        url: `/api/custody/${receipt}/openings`,
        payload: body,
        headers: { ...headers },
      });
    expect((await open({})).statusCode).toBe(401);
    expect((await open(await bearer(at.house, 'Cell A', 'co_chair'))).statusCode).toBe(403);
    expect((await open(await bearer(at.house, 'Cell B', 'custodian'))).json().code).toBe('intake/sealed-not-found');
    const custodian = await bearer(at.house, 'Cell A', 'custodian');
    expect((await open(custodian, { reason: ' ' })).statusCode).toBe(400);
    const opened = await open(custodian);
    expect(opened.statusCode).toBe(200);
    for (const key of [intake.custodian, intake.recovery]) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(key);
      const text = await decrypter.decrypt(new Uint8Array(opened.rawPayload), 'text');
      expect(JSON.parse(text)).toEqual(WITNESS);
    }
    const openings = await read(at.house.db, { agreement: at.house.instrument.id, kinds: ['identity.opened'] });
    expect(openings.map(({ content }) => content)).toEqual([
      { report: receipt, organisation: 'Cell A', reason: 'a call back was agreed' },
    ]);
  });

  it('refuses an identity that is not sealed, or not to all keys in force, and stores nothing of it', async () => {
    const bare = Buffer.from(JSON.stringify(WITNESS)).toString('base64');
    const short = await sealIdentity(WITNESS, intake.recipients.slice(0, 1));
    for (const identity of [bare, short]) {
      const answer = await send(at.app, submissionOf('قصف', { identity }));
      expect(answer.json()).toMatchObject({ code: 'intake/not-sealed', status: 422 });
    }
    const [count] = await at.house.db.rows<{ n: number }>('select count(*)::int as n from sealed_identity');
    expect(count?.n).toBe(1);
  });

  it('counts callers of the staff as voices of their own, and everyone at the public door as one', async () => {
    const staff = await bearer(at.house, 'Cell A', 'duty_officer');
    const first = (await send(at.app, submissionOf('أول', {}), staff)).json().receipt as string;
    const again = (await send(at.app, submissionOf('ثانٍ', { earlier: first }), staff)).json().receipt as string;
    const other = (await send(at.app, submissionOf('ثالث', {}), staff)).json().receipt as string;
    expect((await send(at.app, submissionOf('رابع', { earlier: '0000-0000-0000' }), staff)).statusCode).toBe(422);
    const open = await Promise.all(
      [1, 2].map(async (n) => (await send(at.app, submissionOf(`عام ${n}`))).json().receipt),
    );
    const rows = await at.house.db.rows<{ id: string; origin: string }>('select id, origin from report');
    const origin = (id: unknown) => rows.find((row) => row.id === id)?.origin;
    expect(origin(again)).toBe(origin(first));
    expect(origin(other)).not.toBe(origin(first));
    expect(origin(open[0])).toBe(origin(open[1]));
  });

  it('shows nobody that something came in before the hour is full', async () => {
    const { receipt } = (await send(at.app, submissionOf('كلام', {}))).json();
    const ids = async () =>
      (await at.get<{ items: { id: string }[] }>('/api/reports?limit=500')).items.map(({ id }) => id);
    expect(await ids()).not.toContain(receipt);
    expect((await at.app.inject(`/api/reports/${receipt}`)).statusCode).toBe(404);
  });

  it('answers what it cannot take with the field and the rule, never with the words', async () => {
    const secret = 'zqcanaryword';
    for (const body of [
      submissionOf(secret.repeat(3_000)),
      { ...submissionOf(secret), id: secret },
      submissionOf(secret, { testimony: { day: secret } }),
      submissionOf(secret, { [secret]: 1, note: secret }),
      submissionOf(secret, { attachments: Array.from({ length: 9 }, () => randomUUID()) }),
    ]) {
      const answer = await send(at.app, body);
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'intake/bad-submission']);
      expect(answer.body).not.toContain(`${secret}${secret}`);
    }
    expect((await send(at.app, submissionOf('x'.repeat(300_000)))).statusCode).toBe(413);
  });
});

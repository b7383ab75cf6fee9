/**
 * Changing keys over HTTP: the log's own, and those to which identities are sealed. Nobody can do it alone, not even who
 * runs the machine; what was decided is there for everyone to check.
 */
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApprovalFile, checkApprovalFile } from '../../src/access/index.ts';
import { openLog, type RecordLog, read } from '../../src/record/index.ts';
import { runVerify } from '../../src/record/verify/index.ts';
import type { ApiLogKey, ApiRecord } from '../../src/server/api/types.ts';
import { buildApp, OPERATIONS } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { setUpIntake } from '../support/intake.ts';
import { newPerson, type Person } from '../support/person.ts';

const REASON = 'the yearly change of keys';

describe('a change of keys', () => {
  let at: TestHouse;
  let log: RecordLog;
  let door: FastifyInstance;
  let origin = '';
  const who: Record<string, Person> = {};
  const as = (name: string): Person => {
    const person = who[name];
    if (!person) throw new Error(`nobody is ${name}`);
    return person;
  };
  const propose = async (asked: object) => (await as('author').ask('POST', '/api/acts', asked)).body;
  const carryOut = async (asked: object): Promise<string> => {
    const { id } = await propose(asked);
    expect((await as('chairA').approve(id)).body).toMatchObject({ state: 'open' });
    expect((await as('assessorB').approve(id)).body).toMatchObject({ state: 'done' });
    return id;
  };
  const verify = async (...words: string[]) => {
    let out = '';
    const hear = (text: string) => {
      out += text;
    };
    const exit = await runVerify([...words, '--json'], { out: hear, err: hear, now: () => 0 });
    return { exit, ...JSON.parse(out) };
  };

  beforeAll(async () => {
    const made = await testHouse();
    log = await openLog(made.house.ctx(), { folder: join(made.house.dataDir, 'record'), origin: 'watch.example/log' });
    const app = await buildApp(made.house, { webDir: undefined, sample: null, record: log });
    at = { ...made, app };
    for (const [name, organisation, role] of [
      ['author', 'Cell A', 'analyst'],
      ['chairA', 'Cell A', 'co_chair'],
      ['assessorB', 'Cell B', 'assessor'],
    ] as const)
      who[name] = await newPerson(at, organisation, role);
    // Persons sign for the origin that the app takes itself for while nothing listens; the verifier asks another door.
    door = await buildApp(made.house, { webDir: undefined, sample: null, record: log });
    origin = await door.listen({ port: 0, host: '127.0.0.1' });
    await log.publish();
  });
  afterAll(async () => {
    await door.close();
    await at.close();
  });

  it('of the log needs a prepared key, two organisations, and the very keys that lie there', async () => {
    const old = /^log (\S+)/.exec(log.policyText())?.[1] ?? '';
    const prepared = async () => ((await as('author').get('/api/log-key')).body as ApiLogKey).prepared;
    const asked = (more: object) => ({ act: 'key.change', replaces: old, oldKey: 'signs', reason: REASON, ...more });
    expect(await prepared()).toBeNull();
    expect((await propose(asked({ logKey: old }))).code).toBe('record/key-change-stale');
    const { logKey } = await OPERATIONS['log-key-prepare'](at.house);
    expect(await OPERATIONS['log-key-prepare'](at.house)).toEqual({ logKey });
    expect(await prepared()).toEqual({ origin: 'watch.example/log', from: old, to: logKey, oldKey: 'signs' });
    expect((await propose(asked({ logKey, replaces: logKey }))).code).toBe('record/key-change-stale');

    await log.publish();
    expect(log.policyText()).toContain(old);
    const id = await carryOut(asked({ logKey }));
    await log.publish();
    expect(await (await fetch(`${origin}/record/policy`)).text()).toMatch(`log ${logKey}\n`);
    const { keyChanges } = (await as('author').get('/api/record')).body as ApiRecord;
    expect(keyChanges).toMatchObject([
      { from: old, to: logKey, oldKeySigned: true, reason: REASON, by: ['Cell A', 'Cell B'] },
    ]);
    const [entry] = await read(at.house.db, { agreement: at.house.instrument.id, kinds: ['log-key.changed'] });
    expect(entry).toMatchObject({ visibility: 'open', content: { proposal: id, from: old, to: logKey } });

    // Anyone can check who decided, and what follows for the key that they have pinned.
    const file = (await (await fetch(`${origin}/api/key-changes/${id}`)).json()) as ApprovalFile;
    expect(checkApprovalFile(at.house.instrument.quorum, file)).toMatchObject({ met: true, complaints: [], signed: 2 });
    expect(JSON.parse(file.text)).toMatchObject({ logKey, replaces: old });
    expect(await verify('audit', `${origin}/record`, '--vkey', logKey)).toMatchObject({ exit: 0 });
    await log.round();
    await at.importText(JSON.stringify({ source: { name: 'Wire', kind: 'newspaper' }, text: 'Shelling hit Azaz.' }));
    await log.publish();
    expect(await verify('audit', `${origin}/record`, '--vkey', old)).toMatchObject({ exit: 4, pin: logKey });
    expect(await verify('audit', `${origin}/record`, '--vkey', logKey)).toMatchObject({
      exit: 0,
      handovers: [{ by: ['Cell A', 'Cell B'] }],
    });
    expect((await as('author').get('/api/key-changes/none')).body.code).toBe('access/proposal-not-found');
  });

  it('of a custodian is the operator’s to make once, and then two organisations’', async () => {
    const intake = await setUpIntake(at.house, 'Cell A');
    const recipient = await identityToRecipient(await generateX25519Identity());
    const status = () => OPERATIONS['intake-status'](at.house, { organisation: 'Cell A' });
    for (const purpose of ['custodian', 'recovery'])
      await expect(
        OPERATIONS['recipient-add'](at.house, { organisation: 'Cell A', recipient, purpose }),
      ).rejects.toMatchObject({ kind: { code: 'intake/two-persons-needed' } });
    const asked = { act: 'key.change', organisation: 'Cell A', recipient, purpose: 'custodian', reason: REASON };
    expect((await propose({ ...asked, recipient: `${recipient.slice(0, -1)}x` })).code).toBe('intake/bad-recipient');
    expect((await propose({ ...asked, retire: true })).code).toBe('intake/recipient-not-found');
    const { id } = await propose(asked);
    expect((await as('assessorB').approve(id)).body).toMatchObject({ state: 'open' });
    expect((await status()).recipients).toHaveLength(2);
    expect((await as('chairA').approve(id)).body).toMatchObject({ state: 'done' });
    expect((await status()).recipients.map((one) => one.recipient)).toContain(recipient);

    const [first = ''] = intake.recipients;
    await carryOut({ ...asked, recipient: first, retire: true });
    expect((await status()).recipients.map((one) => one.recipient)).not.toContain(first);
    // Retired is not forgotten: the operator cannot bring it back alone.
    await expect(
      OPERATIONS['recipient-add'](at.house, { organisation: 'Cell A', recipient: first, purpose: 'custodian' }),
    ).rejects.toMatchObject({ kind: { code: 'intake/two-persons-needed' } });
    const entries = await read(at.house.db, {
      agreement: at.house.instrument.id,
      kinds: ['intake-recipient.added', 'intake-recipient.retired'],
    });
    expect(entries.map(({ kind, content }) => [kind, (content as { by?: string[] }).by?.length ?? 0])).toEqual([
      ['intake-recipient.added', 0],
      ['intake-recipient.added', 0],
      ['intake-recipient.added', 2],
      ['intake-recipient.retired', 2],
    ]);
  });
});

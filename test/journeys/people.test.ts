/** Persons come in, act and leave over HTTP: one-time links, passkeys, sessions, administrators, and what attackers try. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invite, inviteFirst } from '../../src/access/index.ts';
import { read } from '../../src/record/index.ts';
import { Authenticator } from '../support/authenticator.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { ask, newPerson, ORIGIN, Person } from '../support/person.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('persons', () => {
  let at: TestHouse;
  beforeAll(async () => {
    at = await testHouse();
  });
  afterAll(() => at.close());
  // The limit on sign-ins counts real minutes per address: each test comes from one of its own.
  beforeEach(async () => {
    await at.app.close();
    const { buildApp } = await import('../../src/server/index.ts');
    const app = await buildApp(at.house, { webDir: undefined, sample: null, record: null });
    at = { ...at, app };
  });

  const entries = (kind: string) => read(at.house.db, { agreement: at.house.instrument.id, kinds: [kind] });
  const outside = () => ask(at.app, 'GET', '/api/session');

  it('begin with one link, printed once: whoever opens it names the organisation and is its administrator', async () => {
    const first = await inviteFirst(at.house.ctx());
    const second = await inviteFirst(at.house.ctx());
    const person = new Person(at.app);
    expect((await person.join(first?.secret ?? '', { organisation: 'Cell A', name: 'Office 1' })).body.code).toBe(
      'access/bad-invitation',
    );
    expect((await person.join(second?.secret ?? '', { organisation: 'Cell A', name: '<b>' })).body.code).toBe(
      'access/bad-name',
    );
    const joined = await person.join(second?.secret ?? '', { organisation: 'Cell A', name: 'Office 1' });
    expect(joined.status).toBe(201);
    expect((await person.get('/api/session')).body.signedIn).toMatchObject({
      name: 'Office 1',
      organisation: 'Cell A',
      roles: ['administrator'],
      may: ['people.manage'],
    });
    expect((await new Person(at.app).join(second?.secret ?? '')).body.code).toBe('access/bad-invitation');
    expect(await inviteFirst(at.house.ctx())).toBeNull();
    const [opened] = await entries('account.opened');
    expect(opened).toMatchObject({ visibility: 'open', author: `person:${person.id}` });
    expect(JSON.stringify(opened)).not.toContain('Office 1');
  });

  it('hold a session in a cookie that scripts and other sites cannot use, and the database does not know', async () => {
    const person = await newPerson(at, 'Cell A', 'analyst');
    const again = await person.signIn();
    expect(String(again.headers['set-cookie'])).toMatch(
      /^__Host-hudna=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    const secret = person.cookie.split('=')[1] ?? '';
    const dump = JSON.stringify(await at.house.db.rows('select * from session'));
    expect(dump.length).toBeGreaterThan(100);
    expect(dump).not.toContain(secret);
    expect((await outside()).body.signedIn).toBeNull();
    expect(JSON.stringify(await entries('session.opened'))).not.toContain(secret);
  });

  it('sign in with the passkey, and with nothing else', async () => {
    const person = await newPerson(at, 'Cell A', 'analyst');
    const { device } = person;
    const begin = async () => (await ask(at.app, 'POST', '/api/sign-in/begin', {})).body;
    const finish = async (ceremony: string, response: object) =>
      (await ask(at.app, 'POST', '/api/sign-in/finish', { ceremony, response })).body.code ?? 'in';

    const first = await begin();
    const answer = device.get(first.options);
    expect(await finish(first.ceremony, answer)).toBe('in');
    // The same answer again; an answer to another challenge; of another site; of a stranger's key; without a verified user.
    expect(await finish(first.ceremony, answer)).toBe('access/sign-in-failed');
    const second = await begin();
    expect(await finish(second.ceremony, answer)).toBe('access/sign-in-failed');
    const third = await begin();
    expect(await finish(third.ceremony, device.get(third.options, 'https://evil.example'))).toBe(
      'access/sign-in-failed',
    );
    const fourth = await begin();
    const stranger = new Authenticator(ORIGIN).get(fourth.options);
    expect(await finish(fourth.ceremony, { ...stranger, id: device.id, rawId: device.id })).toBe(
      'access/sign-in-failed',
    );
  });

  it('are refused by a copy of a passkey, an unverified touch, and a challenge older than five minutes', async () => {
    const person = await newPerson(at, 'Cell A', 'analyst');
    const { device } = person;
    const begin = async () => (await ask(at.app, 'POST', '/api/sign-in/begin', {})).body;
    const finish = async (ceremony: string, response: object) =>
      (await ask(at.app, 'POST', '/api/sign-in/finish', { ceremony, response })).body.code ?? 'in';
    device.flags = 0x01;
    const touched = await begin();
    expect(await finish(touched.ceremony, device.get(touched.options))).toBe('access/sign-in-failed');
    device.flags = 0x05;
    device.counter = 0;
    const copied = await begin();
    expect(await finish(copied.ceremony, device.get(copied.options))).toBe('access/sign-in-failed');
    device.counter = 100;
    const late = await begin();
    at.advance(6 * MINUTE);
    expect(await finish(late.ceremony, device.get(late.options))).toBe('access/sign-in-failed');
    const good = await begin();
    expect(await finish(good.ceremony, device.get(good.options))).toBe('in');
  });

  it('may try to sign in ten times a minute from one address', async () => {
    const codes = [];
    for (let i = 0; i < 12; i++) codes.push((await ask(at.app, 'POST', '/api/sign-in/begin', {})).status);
    expect(codes).toEqual([...Array(10).fill(200), 429, 429]);
  });

  it('are counted by caller behind a proxy on this machine, and nobody else may say who calls', async () => {
    const { buildApp } = await import('../../src/server/index.ts');
    const origin = 'https://hudna.example';
    const app = await buildApp(at.house, { webDir: undefined, sample: null, record: null, origin });
    const begin = async (to: typeof app, forwarded: string, remoteAddress: string, from: string) =>
      (
        await to.inject({
          method: 'POST',
          url: '/api/sign-in/begin',
          payload: {},
          remoteAddress,
          headers: { origin: from, 'x-forwarded-for': forwarded },
        })
      ).statusCode;
    const behind = [];
    for (let i = 0; i < 12; i++) behind.push(await begin(app, `192.0.2.${i}`, '127.0.0.1', origin));
    expect(new Set(behind)).toEqual(new Set([200]));
    const outside = [];
    for (let i = 0; i < 12; i++) outside.push(await begin(app, `192.0.2.${i}`, '198.51.100.7', origin));
    expect(outside.slice(-2)).toEqual([429, 429]);
    const plain = [];
    for (let i = 0; i < 12; i++) plain.push(await begin(at.app, `192.0.2.${i}`, '127.0.0.1', ORIGIN));
    expect(plain.slice(-2)).toEqual([429, 429]);
    await app.close();
  });

  it('act only from a page of this server that has the session’s token', async () => {
    const person = await newPerson(at, 'Cell A', 'administrator');
    const payload = { name: 'Office 7', roles: ['analyst'] };
    const post = async (headers: Record<string, string>) =>
      (await ask(at.app, 'POST', '/api/people/invitations', payload, headers)).body.code ?? 'done';
    const { cookie, csrf } = person;
    expect(await post({ cookie })).toBe('access/bad-origin');
    expect(await post({ cookie, origin: 'https://evil.example', 'x-csrf-token': csrf })).toBe('access/bad-origin');
    expect(await post({ cookie, origin: 'null', 'x-csrf-token': csrf })).toBe('access/bad-origin');
    expect(await post({ cookie, origin: ORIGIN })).toBe('access/bad-csrf');
    const other = await newPerson(at, 'Cell A', 'administrator');
    expect(await post({ cookie, origin: ORIGIN, 'x-csrf-token': other.csrf })).toBe('access/bad-csrf');
    expect(await post({ cookie: `__Host-hudna=${'0'.repeat(64)}`, origin: ORIGIN, 'x-csrf-token': csrf })).toBe(
      'access/unauthorised',
    );
    expect(await post({ cookie: cookie.replace('__Host-', ''), origin: ORIGIN, 'x-csrf-token': csrf })).toBe(
      'access/unauthorised',
    );
    expect(await post(person.headers())).toBe('done');
    // Nobody is signed in from another site either.
    const foreign = await ask(at.app, 'POST', '/api/sign-in/begin', {}, { origin: 'https://evil.example' });
    expect(foreign.body.code).toBe('access/bad-origin');
  });

  it('are out after fifteen minutes of rest, and after eight hours without any', async () => {
    const person = await newPerson(at, 'Cell A', 'analyst');
    const isIn = async () => (await person.get('/api/sessions')).status === 200;
    at.advance(14 * MINUTE);
    expect(await isIn()).toBe(true);
    at.advance(14 * MINUTE);
    expect(await isIn()).toBe(true);
    at.advance(16 * MINUTE);
    expect(await isIn()).toBe(false);
    await person.signIn();
    for (let minutes = 0; minutes < 8 * 60; minutes += 10) {
      expect(await isIn()).toBe(true);
      at.advance(10 * MINUTE);
    }
    expect(await isIn()).toBe(false);
  });

  it('see their sessions, end them one by one, and leave', async () => {
    const person = await newPerson(at, 'Cell A', 'analyst');
    const first = person.cookie;
    await person.signIn();
    const { items } = (await person.get('/api/sessions')).body;
    expect(items).toHaveLength(2);
    expect(Object.keys(items[0])).toEqual(['id', 'current', 'createdAt', 'seenAt']);
    const old = items.find(({ current }: { current: boolean }) => !current);
    const stranger = await newPerson(at, 'Cell A', 'analyst');
    expect((await stranger.ask('DELETE', `/api/sessions/${old.id}`)).body.code).toBe('access/session-not-found');
    expect((await person.ask('DELETE', `/api/sessions/${old.id}`)).status).toBe(204);
    expect((await ask(at.app, 'GET', '/api/sessions', undefined, { cookie: first })).status).toBe(401);
    const left = await person.ask('POST', '/api/sign-out', {});
    expect([left.status, String(left.headers['set-cookie'])]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await person.get('/api/sessions')).status).toBe(401);
  });

  it('add a second passkey, and never remove the last', async () => {
    const person = await newPerson(at, 'Cell A', 'analyst');
    const second = new Authenticator(ORIGIN);
    const begun = (await person.ask('POST', '/api/passkeys/begin', {})).body;
    const { ceremony } = begun;
    const response = second.create(begun.options);
    const stranger = await newPerson(at, 'Cell A', 'analyst');
    expect((await stranger.ask('POST', '/api/passkeys/finish', { ceremony, response })).status).toBe(400);
    const add = async (sign: (statement: string, made: Authenticator) => object | null) => {
      const next = (await person.ask('POST', '/api/passkeys/begin', {})).body;
      const text = { account: person.id, agreement: at.house.instrument.id, credential: second.id };
      return person.ask('POST', '/api/passkeys/finish', {
        ceremony: next.ceremony,
        response: second.create(next.options),
        vouching: sign(`hudna-passkey/1\n${JSON.stringify(text)}\n`, second),
      });
    };
    // A session alone adds no key; nor does the new one for itself, a stranger's, or a signature over something else.
    for (const sign of [
      () => null,
      (text: string, made: Authenticator) => made.approve(text),
      (text: string) => stranger.device.approve(text),
      (text: string) => person.device.approve(`${text} `),
    ])
      expect((await add(sign)).body.code).toBe('access/passkey-needed');
    expect((await add((text) => person.device.approve(text))).status).toBe(201);
    const [entry] = (await entries('passkey.added')).slice(-1);
    expect(entry).toMatchObject({ visibility: 'open', content: { person: person.id, credential: second.id } });
    expect((await person.get('/api/passkeys')).body.items).toHaveLength(2);
    expect((await person.ask('DELETE', `/api/passkeys/${person.device.id}`)).status).toBe(204);
    expect((await person.signIn()).body.code).toBe('access/sign-in-failed');
    expect((await person.ask('DELETE', `/api/passkeys/${second.id}`)).body.code).toBe('access/last-passkey');
  });

  it('are invited, changed, removed and restored by an administrator of their own organisation alone', async () => {
    const admin = await newPerson(at, 'Cell M', 'administrator');
    const stranger = await newPerson(at, 'Cell N', 'administrator');
    const made = await admin.ask('POST', '/api/people/invitations', { name: 'Analyst 2', roles: ['analyst'] });
    expect(made.status).toBe(201);
    const analyst = new Person(at.app);
    await analyst.join(made.body.path.split('#')[1]);
    const mine = (await admin.get('/api/people')).body;
    expect(mine.people.map(({ name }: { name: string }) => name).sort()).toEqual(['Analyst 2', 'Office of Cell M']);
    const path = `/api/people/${analyst.id}`;
    for (const [method, url, body] of [
      ['PUT', `${path}/roles`, { roles: ['co_chair'] }],
      ['DELETE', path, undefined],
      ['POST', `${path}/restore`, {}],
      ['POST', `${path}/recovery`, {}],
    ] as const) {
      expect((await stranger.ask(method, url, body)).body.code, url).toBe('access/person-not-found');
      expect((await analyst.ask(method, url, body)).body.code, url).toBe('access/forbidden');
    }
    expect((await admin.ask('PUT', `${path}/roles`, { roles: ['operator'] })).body.code).toBe('access/bad-roles');
    expect((await admin.ask('PUT', `${path}/roles`, { roles: [] })).body.code).toBe('access/bad-roles');
    await admin.ask('PUT', `${path}/roles`, { roles: ['assessor', 'analyst'] });
    // A session that is open already has the new roles.
    expect((await analyst.get('/api/session')).body.signedIn.may).toContain('act.approve');
    await admin.ask('DELETE', path);
    expect((await analyst.get('/api/sessions')).status).toBe(401);
    expect((await analyst.signIn()).body.code).toBe('access/sign-in-failed');
    await admin.ask('POST', `${path}/restore`, {});
    expect((await analyst.signIn()).status).toBe(201);
    expect((await admin.ask('DELETE', `/api/people/${admin.id}`)).body.code).toBe('access/last-administrator');
    expect((await admin.ask('PUT', `/api/people/${admin.id}/roles`, { roles: ['analyst'] })).body.code).toBe(
      'access/last-administrator',
    );
  });

  it('are not let in by a link that was withdrawn or is three days old', async () => {
    const admin = await newPerson(at, 'Cell M', 'administrator');
    const link = async () =>
      (await admin.ask('POST', '/api/people/invitations', { name: 'Office 9', roles: ['analyst'] })).body;
    const [withdrawn, old] = [await link(), await link()];
    expect((await admin.ask('DELETE', `/api/people/invitations/${withdrawn.id}`)).status).toBe(204);
    const code = async ({ path }: { path: string }) =>
      (await new Person(at.app).join(path.split('#')[1] ?? '')).body.code;
    expect(await code(withdrawn)).toBe('access/bad-invitation');
    at.advance(73 * HOUR);
    expect(await code(old)).toBe('access/bad-invitation');
  });

  it('get a lost passkey back through two administrators, and the old ones end', async () => {
    const [first, second] = [
      await newPerson(at, 'Cell R', 'administrator'),
      await newPerson(at, 'Cell R', 'administrator'),
    ];
    const foreign = await newPerson(at, 'Cell S', 'administrator');
    const lost = await newPerson(at, 'Cell R', 'analyst');
    const recover = (who: Person, id = lost.id) => who.ask('POST', `/api/people/${id}/recovery`, {});
    expect((await recover(first)).body).toEqual({ state: 'open' });
    expect((await recover(first)).body.code).toBe('access/recovery-refused');
    expect((await recover(first, first.id)).body.code).toBe('access/recovery-refused');
    expect((await second.get('/api/people')).body.recoveries).toMatchObject([{ account: lost.id, mine: false }]);
    const agreed = await recover(second);
    expect(agreed.body.state).toBe('done');
    const again = new Person(at.app);
    expect((await again.join(agreed.body.path.split('#')[1])).status).toBe(201);
    expect(again.id).toBe(lost.id);
    expect((await lost.get('/api/sessions')).status).toBe(401);
    expect((await lost.signIn()).body.code).toBe('access/sign-in-failed');
    // A foreign administrator can be the second voice, never the first while the organisation has its own.
    expect((await recover(foreign)).body.code).toBe('access/person-not-found');
    await recover(first);
    expect((await recover(foreign)).body.state).toBe('done');
  });

  it('write one entry for each act', async () => {
    const admin = await newPerson(at, 'Cell T', 'administrator');
    const before = (await read(at.house.db, { agreement: at.house.instrument.id })).length;
    const { id } = (await admin.ask('POST', '/api/people/invitations', { name: 'Office 1', roles: ['monitor'] })).body;
    await admin.ask('DELETE', `/api/people/invitations/${id}`);
    await admin.ask('PUT', `/api/people/${admin.id}/roles`, { roles: ['administrator', 'custodian'] });
    await admin.signIn();
    await admin.ask('POST', '/api/sign-out', {});
    const after = await read(at.house.db, { agreement: at.house.instrument.id });
    expect(after.slice(before).map(({ kind }) => kind)).toEqual([
      'invitation.made',
      'invitation.withdrawn',
      'account.changed',
      'session.opened',
      'session.ended',
    ]);
    expect(after.slice(before).every(({ author }) => author === `person:${admin.id}`)).toBe(true);
  });

  it('are invited by the operator’s command in the open, where they administer', async () => {
    await invite(at.house.ctx(), { organisation: 'Cell U', name: 'Office 1', roles: ['administrator'] });
    await invite(at.house.ctx(), { organisation: 'Cell U', name: 'Office 2', roles: ['analyst'] });
    const made = (await entries('invitation.made')).slice(-2);
    expect(made.map(({ visibility }) => visibility)).toEqual(['open', 'sealed']);
  });
});

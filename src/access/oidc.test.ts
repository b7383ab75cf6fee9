/** Sign-in through a real issuer on loopback: who is let in, and every lie that it can tell. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../../test/support/house.ts';
import { Issuer, type Lie } from '../../test/support/issuer.ts';
import { ask, ORIGIN } from '../../test/support/person.ts';
import { read } from '../record/index.ts';
import { buildApp } from '../server/index.ts';
import { oidcFile } from './oidc.ts';
import { invite, removeAccount } from './people-service.ts';

describe('an organisation’s own sign-in', () => {
  let at: TestHouse;
  let app: FastifyInstance;
  const issuer = new Issuer();
  beforeAll(async () => {
    await issuer.start();
    at = await testHouse();
  });
  afterAll(async () => {
    await app?.close();
    await at.close();
    await issuer.stop();
  });
  beforeEach(async () => {
    await app?.close();
    issuer.lie = null;
    const provider = {
      id: 'cell-a',
      name: 'Cell A',
      organisation: 'Cell A',
      issuer: issuer.url,
      clientId: issuer.clientId,
      clientSecretFrom: null,
    };
    app = await buildApp(at.house, { webDir: undefined, sample: null, record: null, oidc: [provider] });
  });

  const linkFor = async (organisation = 'Cell A', roles = ['analyst']) =>
    (await invite(at.house.ctx(), { organisation, name: 'Office 3', roles })).secret;
  const start = async (secret: string | null = null) => {
    const { body, headers } = await ask(app, 'POST', '/api/oidc/cell-a/start', { secret });
    return { url: String(body.url), code: body.code, cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
  };
  const comeBack = async (back: URL, cookie: string) => {
    const answer = await app.inject({ url: `${back.pathname}${back.search}`, headers: { cookie } });
    const cookies = [answer.headers['set-cookie']].flat().map(String);
    return {
      status: answer.statusCode,
      location: answer.headers.location,
      session: cookies.find((one) => one.startsWith('__Host-hudna='))?.split(';')[0] ?? null,
    };
  };
  /** The whole way, as `subject`; the session's cookie or null. */
  const signIn = async (subject: string, secret: string | null = null) => {
    const { url, cookie } = await start(secret);
    return (await comeBack(issuer.approve(url, subject), cookie)).session;
  };
  const who = async (cookie: string) => (await ask(app, 'GET', '/api/session', undefined, { cookie })).body.signedIn;

  it('is off unless it is configured', async () => {
    const plain = await buildApp(at.house, { webDir: undefined, sample: null, record: null });
    expect((await ask(plain, 'POST', '/api/oidc/cell-a/start', {})).status).toBe(404);
    expect((await ask(plain, 'GET', '/api/session')).body.oidc).toEqual([]);
    await plain.close();
    expect((await ask(app, 'GET', '/api/session')).body.oidc).toEqual([{ id: 'cell-a', name: 'Cell A' }]);
    const file = (issuer: string) =>
      oidcFile.safeParse({ providers: [{ id: 'a', name: 'A', organisation: 'A', issuer, clientId: 'x' }] }).success;
    expect(['https://id.example', 'http://localhost:9', 'http://id.example', 'ftp://x'].map(file)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('lets an invited person in, and again, with a code and PKCE, and keeps no name of theirs', async () => {
    const { url, cookie } = await start(await linkFor());
    const asked = new URL(url).searchParams;
    expect([asked.get('response_type'), asked.get('code_challenge_method'), asked.get('scope')]).toEqual([
      'code',
      'S256',
      'openid',
    ]);
    expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/api/oidc/cell-a/callback`);
    const first = await comeBack(issuer.approve(url, 'subject-zq1'), cookie);
    expect([first.status, first.location]).toEqual([303, '/desk/account']);
    const me = await who(first.session ?? '');
    expect(me).toMatchObject({ name: 'Office 3', organisation: 'Cell A', roles: ['analyst'] });
    const again = await signIn('subject-zq1');
    expect((await who(again ?? '')).id).toBe(me.id);
    const dump = JSON.stringify([
      await at.house.db.rows('select * from oidc_subject'),
      await at.house.db.rows('select * from account'),
      await read(at.house.db, { agreement: at.house.instrument.id }),
    ]);
    expect(dump).not.toContain('subject-zq1');
  });

  it('lets nobody in whom nobody invited, and opens no second account', async () => {
    expect(await signIn('stranger')).toBeNull();
    expect(await signIn('subject-zq1', await linkFor())).toBeNull();
    const link = await linkFor();
    expect(await signIn('subject-zq2', link)).not.toBeNull();
    expect((await start(link)).code).toBe('access/bad-invitation');
  });

  it('vouches for people of its own organisation only, and for nobody who was removed', async () => {
    expect((await start(await linkFor('Cell B'))).code).toBe('access/bad-invitation');
    const cookie = await signIn('subject-zq3', await linkFor());
    const { id } = await who(cookie ?? '');
    await invite(at.house.ctx(), { organisation: 'Cell A', name: 'Office 9', roles: ['administrator'] });
    const actor = { kind: 'person', id: 'x', organisation: 'Cell A', role: 'administrator' } as const;
    await at.house.db.run(
      `insert into account (agreement_id, id, organisation_id, name, roles, created_at) values ($1, 'x', 'Cell A', 'X', '{administrator}', now()) on conflict do nothing`,
      [at.house.instrument.id],
    );
    await removeAccount(at.house.ctx(actor), id);
    expect(await signIn('subject-zq3')).toBeNull();
  });

  const lies: Lie[] = ['alg none', 'a symmetric key', 'another key'];
  it.each(lies)('refuses a token that is not signed, or with another key: %s', async (lie) => {
    expect(await signIn('subject-zq1')).not.toBeNull();
    issuer.lie = lie;
    expect(await signIn('subject-zq1')).toBeNull();
  });

  const others: Lie[] = [
    'expired',
    'wrong audience',
    'wrong issuer',
    'wrong nonce',
    'no nonce',
    'no subject',
    'no token',
  ];
  it.each(others)('refuses one that is too old, for somebody else, or of another issuer: %s', async (lie) => {
    issuer.lie = lie;
    expect(await signIn('subject-zq1')).toBeNull();
  });

  it('ends in the browser that began it, once, with the state that it was given', async () => {
    const { url, cookie } = await start();
    const back = issuer.approve(url, 'subject-zq1');
    const other = await start();
    const failed = { status: 303, location: '/desk/sign-in?failed=oidc', session: null };
    // Another browser's cookie, none, another state, an error instead of a code.
    expect(await comeBack(back, '')).toEqual(failed);
    expect(await comeBack(back, other.cookie)).toEqual(failed);
    const forged = new URL(back);
    forged.searchParams.set('state', 'guessed');
    expect(await comeBack(forged, cookie)).toEqual(failed);
    // The journey is used up by the forged one.
    expect(await comeBack(back, cookie)).toEqual(failed);
    const next = await start();
    const good = issuer.approve(next.url, 'subject-zq1');
    expect((await comeBack(good, next.cookie)).session).not.toBeNull();
    expect(await comeBack(good, next.cookie)).toEqual(failed);
    const late = await start();
    at.advance(11 * 60_000);
    expect(await comeBack(issuer.approve(late.url, 'subject-zq1'), late.cookie)).toEqual(failed);
  });

  it('says so when the issuer does not answer', async () => {
    const gone = {
      id: 'gone',
      name: 'G',
      organisation: 'G',
      issuer: 'http://127.0.0.1:9',
      clientId: 'x',
      clientSecretFrom: null,
    };
    const plain = await buildApp(at.house, { webDir: undefined, sample: null, record: null, oidc: [gone] });
    expect((await ask(plain, 'POST', '/api/oidc/gone/start', {})).body.code).toBe('access/oidc-unreachable');
    await plain.close();
  });
});

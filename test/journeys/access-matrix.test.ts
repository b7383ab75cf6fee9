/**
 * The full matrix: every address of the server × every role, as the token of a program and as a person's session, against
 * what the address declares; and docs/roles.md, which shows the same. On public addresses no role is answered more fields
 * than nobody is.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, createToken, PERSON_ROLES, ROLES, type Role, roleFor } from '../../src/access/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { inRepository } from '../support/needs.ts';
import { type Answer, ask, newPerson, type Person } from '../support/person.ts';

const SEALED = {
  id: 'sealed-1',
  source: { name: 'zqsealedsource', kind: 'ngo' },
  published: '2016-05-12',
  lang: 'en',
  title: 'zqsealedtitle',
  text: 'Artillery shelling hit the town of Azaz yesterday, zqsealedword.',
  visibility: 'sealed',
};
const OPEN = {
  ...SEALED,
  id: 'open-1',
  source: { name: 'First Wire', kind: 'newspaper' },
  title: 'open',
  text: 'An air strike hit the town of Daraya near Damascus yesterday, killing two people.',
  visibility: 'public',
};

/** What stands in the holes of an address, so that what is public has something to say. */
const HOLES: Readonly<Record<string, string>> = { ':day': '2016-05-11', ':number': '1', '*': '0/000' };
const FREE = ['public', 'signed-in'];

describe('who may do what', () => {
  let at: TestHouse;
  const tokens = new Map<Role, string>();
  const persons = new Map<Role, Person>();
  let incident = '';

  beforeAll(async () => {
    const made = await testHouse();
    const app = await buildApp(made.house, { webDir: undefined, sample: null, record: null });
    at = { ...made, app };
    await at.importText(`${JSON.stringify(SEALED)}\n${JSON.stringify(OPEN)}\n`, { visibility: 'sealed' });
    for (const role of ROLES) tokens.set(role, (await createToken(at.house.ctx(), 'Cell E', role)).token);
    for (const role of PERSON_ROLES) {
      // The limit on sign-ins is per app: each person joins through one of its own.
      const door = await buildApp(at.house, { webDir: undefined, sample: null, record: null });
      const person = await newPerson({ ...at, app: door }, 'Cell P', role);
      persons.set(role, person);
      await door.close();
    }
    incident = (await at.get<{ items: { id: string }[] }>('/api/incidents')).items[0]?.id ?? '';
  });
  afterAll(() => at.close());

  const filled = (url: string) =>
    url.replace(/:[a-z]+|\*/g, (hole) => HOLES[hole] ?? (url.startsWith('/api/incidents') ? incident : 'none'));
  const send = (method: string, url: string, headers: Record<string, string>): Promise<Answer> =>
    ask(at.app, method as 'GET', filled(url), method === 'GET' || method === 'DELETE' ? undefined : {}, headers);
  const isRefused = ({ body }: Answer) => ['access/unauthorised', 'access/forbidden'].includes(body?.code);

  it('is declared by every address, and docs/roles.md shows it', () => {
    expect(at.app.declared.filter(({ access }) => access === null)).toEqual([]);
    const lines = at.app.declared
      .filter(({ access, known }) => access !== 'public' || known !== null)
      .map(({ method, url, access, known }) => `| ${method} | ${url} | ${known ? `public, or ${known}` : access} |`)
      .sort();
    const page = readFileSync(inRepository('docs/roles.md'), 'utf8').split('<!-- routes -->')[1] ?? '';
    const rows = page.split('\n').filter((line) => /^\| (GET|POST|PUT|DELETE)/.test(line));
    expect(rows.map((line) => line.replace(/ +/g, ' ')).sort()).toEqual(lines);
  });

  it('covers everything that the OpenAPI document offers', async () => {
    const { paths } = await at.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    const offered = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{([^}]+)\}/g, ':$1')}`),
    );
    const declared = new Set(at.app.declared.map(({ method, url }) => `${method} ${url}`));
    expect(offered.length).toBeGreaterThan(30);
    expect(offered.filter((one) => !declared.has(one))).toEqual([]);
  });

  it('refuses nobody’s request, a false token’s and a false cookie’s, wherever a role is needed', async () => {
    for (const { method, url, access } of at.app.declared) {
      if (access === 'public') continue;
      const nobodies: Record<string, string>[] = [
        {},
        { authorization: 'Bearer hudna_00' },
        { cookie: `__Host-hudna=${'0'.repeat(64)}`, origin: 'http://localhost', 'x-csrf-token': 'x' },
      ];
      for (const headers of nobodies)
        expect((await send(method, url, headers)).body.code, `${method} ${url}`).toBe('access/unauthorised');
    }
  });

  it('asks every role at every address: tokens', async () => {
    for (const [role, token] of tokens) {
      for (const { method, url, access, known } of at.app.declared) {
        const answer = await send(method, url, { authorization: `Bearer ${token}` });
        // A program is no person: it has no session, and manages nobody.
        const forPersons = access === 'signed-in' || access === 'people.manage';
        const action = known ?? (access as Action);
        const isOpen = access === 'public' && known === null;
        const allowed = isOpen || (!forPersons && roleFor([role], action) !== null);
        expect(!isRefused(answer), `${role} ${method} ${url} ${JSON.stringify(answer.body).slice(0, 100)}`).toBe(
          allowed,
        );
      }
    }
  });

  it('asks every role at every address: persons', async () => {
    for (const [role, person] of persons) {
      for (const { method, url, access } of at.app.declared) {
        if (url === '/api/sign-out') continue;
        const answer = await send(method, url, person.headers());
        const allowed = FREE.includes(access ?? '') || roleFor([role], access as Action) !== null;
        expect(!isRefused(answer), `${role} ${method} ${url} ${JSON.stringify(answer.body).slice(0, 100)}`).toBe(
          allowed,
        );
      }
    }
  });

  it('gives a session nothing without its origin and its token', async () => {
    for (const [role, person] of persons) {
      for (const { method, url, access } of at.app.declared) {
        if (method === 'GET' || access === 'public') continue;
        const { code } = (await send(method, url, { cookie: person.cookie })).body;
        expect(code, `${role} ${method} ${url}`).toBe('access/bad-origin');
      }
    }
  });

  it('answers every role the same fields on public addresses, and nobody the words of a sealed report', async () => {
    let asked = 0;
    for (const { method, url, access, known } of at.app.declared) {
      if (method !== 'GET' || access !== 'public' || known || url === '/api/session' || url === '/health') continue;
      for (const address of [
        url,
        ...(url === '/api/reports/:id' ? ['/api/reports/sealed-1', '/api/reports/open-1'] : []),
      ]) {
        const nobody = await send(method, address, {});
        expect(JSON.stringify(nobody.body)).not.toContain('zqsealed');
        asked += 1;
        for (const person of persons.values()) {
          const theirs = await send(method, address, person.headers());
          expect(withoutNonce(theirs.body), address).toEqual(withoutNonce(nobody.body));
        }
        for (const token of tokens.values()) {
          const theirs = await send(method, address, { authorization: `Bearer ${token}` });
          expect(withoutNonce(theirs.body), address).toEqual(withoutNonce(nobody.body));
        }
      }
    }
    expect(asked).toBeGreaterThan(15);
  });

  it('answers these fields of persons, and no others', async () => {
    const admin = persons.get('administrator');
    const get = async (url: string) => (await ask(at.app, 'GET', url, undefined, admin?.headers())).body;
    const people = await get('/api/people');
    expect(Object.keys(people)).toEqual(['organisation', 'people', 'invitations', 'recoveries']);
    for (const one of people.people)
      expect(Object.keys(one)).toEqual(['id', 'name', 'roles', 'createdAt', 'removedAt']);
    const session = await get('/api/session');
    expect(Object.keys(session.signedIn)).toEqual(['id', 'name', 'organisation', 'roles', 'may', 'csrf']);
    const { items } = await get('/api/passkeys');
    expect(Object.keys(items[0])).toEqual(['id', 'thumbprint', 'createdAt', 'usedAt']);
  });
});

const withoutNonce = (body: unknown): unknown => (typeof body === 'string' ? body.replace(/nonce="[^"]*"/g, '') : body);

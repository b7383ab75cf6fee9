import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { type TestWorld, testWorld } from '../../../test/support/world.ts';
import type { Db } from '../../db/index.ts';
import {
  type Fields,
  idsOf,
  OIR,
  refOf,
  requests,
  somewhere,
  subOf,
  uuid,
  type Where,
} from '../testing/open-requests.ts';
import { type OpenServer, openServer, SCOPES, token } from '../testing/open-server.ts';

let db: Db;
let world: TestWorld;
let server: OpenServer;
const { sc, cm, cp, sa } = SCOPES;
const { volume, intentRequest, create: make } = requests(() => world.clock.now());
const create = (sub: string, where: Where, more: Fields = {}): Promise<Fields> => make(server, sub, where, more);

beforeAll(async () => {
  db = await testDatabase('airspace');
  world = testWorld(7, Date.parse('2026-11-25T12:00:00Z'));
  server = await openServer(world, db);
});
afterAll(async () => {
  await server.app.close();
  await db.close();
});

describe('tokens', () => {
  const get = (authorization?: string) =>
    server.app.inject({ url: `/dss/v1${OIR}/${uuid()}`, headers: authorization ? { authorization } : {} });
  it.each([
    ['none', async () => undefined, 401],
    ['nonsense', async () => 'Bearer x.y.z', 401],
    ['one of a stranger’s key', async () => `Bearer ${await token(world, 'a', sc, { forged: true })}`, 401],
    ['one for another audience', async () => `Bearer ${await token(world, 'a', sc, { audience: 'else' })}`, 401],
    ['a stale one', async () => `Bearer ${await token(world, 'a', sc, { expires: 1000 })}`, 401],
    ['one without a scope', async () => `Bearer ${await token(world, 'a', '')}`, 401],
    ['one with another scope', async () => `Bearer ${await token(world, 'a', cm)}`, 403],
    ['a good one', async () => `Bearer ${await token(world, 'a', sc)}`, 404],
    ['a good one among scopes', async () => `Bearer ${await token(world, 'a', `${cm} ${sc}`)}`, 404],
  ] as [string, () => Promise<string | undefined>, number][])('%s', async (_, make, status) => {
    expect((await get(await make())).statusCode).toBe(status);
  });

  it('refuses an unsigned token', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${part({ alg: 'none' })}.${part({ sub: 'a', scope: sc, aud: 'dss.example', exp: 9e9 })}.x`;
    expect((await get(`Bearer ${none}`)).statusCode).toBe(401);
  });
});

describe('an operational intent', () => {
  it('lives: created, read, found, changed, removed, with its implicit subscription', async () => {
    const where = somewhere();
    const id = uuid();
    const made = await server.call('uss1', sc, 'PUT', `${OIR}/${id}`, intentRequest(where));
    expect(made.status).toBe(201);
    const ref = refOf(made.body);
    expect(ref).toMatchObject({ id, manager: 'uss1', uss_availability: 'Unknown', version: 1, state: 'Accepted' });
    expect(ref.subscription_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const sub = await server.call('uss1', sc, 'GET', `/subscriptions/${ref.subscription_id}`);
    expect(subOf(sub.body)).toMatchObject({ implicit_subscription: true, dependent_operational_intents: [id] });
    const path = `/subscriptions/${ref.subscription_id}/${subOf(sub.body).version}`;
    expect((await server.call('uss1', sc, 'DELETE', path)).status).toBe(400);

    const mine = await server.call('uss1', sc, 'GET', `${OIR}/${id}`);
    expect(refOf(mine.body).ovn).toBe(ref.ovn);
    const theirs = await server.call('uss2', sc, 'GET', `${OIR}/${id}`);
    expect(refOf(theirs.body).ovn).toBe('Available from USS');
    expect((await server.call('uss1', cp, 'GET', `${OIR}/${id}`)).status).toBe(403);

    const change = { ...intentRequest(where, { state: 'Activated', key: [ref.ovn] }), new_subscription: undefined };
    const body = { ...change, subscription_id: ref.subscription_id };
    expect((await server.call('uss2', sc, 'PUT', `${OIR}/${id}/${ref.ovn}`, intentRequest(where))).status).toBe(403);
    expect((await server.call('uss1', sc, 'PUT', `${OIR}/${id}/${'x'.repeat(20)}`, body)).status).toBe(409);
    expect((await server.call('uss1', sc, 'PUT', `${OIR}/${id}`, intentRequest(where))).status).toBe(409);
    const changed = await server.call('uss1', sc, 'PUT', `${OIR}/${id}/${ref.ovn}`, body);
    expect({ status: changed.status, ref: refOf(changed.body) }).toMatchObject({
      status: 200,
      ref: { version: 2, state: 'Activated', subscription_id: ref.subscription_id },
    });

    const { ovn } = refOf(changed.body);
    expect((await server.call('uss2', sc, 'DELETE', `${OIR}/${id}/${ovn}`)).status).toBe(403);
    expect((await server.call('uss1', sc, 'DELETE', `${OIR}/${id}/${ref.ovn}`)).status).toBe(409);
    expect((await server.call('uss1', sc, 'DELETE', `${OIR}/${id}/${ovn}`)).status).toBe(200);
    expect((await server.call('uss1', sc, 'GET', `${OIR}/${id}`)).status).toBe(404);
    expect((await server.call('uss1', sc, 'DELETE', `${OIR}/${id}/${ovn}`)).status).toBe(404);
    expect((await server.call('uss1', sc, 'GET', `/subscriptions/${ref.subscription_id}`)).status).toBe(404);
  });

  it('is found by place, height and time, with open bounds', async () => {
    const where = somewhere();
    const ref = await create('uss1', { ...where, from: 20, to: 80, high: 120 });
    const query = async (area: Where): Promise<boolean> => {
      const { body } = await server.call('uss2', sc, 'POST', `${OIR}/query`, {
        area_of_interest: volume({ ...where, ...area }),
      });
      return idsOf(body.operational_intent_references).includes(String(ref.id));
    };
    expect(await query({ from: null, to: null, high: 5000 })).toBe(true);
    expect(await query({ from: 59, to: null })).toBe(true);
    expect(await query({ from: 81, to: null })).toBe(false);
    expect(await query({ from: null, to: 20 })).toBe(true);
    expect(await query({ from: null, to: 1 })).toBe(false);
    expect(await query({ low: 121, high: 200, from: null, to: null })).toBe(false);
    // 0.005° of latitude is 553 to 559 m: exact outlines, not cells, decide.
    expect(await query({ lat: where.lat + 0.005, radius: 260, from: null, to: null })).toBe(true);
    expect(await query({ lat: where.lat + 0.005, radius: 250, from: null, to: null })).toBe(false);
  });

  it('needs the OVNs of what it overlaps, and of nothing else', async () => {
    const where = somewhere();
    const first = await create('uss1', { ...where, low: 0, high: 19 });
    await create('uss1', { ...where, low: 20, high: 39 });
    const third = uuid();
    const missing = await server.call(
      'uss2',
      sc,
      'PUT',
      `${OIR}/${third}`,
      intentRequest({ ...where, low: 10, high: 19.5 }),
    );
    expect(missing.status).toBe(409);
    expect(missing.body.missing_operational_intents).toMatchObject([{ id: first.id, ovn: 'Available from USS' }]);
    expect(missing.body.missing_operational_intents).toHaveLength(1);
    expect(missing.body.missing_constraints).toBeUndefined();
    const known = intentRequest({ ...where, low: 10, high: 19.5 }, { key: [first.ovn] });
    expect((await server.call('uss2', sc, 'PUT', `${OIR}/${third}`, known)).status).toBe(201);
    const own = await server.call('uss1', sc, 'PUT', `${OIR}/${uuid()}`, intentRequest({ ...where, low: 0, high: 5 }));
    expect((own.body.missing_operational_intents as Fields[])[0]?.ovn).toBe(first.ovn);
  });

  it('is known by the height and time of the whole over each of its outlines', async () => {
    const where = somewhere();
    const aside = { ...where, lng: where.lng + 0.1 };
    // Flies low aside and high here; the other crosses here at a height between.
    const first = await create('uss1', where, {
      extents: [volume({ ...where, low: 600, high: 700 }), volume({ ...aside, low: 100, high: 200 })],
    });
    const second = await server.call(
      'uss2',
      sc,
      'PUT',
      `${OIR}/${uuid()}`,
      intentRequest({ ...where, low: 300, high: 400 }),
    );
    expect(idsOf(second.body.missing_operational_intents)).toEqual([first.id]);
    const above = await server.call(
      'uss2',
      sc,
      'PUT',
      `${OIR}/${uuid()}`,
      intentRequest({ ...where, low: 701, high: 800 }),
    );
    expect(above.status).toBe(201);
  });

  it('must know constraints too when its subscription asks for them', async () => {
    const where = somewhere();
    const request = { extents: [volume(where)], uss_base_url: 'https://uss.example/c' };
    const constraint = await server.call('auth', cm, 'PUT', `/constraint_references/${uuid()}`, request);
    expect(constraint.status).toBe(201);
    const wanting = { new_subscription: { uss_base_url: 'https://uss.example/s', notify_for_constraints: true } };
    const missing = await server.call('uss1', sc, 'PUT', `${OIR}/${uuid()}`, intentRequest(where, wanting));
    expect(missing.status).toBe(409);
    expect(missing.body.missing_constraints).toHaveLength(1);
    expect((await server.call('uss1', sc, 'PUT', `${OIR}/${uuid()}`, intentRequest(where))).status).toBe(201);
  });

  it('may be off nominal at once, but only with the scope for it', async () => {
    const where = somewhere();
    const ref = await create('uss1', where);
    await create('uss2', where, { key: [ref.ovn] });
    const body = {
      ...intentRequest(where),
      state: 'Nonconforming',
      new_subscription: undefined,
      subscription_id: ref.subscription_id,
    };
    expect((await server.call('uss1', sc, 'PUT', `${OIR}/${ref.id}/${ref.ovn}`, body)).status).toBe(403);
    expect((await server.call('uss1', `${sc} ${sa}`, 'PUT', `${OIR}/${ref.id}/${ref.ovn}`, body)).status).toBe(200);
  });

  it('may have no subscription while Accepted', async () => {
    const { new_subscription: _, ...request } = intentRequest(somewhere());
    const { status, body } = await server.call('uss1', sc, 'PUT', `${OIR}/${uuid()}`, request);
    expect({ status, id: refOf(body).subscription_id }).toEqual({
      status: 201,
      id: '00000000-0000-4000-8000-000000000000',
    });
  });

  const bad: [string, () => Fields | string][] = [
    ['one extent instead of a list', () => ({ ...intentRequest(), extents: volume() })],
    ['no extents', () => ({ ...intentRequest(), extents: [] })],
    ['no start', () => intentRequest({ from: null })],
    ['no end', () => intentRequest({ to: null })],
    ['an end in the past', () => intentRequest({ from: -120, to: -60 })],
    ['times the wrong way round', () => intentRequest({ from: 60, to: 0 })],
    ['heights upside down', () => intentRequest({ low: 100, high: 50 })],
    ['latitude 91', () => intentRequest({ lat: 91 })],
    ['longitude 181', () => intentRequest({ lng: 181 })],
    ['an area too large', () => intentRequest({ radius: 50_000 })],
    ['no radius', () => intentRequest({ radius: 0 })],
    ['http instead of https', () => ({ ...intentRequest(), uss_base_url: 'http://uss.example' })],
    ['no base address', () => ({ ...intentRequest(), uss_base_url: undefined })],
    ['a first state other than Accepted', () => ({ ...intentRequest(), state: 'Activated' })],
    ['an unknown state', () => ({ ...intentRequest(), state: 'Ended' })],
    ['two subscriptions', () => ({ ...intentRequest(), subscription_id: uuid() })],
    [
      'a subscription that is none',
      () => ({ ...intentRequest(), new_subscription: undefined, subscription_id: uuid() }),
    ],
    [
      'a subscription id that is none',
      () => ({ ...intentRequest(), new_subscription: undefined, subscription_id: 'x' }),
    ],
    ['a body that is not JSON', () => '{'],
  ];
  it.each(bad)('refuses %s with 400', async (_, make) => {
    const body = make();
    const authorization = `Bearer ${await token(world, 'uss1', sc)}`;
    const reply = await server.app.inject({
      method: 'PUT',
      url: `/dss/v1${OIR}/${uuid()}`,
      headers: { authorization, 'content-type': 'application/json' },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect({ status: reply.statusCode, message: typeof reply.json().message }).toEqual({
      status: 400,
      message: 'string',
    });
  });

  it.each([
    ['feet', { altitude_upper: { value: 100, units: 'FT', reference: 'W84' } }],
    ['mean sea level', { altitude_upper: { value: 100, units: 'M', reference: 'MSL' } }],
    [
      'both outlines',
      {
        outline_polygon: {
          vertices: [
            { lat: 12, lng: -34 },
            { lat: 12, lng: -33.9 },
            { lat: 12.1, lng: -34 },
          ],
        },
      },
    ],
    ['no outline', { outline_circle: undefined }],
    [
      'a polygon of one place',
      { outline_circle: undefined, outline_polygon: { vertices: [1, 2, 3].map(() => ({ lat: 1, lng: 1 })) } },
    ],
  ] as [string, Fields][])('refuses a query with %s', async (_, wrong) => {
    const area = volume();
    const body = { area_of_interest: { ...area, volume: { ...area.volume, ...wrong } } };
    expect((await server.call('uss1', sc, 'POST', `${OIR}/query`, body)).status).toBe(400);
  });

  it('refuses an id that is none, a query without a body, and answers other paths 404', async () => {
    expect((await server.call('uss1', sc, 'PUT', `${OIR}/not_uuid_format`, intentRequest())).status).toBe(400);
    expect((await server.call('uss1', sc, 'POST', `${OIR}/query`)).status).toBe(400);
    expect((await server.call('uss1', sc, 'GET', '/nothing')).status).toBe(404);
  });

  it('takes an intent over both poles and the antimeridian', async () => {
    for (const where of [
      { lat: 90, lng: 0 },
      { lat: -90, lng: 40 },
      { lat: 3, lng: 180 },
    ]) {
      const ref = await create('uss1', { ...where, radius: 200 });
      const near = {
        lat: Math.abs(where.lat) === 90 ? where.lat * 0.99999 : 3,
        lng: where.lng === 180 ? -179.999 : -100,
      };
      const { body } = await server.call('uss1', sc, 'POST', `${OIR}/query`, {
        area_of_interest: volume({ ...near, radius: 300 }),
      });
      expect(idsOf(body.operational_intent_references)).toContain(ref.id);
    }
  });
});

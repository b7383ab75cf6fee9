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
import { type OpenServer, openServer, SCOPES } from '../testing/open-server.ts';

let db: Db;
let world: TestWorld;
let server: OpenServer;
const { sc, cm, cp, sa, aa } = SCOPES;
const { at, volume, intentRequest, subscriptionRequest, create: make } = requests(() => world.clock.now());
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

describe('subscriptions', () => {
  it('are told who must be notified, with an index that counts, once a change', async () => {
    const where = somewhere();
    const first = await create('uss1', where);
    const id = uuid();
    const sub = await server.call(
      'uss2',
      sc,
      'PUT',
      `/subscriptions/${id}`,
      subscriptionRequest({ ...where, from: -1, to: 70 }),
    );
    expect({ status: sub.status, index: subOf(sub.body).notification_index }).toEqual({ status: 200, index: 0 });
    expect(sub.body.operational_intent_references).toMatchObject([{ id: first.id, ovn: 'Available from USS' }]);
    expect('constraint_references' in sub.body).toBe(false);

    const request = { ...intentRequest(where, { key: [first.ovn] }), new_subscription: undefined, subscription_id: id };
    const second = await server.call('uss2', sc, 'PUT', `${OIR}/${uuid()}`, request);
    expect(second.status).toBe(201);
    expect(second.body.subscribers).toEqual(
      expect.arrayContaining([
        { uss_base_url: 'https://uss.example/sub', subscriptions: [{ subscription_id: id, notification_index: 1 }] },
        {
          uss_base_url: 'https://uss.example/s',
          subscriptions: [{ subscription_id: first.subscription_id, notification_index: 2 }],
        },
      ]),
    );
    const version = subOf((await server.call('uss2', sc, 'GET', `/subscriptions/${id}`)).body).version;
    expect((await server.call('uss1', sc, 'GET', `/subscriptions/${id}`)).status).toBe(403);
    expect((await server.call('uss1', sc, 'DELETE', `/subscriptions/${id}/${version}`)).status).toBe(403);
    expect((await server.call('uss2', sc, 'DELETE', `/subscriptions/${id}/${version}`)).status).toBe(400);

    const renew = (change: Where, more: Fields = {}) =>
      server.call(
        'uss2',
        sc,
        'PUT',
        `/subscriptions/${id}/${version}`,
        subscriptionRequest({ ...where, from: -1, to: 61, ...change }, more),
      );
    expect((await renew({ from: 5 })).status).toBe(400);
    expect((await renew({ to: 59 })).status).toBe(400);
    expect((await renew({ low: 10 })).status).toBe(400);
    expect((await renew({ high: 10 })).status).toBe(400);
    expect((await renew({ radius: 250 })).status).toBe(400);
    expect((await renew({ lat: 0 })).status).toBe(400);
    expect((await renew({}, { notify_for_operational_intents: false })).status).toBe(400);
    const renewed = await renew({});
    expect({ status: renewed.status, index: subOf(renewed.body).notification_index }).toEqual({
      status: 200,
      index: 1,
    });
    expect((await renew({})).status).toBe(409);
    const { ovn, id: intent } = refOf(second.body);
    const gone = await server.call('uss2', sc, 'DELETE', `${OIR}/${intent}/${ovn}`);
    expect(JSON.stringify(gone.body.subscribers)).toContain(`"subscription_id":"${id}","notification_index":2`);
    expect(
      (await server.call('uss2', sc, 'DELETE', `/subscriptions/${id}/${subOf(renewed.body).version}`)).status,
    ).toBe(200);
  });

  it('hear of constraints when they ask to', async () => {
    const where = somewhere();
    const [deaf, keen] = [uuid(), uuid()];
    const asking = { notify_for_operational_intents: false, notify_for_constraints: true };
    await server.call('uss2', sc, 'PUT', `/subscriptions/${deaf}`, subscriptionRequest(where));
    await server.call('uss2', cp, 'PUT', `/subscriptions/${keen}`, subscriptionRequest(where, asking));
    const id = uuid();
    const request = { extents: [volume(where)], uss_base_url: 'https://uss.example/c' };
    for (const scope of [sc, cp, sa, aa]) {
      expect((await server.call('auth', scope, 'PUT', `/constraint_references/${id}`, request)).status).toBe(403);
    }
    const made = await server.call('auth', cm, 'PUT', `/constraint_references/${id}`, request);
    expect(made).toMatchObject({ status: 201, body: { constraint_reference: { id, version: 1, manager: 'auth' } } });
    expect(made.body.subscribers).toEqual([
      { uss_base_url: 'https://uss.example/sub', subscriptions: [{ subscription_id: keen, notification_index: 1 }] },
    ]);
    const { ovn } = made.body.constraint_reference as Fields;
    const read = await server.call('uss1', cp, 'GET', `/constraint_references/${id}`);
    expect((read.body.constraint_reference as Fields).ovn).toBe('Available from USS');
    expect((await server.call('auth', cm, 'PUT', `/constraint_references/${id}`, request)).status).toBe(409);
    const again = await server.call('auth', cm, 'PUT', `/constraint_references/${id}/${ovn}`, request);
    expect(again).toMatchObject({ status: 200, body: { constraint_reference: { version: 2 } } });
    const latest = (again.body.constraint_reference as Fields).ovn;
    expect((await server.call('auth', cm, 'DELETE', `/constraint_references/${id}/${latest}`)).status).toBe(200);
    expect((await server.call('auth', cm, 'GET', `/constraint_references/${id}`)).status).toBe(404);
  });

  it('last a day at most, begin now when not said, and ask for something', async () => {
    const put = (where: Where, more: Fields = {}) =>
      server.call('uss1', sc, 'PUT', `/subscriptions/${uuid()}`, subscriptionRequest(where, more));
    expect((await put({ from: 0, to: 24 * 60 + 1 })).status).toBe(400);
    expect((await put({ from: -10 })).status).toBe(400);
    expect((await put({}, { notify_for_operational_intents: false })).status).toBe(400);
    const open = await put({ from: null, to: null });
    expect(subOf(open.body)).toMatchObject({
      time_start: { value: new Date(world.clock.now()).toISOString().replace('Z', '000Z') },
    });
  });

  it('are found by their owner only', async () => {
    const where = somewhere();
    const id = uuid();
    await server.call('uss1', sc, 'PUT', `/subscriptions/${id}`, subscriptionRequest(where));
    const ask = async (sub: string) =>
      idsOf(
        (
          await server.call(sub, sc, 'POST', '/subscriptions/query', {
            area_of_interest: volume({ ...where, from: null, to: null }),
          })
        ).body.subscriptions,
      );
    expect(await ask('uss1')).toContain(id);
    expect(await ask('uss2')).not.toContain(id);
  });
});

describe('availability and reports', () => {
  it('changes under its version, and frees planners of the keys of one that is down', async () => {
    const where = somewhere();
    const ref = await create('ussDown', where);
    const unknown = await server.call('arbiter', aa, 'GET', '/uss_availability/ussDown');
    expect(unknown).toEqual({
      status: 200,
      body: { version: '', status: { uss: 'ussDown', availability: 'Unknown' } },
    });
    expect(
      (await server.call('arbiter', aa, 'PUT', '/uss_availability/ussDown', { availability: 'pUrPlE' })).status,
    ).toBe(400);
    const stale = { availability: 'normal', old_version: 'invalid' };
    expect((await server.call('arbiter', aa, 'PUT', '/uss_availability/ussDown', stale)).status).toBe(409);
    expect(
      (await server.call('ussDown', sc, 'PUT', '/uss_availability/ussDown', { availability: 'Down' })).status,
    ).toBe(403);
    const down = await server.call('arbiter', aa, 'PUT', '/uss_availability/ussDown', { availability: 'down' });
    expect(down).toMatchObject({ status: 200, body: { status: { availability: 'Down' } } });
    expect(refOf((await server.call('uss2', sc, 'GET', `${OIR}/${ref.id}`)).body).uss_availability).toBe('Down');
    expect((await server.call('uss2', sc, 'PUT', `${OIR}/${uuid()}`, intentRequest(where))).status).toBe(201);
  });

  it('keeps reports', async () => {
    const exchange = { url: 'https://x', method: 'GET', recorder_role: 'Client', request_time: at(0), problem: 'x' };
    const { status, body } = await server.call('uss1', sc, 'POST', '/reports', { exchange });
    expect({ status, id: typeof body.report_id }).toEqual({ status: 201, id: 'string' });
    expect((await server.call('uss1', sc, 'POST', '/reports', {})).status).toBe(400);
  });
});

describe('durability', () => {
  it('a second start on the same database knows what the first acknowledged', async () => {
    const where = somewhere();
    const ref = await create('uss1', where);
    const second = await openServer(world, db);
    const { body } = await second.call('uss1', sc, 'GET', `${OIR}/${ref.id}`);
    expect(refOf(body)).toEqual(ref);
    const missing = await second.call('uss2', sc, 'PUT', `${OIR}/${uuid()}`, intentRequest(where));
    expect(missing.status).toBe(409);
    await second.app.close();
  });

  it('of many simultaneous crossing intents with empty keys only one is accepted', async () => {
    const where = somewhere();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        server.call(`uss${i % 2}`, sc, 'PUT', `${OIR}/${uuid()}`, intentRequest(where)),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(39);
  });
});

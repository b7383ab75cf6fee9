import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Area,
  constraintBody,
  extent,
  intentBody,
  intentOf,
  type Json,
  minutes,
  ring,
  SCOPE,
  type Standard,
  standardServer,
  subscriptionBody,
  subscriptionOf,
} from '../testing/standard-client.ts';

// Wrong, odd and many requests as an outside suite of the standard sends them, on the durable database.

const { plan, constrain, readConstraints, offNominal, arbitrate } = SCOPE;
const OIR = '/operational_intent_references';
const CR = '/constraint_references';
const SUB = '/subscriptions';
let dss: Standard;
beforeAll(async () => {
  dss = await standardServer();
});
afterAll(() => dss.close());

let row = 0;
const place = (): { lat: number; lng: number } => ({ lat: -60 + 0.5 * row++, lng: -70 });
const area = (at: Area = {}): Json => ({ area_of_interest: extent(at) });

describe('credentials', () => {
  const id = randomUUID();
  const ends: [string, string, string, unknown, string[], string[]][] = [
    ['query intents', 'POST', `${OIR}/query`, area(), [plan, offNominal], [constrain, readConstraints, arbitrate]],
    ['read an intent', 'GET', `${OIR}/${id}`, undefined, [plan, offNominal], [constrain, readConstraints, arbitrate]],
    ['make an intent', 'PUT', `${OIR}/${id}`, {}, [plan, offNominal], [constrain, readConstraints, arbitrate]],
    ['change an intent', 'PUT', `${OIR}/${id}/x`, {}, [plan, offNominal], [constrain, readConstraints, arbitrate]],
    ['remove an intent', 'DELETE', `${OIR}/${id}/x`, undefined, [plan, offNominal], [constrain, readConstraints]],
    ['query constraints', 'POST', `${CR}/query`, area(), [constrain, readConstraints], [plan, offNominal, arbitrate]],
    ['read a constraint', 'GET', `${CR}/${id}`, undefined, [constrain, readConstraints], [plan, offNominal]],
    ['make a constraint', 'PUT', `${CR}/${id}`, {}, [constrain], [plan, readConstraints, offNominal, arbitrate]],
    ['change a constraint', 'PUT', `${CR}/${id}/x`, {}, [constrain], [plan, readConstraints, offNominal, arbitrate]],
    ['remove a constraint', 'DELETE', `${CR}/${id}/x`, undefined, [constrain], [plan, readConstraints, offNominal]],
    ['query subscriptions', 'POST', `${SUB}/query`, area(), [plan, readConstraints], [constrain, offNominal]],
    ['read a subscription', 'GET', `${SUB}/${id}`, undefined, [plan, readConstraints], [constrain, offNominal]],
    ['make a subscription', 'PUT', `${SUB}/${id}`, {}, [plan, readConstraints], [constrain, offNominal]],
    ['change a subscription', 'PUT', `${SUB}/${id}/x`, {}, [plan, readConstraints], [constrain, offNominal]],
    ['remove a subscription', 'DELETE', `${SUB}/${id}/x`, undefined, [plan, readConstraints], [constrain, offNominal]],
    ['report', 'POST', '/reports', {}, Object.values(SCOPE), ['utm.other']],
    ['read availability', 'GET', '/uss_availability/u', undefined, [arbitrate, plan, offNominal], [constrain]],
    ['set availability', 'PUT', '/uss_availability/u', {}, [arbitrate], [plan, constrain, readConstraints, offNominal]],
  ];
  it.each(ends)('to %s', async (_, method, path, body, good, bad) => {
    const refused = async (authorization: string | undefined, status: number): Promise<void> => {
      const reply = await dss.raw(authorization, method, path, body);
      expect({ status: reply.status, message: typeof reply.body.message }).toEqual({ status, message: 'string' });
    };
    const bearer = async (claims: Json, options = {}): Promise<string> =>
      `Bearer ${await dss.token('uss1', claims, options)}`;
    const [scope] = good;
    await refused(undefined, 401);
    await refused(await bearer({ scope }, { forged: true }), 401);
    await refused(await bearer({ scope }, { alg: 'HS256' }), 401);
    await refused(await bearer({ scope, exp: Math.floor(Date.now() / 1000) - 60 }), 401);
    await refused(await bearer({ scope, aud: 'another.example' }), 401);
    await refused(await bearer({}), 401);
    for (const wrong of bad) await refused(await bearer({ scope: wrong }), 403);
    for (const right of good) {
      const { status } = await dss.call('uss1', right, method, path, body);
      expect([200, 201, 400, 404, 409]).toContain(status);
    }
  });

  it('may name several audiences, and carry scopes beside the one that counts', async () => {
    const token = await dss.token('uss1', { scope: `${constrain} ${plan}`, aud: ['elsewhere', 'localhost'] });
    expect((await dss.raw(`Bearer ${token}`, 'POST', `${OIR}/query`, area())).status).toBe(200);
  });
});

describe('versions and OVNs that are empty, old or wrong', () => {
  it('remove and change nothing', async () => {
    const at = place();
    const id = randomUUID();
    const made = await dss.call('uss1', plan, 'PUT', `${OIR}/${id}`, intentBody(at));
    const { ovn, subscription_id } = intentOf(made.body);
    for (const end of ['', '/']) {
      const removed = await dss.call('uss1', plan, 'DELETE', `${OIR}/${id}${end}`);
      expect([400, 404, 409]).toContain(removed.status);
      const changed = await dss.call('uss1', plan, 'PUT', `${OIR}/${id}${end}`, intentBody(at));
      expect([400, 404, 409]).toContain(changed.status);
    }
    expect((await dss.call('uss1', plan, 'DELETE', `${OIR}/${id}/ThisIsAnIncorrectOvn`)).status).toBe(409);
    expect((await dss.call('uss1', plan, 'PUT', `${OIR}/${id}/ThisIsAnIncorrectOvn`, intentBody(at))).status).toBe(409);
    const next = await dss.call('uss1', plan, 'PUT', `${OIR}/${id}/${ovn}`, {
      ...intentBody(at),
      new_subscription: undefined,
      subscription_id,
    });
    expect(next.status).toBe(200);
    expect((await dss.call('uss1', plan, 'DELETE', `${OIR}/${id}/${ovn}`)).status).toBe(409);

    const sub = randomUUID();
    const kept = await dss.call('uss1', plan, 'PUT', `${SUB}/${sub}`, subscriptionBody(at));
    const { version } = subscriptionOf(kept.body);
    expect((await dss.call('uss1', plan, 'DELETE', `${SUB}/${sub}/`)).status).toBe(400);
    expect((await dss.call('uss1', plan, 'DELETE', `${SUB}/${sub}/notacorrectversion`)).status).toBe(409);
    expect((await dss.call('uss1', plan, 'PUT', `${SUB}/${sub}`, subscriptionBody(at))).status).toBe(409);
    expect((await dss.call('uss1', plan, 'PUT', `${SUB}/${sub}/notacorrectversion`, subscriptionBody(at))).status).toBe(
      409,
    );
    const again = await dss.call('uss1', plan, 'PUT', `${SUB}/${sub}/${version}`, subscriptionBody(at));
    expect({ status: again.status, same: subscriptionOf(again.body).version === version }).toEqual({
      status: 200,
      same: false,
    });
    expect((await dss.call('uss1', plan, 'DELETE', `${SUB}/${sub}/${version}`)).status).toBe(409);
    const last = subscriptionOf(again.body).version;
    expect((await dss.call('uss1', plan, 'DELETE', `${SUB}/${sub}/${last}`)).status).toBe(200);
    expect((await dss.call('uss1', plan, 'DELETE', `${SUB}/${sub}/${last}`)).status).toBe(404);
  });
});

describe('an intent is refused', () => {
  const withVolume = (change: Json): Json => {
    const one = extent(place());
    return intentBody({}, { extents: [{ ...one, volume: { ...one.volume, ...change } }] });
  };
  const polygon = (corners: readonly (readonly [number, number])[]): Json =>
    withVolume({ outline_circle: undefined, outline_polygon: ring(corners) });
  const thin = [1, 2, 3, 4].map((i) => [10 + (i % 2) * 1e-9, 20] as const);
  const cases: [string, () => unknown][] = [
    ['without a body', () => undefined],
    ['as a list', () => []],
    ['without extents', () => intentBody({}, { extents: undefined })],
    ['with extents of null', () => intentBody({}, { extents: null })],
    ['with one extent that is no list', () => intentBody({}, { extents: extent() })],
    ['with an extent of null', () => intentBody({}, { extents: [null] })],
    ['without a volume', () => intentBody({}, { extents: [{ ...extent(), volume: undefined }] })],
    ['without heights', () => withVolume({ altitude_lower: undefined, altitude_upper: undefined })],
    ['in feet', () => withVolume({ altitude_upper: { value: 900, units: 'FT', reference: 'W84' } })],
    ['above the sea', () => withVolume({ altitude_upper: { value: 900, units: 'M', reference: 'MSL' } })],
    ['with a height of text', () => withVolume({ altitude_upper: { value: '900', units: 'M', reference: 'W84' } })],
    ['with a radius below zero', () => intentBody({ radius: -1 })],
    [
      'with a radius in feet',
      () => withVolume({ outline_circle: { center: { lat: 1, lng: 1 }, radius: { value: 9, units: 'FT' } } }),
    ],
    [
      'with two outlines',
      () =>
        withVolume({
          outline_polygon: ring([
            [1, 1],
            [1, 2],
            [2, 1],
          ]),
        }),
    ],
    ['with no outline', () => withVolume({ outline_circle: undefined })],
    [
      'with two corners',
      () =>
        polygon([
          [1, 1],
          [1, 2],
        ]),
    ],
    [
      'with one corner three times',
      () =>
        polygon([
          [1, 1],
          [1, 1],
          [1, 1],
        ]),
    ],
    ['with corners on one line', () => polygon(thin)],
    [
      'with a crossing outline',
      () =>
        polygon([
          [10, 10],
          [10.1, 10.1],
          [10.1, 10],
          [10, 10.1],
        ]),
    ],
    [
      'with latitude beyond the pole',
      () =>
        polygon([
          [91, 10],
          [89, 10],
          [89, 11],
        ]),
    ],
    [
      'over half the Earth',
      () =>
        polygon([
          [10, 9.98],
          [10, 110],
          [11, 10],
        ]),
    ],
    ['too wide', () => intentBody({ radius: 28_300 })],
    [
      'in a time that is none',
      () => intentBody({}, { extents: [{ ...extent(), time_start: { value: 'soon', format: 'RFC3339' } }] }),
    ],
    [
      'in a time of another format',
      () => intentBody({}, { extents: [{ ...extent(), time_start: { ...minutes(5), format: 'UNIX' } }] }),
    ],
    [
      'on a day that does not exist',
      () =>
        intentBody({}, { extents: [{ ...extent(), time_end: { value: '2031-02-30T00:00:00Z', format: 'RFC3339' } }] }),
    ],
    ['when it is over', () => intentBody({ from: -1440, to: -1380 })],
    ['the wrong way round in time', () => intentBody({ from: 60, to: 10 })],
    ['without a base address', () => intentBody({}, { uss_base_url: '' })],
    ['with an unsafe base address', () => intentBody({}, { uss_base_url: 'http://one.example' })],
    [
      'with an unsafe address of its subscription',
      () => intentBody({}, { new_subscription: { uss_base_url: 'http://one.example' } }),
    ],
    ['in a first state other than Accepted', () => intentBody({}, { state: 'Activated' })],
    ['in a state that is none', () => intentBody({}, { state: 'Ended' })],
    ['without a state', () => intentBody({}, { state: undefined })],
    [
      'with a subscription id that is none',
      () => intentBody({}, { new_subscription: undefined, subscription_id: 'a0' }),
    ],
    [
      'with a subscription that does not exist',
      () => intentBody({}, { new_subscription: undefined, subscription_id: randomUUID().replaceAll('-', '') }),
    ],
    ['with an old and a new subscription', () => intentBody({}, { subscription_id: randomUUID() })],
    ['with a key that is no list', () => intentBody({}, { key: 'all' })],
  ];
  it.each(cases)('%s', async (_, body) => {
    const id = randomUUID();
    const reply = await dss.call('uss1', plan, 'PUT', `${OIR}/${id}`, body());
    expect({ status: reply.status, message: typeof reply.body.message }).toEqual({ status: 400, message: 'string' });
    expect((await dss.call('uss1', plan, 'GET', `${OIR}/${id}`)).status).toBe(404);
  });

  it.each(['not_uuid_format', 'a0', '00000000-0000-4000-8000-00000000000g'])('under the id %s', async (id) => {
    for (const [method, end] of [
      ['GET', ''],
      ['PUT', ''],
      ['PUT', '/x'],
      ['DELETE', '/x'],
    ] as const) {
      const body = method === 'PUT' ? intentBody(place()) : undefined;
      expect((await dss.call('uss1', plan, method, `${OIR}/${id}${end}`, body)).status).toBe(400);
      const sub = method === 'PUT' ? subscriptionBody(place()) : undefined;
      expect((await dss.call('uss1', plan, method, `${SUB}/${id}${end}`, sub)).status).toBe(400);
      const constraint = method === 'PUT' ? constraintBody(place()) : undefined;
      expect((await dss.call('auth', constrain, method, `${CR}/${id}${end}`, constraint)).status).toBe(400);
    }
  });

  it('never where only some of its volumes are over, or it lasts for years', async () => {
    const at = place();
    const body = intentBody([
      { ...at, from: -1440, to: -1380 },
      { ...at, lng: at.lng + 0.01, from: -60, to: 5_000_000 },
    ]);
    const reply = await dss.call('uss1', plan, 'PUT', `${OIR}/${randomUUID()}`, body);
    expect(reply.status).toBe(201);
  });

  it('nor for its size: ten thousand corners', async () => {
    const { lat, lng } = place();
    const corners = Array.from({ length: 10_000 }, (_, i) => {
      const turn = (i / 10_000) * 2 * Math.PI;
      return [lat + 0.05 * Math.sin(turn), lng + 0.05 * Math.cos(turn)] as const;
    });
    const one = extent({ lat, lng });
    const body = intentBody(
      {},
      { extents: [{ ...one, volume: { ...one.volume, outline_circle: undefined, outline_polygon: ring(corners) } }] },
    );
    expect((await dss.call('uss1', plan, 'PUT', `${OIR}/${randomUUID()}`, body)).status).toBe(201);
  });
});

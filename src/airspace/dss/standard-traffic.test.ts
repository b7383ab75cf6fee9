import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Area,
  extent,
  idsIn,
  intentBody,
  intentOf,
  type Json,
  minutes,
  SCOPE,
  type Standard,
  standardServer,
  subscriptionBody,
  subscriptionOf,
} from '../testing/standard-client.ts';

// Searches, subscriptions, clients that are down, many requests at once, reports: on the durable database, over HTTP.

const { plan, constrain, offNominal, arbitrate } = SCOPE;
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

describe('searches', () => {
  it('may look at what is past and at one instant, and not at too much', async () => {
    for (const [path, scope] of [
      [OIR, plan],
      [SUB, plan],
      [CR, constrain],
    ] as const) {
      const ask = async (where: Area) => (await dss.call('uss1', scope, 'POST', `${path}/query`, area(where))).status;
      expect(await ask({ from: -5_000_000, to: -4_000_000 })).toBe(200);
      expect(await ask({ from: 5, to: 5 })).toBe(200);
      expect(await ask({ low: -8000, high: -8000 })).toBe(200);
      expect(await ask({ radius: 28_000, from: null, to: null })).toBe(200);
      expect(await ask({ radius: 400_000 })).toBe(400);
      expect(await ask({ from: 5, to: 4 })).toBe(400);
      expect((await dss.call('uss1', scope, 'POST', `${path}/query`)).status).toBe(400);
      expect((await dss.call('uss1', scope, 'POST', `${path}/query`, {})).status).toBe(400);
      expect((await dss.call('uss1', scope, 'POST', `${path}/query`, '{"area_of_interest":')).status).toBe(400);
    }
  });

  it('find subscriptions by place and time together', async () => {
    const lat = 23;
    const spots: [string, Area][] = [
      [randomUUID(), { lat: lat - 0.09, lng: 56, radius: 100, low: 0, high: 300, from: null, to: 60 }],
      [randomUUID(), { lat, lng: 56, radius: 100, low: 350, high: 650, from: 120, to: 180 }],
      [randomUUID(), { lat: lat + 0.09, lng: 56, radius: 100, low: 700, high: 1000, from: 240, to: 300 }],
    ];
    for (const [id, where] of spots) {
      expect((await dss.call('uss1', plan, 'PUT', `${SUB}/${id}`, subscriptionBody(where))).status).toBe(200);
    }
    const find = async (where: Area): Promise<boolean[]> => {
      const asked = area({ lat, lng: 56, radius: 10_000, low: 0, high: 3000, from: null, to: null, ...where });
      const { body } = await dss.call('uss1', plan, 'POST', `${SUB}/query`, asked);
      return spots.map(([id]) => idsIn(body.subscriptions).includes(id));
    };
    expect(await find({})).toEqual([true, true, true]);
    expect(await find({ lat: lat - 0.09, radius: 50 })).toEqual([true, false, false]);
    expect(await find({ radius: 50 })).toEqual([false, true, false]);
    expect(await find({ from: 0, to: 1 })).toEqual([true, false, false]);
    expect(await find({ to: 1 })).toEqual([true, false, false]);
    expect(await find({ from: 240.5, to: 241 })).toEqual([false, false, true]);
    expect(await find({ from: 240.5 })).toEqual([false, false, true]);
    expect(await find({ lat: lat + 0.09, from: 0, to: 150 })).toEqual([false, true, false]);
    const { body } = await dss.call(
      'uss2',
      plan,
      'POST',
      `${SUB}/query`,
      area({ lat, lng: 56, radius: 10_000, from: null, to: null }),
    );
    expect(body.subscriptions).toEqual([]);
  });
});

describe('subscriptions', () => {
  const put = (where: Area, more: Json = {}) =>
    dss.call('uss1', plan, 'PUT', `${SUB}/${randomUUID()}`, subscriptionBody(where, more));
  it('take what is left open, and last a day at most', async () => {
    const hours = (reply: { body: Json }): number => {
      const { time_start, time_end } = subscriptionOf(reply.body) as Record<string, { value: string }>;
      return (Date.parse(time_end?.value ?? '') - Date.parse(time_start?.value ?? '')) / 3_600_000;
    };
    for (const where of [
      { from: null, to: null },
      { from: -0.2, to: null },
    ] as Area[]) {
      const open = await put(where);
      expect({ status: open.status, hours: hours(open) }).toEqual({ status: 200, hours: 24 });
    }
    expect((await put({ from: null, to: 45 })).status).toBe(200);
    expect((await put({ from: -1, to: 24 * 60 + 9 })).status).toBe(400);
    const day = randomUUID();
    const whole = subscriptionBody({ from: -1, to: 24 * 60 - 1.001 });
    const made = await dss.call('uss1', plan, 'PUT', `${SUB}/${day}`, whole);
    expect(made.status).toBe(200);
    const longer = { ...whole, extents: { ...(whole.extents as Json), time_end: minutes(24 * 60 + 9) } };
    const { version } = subscriptionOf(made.body);
    expect((await dss.call('uss1', plan, 'PUT', `${SUB}/${day}/${version}`, longer)).status).toBe(400);
  });

  it('may leave heights out, and notify of one thing or the other', async () => {
    const where = extent(place());
    const flat = { ...where, volume: { ...where.volume, altitude_lower: undefined, altitude_upper: undefined } };
    expect((await put({}, { extents: flat })).status).toBe(200);
    expect(
      (await put(place(), { notify_for_constraints: true, notify_for_operational_intents: undefined })).status,
    ).toBe(200);
    expect((await put(place(), { notify_for_operational_intents: undefined })).status).toBe(400);
    expect((await put(place(), { uss_base_url: 'http://two.example' })).status).toBe(400);
    expect(
      (await put(place(), { extents: { ...where, time_start: { value: 'something-invalid', format: 'RFC3339' } } }))
        .status,
    ).toBe(400);
    expect((await put({ from: -120, to: -60 })).status).toBe(400);
  });
});

describe('a client that is marked Down', () => {
  it('may neither plan nor withdraw until it is back, and may say that it is off nominal', async () => {
    const at = place();
    const set = async (availability: string) => {
      const { version } = (await dss.call('arbiter', arbitrate, 'GET', '/uss_availability/ussX')).body;
      const body = { availability, ...(version !== '' && { old_version: version }) };
      return dss.call('arbiter', arbitrate, 'PUT', '/uss_availability/ussX', body);
    };
    const id = randomUUID();
    const ref = intentOf((await dss.call('ussX', plan, 'PUT', `${OIR}/${id}`, intentBody(at))).body);
    expect(await set('normal')).toMatchObject({
      status: 200,
      body: { status: { uss: 'ussX', availability: 'Normal' } },
    });
    expect(
      (await dss.call('arbiter', arbitrate, 'PUT', '/uss_availability/ussX', { availability: 'Down', old_version: '' }))
        .status,
    ).toBe(409);
    expect((await set('down')).body.status).toEqual({ uss: 'ussX', availability: 'Down' });
    const seen = await dss.call('uss2', plan, 'GET', `${OIR}/${id}`);
    expect(intentOf(seen.body).uss_availability).toBe('Down');
    const change = (state: string) => ({
      ...intentBody(at),
      state,
      new_subscription: undefined,
      subscription_id: ref.subscription_id,
    });
    const path = `${OIR}/${id}/${ref.ovn}`;
    expect((await dss.call('ussX', plan, 'PUT', `${OIR}/${randomUUID()}`, intentBody(place()))).status).toBe(412);
    expect((await dss.call('ussX', plan, 'PUT', path, change('Activated'))).status).toBe(412);
    expect((await dss.call('ussX', plan, 'DELETE', path)).status).toBe(412);
    // Another may plan through its Accepted intent without having reached it, and is told whom to ask as ever.
    expect((await dss.call('uss2', plan, 'PUT', `${OIR}/${randomUUID()}`, intentBody(at))).status).toBe(201);
    const off = await dss.call('ussX', `${plan} ${offNominal}`, 'PUT', path, change('Nonconforming'));
    expect(off.status).toBe(200);
    expect((await set('Normal')).status).toBe(200);
    expect((await dss.call('ussX', plan, 'DELETE', `${OIR}/${id}/${intentOf(off.body).ovn}`)).status).toBe(200);
  });
});

describe('many at once', () => {
  it('twenty intents apart in place, height or time are made, read, found, changed and removed together', async () => {
    const at = (i: number): Area =>
      i < 7
        ? { lat: -56 - 0.1 * i, lng: 178, radius: 50, high: 120, from: 20, to: 80 }
        : i < 14
          ? { lat: -56, lng: 178.2, radius: 50, low: 20 * i, high: 20 * i + 19, from: 20, to: 80 }
          : { lat: -56, lng: 178.4, radius: 50, high: 120, from: 20 + 10 * i, to: 29 + 10 * i };
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const all = <Of>(work: (id: string, i: number) => Promise<Of>): Promise<Of[]> => Promise.all(ids.map(work));
    const made = await all((id, i) => dss.call('uss1', plan, 'PUT', `${OIR}/${id}`, intentBody(at(i))));
    expect(made.map(({ status }) => status)).toEqual(ids.map(() => 201));
    const read = await all((id) => dss.call('uss1', plan, 'GET', `${OIR}/${id}`));
    expect(read.map(({ body }) => intentOf(body))).toEqual(made.map(({ body }) => intentOf(body)));
    const found = await Promise.all(
      [178, 178.2, 178.4].flatMap((lng) =>
        [-56, -56.3, -56.6].map((lat) =>
          dss.call(
            'uss2',
            plan,
            'POST',
            `${OIR}/query`,
            area({ lat, lng, radius: 20_000, high: 5000, from: null, to: null }),
          ),
        ),
      ),
    );
    const seen = new Set(found.flatMap(({ body }) => idsIn(body.operational_intent_references)));
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    const changed = await all((id, i) => {
      const { ovn, subscription_id } = intentOf(made[i]?.body ?? {});
      const body = {
        ...intentBody(at(i)),
        state: 'Activated',
        key: [ovn],
        new_subscription: undefined,
        subscription_id,
      };
      return dss.call('uss1', plan, 'PUT', `${OIR}/${id}/${ovn}`, body);
    });
    expect(changed.map(({ status, body }) => [status, intentOf(body).version])).toEqual(ids.map(() => [200, 2]));
    await dss.restart();
    const kept = await all((id) => dss.call('uss1', plan, 'GET', `${OIR}/${id}`));
    expect(kept.map(({ body }) => intentOf(body))).toEqual(changed.map(({ body }) => intentOf(body)));
    const gone = await all((id, i) =>
      dss.call('uss1', plan, 'DELETE', `${OIR}/${id}/${intentOf(changed[i]?.body ?? {}).ovn}`),
    );
    expect(gone.map(({ status }) => status)).toEqual(ids.map(() => 200));
    expect((await all((id) => dss.call('uss1', plan, 'GET', `${OIR}/${id}`))).map(({ status }) => status)).toEqual(
      ids.map(() => 404),
    );
  });
});

describe('reports', () => {
  it('are taken from every kind of client, with an id of the server’s', async () => {
    const exchange = {
      url: 'https://one.example/uss/v1/operational_intents/x',
      method: 'GET',
      recorder_role: 'Client',
      request_time: minutes(0),
      problem: 'no answer',
    };
    const ids = new Set<unknown>();
    for (const scope of Object.values(SCOPE)) {
      const { status, body } = await dss.call('uss1', scope, 'POST', '/reports', { report_id: 'mine', exchange });
      expect({ status, kept: body.exchange }).toEqual({ status: 201, kept: exchange });
      ids.add(body.report_id);
    }
    expect(ids.size).toBe(5);
    expect((await dss.call('uss1', plan, 'POST', '/reports')).status).toBe(400);
  });
});

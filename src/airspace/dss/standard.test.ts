import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Area,
  constraintBody,
  constraintOf,
  extent,
  idsIn,
  indexTold,
  intentBody,
  intentOf,
  type Json,
  SCOPE,
  type Standard,
  standardServer,
  subscriptionBody,
  subscriptionOf,
} from '../testing/standard-client.ts';

// What an outside suite of the standard asks of a server, told as whole stories over HTTP on the durable database.

const { plan, constrain, readConstraints } = SCOPE;
const OIR = '/operational_intent_references';
const CR = '/constraint_references';
const SUB = '/subscriptions';
let dss: Standard;
beforeAll(async () => {
  dss = await standardServer();
});
afterAll(() => dss.close());

let row = 0;
/** A place that no other test uses. */
const place = (): { lat: number; lng: number } => ({ lat: -60 + 0.5 * row++, lng: 33 });

async function made(who: string, area: Area | Area[], more: Json = {}): Promise<{ id: string; ref: Json; body: Json }> {
  const id = randomUUID();
  const { status, body } = await dss.call(who, plan, 'PUT', `${OIR}/${id}`, intentBody(area, more));
  expect({ status, body }).toMatchObject({ status: 201 });
  return { id, ref: intentOf(body), body };
}

async function subscribed(who: string, area: Area, more: Json = {}): Promise<{ id: string; sub: Json; body: Json }> {
  const id = randomUUID();
  const { status, body } = await dss.call(who, plan, 'PUT', `${SUB}/${id}`, subscriptionBody(area, more));
  expect({ status, body }).toMatchObject({ status: 200 });
  return { id, sub: subscriptionOf(body), body };
}

const sameInstant = (wire: unknown, asked: unknown): void =>
  expect(Date.parse((wire as { value: string }).value)).toBe(Date.parse((asked as { value: string }).value));

describe('two planners at a pole', () => {
  it('go through the whole life of two crossing intents, one with a subscription of its own', async () => {
    const [one, two] = [
      { lat: 90, lng: 0, from: 0, to: 60 },
      { lat: 89.999, lng: 0, from: 0.02, to: 60 },
    ];
    const look = { lat: 89.999, lng: 180, radius: 300, high: 5000, from: 0, to: 60 };
    const find = async (who: string) =>
      (await dss.call(who, plan, 'POST', `${OIR}/query`, { area_of_interest: extent(look) })).body
        .operational_intent_references as Json[];
    expect(await find('uss1')).toEqual([]);

    const first = await made('uss1', one);
    const implicit = String(first.ref.subscription_id);
    const held = await dss.call('uss1', plan, 'GET', `${SUB}/${implicit}`);
    const path = `${SUB}/${implicit}/${subscriptionOf(held.body).version}`;
    expect([400, 409]).toContain((await dss.call('uss1', plan, 'DELETE', path)).status);
    expect((await dss.call('uss2', plan, 'DELETE', `${OIR}/${first.id}/${first.ref.ovn}`)).status).toBe(403);

    const second = randomUUID();
    const bare = { ...intentBody(two), new_subscription: undefined, uss_base_url: 'https://two.example/uss' };
    expect([400, 409]).toContain((await dss.call('uss2', plan, 'PUT', `${OIR}/${second}`, bare)).status);

    const own = await subscribed('uss2', { ...two, from: 0, to: 70, radius: 250, high: 1000 });
    expect(own.sub.notification_index).toBe(0);
    expect(own.body.operational_intent_references).toMatchObject([{ id: first.id, ovn: 'Available from USS' }]);
    const body = { ...bare, subscription_id: own.id };
    const refused = await dss.call('uss2', plan, 'PUT', `${OIR}/${second}`, body);
    expect({ status: refused.status, ids: idsIn(refused.body.missing_operational_intents) }).toEqual({
      status: 409,
      ids: [first.id],
    });
    expect(JSON.stringify(refused.body)).not.toContain(String(first.ref.ovn));
    const taken = await dss.call('uss2', plan, 'PUT', `${OIR}/${second}`, { ...body, key: [first.ref.ovn] });
    expect(taken.status).toBe(201);
    expect(indexTold(taken.body, own.id)).toBe(1);
    expect(indexTold(taken.body, implicit)).toBeGreaterThan(0);
    const secondOvn = intentOf(taken.body).ovn;

    for (const [who, mine, theirs] of [
      ['uss1', first.id, second],
      ['uss2', second, first.id],
    ] as const) {
      const seen = new Map((await find(who)).map((ref) => [ref.id, ref.ovn]));
      expect(seen.get(mine)).not.toBe('Available from USS');
      expect(seen.get(theirs)).toBe('Available from USS');
    }

    const change = { ...intentBody(one), new_subscription: undefined, subscription_id: implicit };
    const at = `${OIR}/${first.id}/${first.ref.ovn}`;
    for (const key of [[], [first.ref.ovn], ['nonsense']]) {
      const bad = await dss.call('uss1', plan, 'PUT', at, { ...change, key });
      expect({ status: bad.status, ids: idsIn(bad.body.missing_operational_intents) }).toEqual({
        status: 409,
        ids: [second],
      });
      expect(JSON.stringify(bad.body)).not.toContain(String(secondOvn));
    }
    const changed = await dss.call('uss1', plan, 'PUT', at, { ...change, key: [first.ref.ovn, secondOvn] });
    expect(changed).toMatchObject({
      status: 200,
      body: { operational_intent_reference: { version: 2, subscription_id: implicit } },
    });
    expect(indexTold(changed.body, own.id)).toBe(2);

    expect((await dss.call('uss2', plan, 'DELETE', `${SUB}/${own.id}/${own.sub.version}`)).status).toBe(400);
    const cover = { ...two, from: -1, to: 61, high: 200 };
    const renew = (area: Area, more: Json = {}, version = `/${own.sub.version}`) =>
      dss.call('uss2', plan, 'PUT', `${SUB}/${own.id}${version}`, subscriptionBody({ ...cover, ...area }, more));
    expect((await renew({}, { notify_for_operational_intents: false }, '')).status).toBe(400);
    expect((await renew({ high: 400, from: 5 })).status).toBe(400);
    expect((await renew({ high: 400, to: 0 })).status).toBe(400);
    expect((await renew({ high: 400, low: 10 })).status).toBe(400);
    expect((await renew({ high: 10 })).status).toBe(400);
    expect((await renew({ high: 400, lat: 45 })).status).toBe(400);
    const renewed = await renew({ high: 400 });
    expect(renewed.status).toBe(200);
    expect(subscriptionOf(renewed.body).notification_index).toBe(2);
    const listed = new Map((renewed.body.operational_intent_references as Json[]).map((ref) => [ref.id, ref.ovn]));
    expect([listed.get(first.id), listed.get(second)]).toEqual(['Available from USS', secondOvn]);

    const gone = await dss.call('uss1', plan, 'DELETE', `${OIR}/${first.id}/${intentOf(changed.body).ovn}`);
    expect({ status: gone.status, told: indexTold(gone.body, own.id) }).toEqual({ status: 200, told: 3 });
    expect((await dss.call('uss1', plan, 'GET', `${SUB}/${implicit}`)).status).toBe(404);
    const also = await dss.call('uss2', plan, 'DELETE', `${OIR}/${second}/${secondOvn}`);
    expect({ status: also.status, told: indexTold(also.body, own.id) }).toEqual({ status: 200, told: 4 });
    expect(intentOf(also.body).subscription_id).toBe(own.id);
    const version = subscriptionOf((await dss.call('uss2', plan, 'GET', `${SUB}/${own.id}`)).body).version;
    expect((await dss.call('uss2', plan, 'DELETE', `${SUB}/${own.id}/${version}`)).status).toBe(200);
  });
});

describe('implicit subscriptions', () => {
  it('become the client’s own once it has changed them, and outlive the intent', async () => {
    const at = { ...place(), low: 0, high: 1000, radius: 500, from: 20, to: 80 };
    const { id, ref } = await made('uss1', at);
    const sub = String(ref.subscription_id);
    const version = async () => subscriptionOf((await dss.call('uss1', plan, 'GET', `${SUB}/${sub}`)).body).version;
    const change = async (area: Area) =>
      dss.call(
        'uss1',
        plan,
        'PUT',
        `${SUB}/${sub}/${await version()}`,
        subscriptionBody({ ...at, ...area }, { notify_for_constraints: true }),
      );
    expect((await change({ radius: 50 })).status).toBe(400);
    expect((await change({ low: 200 })).status).toBe(400);
    expect((await change({ to: 60 })).status).toBe(400);
    const asked = subscriptionBody(at, { notify_for_constraints: true });
    const kept = await dss.call('uss1', plan, 'PUT', `${SUB}/${sub}/${await version()}`, asked);
    expect(kept.status).toBe(200);
    sameInstant(subscriptionOf(kept.body).time_start, (asked.extents as Json).time_start);
    sameInstant(subscriptionOf(kept.body).time_end, (asked.extents as Json).time_end);
    expect((await dss.call('uss1', plan, 'DELETE', `${OIR}/${id}/${ref.ovn}`)).status).toBe(200);
    expect((await dss.call('uss1', plan, 'DELETE', `${SUB}/${sub}/${await version()}`)).status).toBe(200);
    expect((await dss.call('uss1', plan, 'GET', `${SUB}/${sub}`)).status).toBe(404);
  });

  it('are replaced, widened, shared and let go of as the intents ask', async () => {
    const at = place();
    const a = await made('uss1', { ...at, from: 10, to: 90 });
    const old = a.ref.subscription_id;
    const b = await made('uss1', { ...at, from: 60, to: 90 }, { key: [a.ref.ovn], new_subscription: undefined });
    expect(b.ref.subscription_id).toBe('00000000-0000-4000-8000-000000000000');
    expect(indexTold(b.body, old)).toBeGreaterThan(0);
    // A new implicit subscription instead of the old one, for a shorter time.
    const moved = await dss.call(
      'uss1',
      plan,
      'PUT',
      `${OIR}/${a.id}/${a.ref.ovn}`,
      intentBody({ ...at, from: 10, to: 40 }),
    );
    expect(moved.status).toBe(200);
    const fresh = String(intentOf(moved.body).subscription_id);
    expect(fresh).not.toBe(old);
    expect((await dss.call('uss1', plan, 'GET', `${SUB}/${old}`)).status).toBe(404);
    const held = subscriptionOf((await dss.call('uss1', plan, 'GET', `${SUB}/${fresh}`)).body);
    sameInstant(held.time_end, intentOf(moved.body).time_end);
    // Widened with its intent.
    const wide = { ...intentBody({ ...at, from: 10, to: 55 }), new_subscription: undefined, subscription_id: fresh };
    const wider = await dss.call('uss1', plan, 'PUT', `${OIR}/${a.id}/${intentOf(moved.body).ovn}`, wide);
    expect(wider.status).toBe(200);
    const now = subscriptionOf((await dss.call('uss1', plan, 'GET', `${SUB}/${fresh}`)).body);
    expect(Date.parse((now.time_end as { value: string }).value)).toBeGreaterThanOrEqual(
      Date.parse((intentOf(wider.body).time_end as { value: string }).value),
    );
    // Attached to the other intent too, which widens it again; then each lets go.
    const ovn = intentOf(wider.body).ovn;
    const share = { ...intentBody({ ...at, from: 60, to: 90 }), new_subscription: undefined, subscription_id: fresh };
    const shared = await dss.call('uss1', plan, 'PUT', `${OIR}/${b.id}/${b.ref.ovn}`, share);
    expect({ status: shared.status, sub: intentOf(shared.body).subscription_id }).toEqual({ status: 200, sub: fresh });
    expect(
      ((await dss.call('uss1', plan, 'GET', `${SUB}/${fresh}`)).body.subscription as Json)
        .dependent_operational_intents,
    ).toEqual(expect.arrayContaining([a.id, b.id]));
    expect((await dss.call('uss1', plan, 'DELETE', `${OIR}/${a.id}/${ovn}`)).status).toBe(200);
    expect((await dss.call('uss1', plan, 'GET', `${SUB}/${fresh}`)).status).toBe(200);
    const none = { ...intentBody({ ...at, from: 60, to: 90 }), new_subscription: undefined };
    const free = await dss.call('uss1', plan, 'PUT', `${OIR}/${b.id}/${intentOf(shared.body).ovn}`, none);
    expect(free.status).toBe(200);
    expect((await dss.call('uss1', plan, 'GET', `${SUB}/${fresh}`)).status).toBe(404);
  });

  it('give way to one of the client’s own that covers the intent, and to none that does not', async () => {
    const at = place();
    const intent = await made('uss1', { ...at, from: 10, to: 40 });
    const short = await subscribed('uss1', { ...at, from: 0, to: 39, high: 1000, radius: 400 });
    const whole = await subscribed('uss1', { ...at, from: 0, to: 60, high: 1000, radius: 400 });
    const other = await subscribed('uss2', { ...at, from: 0, to: 60, high: 1000, radius: 400 });
    const use = (subscription_id: string) =>
      dss.call('uss1', plan, 'PUT', `${OIR}/${intent.id}/${intent.ref.ovn}`, {
        ...intentBody({ ...at, from: 10, to: 40 }),
        new_subscription: undefined,
        subscription_id,
      });
    expect((await use(short.id)).status).toBe(400);
    expect((await use(other.id)).status).toBe(403);
    expect((await use(randomUUID())).status).toBe(400);
    const used = await use(whole.id);
    expect({ status: used.status, sub: intentOf(used.body).subscription_id }).toEqual({ status: 200, sub: whole.id });
    expect((await dss.call('uss1', plan, 'GET', `${SUB}/${intent.ref.subscription_id}`)).status).toBe(404);
  });
});

describe('keys', () => {
  it('must prove knowledge of all that overlaps, and of nothing once it is apart in place, height or time', async () => {
    const at = place();
    const early = await made('uss1', { ...at, from: -0.2, to: 20 });
    const late = await made('uss1', { ...at, from: 80, to: 100 });
    const tries = async (area: Area, key: unknown[] = []) => {
      const body = intentBody({ ...at, ...area }, { key, new_subscription: undefined });
      const reply = await dss.call('uss2', plan, 'PUT', `${OIR}/${randomUUID()}`, body);
      return { status: reply.status, ids: idsIn(reply.body.missing_operational_intents).sort() };
    };
    expect(await tries({ from: -0.2, to: 20 })).toEqual({ status: 409, ids: [early.id] });
    expect(await tries({ from: 80, to: 100 })).toEqual({ status: 409, ids: [late.id] });
    expect(await tries({ from: 10, to: 90 })).toEqual({ status: 409, ids: [early.id, late.id].sort() });
    expect(await tries({ from: 10, to: 90 }, [early.ref.ovn])).toEqual({ status: 409, ids: [late.id] });
    expect(await tries({ from: 21, to: 79 })).toEqual({ status: 201, ids: [] });
    expect(await tries({ from: 0, to: 20, low: 401, high: 500 })).toEqual({ status: 201, ids: [] });
    expect(await tries({ from: 0, to: 20, lng: at.lng + 0.1 })).toEqual({ status: 201, ids: [] });
    expect(await tries({ from: 30, to: 70, low: 600, high: 700 })).toEqual({ status: 201, ids: [] });
  });

  it('take a refused change as no change', async () => {
    const at = place();
    const mine = await made('uss1', { ...at, from: 10, to: 20 });
    await made('uss2', { ...at, from: 40, to: 60 });
    const body = intentBody({ ...at, from: 10, to: 50 }, { uss_base_url: 'https://elsewhere.example' });
    const before = await dss.call('uss1', plan, 'GET', `${OIR}/${mine.id}`);
    expect((await dss.call('uss1', plan, 'PUT', `${OIR}/${mine.id}/${mine.ref.ovn}`, body)).status).toBe(409);
    expect(await dss.call('uss1', plan, 'GET', `${OIR}/${mine.id}`)).toEqual(before);
    const wrong = await dss.call('uss1', plan, 'PUT', `${OIR}/${mine.id}/ThisIsNoOvn`, body);
    expect({ status: wrong.status, message: typeof wrong.body.message }).toEqual({ status: 409, message: 'string' });
  });
});

describe('constraints', () => {
  it('are told to those who subscribe to them, under a count of their own', async () => {
    const at = { ...place(), from: 0, to: 60 };
    const subs = [
      await subscribed('uss2', { ...at, radius: 300 }),
      await subscribed(
        'uss2',
        { ...at, radius: 300 },
        { notify_for_operational_intents: false, notify_for_constraints: true },
      ),
      await subscribed('uss2', { ...at, radius: 300 }, { notify_for_constraints: true }),
    ] as const;
    const id = randomUUID();
    const told = (body: Json) => subs.map(({ id: sub }) => indexTold(body, sub));
    const put = (ovn = '') =>
      dss.call('auth', constrain, 'PUT', `${CR}/${id}${ovn}`, constraintBody({ ...at, radius: 50 }));
    expect((await dss.call('auth', constrain, 'GET', `${CR}/${id}`)).status).toBe(404);
    const one = await put();
    expect({ status: one.status, told: told(one.body) }).toEqual({ status: 201, told: [undefined, 1, 1] });
    const two = await put(`/${constraintOf(one.body).ovn}`);
    expect({ status: two.status, told: told(two.body) }).toEqual({ status: 200, told: [undefined, 2, 2] });
    expect(constraintOf(two.body)).toMatchObject({ version: 2, uss_availability: 'Unknown' });
    // The first begins to listen to constraints, the third stops.
    const both = `${plan} ${readConstraints}`;
    const listens = await dss.call(
      'uss2',
      both,
      'PUT',
      `${SUB}/${subs[0].id}/${subs[0].sub.version}`,
      subscriptionBody({ ...at, radius: 300 }, { notify_for_constraints: true }),
    );
    expect(idsIn(listens.body.constraint_references)).toEqual([id]);
    const now = subscriptionOf((await dss.call('uss2', both, 'GET', `${SUB}/${subs[2].id}`)).body).version;
    const deaf = await dss.call(
      'uss2',
      both,
      'PUT',
      `${SUB}/${subs[2].id}/${now}`,
      subscriptionBody({ ...at, radius: 300 }),
    );
    expect({ status: deaf.status, has: 'constraint_references' in deaf.body }).toEqual({ status: 200, has: false });
    const three = await put(`/${constraintOf(two.body).ovn}`);
    expect(told(three.body)).toEqual([1, 3, undefined]);
    const { ovn } = constraintOf(three.body);
    for (const bad of ['', '/', '/ThisIsNoOvn']) {
      expect([400, 404, 405, 409]).toContain((await dss.call('auth', constrain, 'DELETE', `${CR}/${id}${bad}`)).status);
    }
    expect((await dss.call('auth', constrain, 'DELETE', `${CR}/${id}/ThisIsNoOvn`)).status).toBe(409);
    expect((await put('/ThisIsNoOvn')).status).toBe(409);
    expect((await dss.call('uss1', constrain, 'DELETE', `${CR}/${id}/${ovn}`)).status).toBe(403);
    const gone = await dss.call('auth', constrain, 'DELETE', `${CR}/${id}/${ovn}`);
    expect({ status: gone.status, told: told(gone.body) }).toEqual({ status: 200, told: [2, 4, undefined] });
  });

  it.each([
    ['one extent', (body: Json) => ({ ...body, extents: (body.extents as Json[])[0] })],
    ['no start', () => constraintBody({ from: null })],
    ['no end', () => constraintBody({ to: null })],
    ['times over', () => constraintBody({ from: -1440, to: -1380 })],
    ['times the wrong way', () => constraintBody({ from: 60, to: 0 })],
    ['no base address', () => constraintBody({}, { uss_base_url: undefined })],
    ['an area of ten thousand square kilometres and more', () => constraintBody({ radius: 57_000 })],
  ] as [string, (body: Json) => Json][])('are refused with %s', async (_, change) => {
    const reply = await dss.call('auth', constrain, 'PUT', `${CR}/${randomUUID()}`, change(constraintBody({})));
    expect({ status: reply.status, message: typeof reply.body.message }).toEqual({ status: 400, message: 'string' });
  });

  it('may be found at one instant, by those who manage or process them', async () => {
    const at = place();
    const id = randomUUID();
    await dss.call('auth', constrain, 'PUT', `${CR}/${id}`, constraintBody({ ...at, from: 0, to: 60 }));
    const find = async (scope: string, area: Area) =>
      idsIn(
        (await dss.call('auth', scope, 'POST', `${CR}/query`, { area_of_interest: extent({ ...at, ...area }) })).body
          .constraint_references,
      );
    for (const scope of [constrain, readConstraints]) {
      expect(await find(scope, { from: 30, to: 30 })).toEqual([id]);
      expect(await find(scope, { from: 61, to: null })).toEqual([]);
      expect(await find(scope, { from: null, to: -1 })).toEqual([]);
      expect(await find(scope, { from: null, to: null })).toEqual([id]);
    }
    expect((await dss.call('auth', plan, 'POST', `${CR}/query`, { area_of_interest: extent(at) })).status).toBe(403);
  });
});

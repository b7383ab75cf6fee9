import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { type TestWorld, testWorld } from '../../../test/support/world.ts';
import type { Db } from '../../db/index.ts';
import { Journal } from '../journal.ts';
import { EXAMPLE_RULES } from '../rules/example.ts';
import type { RuleSet } from '../rules/model.ts';
import { move } from '../testing/oracle.ts';
import { seeded } from '../testing/shapes.ts';
import { createToken, Tokens } from '../tokens.ts';
import { Arbiter } from './arbiter.ts';
import { hotlineCard } from './card.ts';
import { mountBlindMode } from './routes.ts';
import { Stream } from './stream.ts';
import type { View } from './views.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const HOUR = 3_600_000;

interface Rig {
  readonly app: FastifyInstance;
  readonly arbiter: Arbiter;
  readonly world: TestWorld;
  readonly db: Db;
  readonly told: { party: string; event: View }[];
  /** Everything a party was ever sent. */
  readonly traffic: Map<string, string[]>;
  call(
    party: string,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: never; bytes: number }>;
  close(): Promise<void>;
}

async function rig(rules: Partial<RuleSet> = {}, db?: Db): Promise<Rig> {
  const own = db ?? (await testDatabase('airspace'));
  const world = testWorld(3, NOW);
  const journal = new Journal(own, () => {});
  const arbiter = await Arbiter.start(world, journal, { ...EXAMPLE_RULES, ...rules }, hotlineCard);
  const folder = mkdtempSync(join(tmpdir(), 'hudna-blind-'));
  const tokens = new Map(['alpha', 'bravo', 'host'].map((party) => [party, createToken(folder, party, world.random)]));
  const app = fastify();
  const stream = new Stream();
  let stop = (): void => {};
  await app.register(async (scope) => {
    stop = mountBlindMode(scope, arbiter, new Tokens(folder), stream);
  });
  const told: { party: string; event: View }[] = [];
  const traffic = new Map<string, string[]>();
  const note = (party: string, text: string) => traffic.set(party, [...(traffic.get(party) ?? []), text]);
  arbiter.onTell((party, event) => {
    told.push({ party, event });
    note(party, JSON.stringify(event));
  });
  return {
    app,
    arbiter,
    world,
    db: own,
    told,
    traffic,
    async call(party, method, path, body) {
      const reply = await app.inject({
        method,
        url: path,
        headers: { authorization: `Bearer ${tokens.get(party) ?? 'x'}` },
        ...(body !== undefined && { payload: body as object }),
      });
      note(party, reply.body);
      // Alerts leave behind the answer, in the next turn.
      await new Promise((resolve) => setImmediate(resolve));
      return { status: reply.statusCode, body: reply.json() as never, bytes: Buffer.byteLength(reply.body) };
    },
    async close() {
      stop();
      await app.close();
      if (!db) await own.close();
    },
  };
}

const AT = { lat: 35.5, lon: 38 };
const circle = (at = AT, more: Record<string, unknown> = {}) => ({
  class: 'manned',
  volumes: [
    {
      outline: { circle: { ...at, radiusMetres: 8_000 } },
      altitudeLowerMetres: 3_000,
      altitudeUpperMetres: 4_000,
      start: new Date(NOW + HOUR).toISOString(),
      end: new Date(NOW + 2 * HOUR).toISOString(),
      ...more,
    },
  ],
});
interface Answer {
  readonly verdict: string;
  readonly declaration: { id: string; version: number; state: string };
  readonly alert: {
    id: string;
    level: string;
    cells: string;
    code: string | null;
    acknowledgedAt: string | null;
    window: { start: string; end: string };
    card: unknown;
  } | null;
  readonly stale: boolean;
  readonly lastGoodCheckAt: string | null;
}

describe('the blind arbiter', () => {
  let r: Rig;
  beforeAll(async () => {
    r = await rig();
  });
  afterAll(() => r.close());

  it('tells both sides of a conflict, each of its own declaration only, and gives a code when both know', async () => {
    const a = await r.call('alpha', 'POST', '/declarations', circle());
    const first: Answer = a.body;
    expect({ status: a.status, verdict: first.verdict.trim(), alert: first.alert }).toEqual({
      status: 201,
      verdict: 'clear',
      alert: null,
    });
    const before = r.told.length;
    const b: Answer = (await r.call('bravo', 'POST', '/declarations', circle(move(AT, 90, 12_000)))).body;
    expect(b.verdict.trim()).toBe('conflict');
    const events = r.told.slice(before);
    expect(new Set(events.map(({ party }) => party))).toEqual(new Set(['alpha', 'bravo']));
    const alertA = events.find(({ party }) => party === 'alpha')?.event.alert as Answer['alert'];
    expect(alertA?.id).not.toBe(b.alert?.id);
    expect(alertA).toMatchObject({ declaration: first.declaration.id, level: 'caution', code: null });
    for (const instant of [alertA?.window.start, alertA?.window.end])
      expect(Date.parse(instant ?? '') % (30 * 60_000)).toBe(0);

    const ackB: Answer = (await r.call('bravo', 'POST', `/alerts/${b.alert?.id}/ack`)).body;
    expect(ackB.alert).toMatchObject({ code: null, acknowledgedAt: new Date(r.world.clock.now()).toISOString() });
    const ackA: Answer = (await r.call('alpha', 'POST', `/alerts/${alertA?.id}/ack`)).body;
    const again: Answer = (await r.call('bravo', 'GET', `/declarations/${b.declaration.id}`)).body;
    expect(ackA.alert?.code).toMatch(/^[A-Z2-9]{4}$/);
    expect(again.alert?.code).toBe(ackA.alert?.code);
    expect((await r.call('alpha', 'POST', `/alerts/${b.alert?.id}/ack`)).status).toBe(404);
    expect((await r.call('alpha', 'GET', `/declarations/${b.declaration.id}`)).status).toBe(404);
  });

  it('raises its level as the time comes, escalates what nobody acknowledged, and expires', async () => {
    const own = await rig();
    const losses: unknown[] = [];
    own.arbiter.onLoss((declarations, parties) => losses.push([new Set(declarations), [...parties].sort()]));
    const a: Answer = (await own.call('alpha', 'POST', '/declarations', circle())).body;
    const b: Answer = (await own.call('bravo', 'POST', '/declarations', circle())).body;
    const levelOf = async (): Promise<Answer> =>
      (await own.call('alpha', 'GET', `/declarations/${a.declaration.id}`)).body;
    expect((await levelOf()).alert).toMatchObject({ level: 'caution', card: null });
    own.world.advance(45 * 60_000);
    own.arbiter.tick();
    const warned = await levelOf();
    expect(warned.alert?.level).toBe('warning');
    expect(Object.keys(warned.alert?.card as object)).toEqual(['ar', 'en', 'ru']);
    for (const [party, { declaration }] of [
      ['alpha', a],
      ['bravo', b],
    ] as const) {
      await own.call(party, 'POST', `/declarations/${declaration.id}/state`, { state: 'active' });
    }
    own.world.advance(20 * 60_000);
    own.arbiter.tick();
    expect((await levelOf()).alert?.level).toBe('acute');
    own.arbiter.tick();
    expect(losses).toEqual([[new Set([a.declaration.id, b.declaration.id]), ['alpha', 'bravo']]]);
    own.world.advance(3 * HOUR);
    own.arbiter.tick();
    const over: { declarations: Answer[] } = (await own.call('alpha', 'GET', '/declarations')).body;
    expect(over.declarations[0]?.declaration.state).toBe('expired');
    own.world.advance(25 * HOUR);
    own.arbiter.tick();
    const erased: { declarations: Answer[] } = (await own.call('alpha', 'GET', '/declarations')).body;
    expect(erased.declarations).toEqual([]);
    await own.close();
  });

  it('never says clear when its last good check is old, or its clock ran backwards', async () => {
    const own = await rig();
    own.world.advance(60_000);
    const stale: Answer = (await own.call('alpha', 'POST', '/declarations', circle())).body;
    expect({ stale: stale.stale, verdict: stale.verdict.trim() }).toEqual({ stale: true, verdict: 'unknown' });
    own.arbiter.tick();
    const fresh: Answer = (await own.call('alpha', 'GET', `/declarations/${stale.declaration.id}`)).body;
    expect({ stale: fresh.stale, verdict: fresh.verdict.trim() }).toEqual({ stale: false, verdict: 'clear' });
    own.world.advance(-HOUR);
    own.arbiter.tick();
    expect((await own.call('alpha', 'POST', '/declarations', circle())).status).toBe(422);
    expect(((await own.call('alpha', 'GET', '/declarations')).body as Answer).stale).toBe(true);
    await own.close();
  });

  it('stands for the minimum lifetime, whatever its party does', async () => {
    const own = await rig();
    const a: Answer = (await own.call('alpha', 'POST', '/declarations', circle())).body;
    await own.call('alpha', 'POST', `/declarations/${a.declaration.id}/state`, { state: 'ended' });
    const soon: Answer = (await own.call('bravo', 'POST', '/declarations', circle())).body;
    expect(soon.verdict.trim()).toBe('conflict');
    own.world.advance(31 * 60_000);
    own.arbiter.tick();
    const later: Answer = (await own.call('bravo', 'GET', `/declarations/${soon.declaration.id}`)).body;
    expect(later.verdict.trim()).toBe('clear');
    await own.close();
  });

  it('alerts again when an amendment brings another near', async () => {
    const own = await rig();
    const a: Answer = (await own.call('alpha', 'POST', '/declarations', circle())).body;
    const far = circle(move(AT, 90, 80_000));
    const b: Answer = (await own.call('bravo', 'POST', '/declarations', far)).body;
    expect(b.verdict.trim()).toBe('clear');
    const amended: Answer = (
      await own.call('bravo', 'PUT', `/declarations/${b.declaration.id}`, { ...circle(), version: 1 })
    ).body;
    expect(amended.verdict.trim()).toBe('conflict');
    expect((await own.call('bravo', 'PUT', `/declarations/${b.declaration.id}`, { ...far, version: 1 })).status).toBe(
      409,
    );
    const seen: Answer = (await own.call('alpha', 'GET', `/declarations/${a.declaration.id}`)).body;
    expect(seen.verdict.trim()).toBe('conflict');
    await own.close();
  });

  it.each([
    ['an area over the cap', { outline: { circle: { ...AT, radiusMetres: 60_000 } } }, 422],
    ['a height over the cap', { altitudeUpperMetres: 9_000 }, 422],
    ['a duration over the cap', { end: new Date(NOW + 9 * HOUR).toISOString() }, 422],
    [
      'a time beyond the horizon',
      { start: new Date(NOW + 90 * HOUR).toISOString(), end: new Date(NOW + 91 * HOUR).toISOString() },
      422,
    ],
    [
      'a time that is over',
      { start: new Date(NOW - 2 * HOUR).toISOString(), end: new Date(NOW - HOUR).toISOString() },
      422,
    ],
    [
      'a bow tie',
      {
        outline: {
          polygon: [
            [38, 35],
            [38.1, 35.1],
            [38.1, 35],
            [38, 35.1],
          ],
        },
      },
      400,
    ],
  ] as [string, Record<string, unknown>, number][])('refuses %s', async (_, wrong, status) => {
    expect((await r.call('alpha', 'POST', '/declarations', circle(AT, wrong))).status).toBe(status);
  });

  it('has no field for a callsign, a type, a purpose or a target, and no desk without a token', async () => {
    for (const field of ['callsign', 'type', 'purpose', 'target', 'mission']) {
      expect((await r.call('alpha', 'POST', '/declarations', { ...circle(), [field]: 'x' })).status).toBe(400);
    }
    expect((await r.call('nobody', 'GET', '/declarations')).status).toBe(401);
    expect((await r.call('host', 'GET', '/declarations')).status).toBe(403);
  });

  it('draws what-ifs and declarations from one budget', async () => {
    const own = await rig({ caps: { ...EXAMPLE_RULES.caps, cellsPerDay: 100 } });
    expect((await own.call('alpha', 'POST', '/what-if', circle())).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await own.call('alpha', 'POST', '/declarations', circle())).status);
    expect(statuses).toContain(429);
    own.world.advance(24 * HOUR);
    await own.close();
  });

  it('knows after a restart what it acknowledged before, alerts and codes too', async () => {
    const first = await rig();
    const a: Answer = (await first.call('alpha', 'POST', '/declarations', circle())).body;
    const b: Answer = (await first.call('bravo', 'POST', '/declarations', circle())).body;
    await first.call('bravo', 'POST', `/alerts/${b.alert?.id}/ack`);
    const seen: Answer = (await first.call('alpha', 'GET', `/declarations/${a.declaration.id}`)).body;
    const acked: Answer = (await first.call('alpha', 'POST', `/alerts/${seen.alert?.id}/ack`)).body;
    const second = await rig({}, first.db);
    const after: Answer = (await second.call('alpha', 'GET', `/declarations/${a.declaration.id}`)).body;
    expect(after.alert).toEqual(acked.alert);
    await second.close();
    await first.close();
  });
});

describe('races', () => {
  it('of 2 × 1,000 simultaneous crossing declarations no pair is told clear on both sides', async () => {
    const own = await rig({ caps: { ...EXAMPLE_RULES.caps, cellsPerDay: 1_000_000 } });
    const random = seeded(11);
    const spots = Array.from({ length: 1_000 }, () => ({ lat: 30 + random() * 8, lon: 30 + random() * 20 }));
    const answers = await Promise.all(
      spots.flatMap((at) => [
        own.call('alpha', 'POST', '/declarations', circle(at)).then(({ body }) => body as Answer),
        own.call('bravo', 'POST', '/declarations', circle(move(at, 45, 5_000))).then(({ body }) => body as Answer),
      ]),
    );
    const clear = (answer: Answer | undefined): boolean => answer?.verdict.trim() === 'clear';
    expect(answers.every((answer) => ['clear', 'conflict'].includes(answer.verdict.trim()))).toBe(true);
    expect(spots.filter((_, i) => clear(answers[2 * i]) && clear(answers[2 * i + 1]))).toEqual([]);
    await own.close();
  }, 300_000);
});

describe('disclosure', () => {
  it('nothing a party is sent holds the other’s ids, corners or numbers, and sizes tell nothing', async () => {
    const one = await rig();
    const fifty = await rig();
    const secrets: string[] = [];
    const sizes: number[][] = [];
    for (const [r, count] of [
      [one, 1],
      [fifty, 50],
    ] as const) {
      for (let i = 0; i < count; i++) {
        const at = move(AT, 3 + i * 7, 100 + 90 * i);
        const { body }: { body: Answer } = await r.call(
          'bravo',
          'POST',
          '/declarations',
          circle(at, { altitudeLowerMetres: 3_000.125 + i }),
        );
        secrets.push(
          body.declaration.id,
          String(at.lat),
          String(at.lon),
          String(3_000.125 + i),
          (body as never as { declaration: { commitment: string } }).declaration.commitment,
        );
      }
      const asked = await r.call('alpha', 'POST', '/what-if', circle());
      const declared = await r.call('alpha', 'POST', '/declarations', circle());
      const listed = await r.call('alpha', 'GET', '/declarations');
      sizes.push([asked.bytes, declared.bytes, listed.bytes]);
      const sent = (r.traffic.get('alpha') ?? []).join('\n');
      for (const secret of secrets) expect(sent.includes(secret), secret).toBe(false);
      expect(sent).not.toMatch(/bravo.{0,40}(count|declaration)/);
      expect(/"(count|total|others|pairs)"/.test(sent)).toBe(false);
    }
    const clear = await rig();
    const asked = await clear.call('alpha', 'POST', '/what-if', circle());
    const declared = await clear.call('alpha', 'POST', '/declarations', circle());
    const listed = await clear.call('alpha', 'GET', '/declarations');
    expect([[asked.bytes, declared.bytes, listed.bytes], ...sizes]).toEqual([sizes[0], sizes[0], sizes[0]]);
    for (const r of [one, fifty, clear]) await r.close();
  });
});

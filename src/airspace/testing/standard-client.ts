/**
 * A client of open mode as an outsider writes one: a real server on a real port with its durable embedded database,
 * real time, tokens signed with a key of its own, and nothing of the room's insides.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { MACHINE, silentLog, systemClock, systemRandom } from '../../core/index.ts';
import { type Running, serveAirspace } from '../serve.ts';

export type Json = Record<string, unknown>;
export interface Reply {
  readonly status: number;
  readonly body: Json;
}
export interface Standard {
  /** Calls a path under /dss/v1 as `who` with `scope`; without `who` no token is sent. */
  call(who: string | null, scope: string, method: string, path: string, body?: unknown): Promise<Reply>;
  /** The same with a given Authorization header. */
  raw(authorization: string | undefined, method: string, path: string, body?: unknown): Promise<Reply>;
  token(who: string, claims: Json, options?: { forged?: boolean; alg?: 'RS256' | 'HS256' }): Promise<string>;
  /** Stops the server and starts it again on the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const AUDIENCE = 'localhost';

export async function standardServer(): Promise<Standard> {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-standard-'));
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyFile = join(folder, 'issuer.pem');
  writeFileSync(keyFile, keys.publicKey.export({ type: 'spki', format: 'pem' }));
  const world = { clock: systemClock, random: systemRandom, log: silentLog, actor: MACHINE };
  const options = {
    dataDir: join(folder, 'data'),
    mode: 'open' as const,
    port: 0,
    host: '127.0.0.1',
    jwtKeys: [keyFile],
    audience: AUDIENCE,
  };
  let running: Running = await serveAirspace(world, options, () => {});

  const token: Standard['token'] = (who, claims, { forged = false, alg = 'RS256' } = {}) => {
    const soon = Math.floor(Date.now() / 1000) + 600;
    const jwt = new SignJWT({ sub: who, aud: AUDIENCE, exp: soon, ...claims }).setProtectedHeader({ alg });
    if (alg === 'HS256') return jwt.sign(Buffer.from(keys.publicKey.export({ type: 'spki', format: 'pem' })));
    return jwt.sign(forged ? stranger.privateKey : keys.privateKey);
  };
  const raw: Standard['raw'] = async (authorization, method, path, body) => {
    const reply = await fetch(`${running.url}/dss/v1${path}`, {
      method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  };
  const tokens = new Map<string, string>();
  return {
    raw,
    token,
    async call(who, scope, method, path, body) {
      if (who === null) return raw(undefined, method, path, body);
      const key = `${who} ${scope}`;
      const known = tokens.get(key) ?? (await token(who, { scope }));
      tokens.set(key, known);
      return raw(`Bearer ${known}`, method, path, body);
    },
    async restart() {
      await running.close();
      running = await serveAirspace(world, options, () => {});
    },
    close: () => running.close(),
  };
}

export const SCOPE = {
  plan: 'utm.strategic_coordination',
  constrain: 'utm.constraint_management',
  readConstraints: 'utm.constraint_processing',
  offNominal: 'utm.conformance_monitoring_sa',
  arbitrate: 'utm.availability_arbitration',
} as const;

export interface Area {
  lat?: number;
  lng?: number;
  radius?: number;
  low?: number;
  high?: number;
  /** Minutes from now; null leaves it out. */
  from?: number | null;
  to?: number | null;
}

export const minutes = (from: number): Json => ({
  value: new Date(Date.now() + from * 60_000).toISOString(),
  format: 'RFC3339',
});
const height = (value: number): Json => ({ value, units: 'M', reference: 'W84' });

/** A Volume4D of the wire: a circle between two heights and two times. */
export function extent(area: Area = {}): Json & { volume: Json } {
  const { lat = -45, lng = 170, radius = 200, low = 0, high = 400, from = 10, to = 70 } = area;
  return {
    volume: {
      outline_circle: { center: { lat, lng }, radius: { value: radius, units: 'M' } },
      altitude_lower: height(low),
      altitude_upper: height(high),
    },
    ...(from !== null && { time_start: minutes(from) }),
    ...(to !== null && { time_end: minutes(to) }),
  };
}

export const ring = (corners: readonly (readonly [lat: number, lng: number])[]): Json => ({
  vertices: corners.map(([lat, lng]) => ({ lat, lng })),
});

export const intentBody = (areas: Area | Area[], more: Json = {}): Json => ({
  extents: (Array.isArray(areas) ? areas : [areas]).map(extent),
  key: [],
  state: 'Accepted',
  uss_base_url: 'https://one.example/uss',
  new_subscription: { uss_base_url: 'https://one.example/subs', notify_for_constraints: false },
  ...more,
});

export const subscriptionBody = (area: Area, more: Json = {}): Json => ({
  extents: extent(area),
  uss_base_url: 'https://two.example/subs',
  notify_for_operational_intents: true,
  notify_for_constraints: false,
  ...more,
});

export const constraintBody = (area: Area, more: Json = {}): Json => ({
  extents: [extent(area)],
  uss_base_url: 'https://three.example/uss',
  ...more,
});

/** The index a subscription is told of in an answer, or undefined when it is not told. */
export function indexTold(body: Json, subscription: unknown): number | undefined {
  const list = (body.subscribers ?? []) as {
    subscriptions: { subscription_id: string; notification_index: number }[];
  }[];
  return list.flatMap(({ subscriptions }) => subscriptions).find((one) => one.subscription_id === subscription)
    ?.notification_index;
}

export const intentOf = (body: Json): Json => body.operational_intent_reference as Json;
export const constraintOf = (body: Json): Json => body.constraint_reference as Json;
export const subscriptionOf = (body: Json): Json => body.subscription as Json;
export const idsIn = (list: unknown): string[] => ((list ?? []) as { id: string }[]).map(({ id }) => id);

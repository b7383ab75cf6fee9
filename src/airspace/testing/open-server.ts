/** Open mode over a real database in memory, called through its HTTP paths, with tokens of a key made for the test. */
import { generateKeyPairSync } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import type { World } from '../../core/index.ts';
import type { Db } from '../../db/index.ts';
import { mountOpenMode } from '../dss/routes.ts';
import { OpenMode } from '../dss/service.ts';
import { Journal } from '../journal.ts';

export const AUDIENCE = 'dss.example';
export const SCOPES = {
  sc: 'utm.strategic_coordination',
  cm: 'utm.constraint_management',
  cp: 'utm.constraint_processing',
  sa: 'utm.conformance_monitoring_sa',
  aa: 'utm.availability_arbitration',
} as const;

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

export interface TokenOptions {
  readonly audience?: string;
  readonly forged?: boolean;
  readonly expires?: number;
}

export async function token(world: World, sub: string, scope: string, options: TokenOptions = {}): Promise<string> {
  const now = Math.floor(world.clock.now() / 1000);
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256' })
    .setSubject(sub)
    .setAudience(options.audience ?? AUDIENCE)
    .setExpirationTime(options.expires ?? now + 3600)
    .sign(options.forged ? stranger.privateKey : keys.privateKey);
}

export interface OpenServer {
  readonly app: FastifyInstance;
  readonly mode: OpenMode;
  /** Calls a path under /dss/v1 as `sub` with `scope`. */
  call(
    sub: string,
    scope: string,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
}

export async function openServer(world: World, db: Db): Promise<OpenServer> {
  const mode = await OpenMode.start(world, new Journal(db, () => {}));
  const app = fastify({ routerOptions: { maxParamLength: 500 } });
  const check = { keys: [keys.publicKey], audience: AUDIENCE };
  await app.register(async (scope) => mountOpenMode(scope, mode, check, () => world.clock.now()), {
    prefix: '/dss/v1',
  });
  return {
    app,
    mode,
    async call(sub, scope, method, path, body) {
      const authorization = `Bearer ${await token(world, sub, scope)}`;
      const reply = await app.inject({
        method,
        url: `/dss/v1${path}`,
        headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      });
      return { status: reply.statusCode, body: reply.body === '' ? {} : reply.json() };
    },
  };
}

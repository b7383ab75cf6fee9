/**
 * The program: opens its own data folder, starts one of the modes and listens. Shares no folder, database or port with
 * the ceasefire's server, and stops at once when its journal breaks, for then memory is ahead of the disk.
 */
import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import type { World } from '../core/index.ts';
import { openDatabase } from '../db/index.ts';
import { readKeys, type TokenCheck } from './dss/auth.ts';
import { mountOpenMode } from './dss/routes.ts';
import { OpenMode } from './dss/service.ts';
import { Journal } from './journal.ts';
import { startOwn } from './own.ts';

export const MODES = ['blind', 'private', 'open'] as const;
export type Mode = (typeof MODES)[number];

export interface ServeOptions {
  readonly dataDir: string;
  readonly mode: Mode;
  readonly port: number;
  readonly host: string;
  /** PEM files of the keys that may sign tokens, and whom those tokens must be for. */
  readonly jwtKeys: readonly string[];
  readonly audience: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** A rule set signed by all its parties; without one the labelled example holds. */
  readonly rules?: string | undefined;
  /** Private mode: whose site this is, where the other's is, and the token it gave us. */
  readonly party?: string | undefined;
  readonly peer?: { readonly url: string; readonly token: string } | undefined;
}

export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

const SWEEP_MS = 60_000;
const KEEP_OPEN_MS = 24 * 3_600_000;

/** Starts the program. `onBroken` is called when it can no longer keep its promises. */
export async function serveAirspace(world: World, options: ServeOptions, onBroken: () => void): Promise<Running> {
  const check = options.mode === 'open' ? tokenCheck(options) : undefined;
  const db = await openDatabase({
    program: 'airspace',
    dataDir: options.dataDir,
    databaseUrl: options.databaseUrl,
    log: world.log,
  });
  const journal = new Journal(db, (error) => {
    world.log.error({ error: String(error) }, 'the journal broke; stopping');
    onBroken();
  });
  const app = fastify({
    routerOptions: { maxParamLength: 500 },
    bodyLimit: 8 * 1024 * 1024,
    forceCloseConnections: true,
  });
  const stops: (() => void)[] = [];
  app.get('/health', (_, reply) =>
    journal.isSound ? reply.send({ status: 'ok', mode: options.mode }) : reply.code(503).send({ status: 'broken' }),
  );
  if (check) stops.push(await startOpen(app, world, journal, check));
  else stops.push(await startOwn(app, world, db, journal, options));
  const address = await app.listen({ port: options.port, host: options.host });
  return {
    url: address,
    async close() {
      for (const stop of stops) stop();
      await app.close();
      await journal.settled().catch(() => {});
      await db.close();
    },
  };
}

async function startOpen(app: FastifyInstance, world: World, journal: Journal, check: TokenCheck): Promise<() => void> {
  const open = await OpenMode.start(world, journal);
  await app.register(async (scope) => mountOpenMode(scope, open, check, () => world.clock.now()), {
    prefix: '/dss/v1',
  });
  const timer = setInterval(() => void open.sweep(KEEP_OPEN_MS).catch(() => {}), SWEEP_MS);
  return () => clearInterval(timer);
}

function tokenCheck(options: ServeOptions): TokenCheck {
  if (options.jwtKeys.length === 0) throw new Error('open mode needs --jwt-key: the public key of who issues tokens');
  if (!options.audience) throw new Error('open mode needs --audience: the name tokens must be made out to');
  return { keys: readKeys(options.jwtKeys.map((file) => readFileSync(file, 'utf8'))), audience: options.audience };
}

/** Starts and stops the server of one data folder: house, app, control socket, follow-ups. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inviteFirst, isLoopback, joinPath } from '../access/index.ts';
import { declareProblem, Problem } from '../core/index.ts';
import { openLog } from '../record/index.ts';
import { type AppOptions, buildApp } from './app.ts';
import { openControl } from './control.ts';
import type { House } from './house.ts';

export const PORT_TAKEN = declareProblem('server/port-taken', 409);

export const BAD_ORIGIN_OPTION = declareProblem('server/bad-origin-option', 400);

/** Passkeys and cookies need a secure context: TLS, or the loopback's own name. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost'));
}

export type ServeOptions = Omit<AppOptions, 'record'> & { readonly port: number; readonly host: string };

export interface Running {
  readonly url: string;
  readonly port: number;
  /** The one-time link of the first administrator while there is nobody; null once somebody is there. */
  firstLink(): Promise<string | null>;
  close(): Promise<void>;
}

/** A log is named after the host that its readers know (C2SP: a schema-less URL); a server without one has an example's. */
const logHost = (origin: string | undefined): string =>
  origin?.startsWith('https://') ? new URL(origin).host : 'hudna.example';

/** Serves an opened house on a port of the loopback or of `host`; port 0 takes a free one. Closing closes the house too. */
export async function serveHouse(house: House, options: ServeOptions): Promise<Running> {
  if (options.origin !== undefined && !isOrigin(options.origin))
    throw new Problem(BAD_ORIGIN_OPTION, '--origin takes https://HOST, or http://localhost with a port, and no path', {
      where: options.origin,
    });
  const record = await openLog(house.ctx(), {
    folder: join(house.dataDir, 'record'),
    origin: `${logHost(options.origin)}/${house.instrument.id}`,
    publicLag: options.sample ? 'none' : 'hour',
  });
  // Anyone at this machine may be anybody of the demo: never where others can reach it.
  const demo = options.sample !== null && options.demo === true && isLoopback(options.host);
  const app = await buildApp(house, { ...options, demo, record });
  try {
    await app.listen({ port: options.port, host: options.host });
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Problem(
      PORT_TAKEN,
      `port ${options.port} is taken; choose another with --port, or --port 0 for a free one`,
    );
  }
  const closeControl = await openControl(house);
  house.warmReader();
  house.jobs.start();
  house.secondReading?.start();
  record.start();
  const { port } = app.server.address() as AddressInfo;
  const shown = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host;
  return {
    url: `http://${shown === '127.0.0.1' ? 'localhost' : shown}:${port}`,
    port,
    async firstLink() {
      const made = await inviteFirst(house.ctx());
      return made && `${options.origin ?? `http://localhost:${port}`}${joinPath(made.secret)}`;
    },
    async close() {
      await closeControl();
      await app.close();
      await record.stop();
      await house.close();
    },
  };
}

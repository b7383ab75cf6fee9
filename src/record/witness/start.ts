/** Starts a witness from names and paths: key (made when new), state, the lock that keeps a second one off the state. */
import type { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Problem, systemClock, systemRandom } from '../../core/index.ts';
import { lockPath } from '../../db/index.ts';
import { openSigningKey } from '../log/signing-key.ts';
import { KEY_UNUSABLE, WITNESS_STATE_UNUSABLE } from '../problems.ts';
import { formatVkey, nodeCrypto, parseVkey, TYPE_COSIGNATURE } from '../verify/index.ts';
import { witnessServer } from './server.ts';
import { createWitness } from './witness.ts';

export interface WitnessOptions {
  readonly origin: string;
  /** vkeys of the log, the newest last. */
  readonly logKeys: readonly string[];
  readonly keyPath: string;
  readonly statePath: string;
  /** Name of a key that has to be made. */
  readonly name?: string | undefined;
  readonly port: number;
  readonly host?: string | undefined;
}

export interface RunningWitness {
  readonly vkey: string;
  readonly url: string;
  close(): Promise<void>;
}

export async function startWitness(options: WitnessOptions): Promise<RunningWitness> {
  const keys = options.logKeys.map((text) => {
    const key = parseVkey(nodeCrypto, text);
    if ('fault' in key) throw new Problem(KEY_UNUSABLE, `not a usable key of a log (${key.fault}): ${text}`);
    if (key.name !== options.origin) {
      throw new Problem(KEY_UNUSABLE, `the key is of ${key.name}, but the origin is ${options.origin}`);
    }
    return key;
  });
  const lock = await lockPath(`witness ${resolve(options.statePath)}`);
  if (!lock) throw new Problem(WITNESS_STATE_UNUSABLE, `another witness uses ${options.statePath}`);
  try {
    const key = openSigningKey(resolve(options.keyPath), options.name, TYPE_COSIGNATURE, systemRandom);
    const vkey = formatVkey(key.verifier);
    const witness = createWitness({ origin: options.origin, keys }, key, options.statePath, systemClock);
    const server = witnessServer(witness, vkey);
    await listen(server, options.port, options.host ?? '127.0.0.1');
    const { address, port } = server.address() as AddressInfo;
    return {
      vkey,
      url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
      async close() {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}

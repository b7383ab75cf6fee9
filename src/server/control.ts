/**
 * The local door for commands: a Unix socket inside the data folder. While a server holds the folder, a command sends
 * its operation here and never opens the database a second time. Only the owner of the folder may connect.
 */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { declareProblem, isProblem, Problem, type ProblemKind } from '../core/index.ts';
import type { House } from './house.ts';
import { isOperation, OPERATIONS, type OperationName, type Progress } from './operations.ts';

export const CONTROL_LOST = declareProblem('server/control-lost', 503);

const MAX_SOCKET_PATH = 100;
const MAX_BODY = 400_000_000;

/** Where the socket of a data folder is: in the folder, or for a long path in a private temporary folder. */
export function socketPath(dataDir: string): string {
  const inside = join(resolve(dataDir), 'control.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  const folder = join(tmpdir(), `hudna-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 24)}.sock`);
}

/** Opens the door; the answer closes it. Each answer is lines of JSON: progress, then `result` or `problem`. */
export async function openControl(house: House): Promise<() => Promise<void>> {
  const path = socketPath(house.dataDir);
  rmSync(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) incoming.destroy();
      else chunks.push(chunk);
    });
    incoming.on('end', async () => {
      if (incoming.method === 'GET') {
        outgoing.writeHead(204).end();
        return;
      }
      outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const line = (value: unknown) => outgoing.write(`${JSON.stringify(value)}\n`);
      line(
        await answer(house, (incoming.url ?? '/').slice(1), Buffer.concat(chunks).toString('utf8'), (...progress) =>
          line({ progress }),
        ),
      );
      outgoing.end();
    });
  });
  await listen(server, path);
  chmodSync(path, 0o600);
  return () => new Promise((done) => server.close(() => done()));
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(path, () => done());
  });

async function answer(house: House, name: string, body: string, progress: Progress): Promise<object> {
  try {
    if (!isOperation(name)) throw new Error(`no operation ${name}`);
    return { result: await OPERATIONS[name](house, JSON.parse(body), progress) };
  } catch (error) {
    if (isProblem(error))
      return { problem: { kind: error.kind, message: error.message, where: error.where, params: error.params } };
    house.log.error(
      {
        error: error instanceof Error ? error.name : 'unknown',
        stack: error instanceof Error ? error.stack : '',
        operation: name,
      },
      'operation failed',
    );
    return {
      problem: { kind: CONTROL_LOST, message: error instanceof Error ? error.message : 'the operation failed' },
    };
  }
}

/** Whether a server holds the data folder and answers. */
export function hasServer(dataDir: string): Promise<boolean> {
  const path = socketPath(dataDir);
  if (!existsSync(path)) return Promise.resolve(false);
  return new Promise((done) => {
    const probe = request({ socketPath: path, path: '/', method: 'GET' }, (response) => {
      response.resume();
      done(true);
    });
    probe.on('error', () => done(false));
    probe.end();
  });
}

interface Line {
  readonly progress?: Parameters<Progress>;
  readonly result?: unknown;
  readonly problem?: {
    readonly kind: ProblemKind;
    readonly message: string;
    readonly where?: string;
    readonly params?: Record<string, string | number>;
  };
}

/** Runs an operation in the server that holds the folder. Throws the Problem that it answered. */
export function callServer(
  dataDir: string,
  name: OperationName,
  params: unknown,
  progress: Progress,
): Promise<unknown> {
  return new Promise((done, fail) => {
    const call = request({ socketPath: socketPath(dataDir), path: `/${name}`, method: 'POST' }, (response) => {
      let rest = '';
      let ended = false;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const text of lines) {
          const line = JSON.parse(text) as Line;
          if (line.progress) progress(...line.progress);
          else if (line.problem)
            fail(
              new Problem(line.problem.kind, line.problem.message, {
                where: line.problem.where,
                params: line.problem.params,
              }),
            );
          else done(line.result);
          ended = !line.progress;
        }
      });
      response.on('end', () => {
        if (!ended)
          fail(
            new Problem(
              CONTROL_LOST,
              'the server stopped before it answered; nothing half done is kept, run the command again',
            ),
          );
      });
    });
    call.on('error', (cause) => fail(new Problem(CONTROL_LOST, 'the server does not answer', { cause })));
    call.end(JSON.stringify(params));
  });
}

/**
 * The main thread's end of the embedded engine: one connection, so one transaction or query at a time, in the order
 * asked. Knows threads and turns; knows nothing of migrations or of what the SQL says.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../core/index.ts';
import { orDiskFull } from '../disk-full.ts';
import type { SqlValue } from '../model.ts';
import { ENGINE_STOPPED, FOLDER_UNUSABLE, NOT_DURABLE } from '../problems.ts';
import { encodeParam } from '../values.ts';
import type { EngineGreeting, EngineReply, EngineRequest, EngineSetup } from './protocol.ts';

export interface Answer {
  readonly rows: readonly unknown[];
  readonly count: number;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface Session {
  send(kind: EngineRequest['kind'], sql: string, params?: readonly SqlValue[]): Promise<Answer>;
  /** Runs `body` while nobody else may send. */
  exclusively<Result>(body: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** What queries leave behind dies young: a small nursery keeps the thread from growing by a hundred megabytes. */
const SMALL_NURSERY = { maxYoungGenerationSizeMb: 8 };

/** Starts the engine on a cluster folder (null: in memory, for tests). Refuses an engine that does not reach the disk. */
export async function startSession(folder: string | null): Promise<Session> {
  const setup: EngineSetup = { folder };
  const worker = new Worker(engineEntry(), { workerData: setup, execArgv: [], resourceLimits: SMALL_NURSERY });
  const greeting = await firstMessage(worker, folder);
  if (!greeting.ready) {
    throw new Problem(FOLDER_UNUSABLE, `the database in ${folder ?? 'memory'} does not open: ${greeting.reason}`);
  }
  if (folder !== null && (greeting.fsync !== 'on' || greeting.fsyncsPerCommit < 1)) {
    await worker.terminate();
    throw new Problem(
      NOT_DURABLE,
      `the database engine does not flush to the disk (fsync ${greeting.fsync}, ${greeting.fsyncsPerCommit} flushes for a commit); refusing to start`,
    );
  }
  return sessionOver(worker);
}

function engineEntry(): URL {
  const source = new URL('./engine-thread.mjs', import.meta.url);
  return existsSync(source) ? source : new URL('./db-engine.js', import.meta.url);
}

function firstMessage(worker: Worker, folder: string | null): Promise<EngineGreeting> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new Problem(FOLDER_UNUSABLE, `the database in ${folder ?? 'memory'} does not open: ${reason}`));
    const onError = (error: unknown): void => fail(error instanceof Error ? error.message : String(error));
    const onExit = (code: number): void => fail(`its thread ended with code ${code}`);
    worker.once('error', onError);
    worker.once('exit', onExit);
    worker.once('message', (greeting: EngineGreeting) => {
      worker.off('error', onError);
      worker.off('exit', onExit);
      resolve(greeting);
    });
  });
}

function sessionOver(worker: Worker): Session {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let turn: Promise<unknown> = Promise.resolve();
  let stopped: Problem | undefined;

  const stop = (detail: string): void => {
    stopped ??= new Problem(ENGINE_STOPPED, `the database engine stopped: ${detail}`);
    for (const each of waiting.values()) each.reject(stopped);
    waiting.clear();
  };
  worker.on('message', (reply: EngineReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    // An idle engine must not keep the process alive; one with work must.
    if (waiting.size === 0) worker.unref();
    if ('error' in reply) asked?.reject(orDiskFull(Object.assign(new Error(reply.error.message), reply.error.fields)));
    else asked?.resolve(reply);
  });
  worker.on('error', (error) => stop(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => stop(`its thread ended with code ${code}`));
  worker.unref();

  const send: Session['send'] = (kind, sql, params = []) =>
    new Promise((resolve, reject) => {
      if (stopped) return reject(stopped);
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, kind, sql, params: params.map(encodeParam) } satisfies EngineRequest);
    });

  return {
    send,
    exclusively(body) {
      const mine = turn.then(body);
      turn = mine.catch(() => {});
      return mine;
    },
    async close() {
      if (!stopped) {
        await this.exclusively(() => send('close', ''));
        stop('it was closed');
      }
      await worker.terminate();
    },
  };
}

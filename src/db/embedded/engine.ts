/**
 * The engine's own thread: opens PGlite on the durable file system and answers one request at a time. It lives apart
 * because a long query blocks the thread it runs on.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PARSERS, SERIALIZERS } from '../values.ts';
import { DurableNodeFs } from './durable-fs.ts';
import { readImage } from './image.ts';
import type { EngineError, EngineGreeting, EngineReply, EngineRequest, EngineSetup } from './protocol.ts';

// `-F` would turn fsync off; fdatasync (the default method) is a stub that never reaches the disk.
const DURABLE = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'synchronous_commit=on'];
/** The engine touches every page of its buffers at start; what it evicts stays in the host's page cache. */
const SMALL = ['-c', 'shared_buffers=32MB'];
const ERROR_FIELDS = ['code', 'severity', 'detail', 'hint', 'table', 'column', 'constraint', 'schema', 'position'];
const TYPES = { parsers: PARSERS, serializers: SERIALIZERS };

async function open(folder: string | null): Promise<{ pg: PGlite; greeting: EngineGreeting }> {
  if (folder === null) {
    const pg = await PGlite.create({ ...TYPES, loadDataDir: new Blob([new Uint8Array(readImage())]) });
    return { pg, greeting: { ready: true, fsync: 'off', fsyncsPerCommit: 0 } };
  }
  const fs = new DurableNodeFs(folder);
  const startParams = [...PGlite.defaultStartParams.filter((param) => param !== '-F'), ...DURABLE, ...SMALL];
  const pg = await PGlite.create({ ...TYPES, fs, startParams });
  const shown = await pg.query<{ fsync: string }>('show fsync');
  const before = fs.hostFsyncs;
  // The smallest transaction that must reach the disk at its commit.
  await pg.query("select pg_logical_emit_message(true, 'hudna', 'self-test')");
  const fsyncsPerCommit = fs.hostFsyncs - before;
  return { pg, greeting: { ready: true, fsync: shown.rows[0]?.fsync ?? '', fsyncsPerCommit } };
}

async function answer(pg: PGlite, request: EngineRequest): Promise<EngineReply> {
  try {
    if (request.kind === 'close') await pg.close();
    else if (request.kind === 'script') await pg.exec(request.sql);
    else {
      const result = await pg.query(request.sql, [...request.params]);
      return { id: request.id, rows: result.rows, count: result.rowCount ?? result.affectedRows ?? 0 };
    }
    return { id: request.id, rows: [], count: 0 };
  } catch (error) {
    return { id: request.id, error: plain(error) };
  }
}

function plain(error: unknown): EngineError {
  if (!(error instanceof Error)) return { message: String(error), fields: {} };
  const source = error as unknown as Record<string, unknown>;
  const fields = Object.fromEntries(
    ERROR_FIELDS.filter((name) => source[name] !== undefined).map((n) => [n, source[n]]),
  );
  return { message: error.message, fields };
}

async function main(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('the engine runs in a thread of its own');
  const { folder } = workerData as EngineSetup;
  try {
    const { pg, greeting } = await open(folder);
    let last: Promise<unknown> = Promise.resolve();
    port.on('message', (request: EngineRequest) => {
      last = last.then(async () => {
        port.postMessage(await answer(pg, request));
        if (request.kind === 'close') port.close();
      });
    });
    port.postMessage(greeting);
  } catch (error) {
    port.postMessage({ ready: false, reason: error instanceof Error ? error.message : String(error) });
    port.close();
  }
}

await main();

/** The witness over HTTP: one route, a bounded body, nothing else. Meant for a co-chair's own machine. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Answer, Witness } from './witness.ts';

const MAX_BODY_BYTES = 262_144;
const REQUEST_TIMEOUT_MS = 10_000;

const plain = (status: number, body: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** A server that is not listening yet. */
export function witnessServer(witness: Witness, vkey: string): Server {
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/' && request.method === 'GET') return plain(200, vkey);
    if (path !== '/add-checkpoint') return plain(404, 'not found');
    if (request.method !== 'POST') return plain(405, 'use POST');
    const body = await readBody(request);
    return body ? witness.addCheckpoint(body) : plain(413, 'too large');
  };
  const server = createServer((request, response) => {
    answer(request)
      // A full disk, say: nothing was co-signed, and the log will ask again.
      .catch(() => plain(500, 'the witness could not keep the checkpoint'))
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
        response.end(body);
      });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return server;
}

/** The whole body; undefined when it is over the limit. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

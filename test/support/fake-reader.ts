/**
 * A real HTTP endpoint that speaks as an OpenAI-compatible one and behaves as it is told: right, lying, silent, half,
 * endless, or sending elsewhere. It keeps what it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly temperature: number;
    readonly response_format?: unknown;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

export type Behaviour = (request: FakeRequest, response: ServerResponse) => void;

export interface FakeReader {
  /** Base address, `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  readonly asked: FakeRequest[];
  /** What it does with the following requests, in order; the last one for all after it. */
  behave(...behaviours: Behaviour[]): void;
  close(): Promise<void>;
}

/** Answers with a message of the model. */
export const says =
  (content: unknown): Behaviour =>
  (_request, response) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] }));
  };

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(code, headers).end('{}');
  };

/** Takes the question and never answers. */
export const stalls: Behaviour = () => {};

/** Sends a good beginning and then letters until the other side has enough. */
export const floods: Behaviour = (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.write('{"choices":[{"message":{"content":"{\\"events\\":[');
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

export async function fakeReader(): Promise<FakeReader> {
  const asked: FakeRequest[] = [];
  let queue: Behaviour[] = [stalls];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one: FakeRequest = {
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: JSON.parse(Buffer.concat(parts).toString('utf8') || 'null'),
      };
      asked.push(one);
      const [behaviour = stalls, ...rest] = queue;
      if (rest.length > 0) queue = rest;
      behaviour(one, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    behave(...behaviours) {
      queue = behaviours;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

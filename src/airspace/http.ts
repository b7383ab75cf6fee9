/** What the channel's own paths share: who calls and how a refusal looks. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isProblem, Problem } from '../core/index.ts';
import { FORBIDDEN, UNAUTHORISED } from './problems.ts';
import { HOST, type Tokens } from './tokens.ts';

export const COOKIE = 'hudna_flight';

/** The party (or host) of a request: its bearer token, or the desk's cookie. */
export function callerOf(tokens: Tokens, request: FastifyRequest): string {
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  const cookie = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,200})`).exec(request.headers.cookie ?? '')?.[1];
  const party = tokens.partyOf(bearer ?? cookie ?? '');
  if (!party) throw new Problem(UNAUTHORISED, 'a token of this channel is required');
  return party;
}

export function partyOnly(caller: string): string {
  if (caller === HOST) throw new Problem(FORBIDDEN, 'the host has no desk of its own');
  return caller;
}

/** Refusals as application/problem+json with a stable code. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, code, detail } = isProblem(error)
      ? {
          status: error.kind.status,
          code: error.kind.code,
          detail: error.where ? `${error.where}: ${error.message}` : error.message,
        }
      : { status: statusOf(error), code: 'airspace/failed', detail: 'the request could not be carried out' };
    if (status >= 500) request.log.error(error);
    return reply
      .code(status)
      .type('application/problem+json')
      .send({ type: 'about:blank', title: code, status, code, detail });
  });
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;

export const sendNoStore = (reply: FastifyReply, body: unknown): FastifyReply =>
  reply.header('cache-control', 'no-store').send(body);

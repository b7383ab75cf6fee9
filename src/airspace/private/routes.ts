/** The paths of private mode: own declarations for the own desk, and three questions that the other site may ask. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../core/index.ts';
import { parseDeclaration } from '../blind/input.ts';
import { answerProblems, callerOf, sendNoStore } from '../http.ts';
import { BAD_REQUEST, FORBIDDEN } from '../problems.ts';
import type { Tokens } from '../tokens.ts';
import type { Peer, PrivateMode } from './service.ts';

const EPOCH = z.coerce.number().int().nonnegative();
const exchangeSchema = z.strictObject({
  commitment: z.string().optional(),
  points: z.string().optional(),
  raised: z.string().optional(),
});
type Params = { readonly Params: { readonly epoch: string } };

/** `own` is the party whose site this is; every other party's token is the other site's. */
export function mountPrivateMode(app: FastifyInstance, mode: PrivateMode, tokens: Tokens, own: string): void {
  answerProblems(app);
  const asOwner = (caller: string): void => {
    if (caller !== own) throw new Problem(FORBIDDEN, 'this is the other side’s own desk');
  };
  const asPeer = (caller: string): void => {
    if (caller === own) throw new Problem(FORBIDDEN, 'the other site asks this');
  };
  app.get('/declarations', (request, reply) => {
    asOwner(callerOf(tokens, request));
    return sendNoStore(reply, mode.overview());
  });
  app.post('/declarations', async (request, reply) => {
    asOwner(callerOf(tokens, request));
    return sendNoStore(reply.code(201), await mode.declare(parseDeclaration(request.body)));
  });
  app.post<{ Params: { id: string } }>('/declarations/:id/end', async (request, reply) => {
    asOwner(callerOf(tokens, request));
    return sendNoStore(reply, await mode.end(request.params.id));
  });
  app.post<Params>('/psi/:epoch/commit', async (request, reply) => {
    asPeer(callerOf(tokens, request));
    const { epoch, body } = exchange(request.params.epoch, request.body);
    return sendNoStore(reply, { commitment: await mode.takeCommit(epoch, body.commitment ?? '') });
  });
  app.post<Params>('/psi/:epoch/round1', async (request, reply) => {
    asPeer(callerOf(tokens, request));
    const { epoch, body } = exchange(request.params.epoch, request.body);
    return sendNoStore(reply, await mode.takeRound1(epoch, body.points ?? ''));
  });
  app.post<Params>('/psi/:epoch/round2', async (request, reply) => {
    asPeer(callerOf(tokens, request));
    const { epoch, body } = exchange(request.params.epoch, request.body);
    await mode.takeRound2(epoch, body.raised ?? '');
    return sendNoStore(reply, { ok: true });
  });
}

function exchange(epoch: string, body: unknown): { epoch: number; body: z.infer<typeof exchangeSchema> } {
  const at = EPOCH.safeParse(epoch);
  const parsed = exchangeSchema.safeParse(body);
  if (!at.success || !parsed.success) throw new Problem(BAD_REQUEST, 'not a message of the exchange');
  return { epoch: at.data, body: parsed.data };
}

const PEER_TIMEOUT_MS = 120_000;

/** The other site over HTTP: the one address this program ever calls, given by its operator. */
export function peerAt(url: string, token: string): Peer {
  const ask = async (epoch: number, step: string, body: unknown): Promise<Record<string, string>> => {
    const reply = await fetch(`${url.replace(/\/$/, '')}/flight/v1/psi/${epoch}/${step}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(PEER_TIMEOUT_MS),
    });
    if (!reply.ok) throw new Error(`the other site answered ${reply.status} to ${step}`);
    return (await reply.json()) as Record<string, string>;
  };
  return {
    commit: async (epoch, commitment) => (await ask(epoch, 'commit', { commitment })).commitment ?? '',
    round1: async (epoch, points) => {
      const answer = await ask(epoch, 'round1', { points });
      return { raised: answer.raised ?? '', points: answer.points ?? '' };
    },
    round2: async (epoch, raised) => {
      await ask(epoch, 'round2', { raised });
    },
  };
}

/** The channel's own paths in blind mode, `/flight/v1/…`: a party sees its own declarations and its own alerts. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../core/index.ts';
import { onTheBeat } from '../beat.ts';
import { answerProblems, callerOf, partyOnly, sendNoStore } from '../http.ts';
import { BAD_REQUEST } from '../problems.ts';
import type { Tokens } from '../tokens.ts';
import type { Arbiter } from './arbiter.ts';
import { parseDeclaration } from './input.ts';
import { HEARTBEAT_MS, type Stream } from './stream.ts';

const stateSchema = z.strictObject({
  state: z.enum(['active', 'off_nominal', 'ended']),
  version: z.int().positive().optional(),
});

export function mountBlindMode(app: FastifyInstance, arbiter: Arbiter, tokens: Tokens, stream: Stream): () => void {
  answerProblems(app);
  arbiter.onTell((party, event) => stream.send(party, 'alert', { ...arbiter.footing(party), ...event }));

  app.get('/declarations', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    return onTheBeat(() => arbiter.overview(party)).then((body) => sendNoStore(reply, body));
  });
  app.get<{ Params: { id: string } }>('/declarations/:id', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    return onTheBeat(() => arbiter.show(party, request.params.id)).then((body) => sendNoStore(reply, body));
  });
  app.post('/declarations', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const input = parseDeclaration(request.body);
    return onTheBeat(() => arbiter.declare(party, input)).then((body) => sendNoStore(reply.code(201), body));
  });
  app.put<{ Params: { id: string } }>('/declarations/:id', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const input = parseDeclaration(request.body);
    return onTheBeat(() => arbiter.amend(party, request.params.id, input)).then((body) => sendNoStore(reply, body));
  });
  app.post<{ Params: { id: string } }>('/declarations/:id/state', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const parsed = stateSchema.safeParse(request.body);
    if (!parsed.success) throw new Problem(BAD_REQUEST, 'state: active, off_nominal or ended');
    const { state, version } = parsed.data;
    return onTheBeat(() => arbiter.setState(party, request.params.id, state, version)).then((body) =>
      sendNoStore(reply, body),
    );
  });
  app.post('/what-if', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const input = parseDeclaration(request.body);
    return onTheBeat(() => arbiter.whatIf(party, input)).then((body) => sendNoStore(reply, body));
  });
  app.post<{ Params: { id: string } }>('/alerts/:id/ack', (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    return onTheBeat(() => arbiter.acknowledge(party, request.params.id)).then((body) => sendNoStore(reply, body));
  });
  app.get('/rules', (request, reply) => {
    callerOf(tokens, request);
    return sendNoStore(reply, arbiter.book.rules);
  });
  app.get('/events', (request, reply) => {
    stream.open(partyOnly(callerOf(tokens, request)), reply);
  });

  const timer = setInterval(() => {
    arbiter.tick();
    for (const party of stream.parties()) stream.send(party, 'heartbeat', arbiter.footing(party));
  }, HEARTBEAT_MS);
  return () => {
    clearInterval(timer);
    stream.close();
  };
}

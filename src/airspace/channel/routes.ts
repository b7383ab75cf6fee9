/** The paths of the line and of keep-clear volumes, `/flight/v1/channel…` and `/flight/v1/keep-clear…`. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../core/index.ts';
import { parseVolumes } from '../check/parse.ts';
import { callerOf, partyOnly, sendNoStore } from '../http.ts';
import { BAD_REQUEST, FORBIDDEN, NOT_YOURS } from '../problems.ts';
import { HOST, type Tokens } from '../tokens.ts';
import { CALL_KINDS, type Channel, FORMAL } from './channel.ts';
import { KEEP_CLEAR_KINDS, type KeepClears } from './keep-clear.ts';

const statusSchema = z.strictObject({ status: z.enum(FORMAL), note: z.string().default('') });
const callSchema = z.strictObject({ kind: z.enum(CALL_KINDS), text: z.string() });
const textSchema = z.strictObject({ text: z.string() });
const confirmSchema = z.strictObject({ right: z.boolean() });
const drawSchema = z.strictObject({
  kind: z.enum(KEEP_CLEAR_KINDS),
  note: z.string().max(500).default(''),
  volumes: z.array(z.unknown()).min(1).max(50),
});
const statementSchema = z.strictObject({ alert: z.string(), statement: z.string() });

export type OwnAlert = (
  party: string,
  alert: string,
) => { readonly declaration: string; readonly code: string | undefined } | undefined;

function parsed<Out>(schema: z.ZodType<Out>, body: unknown): Out {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Problem(BAD_REQUEST, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is wrong'}`);
}

/** `ownAlert` answers the declaration of a party's own alert, and its short code once both sides acknowledged it. */
export function mountChannel(
  app: FastifyInstance,
  channel: Channel,
  keepClears: KeepClears,
  tokens: Tokens,
  ownAlert: OwnAlert,
): void {
  app.get('/channel', (request, reply) => sendNoStore(reply, channel.view(callerOf(tokens, request))));
  app.post('/channel/status', async (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const { status, note } = parsed(statusSchema, request.body);
    await channel.declare(party, status, note);
    return sendNoStore(reply, channel.view(party));
  });
  app.post('/channel/calls', async (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const { kind, text } = parsed(callSchema, request.body);
    return sendNoStore(reply.code(201), await channel.logCall(party, kind, text));
  });
  app.post<{ Params: { id: string } }>('/channel/calls/:id/read-back', async (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const { text } = parsed(textSchema, request.body);
    return sendNoStore(reply, await channel.readBack(party, request.params.id, text));
  });
  app.post<{ Params: { id: string } }>('/channel/calls/:id/confirm', async (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const { right } = parsed(confirmSchema, request.body);
    return sendNoStore(reply, await channel.confirm(party, request.params.id, right));
  });
  app.post('/channel/working-group', async (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    const { alert, statement } = parsed(statementSchema, request.body);
    const about = ownAlert(party, alert);
    if (!about) throw new Problem(NOT_YOURS, 'no such alert of yours');
    return sendNoStore(reply.code(201), await channel.state(party, about, statement));
  });

  app.get('/keep-clear', (request, reply) => {
    callerOf(tokens, request);
    return sendNoStore(reply, { keepClear: keepClears.current() });
  });
  app.post('/keep-clear', async (request, reply) => {
    if (callerOf(tokens, request) !== HOST) throw new Problem(FORBIDDEN, 'the host draws keep-clear volumes');
    const { kind, note, volumes } = parsed(drawSchema, request.body);
    return sendNoStore(reply.code(201), await keepClears.draw(kind, note, parseVolumes(volumes)));
  });
  app.post<{ Params: { id: string } }>('/keep-clear/:id/receipt', async (request, reply) => {
    const party = partyOnly(callerOf(tokens, request));
    return sendNoStore(reply, await keepClears.receipt(party, request.params.id));
  });
}

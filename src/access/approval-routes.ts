/** The API of acting together: read a proposal, approve it, register a key. Never public: a proposal is not yet anybody's word. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { authorOf } from '../record/index.ts';
import { type ApprovalTools, approveAct, readProposal, registerKey } from './approval-service.ts';
import { statementOf } from './approval-statement.ts';
import { actorOf, requireAction } from './service.ts';

export interface ApprovalDeps {
  ctx(actor?: Actor): Ctx;
  readonly tools: ApprovalTools;
}

const byId = z.object({ id: z.string().max(100) });
const base64 = z.string().max(200);
const approvalBody = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signature: base64.nullable().default(null),
});
const keyBody = z.object({ publicKey: base64, signature: base64 });

export function approvalRoutes(app: FastifyInstance, { ctx, tools }: ApprovalDeps): void {
  const holder = async (authorization: string | undefined) =>
    requireAction(await actorOf(ctx().db, authorization), 'act.approve');

  app.get(
    '/api/approvals/:id',
    {
      schema: {
        tags: ['approvals'],
        summary: 'A proposal with its exact text, and what you would sign to approve it',
        params: byId,
        security: [{ token: [] }],
      },
    },
    async (request) => {
      const actor = await holder(request.headers.authorization);
      const { db, agreement } = ctx();
      const { proposal, file } = await readProposal(db, agreement, byId.parse(request.params).id);
      const mine = { person: authorOf(actor), organisation: actor.organisation ?? '', role: actor.role ?? '' };
      return {
        state: proposal.state,
        silent: proposal.silent,
        ...file,
        toSign: statementOf(proposal, { ...mine, sha256: proposal.sha256 }),
      };
    },
  );

  app.post(
    '/api/approvals/:id',
    {
      bodyLimit: 4_096,
      schema: {
        tags: ['approvals'],
        summary: 'Approve the text with this hash (spec/approval); the last approval needed carries the act out',
        params: byId,
        body: approvalBody,
        security: [{ token: [] }],
      },
    },
    async (request) => {
      const actor = await holder(request.headers.authorization);
      const given = approvalBody.parse(request.body);
      const { proposal, settled } = await approveAct(ctx(actor), tools, byId.parse(request.params).id, given);
      return {
        id: proposal.id,
        state: proposal.state,
        approvals: settled.counted.length,
        missing: settled.missing,
        missingChairs: settled.missingChairs,
        silent: settled.silent,
      };
    },
  );

  app.post(
    '/api/approval-keys',
    {
      bodyLimit: 4_096,
      schema: {
        tags: ['approvals'],
        summary: 'Register your Ed25519 key, once; your approvals must be signed from then on',
        body: keyBody,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      const actor = await holder(request.headers.authorization);
      const { publicKey, signature } = keyBody.parse(request.body);
      reply.code(201);
      return registerKey(ctx(actor), publicKey, signature);
    },
  );
}

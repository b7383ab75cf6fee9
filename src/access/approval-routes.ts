/** The API of acting together: read proposals, approve, withdraw, register a key. A proposal is not yet anybody's word and never public; a change of a key that was carried out is. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Actor, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { authorOf } from '../record/index.ts';
import {
  type ApprovalTools,
  approveAct,
  listActs,
  type ProposalState,
  readProposal,
  registerKey,
  withdrawAct,
} from './approval-service.ts';
import { statementOf } from './approval-statement.ts';
import { actorIn, needs, PUBLIC } from './guard.ts';
import { roleFor } from './model.ts';
import { vouchingShape } from './passkey.ts';
import { PROPOSAL_NOT_FOUND } from './problems.ts';

export interface ApprovalDeps {
  ctx(actor?: Actor): Ctx;
  readonly tools: ApprovalTools;
}

const byId = z.object({ id: z.string().max(100) });
const base64 = z.string().max(200);
const listQuery = z.object({ state: z.enum(['open', 'done', 'overtaken', 'withdrawn']).optional() });
const approvalBody = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signature: base64.nullable().default(null),
  assertion: vouchingShape.nullable().default(null),
});
const keyBody = z.object({ publicKey: base64, signature: base64 });

export function approvalRoutes(app: FastifyInstance, { ctx, tools }: ApprovalDeps): void {
  app.get(
    '/api/approvals',
    {
      config: needs('act.propose'),
      schema: { tags: ['approvals'], summary: 'Proposals, the newest first', querystring: listQuery },
    },
    async (request) => {
      const me = authorOf(actorIn(request));
      const { state } = listQuery.parse(request.query);
      return { items: (await listActs(ctx(), tools, state ?? null)).map((one) => shown(one, me)) };
    },
  );

  app.get(
    '/api/approvals/:id',
    {
      config: needs('act.propose'),
      schema: {
        tags: ['approvals'],
        summary: 'A proposal with its exact text, and what you would sign to approve it',
        params: byId,
        security: [{ token: [] }],
      },
    },
    async (request) => {
      const actor = actorIn(request);
      const { db, agreement } = ctx();
      const { proposal, file } = await readProposal(db, agreement, byId.parse(request.params).id);
      const role = roleFor(request.holder?.roles ?? [], 'act.approve');
      const mine = { person: authorOf(actor), organisation: actor.organisation ?? '', role: role ?? '' };
      return {
        state: proposal.state,
        silent: proposal.silent,
        organisation: proposal.organisation,
        mine: proposal.author === mine.person,
        approved: file.approvals.some(({ person }) => person === mine.person),
        ...file,
        toSign: role === null ? null : statementOf(proposal, { ...mine, sha256: proposal.sha256 }),
      };
    },
  );

  app.get(
    '/api/key-changes/:id',
    {
      config: PUBLIC,
      schema: {
        tags: ['approvals'],
        summary: 'Everything to check a change of a key offline, by its proposal (spec/approval)',
        params: byId,
      },
    },
    async (request) => {
      const { db, agreement } = ctx();
      const { proposal, file } = await readProposal(db, agreement, byId.parse(request.params).id);
      if (proposal.act !== 'key.change' || proposal.state !== 'done')
        throw new Problem(PROPOSAL_NOT_FOUND, 'no key was changed by this proposal');
      return file;
    },
  );

  app.post(
    '/api/approvals/:id',
    {
      config: needs('act.approve'),
      bodyLimit: 65_536,
      schema: {
        tags: ['approvals'],
        summary: 'Approve the text with this hash (spec/approval); the last approval needed carries the act out',
        params: byId,
        body: approvalBody,
        security: [{ token: [] }],
      },
    },
    async (request) => {
      const given = approvalBody.parse(request.body);
      const actor = actorIn(request);
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

  app.delete(
    '/api/approvals/:id',
    {
      config: needs('act.propose'),
      schema: { tags: ['approvals'], summary: 'Withdraw a proposal of yours', params: byId, security: [{ token: [] }] },
    },
    async (request, reply) => {
      await withdrawAct(ctx(actorIn(request)), byId.parse(request.params).id);
      reply.code(204);
    },
  );

  app.post(
    '/api/approval-keys',
    {
      config: needs('act.approve'),
      bodyLimit: 4_096,
      schema: {
        tags: ['approvals'],
        summary: 'Register your Ed25519 key, once; your approvals must be signed from then on',
        body: keyBody,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      const { publicKey, signature } = keyBody.parse(request.body);
      reply.code(201);
      return registerKey(ctx(actorIn(request)), publicKey, signature);
    },
  );
}

const shown = ({ proposal, settled }: ProposalState, me: string) => ({
  id: proposal.id,
  act: proposal.act,
  object: proposal.object,
  sha256: proposal.sha256,
  organisation: proposal.organisation,
  proposedAt: new Date(proposal.proposedAt).toISOString(),
  settledAt: proposal.settledAt === null ? null : new Date(proposal.settledAt).toISOString(),
  state: proposal.state,
  mine: proposal.author === me,
  approved: settled.counted.some(({ person }) => person === me),
  approvals: settled.counted.map(({ organisation, role }) => ({ organisation, role })),
  missing: settled.missing,
  missingChairs: settled.missingChairs,
  silent: settled.silent,
});

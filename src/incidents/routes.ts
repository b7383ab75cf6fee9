/**
 * The API of links for people: what waits for a person, why each report is where it is, and the decisions. Never public:
 * reasons may tell of sealed reports. What the public sees of links is in the incident's own answer.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorIn, needs } from '../access/index.ts';
import { type Actor, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { readReports } from '../sources/index.ts';
import { decisionsOn, listProposals } from './decision-store.ts';
import { undoneIn } from './decisions.ts';
import type { Ask } from './plan.ts';
import { INCIDENT_EMPTY } from './problems.ts';
import type { Incidents } from './service.ts';
import { findIncident, listAsked, type MemberRow, readMembers } from './store.ts';

export interface IncidentDeps {
  ctx(actor?: Actor): Ctx;
  readonly incidents: Incidents;
}

const MAX_PAGE = 200;
const id = z.string().min(1).max(300);
const member = z.object({ report: id, event: z.number().int().min(0).max(10_000).default(0) });
const decisionBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('accept'), member, incident: id.nullable().default(null), reason: z.string().max(2_000) }),
  z.object({ act: z.literal('other'), member, incident: id, reason: z.string().max(2_000) }),
  z.object({ act: z.literal('new'), member, reason: z.string().max(2_000) }),
  z.object({ act: z.literal('not_same'), member, other: member, reason: z.string().max(2_000) }),
  z.object({ act: z.literal('merge'), incident: id, into: id, reason: z.string().max(2_000) }),
  z.object({
    act: z.literal('split'),
    incident: id,
    members: z.array(member).min(1).max(1_000),
    reason: z.string().max(2_000),
  }),
  z.object({ act: z.literal('undo'), decision: id, reason: z.string().max(2_000) }),
]);
const proposalBody = z.object({ accept: z.boolean(), reason: z.string().max(2_000) });
const byId = z.object({ id });
const page = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
});

export function incidentRoutes(app: FastifyInstance, { ctx, incidents }: IncidentDeps): void {
  const config = needs('link.decide');
  const staff = { tags: ['links'], security: [{ token: [] }] };

  app.get(
    '/api/incidents/queue',
    { config, schema: { ...staff, summary: 'Reports about which the machine asks a person', querystring: page } },
    async (request) => {
      const { cursor, limit } = page.parse(request.query);
      const { db, agreement } = ctx();
      const after = Number(cursor ?? 0);
      const { members, total } = await listAsked(db, agreement, { after, limit });
      const told = await readReports(db, agreement, [...new Set(members.map(({ report }) => report))]);
      const about = new Map(told.map((report) => [report.id, report]));
      const end = after + members.length;
      return {
        items: members.map((row) => {
          const report = about.get(row.report);
          return {
            ...shownLink(row),
            proposed: row.runnerUp,
            source: report?.source.name ?? null,
            lang: report?.lang ?? null,
            published: report?.published ?? null,
            title: report?.title ?? null,
            text: report?.text ?? null,
          };
        }),
        total,
        next: end < total ? String(end) : null,
      };
    },
  );

  app.get(
    '/api/incidents/:id/links',
    {
      config,
      schema: { ...staff, summary: 'Why each report is in an incident, and what people decided', params: byId },
    },
    async (request) => {
      const { db, agreement } = ctx();
      const incident = byId.parse(request.params).id;
      const row = await findIncident(db, agreement, incident);
      if (!row) throw new Problem(INCIDENT_EMPTY, `there is no incident ${incident}`);
      const decisions = await decisionsOn(db, agreement, [incident]);
      const undone = undoneIn(decisions);
      return {
        incident,
        mergedInto: row.mergedInto,
        members: (await readMembers(db, agreement, [incident])).map(shownLink),
        decisions: decisions.map((one) => ({ ...one, undone: undone.has(one.id) })),
      };
    },
  );

  app.get(
    '/api/incidents/proposals',
    { config, schema: { ...staff, summary: 'Merges, moves and splits that the machine proposes', querystring: page } },
    async (request) => {
      const { cursor, limit } = page.parse(request.query);
      const { db, agreement } = ctx();
      const after = Number(cursor ?? 0);
      const { proposals, total } = await listProposals(db, agreement, { after, limit });
      const end = after + proposals.length;
      return { items: proposals, total, next: end < total ? String(end) : null };
    },
  );

  app.post(
    '/api/incidents/proposals/:id',
    {
      bodyLimit: 16_384,
      config,
      schema: {
        ...staff,
        summary: 'Accept or refuse a proposal; what a refusal says binds as well',
        params: byId,
        body: proposalBody,
      },
    },
    async (request, reply) => {
      const actor = actorIn(request);
      const { accept, reason } = proposalBody.parse(request.body);
      const done = await incidents.settleProposal(ctx(actor), byId.parse(request.params).id, accept, reason);
      reply.code(201);
      return { decision: done.id, kind: done.decision.kind, incidents: done.incidents };
    },
  );

  app.post(
    '/api/incidents/decisions',
    {
      config,
      bodyLimit: 262_144,
      schema: {
        ...staff,
        summary: 'Decide where reports belong: accept, other, new, not_same, merge, split, undo; each with a reason',
        body: decisionBody,
      },
    },
    async (request, reply) => {
      const actor = actorIn(request);
      const { reason, ...ask } = decisionBody.parse(request.body);
      const done =
        ask.act === 'undo'
          ? await incidents.undo(ctx(actor), ask.decision, reason)
          : await incidents.decide(ctx(actor), ask satisfies Ask, reason);
      reply.code(201);
      return { decision: done.id, kind: done.decision.kind, incidents: done.incidents };
    },
  );
}

/** A member with the reasons for its link; bits sum to the score. */
const shownLink = ({ entry: _entry, ...row }: MemberRow) => row;

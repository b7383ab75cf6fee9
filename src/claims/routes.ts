/**
 * The API of claims, for those who may read sealed reports: what was read from a report with its words and versions, the
 * decisions of people, and the kept ones as cases. Never public: the public sees claims on the page of an incident.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorIn, needs } from '../access/index.ts';
import { type Actor, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { documentOf, readReports } from '../sources/index.ts';
import { claimsInForce } from './facts.ts';
import { CLAIM_FIELDS, type Claim, type ClaimSpan } from './model.ts';
import { CLAIM_NOT_FOUND } from './problems.ts';
import type { Comparison } from './second-reader/compare.ts';
import { findSecondReading, listDisputes, readComparisons, type SecondReadingRow } from './second-reader/store.ts';
import { decideClaim, readCases } from './service.ts';
import { findReading, readClaims } from './store.ts';
import type { ValueTools } from './value.ts';

export interface ClaimDeps {
  ctx(actor?: Actor): Ctx;
  readonly tools: ValueTools;
  /** Told after a decision is durable, so that what follows from it starts. */
  onDecided(): void;
}

const MAX_PAGE = 200;
const page = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
});
const byId = z.object({ id: z.string().min(1).max(200) });
const about = {
  event: z.number().int().min(0).max(10_000),
  field: z.enum(CLAIM_FIELDS),
  seen: z.number().int().min(0).max(1_000_000),
  reason: z.string().max(2_000),
  keep: z.boolean().default(false),
};
const decisionBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('confirm'), ...about }),
  z.object({ act: z.literal('reject'), ...about }),
  z.object({ act: z.literal('undo'), ...about }),
  z.object({ act: z.literal('take_second'), ...about }),
  z.object({
    act: z.literal('correct'),
    ...about,
    value: z.unknown(),
    words: z.string().min(1).max(2_000).optional(),
  }),
]);

export function claimRoutes(app: FastifyInstance, deps: ClaimDeps): void {
  const staff = { tags: ['claims'], security: [{ token: [] }] };

  app.get(
    '/api/reports/:id/claims',
    {
      config: needs('report.read_sealed'),
      schema: { ...staff, summary: 'What was read from a report: values, their words, every version', params: byId },
    },
    async (request, reply) => {
      const { db, agreement } = deps.ctx();
      const { id } = byId.parse(request.params);
      const [report] = await readReports(db, agreement, [id]);
      const reading = report && (await findReading(db, agreement, id));
      if (!report || !reading) throw new Problem(CLAIM_NOT_FOUND, 'the report is not there or has not been read yet');
      const document = documentOf(report);
      const claims = await readClaims(db, agreement, [id]);
      const second = await findSecondReading(db, agreement, id);
      const comparisons = await readComparisons(db, agreement, id);
      const beside = (claim: Claim) =>
        comparisons.find(({ event, field }) => event === claim.event && field === claim.field);
      reply.header('cache-control', 'private, no-store');
      return {
        report: id,
        visibility: report.visibility,
        reader: reading.reader,
        readAt: reading.readAt,
        language: reading.document.language,
        document,
        dropped: reading.document.dropped,
        second: second ? secondShown(second) : null,
        items: grouped(claims).map((versions) => {
          const current = versions.at(-1) as Claim;
          const other = beside(current);
          return {
            ...shown(document, current),
            second: other ? comparisonShown(document, other) : null,
            versions: versions.map((one) => shown(document, one)),
          };
        }),
        onlySecond: comparisons
          .filter((one) => !claims.some(({ event, field }) => event === one.event && field === one.field))
          .map((one) => comparisonShown(document, one)),
      };
    },
  );

  app.post(
    '/api/reports/:id/claims/decisions',
    {
      config: needs('claim.decide'),
      bodyLimit: 65_536,
      schema: {
        ...staff,
        summary: 'Confirm, correct or reject a value, or take the last decision on it back; each with a reason',
        params: byId,
        body: decisionBody,
      },
    },
    async (request, reply) => {
      const actor = actorIn(request);
      const asked = decisionBody.parse(request.body);
      const { id } = byId.parse(request.params);
      const claim = await decideClaim(deps.ctx(actor), deps.tools, id, asked);
      deps.onDecided();
      const { event, field, version, standing, value, kept } = claim;
      reply.code(201);
      return { report: id, event, field, version, standing, value, kept };
    },
  );

  app.get(
    '/api/claims/disputes',
    {
      config: needs('claim.decide'),
      schema: {
        ...staff,
        summary: 'Where the second reader read otherwise or more, and nobody has decided since',
        querystring: page,
      },
    },
    async (request, reply) => {
      const { cursor, limit } = page.parse(request.query);
      const { db, agreement } = deps.ctx();
      const after = Number(cursor ?? 0);
      const { items, total } = await listDisputes(db, agreement, { after, limit });
      const ids = [...new Set(items.map(({ report }) => report))];
      const reports = new Map((await readReports(db, agreement, ids)).map((report) => [report.id, report]));
      const claims = claimsInForce(await readClaims(db, agreement, ids));
      const end = after + items.length;
      reply.header('cache-control', 'private, no-store');
      return {
        items: items.map((one) => {
          const report = reports.get(one.report);
          const document = report ? documentOf(report) : '';
          const first = claims.find(
            ({ report: of, event, field }) => of === one.report && event === one.event && field === one.field,
          );
          return {
            report: one.report,
            first: first ? shown(document, first) : null,
            second: comparisonShown(document, one),
          };
        }),
        total,
        next: end < total ? String(end) : null,
      };
    },
  );

  app.get(
    '/api/claims/cases',
    {
      config: needs('claim.decide'),
      schema: { ...staff, summary: 'Kept decisions as cases for the reader (spec/reading-case); public reports only' },
    },
    async () => {
      const { cases, sealed } = await readCases(deps.ctx());
      return { items: cases, sealed };
    },
  );
}

/** Versions of each value, by event and in the order of the fields. */
function grouped(claims: readonly Claim[]): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = `${claim.event} ${claim.field}`;
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()].sort(([a], [b]) =>
    a && b ? a.event - b.event || CLAIM_FIELDS.indexOf(a.field) - CLAIM_FIELDS.indexOf(b.field) : 0,
  );
}

const shown = (document: string, { report: _report, spans, ...claim }: Claim) => ({
  ...claim,
  spans: spans.map((span) => withWords(document, span)),
});

const comparisonShown = (document: string, { event, field, outcome, value, spans }: Comparison) => ({
  event,
  field,
  outcome,
  value,
  spans: spans.map((span) => withWords(document, span)),
});

/** Without the raw answer: it stays in the database, for whoever has to look into a quarrel. */
const secondShown = ({ raw: _raw, ...row }: SecondReadingRow) => row;

const withWords = (document: string, { start, end }: ClaimSpan) => ({ start, end, text: document.slice(start, end) });

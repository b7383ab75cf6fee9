/** The API of reports: one in (acknowledged after it is durable), and the list, where sealed words stay sealed. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actorIn, needs, PUBLIC } from '../access/index.ts';
import { type Actor, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { checkReport, type Plausible } from './check.ts';
import { LIMITS, type Report } from './model.ts';
import { BAD_REPORT, REPORT_NOT_FOUND } from './problems.ts';
import { receiveReport } from './service.ts';
import { listReports, readReports } from './store.ts';

export interface SourceDeps {
  ctx(actor?: Actor): Ctx;
  plausible(): Plausible;
  /** The sender's receipt for an entry of the record; null while no log runs. */
  receipt(entry: number): Promise<object | null>;
  /** Told after a report is durable, so that its follow-ups start. */
  onReceived(): void;
}

const MAX_PAGE = 500;
const listQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
});
const byId = z.object({ id: z.string().max(200) });

export function sourceRoutes(app: FastifyInstance, deps: SourceDeps): void {
  app.post(
    '/api/reports',
    {
      config: needs('report.submit'),
      bodyLimit: LIMITS.line,
      schema: {
        tags: ['reports'],
        summary: 'Send one report (spec/report); answered after it is durable',
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      const checked = checkReport(request.body, deps.plausible());
      if ('reason' in checked) throw new Problem(BAD_REPORT, checked.reason, { params: { reason: checked.reason } });
      const received = await receiveReport(deps.ctx(actorIn(request)), checked.report);
      deps.onReceived();
      reply.code(received.duplicate ? 200 : 201);
      return { id: received.id, receipt: received.entry === null ? null : await deps.receipt(received.entry) };
    },
  );

  app.get(
    '/api/reports',
    {
      config: PUBLIC,
      schema: { tags: ['reports'], summary: 'Reports in the order of receipt', querystring: listQuery },
    },
    async (request) => {
      const { cursor, limit } = listQuery.parse(request.query);
      const { db, agreement, clock } = deps.ctx();
      const { reports, next } = await listReports(db, agreement, Number(cursor ?? 0), limit, new Date(clock.now()));
      return { items: reports.map(publicReport), next: next === null ? null : String(next) };
    },
  );

  app.get(
    '/api/reports/:id',
    { config: PUBLIC, schema: { tags: ['reports'], summary: 'One report', params: byId } },
    async (request) => {
      const { db, agreement, clock } = deps.ctx();
      const [report] = await readReports(db, agreement, [byId.parse(request.params).id]);
      if (!report || (report.shownFrom !== null && Date.parse(report.shownFrom) > clock.now()))
        throw new Problem(REPORT_NOT_FOUND, 'there is no such report');
      return publicReport(report);
    },
  );
}

/** A report as anyone may see it: of a sealed one that it exists, its source's kind and its day of receipt. */
function publicReport(report: Report) {
  const open = report.visibility === 'public';
  return {
    id: report.id,
    visibility: report.visibility,
    source: open
      ? { name: report.source.name, kind: report.source.kind, camp: report.source.camp, url: report.url }
      : { name: null, kind: report.source.kind, camp: null, url: null },
    origin: open ? report.origin : null,
    published: open ? report.published : null,
    lang: report.lang,
    title: open ? report.title : null,
    text: open ? report.text : null,
    receivedAt: open ? report.receivedAt : report.receivedAt.slice(0, 10),
  };
}

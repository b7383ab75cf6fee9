/** The public API of days and incidents, the bulletin's page and the feeds. No account, no cookie, nothing but the projection. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PUBLIC } from '../access/index.ts';
import { EVENT_TYPES, isDay, isLang, LANGS, type Lang } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { type IncidentFilter, listIncidents } from '../incidents/index.ts';
import { assembleIncidents } from './assemble.ts';
import { bulletinPage } from './bulletin-page.ts';
import { timeline, viewDay } from './day.ts';
import { csvFeed, geojsonFeed } from './feeds.ts';
import { heldBack } from './held-back.ts';
import { viewIncident } from './incident-view.ts';
import { translator } from './messages.ts';
import type { ProjectionTools } from './projection.ts';
import { composeDraft, dayOf, type EvidenceOf, readReleased } from './release-service.ts';

export interface PublishDeps {
  ctx(): Ctx;
  readonly projection: ProjectionTools;
  readonly evidence: EvidenceOf;
}

const MAX_PAGE = 500;
const FEED_LIMIT = 20_000;
const day = z.string().refine(isDay, 'not a day (YYYY-MM-DD)');
const filters = {
  from: day.optional(),
  to: day.optional(),
  area: z.string().max(100).optional(),
  type: z.enum(EVENT_TYPES).optional(),
  party: z.string().max(64).optional(),
};
const listQuery = z.object({
  ...filters,
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
});
const feedQuery = z.object(filters);
const langQuery = z.object({
  lang: z.enum(LANGS).optional(),
  /** Number of a release; the last one, else the draft, where it is not said. */
  release: z.coerce.number().int().min(1).max(100_000).optional(),
});
const byId = z.object({ id: z.string().max(200) });
const byDay = z.object({ day: z.string().max(20) });

/** Mounts the routes; `deps.ctx` gives a fresh machine context. */
export function publishRoutes(app: FastifyInstance, deps: PublishDeps): void {
  const { projection } = deps;

  app.get(
    '/api/days',
    {
      config: PUBLIC,
      schema: { tags: ['public'], summary: 'Every day from the first to the last day of data, with its counts' },
    },
    async () => ({
      timeZone: projection.instrument.timeZone,
      startDay: projection.startDay,
      days: await timeline(deps.ctx(), projection),
    }),
  );

  app.get(
    '/api/days/:day',
    {
      config: PUBLIC,
      schema: { tags: ['public'], summary: 'One day: incidents and counts beside the day before', params: byDay },
    },
    async (request) => viewDay(deps.ctx(), projection, byDay.parse(request.params).day),
  );

  app.get(
    '/api/incidents',
    { config: PUBLIC, schema: { tags: ['public'], summary: 'Incidents, by day', querystring: listQuery } },
    async (request) => {
      const { cursor, limit, ...filter } = listQuery.parse(request.query);
      return pageOfIncidents(deps, filter, Number(cursor ?? 0), limit);
    },
  );

  app.get(
    '/api/incidents/:id',
    { config: PUBLIC, schema: { tags: ['public'], summary: 'One incident with everything behind it', params: byId } },
    async (request) => viewIncident(deps.ctx(), projection, byId.parse(request.params).id),
  );

  app.get(
    '/api/bulletins/:day',
    {
      config: PUBLIC,
      schema: { tags: ['public'], summary: 'The bulletin of a day as data', params: byDay, querystring: langQuery },
    },
    async (request) =>
      bulletinOf(deps, byDay.parse(request.params).day, langOf(request), langQuery.parse(request.query).release),
  );

  app.get(
    '/bulletins/:day',
    { config: PUBLIC, schema: { hide: true, params: byDay, querystring: langQuery } },
    async (request, reply) => {
      const lang = langOf(request);
      const { release } = langQuery.parse(request.query);
      const bulletin = await bulletinOf(deps, byDay.parse(request.params).day, lang, release);
      reply.type('text/html; charset=utf-8');
      return bulletinPage(bulletin, projection.instrument, translator(lang), reply.cspNonce?.style);
    },
  );

  app.get(
    '/feeds/incidents.geojson',
    { config: PUBLIC, schema: { tags: ['feeds'], summary: 'Incidents as GeoJSON', querystring: feedQuery } },
    async (request, reply) => {
      reply.type('application/geo+json; charset=utf-8');
      return geojsonFeed((await pageOfIncidents(deps, feedQuery.parse(request.query), 0, FEED_LIMIT)).items);
    },
  );

  app.get(
    '/feeds/incidents.csv',
    { config: PUBLIC, schema: { tags: ['feeds'], summary: 'Incidents as CSV', querystring: feedQuery } },
    async (request, reply) => {
      reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="incidents.csv"');
      return csvFeed((await pageOfIncidents(deps, feedQuery.parse(request.query), 0, FEED_LIMIT)).items);
    },
  );
}

async function pageOfIncidents({ ctx, projection }: PublishDeps, filter: IncidentFilter, after: number, limit: number) {
  const at = ctx();
  const { incidents: except } = await heldBack(at, projection);
  const { incidents, total } = await listIncidents(at.db, at.agreement, { ...filter, except }, { after, limit });
  const items = await assembleIncidents(at, projection, incidents);
  const end = after + incidents.length;
  return { items: items.map(({ shown }) => shown), total, next: end < total ? String(end) : null };
}

/** The bulletin of a day in a language: the release with this number, else the last one, else a draft. Throws BAD_DAY for what is no day. */
export async function bulletinOf(deps: PublishDeps, wanted: string, lang: Lang, release?: number) {
  const { ctx, projection, evidence } = deps;
  const day = dayOf(wanted);
  const released = await readReleased(ctx().db, projection.instrument.id, day, lang, release ?? null, evidence);
  return released ?? composeDraft(ctx(), projection, day, lang);
}

/** The language asked for by `?lang`, else by Accept-Language, else Arabic. */
export function langOf(request: FastifyRequest): Lang {
  const asked = (request.query as { lang?: unknown } | undefined)?.lang;
  if (isLang(asked)) return asked;
  const header = request.headers['accept-language']?.slice(0, 200) ?? '';
  const known = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return known.find(isLang) ?? 'ar';
}

/** The two addresses of signing in through an issuer: going out, and coming back. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { PUBLIC } from './guard.ts';
import { OidcClient, type OidcProvider } from './oidc.ts';
import { OidcJourneys } from './oidc-service.ts';
import { OIDC_FAILED } from './problems.ts';
import { cookieOf } from './session.ts';

export interface OidcDeps {
  ctx(): Ctx;
  origin(): string;
  readonly providers: readonly OidcProvider[];
}

const COOKIE = '__Host-hudna-oidc';
const byId = z.object({ id: z.string().max(40) });
const body = z.object({
  secret: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
});
const SLOW = { rateLimit: { max: 10, timeWindow: 60_000 } };

export function oidcRoutes(app: FastifyInstance, { ctx, origin, providers }: OidcDeps): void {
  const clients = new Map(providers.map((provider) => [provider.id, new OidcClient(provider)]));
  const journeys = new OidcJourneys();
  const back = (id: string) => `${origin()}/api/oidc/${id}/callback`;

  app.post(
    '/api/oidc/:id/start',
    {
      config: { ...PUBLIC, sameOrigin: true, ...SLOW },
      schema: { tags: ['people'], summary: 'Begin a sign-in through an organisation’s issuer', params: byId, body },
    },
    async (request, reply) => {
      const { id } = byId.parse(request.params);
      const client = clients.get(id);
      if (!client) throw new Problem(OIDC_FAILED, 'there is no such sign-in');
      const journey = await journeys.begin(ctx(), client, back(id), body.parse(request.body).secret);
      // Lax: the way back is a link from another site. It opens nothing by itself.
      const cookie = `${COOKIE}=${journey.id}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600`;
      reply.header('set-cookie', cookie).header('cache-control', 'no-store');
      return { url: journey.url };
    },
  );

  app.get(
    '/api/oidc/:id/callback',
    {
      config: { ...PUBLIC, ...SLOW },
      schema: { tags: ['people'], summary: 'Where an organisation’s issuer sends its people back to', params: byId },
    },
    async (request, reply) => {
      const { id } = byId.parse(request.params);
      const gone = `${COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
      reply.header('cache-control', 'no-store').code(303);
      const journey = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]{64})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
      try {
        const current = `${back(id)}${new URL(request.url, origin()).search}`;
        const session = await journeys.finish(ctx(), journey ?? '', id, current);
        return reply
          .header('set-cookie', [gone, cookieOf(session.secret)])
          .header('location', '/desk/account')
          .send();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        ctx().log.warn({ code: error.kind.code }, 'a sign-in through an issuer did not succeed');
        return reply.header('set-cookie', gone).header('location', '/desk/sign-in?failed=oidc').send();
      }
    },
  );
}

/** The Fastify app: security headers, errors, the routes of each room, the documentation and the web app's files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import {
  approvalRoutes,
  demoRoutes,
  guardRoutes,
  type OidcProvider,
  oidcRoutes,
  PUBLIC,
  peopleRoutes,
  type RouteAccess,
  sessionRoutes,
  signInCeremonies,
  siteOf,
} from '../access/index.ts';
import { claimRoutes } from '../claims/index.ts';
import { incidentRoutes } from '../incidents/index.ts';
import { intakeRoutes, Workshop } from '../intake/index.ts';
import { placeRoutes } from '../places/index.ts';
import { actPerformers, actRoutes, publishRoutes, releaseBulletin, releaseRoutes } from '../publish/index.ts';
import { type RecordLog, recordRoutes } from '../record/index.ts';
import { sourceRoutes } from '../sources/index.ts';
import { termsRoutes } from '../terms/index.ts';
import { docsPage } from './docs.ts';
import { handleErrors } from './errors.ts';
import { healthRoutes } from './health.ts';
import type { House } from './house.ts';
import { instrumentRoutes, type SampleInfo } from './instrument-routes.ts';
import { recordInfoRoutes } from './record-info.ts';

export interface AppOptions {
  /** The running log; null in tests of the API alone. */
  readonly record: RecordLog | null;
  /** Folder of the built web app; absent in tests of the API alone. */
  readonly webDir: string | undefined;
  readonly sample: SampleInfo | null;
  /** Where browsers see this server (`https://…`); absent: `http://localhost` with the port it listens on. */
  readonly origin?: string | undefined;
  /** Offers the role switcher of the demo. Only for a server on the loopback, never for `serve`. */
  readonly demo?: boolean;
  /** Issuers of organisations; none unless the operator names some. */
  readonly oidc?: readonly OidcProvider[];
}

const REQUESTS_A_MINUTE = 1_200;

export async function buildApp(house: House, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    // Behind TLS the proxy on this machine says who asks, so that limits count callers and not the proxy.
    trustProxy: options.origin?.startsWith('https:') ? 'loopback' : false,
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 300 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const { webDir } = options;
  const page = webDir && existsSync(join(webDir, 'index.html')) ? pageIn(webDir) : null;
  handleErrors(app, house.log, (request, reply) =>
    page === null || FOR_PROGRAMS.test(request.url) ? null : page(reply),
  );
  await app.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
  await app.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: 60_000 });
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Hudna',
        description: 'The public API of Hudna (هدنة). Errors are application/problem+json with a stable code.',
        version: '1',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  const origin = () => options.origin ?? localOrigin(app);
  const demo = options.demo ?? false;
  guardRoutes(app, { ctx: house.ctx, origin, demo });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', PERMISSIONS);
    if (options.origin?.startsWith('https:')) reply.header('strict-transport-security', HSTS);
  });
  await app.register(async (routes) => {
    const ctx = house.ctx;
    const site = () => siteOf(origin());
    const providers = options.oidc ?? [];
    const oidc = providers.map(({ id, name }) => ({ id, name }));
    healthRoutes(routes, house, options.record);
    instrumentRoutes(routes, house, options.sample, demo);
    termsRoutes(routes, house.instrument);
    placeRoutes(routes, house.gazetteer);
    sourceRoutes(routes, {
      ctx,
      plausible: house.plausible,
      onReceived: () => house.jobs.wake(),
      receipt: async (entry) => (await options.record?.receipt(entry)) ?? null,
    });
    const workshop = new Workshop();
    routes.addHook('onClose', () => workshop.close());
    intakeRoutes(routes, {
      ctx,
      plausible: house.plausible,
      onReceived: () => house.jobs.wake(),
      receipt: async (entry) => (await options.record?.receipt(entry)) ?? null,
      timeZone: house.instrument.timeZone,
      workshop,
      originals: join(house.dataDir, 'originals'),
    });
    claimRoutes(routes, {
      ctx,
      tools: { gazetteer: house.gazetteer, instrument: house.instrument },
      onDecided: () => house.jobs.wake(),
    });
    incidentRoutes(routes, { ctx, incidents: house.incidents });
    publishRoutes(routes, { ctx, projection: house.projection, evidence: house.evidence });
    releaseRoutes(routes, { ctx, projection: house.projection });
    const tools = { instrument: house.instrument, preparedKey: options.record?.preparedKey };
    actRoutes(routes, { ctx, tools });
    approvalRoutes(routes, {
      ctx,
      tools: {
        quorum: house.instrument.quorum,
        site,
        performers: {
          ...actPerformers(tools),
          'bulletin.release': releaseBulletin,
        },
      },
    });
    sessionRoutes(routes, { ctx, origin, demo, signIn: { ceremonies: signInCeremonies(), site }, oidc });
    if (providers.length > 0) oidcRoutes(routes, { ctx, origin, providers });
    peopleRoutes(routes, { ctx });
    if (demo) demoRoutes(routes, ctx);
    recordInfoRoutes(routes, house, options.record);
    const { record } = options;
    if (record)
      await routes.register(async (open) => {
        declareAll(open, 'public');
        await open.register(recordRoutes(record), { prefix: '/record' });
      });
    routes.get('/openapi.json', { config: PUBLIC, schema: { hide: true } }, async () => app.swagger());
    routes.get('/docs', { config: PUBLIC, schema: { hide: true } }, async (_request, reply) => {
      reply.type('text/html; charset=utf-8');
      return docsPage(app.swagger(), reply.cspNonce.style);
    });
  });
  if (webDir && page)
    await app.register(async (open) => {
      declareAll(open, 'public');
      await serveWeb(open, webDir, page);
    });
  return app;
}

/** Seconds: a year, as a browser must remember that this host speaks TLS only. */
const HSTS = 'max-age=31536000; includeSubDomains';
const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()';

const localOrigin = (app: FastifyInstance): string => {
  const address = app.server.address();
  const port = address !== null && typeof address === 'object' ? `:${address.port}` : '';
  return new URL(`http://localhost${port}`).origin;
};

/** Declares one access for all routes of a scope: files that anyone may read. */
function declareAll(scope: FastifyInstance, access: RouteAccess): void {
  scope.addHook('onRoute', (route) => {
    route.config = { access, ...route.config };
  });
}

/** Addresses of the web app: each answers its index.html, the app does the rest. */
const SCREENS = ['/', '/map', '/incidents/:id', '/register', '/terms', '/record', '/report', '/desk/*'];

/** Addresses of programs and files: a wrong one is answered with a problem, whoever asks. */
const FOR_PROGRAMS = /^\/(api|feeds|record|assets|bulletins)\//;

/** The app's one page, for an answer: components that set a style element read the nonce from it. */
function pageIn(webDir: string): (reply: FastifyReply) => string {
  const index = readFileSync(join(webDir, 'index.html'), 'utf8');
  return (reply) => index.replace('__CSP_NONCE__', reply.cspNonce.style);
}

async function serveWeb(app: FastifyInstance, webDir: string, page: (reply: FastifyReply) => string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    index: false,
    wildcard: true,
    setHeaders: (reply, path) => {
      if (path.includes('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  for (const screen of SCREENS) {
    app.get(screen, { schema: { hide: true } }, async (_request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
      return page(reply);
    });
  }
}

/**
 * Who may come in at which address: each route declares it beside its path, and what declares nothing answers nobody.
 * Checked before a body is read. A browser's session counts only with the same origin and its token (no cross-site act).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { type Action, isRole, type Role, roleFor } from './model.ts';
import { BAD_CSRF, BAD_ORIGIN, FORBIDDEN, UNAUTHORISED } from './problems.ts';
import { actorOf } from './service.ts';
import { csrfOf, isSameText, readCookie } from './session.ts';
import { resumeSession } from './session-service.ts';

/** Anyone; anyone with a session; or whoever has a role that may do the action. */
export type RouteAccess = 'public' | 'signed-in' | Action;

/** Who stands behind a request, before it is said as which role they act. */
export interface Holder {
  readonly actor: Actor;
  readonly roles: readonly Role[];
  /** Null for the token of a program. */
  readonly session: { readonly id: string; readonly account: string; readonly csrf: string } | null;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** On a public route: what a token or session shown beside it must be allowed; a session without its token is nobody. */
    known?: Action;
    /** A public route that opens a session: refused from another site. */
    sameOrigin?: boolean;
  }
  interface FastifyInstance {
    /** Every address and who may use it, for the documentation and the test that compares the two. */
    readonly declared: readonly DeclaredRoute[];
  }
  interface FastifyRequest {
    holder: Holder | null;
    actor: Actor | null;
  }
}

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  /** Null: it declares nothing, and answers nobody. */
  readonly access: RouteAccess | null;
  readonly known: Action | null;
}

export interface GuardTools {
  ctx(): Ctx;
  /** The origin at which browsers see this server, `https://…` or `http://localhost:…`. */
  origin(): string;
  /** Whether accounts of the demo's role switcher are anybody here. */
  readonly demo: boolean;
}

/** What a public route declares. */
export const PUBLIC = { access: 'public' } as const;
/** A public route on which somebody with this action is more than nobody. */
export const publicOr = (known: Action) => ({ access: 'public', known }) as const;
export const needs = (access: RouteAccess) => ({ access }) as const;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Puts the guard before every route that is registered after it. */
export function guardRoutes(app: FastifyInstance, tools: GuardTools): void {
  const declared: DeclaredRoute[] = [];
  app.decorate('declared', declared);
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD' && one !== 'OPTIONS')
        declared.push({ method: one, url, access: config?.access ?? null, known: config?.known ?? null });
  });
  app.decorateRequest('holder', null);
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { access, known, sameOrigin } = request.routeOptions.config;
    if (access === undefined) throw new Problem(FORBIDDEN, 'nobody may use this address: it declares no access');
    if (sameOrigin) requireSameOrigin(request, tools.origin());
    if (access === 'public') {
      if (known) request.actor = await knownActor(request, tools, known);
      return;
    }
    request.holder = await holderOf(request, tools);
    if (!request.holder) throw new Problem(UNAUTHORISED, 'this needs a session, or a token: Authorization: Bearer …');
    request.actor = access === 'signed-in' ? asPerson(request.holder) : actorFor(request.holder, access);
  });
}

/** Anyone may come, and who shows a token must be somebody: an old or wrong one is never taken for nobody's. */
async function knownActor(request: FastifyRequest, tools: GuardTools, action: Action): Promise<Actor | null> {
  const { headers } = request;
  if (headers.authorization === undefined && headers['x-csrf-token'] === undefined) return null;
  const holder = await holderOf(request, tools);
  if (!holder || (holder.session && roleFor(holder.roles, action) === null)) return null;
  return actorFor(holder, action);
}

/** The actor of a route that is not public, with the role that lets it act here. */
export function actorIn(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error(`${request.url} asked for an actor and declares to be public`);
  return request.actor;
}

/** The holder's session; throws UNAUTHORISED for the token of a program. */
export function sessionIn(request: FastifyRequest): NonNullable<Holder['session']> {
  const session = request.holder?.session;
  if (!session) throw new Problem(UNAUTHORISED, 'this is for a person who has signed in');
  return session;
}

function asPerson(holder: Holder): Actor {
  if (!holder.session) throw new Problem(UNAUTHORISED, 'this is for a person who has signed in');
  return holder.actor;
}

/** People are managed by people: the token of a program is nobody who could be asked afterwards. */
const BY_PERSONS: ReadonlySet<Action> = new Set(['people.manage']);

function actorFor({ actor, roles, session }: Holder, action: Action): Actor {
  if (BY_PERSONS.has(action) && !session) throw new Problem(FORBIDDEN, 'only a person who has signed in may do this');
  const role = roleFor(roles, action);
  if (role === null) throw new Problem(FORBIDDEN, `the role ${roles.join(', ') || 'none'} may not do this`);
  return { ...actor, role };
}

/** Whoever the request names: the token in its header, else the session in its cookie; null for neither. */
export async function holderOf(request: FastifyRequest, tools: GuardTools): Promise<Holder | null> {
  const ctx = tools.ctx();
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const actor = await actorOf(ctx.db, authorization);
    return actor ? { actor, roles: isRole(actor.role) ? [actor.role] : [], session: null } : null;
  }
  const secret = readCookie(request.headers.cookie);
  if (secret === null) return null;
  const found = await resumeSession(ctx, secret, tools.demo);
  if (!found) return null;
  const csrf = csrfOf(secret);
  if (!SAFE.has(request.method)) {
    requireSameOrigin(request, tools.origin());
    const given = request.headers['x-csrf-token'];
    if (typeof given !== 'string' || !isSameText(given, csrf))
      throw new Problem(BAD_CSRF, 'the header x-csrf-token must carry the token that GET /api/session answers');
  }
  const { id, account, organisation, roles } = found;
  return {
    actor: { kind: 'person', id: account, organisation, role: null },
    roles,
    session: { id, account, csrf },
  };
}

function requireSameOrigin(request: FastifyRequest, origin: string): void {
  if (request.headers.origin !== origin)
    throw new Problem(BAD_ORIGIN, `the request must come from a page of ${origin}`);
}

/** The API by which a person comes in, looks at its own account, and leaves. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { actorIn, type GuardTools, holderOf, needs, PUBLIC, sessionIn } from './guard.ts';
import { ACTIONS, roleFor } from './model.ts';
import { assertionShape, registrationShape, vouchingShape } from './passkey.ts';
import { thumbprintOf } from './passkey-proof.ts';
import { findAccount, listPasskeys } from './people-store.ts';
import { cookieOf, NO_COOKIE } from './session.ts';
import { endSession, sessionsOf } from './session-service.ts';
import {
  beginAdd,
  beginJoin,
  beginSignIn,
  finishAdd,
  finishJoin,
  finishSignIn,
  readInvitation,
  removePasskey,
  type SignInTools,
} from './sign-in-service.ts';

export interface SessionDeps extends GuardTools {
  ctx(actor?: Actor): Ctx;
  readonly signIn: SignInTools;
  /** Whether an organisation's own issuer can be used (docs/people.md). */
  readonly oidc: readonly { readonly id: string; readonly name: string }[];
}

const secret = z.string().regex(/^[0-9a-f]{64}$/);
const secretBody = z.object({ secret });
const joinBody = z.object({
  secret,
  organisation: z.string().max(200).nullable().default(null),
  name: z.string().max(200).nullable().default(null),
});
const ceremony = z.string().max(64);
const registrationBody = z.object({ ceremony, response: registrationShape });
const addBody = registrationBody.extend({ vouching: vouchingShape.nullable().default(null) });
const assertionBody = z.object({ ceremony, response: assertionShape });
const byId = z.object({ id: z.string().max(1_400) });
const tag = { tags: ['people'] };
const BODY = 65_536;

/** Ten a minute from one address: enough for a hand, too few for a machine. */
const SLOW = { rateLimit: { max: 10, timeWindow: 60_000 } };
const door = { ...PUBLIC, sameOrigin: true, ...SLOW };

export function sessionRoutes(app: FastifyInstance, deps: SessionDeps): void {
  const { ctx, signIn } = deps;
  const letIn = (reply: FastifyReply, session: { id: string; secret: string }) => {
    reply.header('set-cookie', cookieOf(session.secret)).header('cache-control', 'no-store').code(201);
    return { session: session.id };
  };

  app.get(
    '/api/session',
    { config: PUBLIC, schema: { ...tag, summary: 'Who is signed in here, and the token for its acts' } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const holder = request.headers.authorization === undefined ? await holderOf(request, deps) : null;
      const account = holder?.session
        ? await findAccount(ctx().db, ctx().agreement, holder.session.account)
        : undefined;
      const shared = { demo: deps.demo, oidc: deps.oidc };
      if (!holder?.session || !account) return { ...shared, signedIn: null };
      const { id, name, organisation, roles } = account;
      const may = ACTIONS.filter((action) => roleFor(roles, action) !== null);
      return { ...shared, signedIn: { id, name, organisation, roles, may, csrf: holder.session.csrf } };
    },
  );

  app.post(
    '/api/sign-in/begin',
    { config: door, schema: { ...tag, summary: 'The challenge of a sign-in by passkey' } },
    async () => beginSignIn(ctx(), signIn),
  );
  app.post(
    '/api/sign-in/finish',
    { config: door, bodyLimit: BODY, schema: { ...tag, summary: 'Signs in with a passkey', body: assertionBody } },
    async (request, reply) => {
      const { ceremony, response } = assertionBody.parse(request.body);
      return letIn(reply, await finishSignIn(ctx(), signIn, ceremony, response));
    },
  );

  app.post(
    '/api/join/read',
    { config: door, schema: { ...tag, summary: 'What a one-time link invites to', body: secretBody } },
    async (request) => {
      const { organisation, name, roles, account, expiresAt } = await readInvitation(
        ctx(),
        secretBody.parse(request.body).secret,
      );
      return { organisation, name, roles, recovers: account !== null, expiresAt: new Date(expiresAt).toISOString() };
    },
  );
  app.post(
    '/api/join/begin',
    {
      config: door,
      schema: { ...tag, summary: 'The challenge of a first passkey, by a one-time link', body: joinBody },
    },
    async (request) => beginJoin(ctx(), signIn, joinBody.parse(request.body)),
  );
  app.post(
    '/api/join/finish',
    {
      config: door,
      bodyLimit: BODY,
      schema: { ...tag, summary: 'Opens the account with its first passkey', body: registrationBody },
    },
    async (request, reply) => {
      const { ceremony, response } = registrationBody.parse(request.body);
      return letIn(reply, await finishJoin(ctx(), signIn, ceremony, response));
    },
  );

  app.post(
    '/api/sign-out',
    { config: needs('signed-in'), schema: { ...tag, summary: 'Ends this session' } },
    async (request, reply) => {
      const session = sessionIn(request);
      await endSession(ctx(actorIn(request)), session.account, session.id);
      reply.header('set-cookie', NO_COOKIE).header('clear-site-data', '"storage"').code(204);
    },
  );
  app.get(
    '/api/sessions',
    { config: needs('signed-in'), schema: { ...tag, summary: 'The open sessions of this account' } },
    async (request) => {
      const mine = sessionIn(request);
      const open = await sessionsOf(ctx(), mine.account);
      return {
        items: open.map(({ id, createdAt, seenAt }) => ({
          id,
          current: id === mine.id,
          createdAt: new Date(createdAt).toISOString(),
          seenAt: new Date(seenAt).toISOString(),
        })),
      };
    },
  );
  app.delete(
    '/api/sessions/:id',
    { config: needs('signed-in'), schema: { ...tag, summary: 'Ends a session of this account', params: byId } },
    async (request, reply) => {
      await endSession(ctx(actorIn(request)), sessionIn(request).account, byId.parse(request.params).id);
      reply.code(204);
    },
  );

  app.get(
    '/api/passkeys',
    { config: needs('signed-in'), schema: { ...tag, summary: 'The passkeys of this account' } },
    async (request) => {
      const { db, agreement } = ctx();
      const keys = await listPasskeys(db, agreement, sessionIn(request).account);
      return {
        rpId: signIn.site().rpId,
        agreement,
        items: keys.map(({ id, jwk, createdAt, usedAt }) => ({
          id,
          thumbprint: thumbprintOf(jwk),
          createdAt: createdAt.toISOString(),
          usedAt: usedAt?.toISOString() ?? null,
        })),
      };
    },
  );
  app.post(
    '/api/passkeys/begin',
    { config: { ...needs('signed-in'), ...SLOW }, schema: { ...tag, summary: 'The challenge of a further passkey' } },
    async (request) => beginAdd(ctx(), signIn, sessionIn(request).account),
  );
  app.post(
    '/api/passkeys/finish',
    {
      config: { ...needs('signed-in'), ...SLOW },
      bodyLimit: BODY,
      schema: { ...tag, summary: 'Adds a passkey to this account; one that it has signs for it', body: addBody },
    },
    async (request, reply) => {
      const { ceremony, response, vouching } = addBody.parse(request.body);
      reply.code(201);
      return finishAdd(ctx(actorIn(request)), signIn, sessionIn(request).account, ceremony, response, vouching);
    },
  );
  app.delete(
    '/api/passkeys/:id',
    { config: needs('signed-in'), schema: { ...tag, summary: 'Removes a passkey of this account', params: byId } },
    async (request, reply) => {
      await removePasskey(ctx(actorIn(request)), sessionIn(request).account, byId.parse(request.params).id);
      reply.code(204);
    },
  );
}

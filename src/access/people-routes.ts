/** The API of administrators: the people of their own organisation. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { actorIn, needs } from './guard.ts';
import type { Account } from './people.ts';
import {
  changeRoles,
  invite,
  type MadeInvitation,
  peopleOf,
  recover,
  removeAccount,
  restoreAccount,
  withdraw,
  withdrawRecovery,
} from './people-service.ts';

export interface PeopleDeps {
  ctx(actor?: Actor): Ctx;
}

const roles = z.array(z.string().max(40)).max(20);
const inviteBody = z.object({ name: z.string().max(200), roles });
const rolesBody = z.object({ roles });
const byId = z.object({ id: z.string().max(100) });
const config = needs('people.manage');
const tag = { tags: ['people'] };

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const shown = ({ id, name, roles, createdAt, removedAt }: Account) => ({
  id,
  name,
  roles,
  createdAt: instant(createdAt),
  removedAt: instant(removedAt),
});
/** The path of a one-time link; its secret stands in the fragment, which no browser sends. */
export const joinPath = (secret: string): string => `/desk/join#${secret}`;
const link = ({ id, secret, expiresAt }: MadeInvitation) => ({
  id,
  path: joinPath(secret),
  expiresAt: instant(expiresAt),
});

export function peopleRoutes(app: FastifyInstance, { ctx }: PeopleDeps): void {
  app.get(
    '/api/people',
    { config, schema: { ...tag, summary: 'The people of your organisation, open links, and recoveries under way' } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { organisation, accounts, invitations, recoveries } = await peopleOf(ctx(actorIn(request)));
      return {
        organisation,
        people: accounts.map(shown),
        invitations: invitations.map(({ id, name, roles, account, madeAt, expiresAt }) => ({
          id,
          name,
          roles,
          recovers: account !== null,
          madeAt: instant(madeAt),
          expiresAt: instant(expiresAt),
        })),
        recoveries: recoveries.map((one) => ({ ...one, askedAt: one.askedAt.toISOString() })),
      };
    },
  );
  app.post(
    '/api/people/invitations',
    { config, schema: { ...tag, summary: 'A one-time link for a person of your organisation', body: inviteBody } },
    async (request, reply) => {
      const actor = actorIn(request);
      reply.code(201).header('cache-control', 'no-store');
      return link(
        await invite(ctx(actor), { ...inviteBody.parse(request.body), organisation: actor.organisation ?? '' }),
      );
    },
  );
  app.delete(
    '/api/people/invitations/:id',
    { config, schema: { ...tag, summary: 'Withdraws a link that nobody has used', params: byId } },
    async (request, reply) => {
      await withdraw(ctx(actorIn(request)), byId.parse(request.params).id);
      reply.code(204);
    },
  );
  app.put(
    '/api/people/:id/roles',
    { config, schema: { ...tag, summary: 'Gives a person other roles', params: byId, body: rolesBody } },
    async (request) =>
      shown(
        await changeRoles(ctx(actorIn(request)), byId.parse(request.params).id, rolesBody.parse(request.body).roles),
      ),
  );
  app.delete(
    '/api/people/:id',
    { config, schema: { ...tag, summary: 'Removes a person and ends its sessions', params: byId } },
    async (request) => shown(await removeAccount(ctx(actorIn(request)), byId.parse(request.params).id)),
  );
  app.post(
    '/api/people/:id/restore',
    { config, schema: { ...tag, summary: 'Undoes a removal', params: byId } },
    async (request) => shown(await restoreAccount(ctx(actorIn(request)), byId.parse(request.params).id)),
  );
  app.post(
    '/api/people/:id/recovery',
    {
      config,
      schema: { ...tag, summary: 'Asks for a new passkey for a person, or agrees as the second', params: byId },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const answer = await recover(ctx(actorIn(request)), byId.parse(request.params).id);
      return answer.state === 'done' ? { state: 'done', ...link(answer.invitation) } : { state: 'open' };
    },
  );
  app.delete(
    '/api/people/:id/recovery',
    { config, schema: { ...tag, summary: 'Withdraws what was asked', params: byId } },
    async (request, reply) => {
      await withdrawRecovery(ctx(actorIn(request)), byId.parse(request.params).id);
      reply.code(204);
    },
  );
}

/**
 * The role switcher of the demo: made-up persons whom anyone at this machine may be. Mounted only by `hudna demo` on the
 * loopback; elsewhere its accounts are nobody (guard.ts), also in a data folder that a demo has used.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Actor, newId, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { PUBLIC } from './guard.ts';
import type { Role } from './model.ts';
import { insertAccount, listAccounts } from './people-store.ts';
import { FORBIDDEN, PERSON_NOT_FOUND } from './problems.ts';
import { cookieOf } from './session.ts';
import { openSession } from './session-service.ts';
import { keepOrganisation } from './store.ts';

interface DemoPerson {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly role: Role;
}

const cast = (organisation: string, ...roles: readonly Role[]): DemoPerson[] =>
  roles.map((role) => ({
    key: `${organisation} ${role}`.toLowerCase().replaceAll(/[ _]/g, '-'),
    organisation,
    name: `${organisation} ${role.replace('_', ' ')}`,
    role,
  }));

/** Two sides and a neutral party, so that an act of two organisations can be played through. */
export const DEMO_CAST: readonly DemoPerson[] = [
  ...cast('Demo cell A', 'co_chair', 'assessor', 'analyst', 'administrator'),
  ...cast('Demo cell B', 'co_chair', 'assessor', 'analyst'),
  ...cast('Demo envoy', 'assessor', 'custodian'),
  ...cast('Demo hotline', 'duty_officer', 'monitor', 'liaison'),
];

const body = z.object({ key: z.string().max(100) });
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Whether an address to listen on is this machine's own. */
export const isLoopback = (host: string): boolean => host === 'localhost' || LOOPBACK.test(host);

export function demoRoutes(app: FastifyInstance, ctx: (actor?: Actor) => Ctx): void {
  const here = (request: FastifyRequest) => {
    if (!isLoopback(request.socket.remoteAddress ?? request.ip))
      throw new Problem(FORBIDDEN, 'the role switcher works on this machine alone');
  };
  const config = { ...PUBLIC, sameOrigin: true };

  app.get(
    '/api/demo/persons',
    { config: PUBLIC, schema: { tags: ['people'], summary: 'The made-up persons of the demo' } },
    async (request) => {
      here(request);
      return { items: DEMO_CAST };
    },
  );
  app.post(
    '/api/demo/persons',
    { config, schema: { tags: ['people'], summary: 'Be one of the made-up persons of the demo', body } },
    async (request, reply) => {
      here(request);
      const { key } = body.parse(request.body);
      const person = DEMO_CAST.find((one) => one.key === key);
      if (!person) throw new Problem(PERSON_NOT_FOUND, 'nobody of that name is in the demo');
      const session = await become(ctx(), person);
      reply.header('set-cookie', cookieOf(session.secret)).header('cache-control', 'no-store').code(201);
      return { session: session.id };
    },
  );
}

async function become(ctx: Ctx, { organisation, name, role }: DemoPerson) {
  const at = new Date(ctx.clock.now());
  return ctx.db.inTransaction(async (tx) => {
    await keepOrganisation(tx, organisation, organisation, at);
    const known = (await listAccounts(tx, ctx.agreement, organisation)).find((one) => one.demo && one.name === name);
    const id = known?.id ?? newId(ctx);
    if (!known) await insertAccount(tx, ctx.agreement, { id, organisation, name, roles: [role], demo: true }, at);
    const session = await openSession(tx, ctx, id);
    await append(
      tx,
      { ...ctx, actor: { kind: 'person', id, organisation, role } },
      {
        agreement: ctx.agreement,
        kind: 'session.opened',
        object: `person:${id}`,
        visibility: 'sealed',
        content: { person: id, session: session.id, demo: true },
      },
    );
    return session;
  });
}

/** The paths of open mode, `/dss/v1/…`: the wire format of ASTM F3548-21 strategic conflict detection. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isProblem } from '../../core/index.ts';
import { constraintBody, intentBody, subscriptionBody } from './answers.ts';
import { authenticate, type Caller, requireScope, type TokenCheck } from './auth.ts';
import { availabilityBody, putAvailability } from './availability.ts';
import { deleteConstraint, putConstraint } from './constraints.ts';
import { deleteIntent, putIntent } from './intents.ts';
import type { Plan, Turn } from './plan.ts';
import { MissingKeys, refuse } from './refusal.ts';
import { makeReport } from './reports.ts';
import type { Answer, OpenMode } from './service.ts';
import { deleteSubscription, putSubscription } from './subscriptions.ts';
import { type Area, fieldsOf, MOST_AREA_M2, MOST_CONSTRAINT_AREA_M2, parseArea, parseId, parseKey } from './wire.ts';

const COORDINATION = 'utm.strategic_coordination';
const AWARENESS = 'utm.conformance_monitoring_sa';
const MANAGEMENT = 'utm.constraint_management';
const PROCESSING = 'utm.constraint_processing';
const ARBITRATION = 'utm.availability_arbitration';
const ANY = [COORDINATION, AWARENESS, MANAGEMENT, PROCESSING, ARBITRATION];

const BODY_BYTES = 8 * 1024 * 1024;

interface Params {
  readonly id: string;
  readonly key: string;
}

type Handle = (caller: Caller, params: Params, body: unknown) => Promise<Answer>;

/** Mounts open mode on an app of its own (its parser takes any content type for JSON, as the standard's clients send). */
export function mountOpenMode(app: FastifyInstance, mode: OpenMode, check: TokenCheck, now: () => number): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES }, (_, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(String(text)));
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }), undefined);
    }
  });
  app.setErrorHandler((error, _, reply) => sendError(error, reply));
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ message: 'no such path' }));

  const on = (
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    scopes: readonly string[],
    handle: Handle,
  ): void => {
    app.route<{ Params: Params }>({
      method,
      url,
      // Before the body is read: a stranger's bytes are not parsed.
      async onRequest(request) {
        const caller = await authenticate(check, request.headers.authorization, now());
        requireScope(caller, scopes);
        callers.set(request, caller);
      },
      async handler(request, reply) {
        const caller = callers.get(request) ?? refuse(401, 'a bearer token is required');
        const answer = await handle(caller, request.params, request.body);
        return reply.code(answer.status).send(answer.body);
      },
    });
  };
  const change = (caller: Caller, plan: (turn: Turn) => Plan): Promise<Answer> => mode.change(caller, plan);
  const area = (body: unknown, most: number): Area =>
    parseArea(fieldsOf(body, 'body').area_of_interest, 'area_of_interest', most);

  const intents = '/operational_intent_references';
  const planners = [COORDINATION, AWARENESS];
  on('POST', `${intents}/query`, planners, async (caller, _, body) => {
    const where = area(body, MOST_AREA_M2);
    return mode.read(caller, ({ registry }) => ({
      operational_intent_references: registry.intents
        .overlapping([where])
        .map((one) => intentBody(registry, one, caller.id)),
    }));
  });
  on('GET', `${intents}/:id`, planners, async (caller, { id }) => {
    const asked = parseId(id, 'entityid');
    return mode.read(caller, ({ registry }) => {
      const intent = registry.intents.get(asked) ?? refuse(404, 'no such operational intent');
      return { operational_intent_reference: intentBody(registry, intent, caller.id) };
    });
  });
  on('PUT', `${intents}/:id`, planners, async (caller, { id }, body) =>
    change(caller, (turn) => putIntent(turn, parseId(id, 'entityid'), null, body)),
  );
  on('PUT', `${intents}/:id/:key`, planners, async (caller, { id, key }, body) =>
    change(caller, (turn) => putIntent(turn, parseId(id, 'entityid'), parseKey(key, 'ovn'), body)),
  );
  on('DELETE', `${intents}/:id/:key`, planners, async (caller, { id, key }) =>
    change(caller, (turn) => deleteIntent(turn, parseId(id, 'entityid'), parseKey(key, 'ovn'))),
  );

  const constraints = '/constraint_references';
  const readers = [MANAGEMENT, PROCESSING];
  on('POST', `${constraints}/query`, readers, async (caller, _, body) => {
    const where = area(body, MOST_CONSTRAINT_AREA_M2);
    return mode.read(caller, ({ registry }) => ({
      constraint_references: registry.constraints
        .overlapping([where])
        .map((one) => constraintBody(registry, one, caller.id)),
    }));
  });
  on('GET', `${constraints}/:id`, readers, async (caller, { id }) => {
    const asked = parseId(id, 'entityid');
    return mode.read(caller, ({ registry }) => {
      const constraint = registry.constraints.get(asked) ?? refuse(404, 'no such constraint');
      return { constraint_reference: constraintBody(registry, constraint, caller.id) };
    });
  });
  on('PUT', `${constraints}/:id`, [MANAGEMENT], async (caller, { id }, body) =>
    change(caller, (turn) => putConstraint(turn, parseId(id, 'entityid'), null, body)),
  );
  on('PUT', `${constraints}/:id/:key`, [MANAGEMENT], async (caller, { id, key }, body) =>
    change(caller, (turn) => putConstraint(turn, parseId(id, 'entityid'), parseKey(key, 'ovn'), body)),
  );
  on('DELETE', `${constraints}/:id/:key`, [MANAGEMENT], async (caller, { id, key }) =>
    change(caller, (turn) => deleteConstraint(turn, parseId(id, 'entityid'), parseKey(key, 'ovn'))),
  );

  const subscriptions = '/subscriptions';
  const subscribers = [COORDINATION, PROCESSING];
  on('POST', `${subscriptions}/query`, subscribers, async (caller, _, body) => {
    const where = area(body, MOST_AREA_M2);
    return mode.read(caller, ({ registry, now: at }) => ({
      subscriptions: registry.subscriptions
        .overlapping([where])
        .filter((one) => one.owner === caller.id && one.end >= at)
        .map((one) => subscriptionBody(registry, one)),
    }));
  });
  on('GET', `${subscriptions}/:id`, subscribers, async (caller, { id }) => {
    const asked = parseId(id, 'subscriptionid');
    return mode.read(caller, ({ registry }) => {
      const subscription = registry.subscriptions.get(asked) ?? refuse(404, 'no such subscription');
      if (subscription.owner !== caller.id) refuse(403, 'this subscription belongs to another');
      return { subscription: subscriptionBody(registry, subscription) };
    });
  });
  on('PUT', `${subscriptions}/:id`, subscribers, async (caller, { id }, body) =>
    change(caller, (turn) => putSubscription(turn, parseId(id, 'subscriptionid'), null, body)),
  );
  on('PUT', `${subscriptions}/:id/:key`, subscribers, async (caller, { id, key }, body) =>
    change(caller, (turn) => putSubscription(turn, parseId(id, 'subscriptionid'), parseKey(key, 'version'), body)),
  );
  on('DELETE', `${subscriptions}/:id/:key`, subscribers, async (caller, { id, key }) =>
    change(caller, (turn) => deleteSubscription(turn, parseId(id, 'subscriptionid'), parseKey(key, 'version'))),
  );

  on('POST', '/reports', ANY, async (caller, _, body) => change(caller, (turn) => makeReport(turn, body)));
  on('GET', '/uss_availability/:id', [ARBITRATION, COORDINATION, AWARENESS], async (caller, { id }) =>
    mode.read(caller, ({ registry }) => availabilityBody(registry, id)),
  );
  on('PUT', '/uss_availability/:id', [ARBITRATION], async (caller, { id }, body) =>
    change(caller, (turn) => putAvailability(turn, id, body)),
  );
}

function sendError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof MissingKeys) return reply.code(409).send(error.body);
  if (isProblem(error)) return reply.code(error.kind.status).send({ message: error.message });
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return reply.code(status).send({ message: 'the request cannot be read' });
  reply.log.error(error);
  return reply.code(500).send({ message: 'the server failed; nothing was changed' });
}

/**
 * Operational intents: what may be put, who must have been asked first, who is to be told. Pure plans over the
 * registry; the one who runs them holds the turn, so that no two plans see the same airspace.
 */

import { dependentsOf, intentBody, subscribersBody } from './answers.ts';
import { answersConflict } from './conflict-body.ts';
import { covers } from './covers.ts';
import { type Intent, type IntentState, isOffNominal, needsKey, STATES, type Subscription, spanOf } from './model.ts';
import { notify } from './notify.ts';
import { newOvn, requestedOvn } from './ovn.ts';
import type { Plan, Turn } from './plan.ts';
import { MissingKeys, refuse } from './refusal.ts';
import { prepared } from './registry.ts';
import { type Area, type Fields, fieldsOf, flag, MOST_AREA_M2, parseBaseUrl, parseExtents, parseId } from './wire.ts';

const MOST_KEYS = 100_000;

interface Wanted {
  readonly areas: readonly Area[];
  readonly state: IntentState;
  readonly baseUrl: string;
  readonly keys: ReadonlySet<string>;
  readonly subscription: string | null;
  readonly implicit: { readonly baseUrl: string; readonly forConstraints: boolean } | null;
  readonly ovnSuffix: unknown;
}

function parseWanted(body: unknown, now: number, isNew: boolean): Wanted {
  const fields = fieldsOf(body, 'body');
  const state = STATES.find((known) => known === fields.state) ?? refuse(400, 'state: not one of the standard');
  const areas = parseExtents(fields.extents, now, MOST_AREA_M2);
  const baseUrl = parseBaseUrl(fields.uss_base_url, 'uss_base_url');
  const hasSubscription = typeof fields.subscription_id === 'string' && fields.subscription_id !== '';
  const implicit = fields.new_subscription
    ? parseImplicit(fieldsOf(fields.new_subscription, 'new_subscription'))
    : null;
  if (hasSubscription && implicit) refuse(400, 'subscription_id and new_subscription exclude each other');
  if (isNew && state !== 'Accepted') refuse(400, `a new operational intent is Accepted, not ${state}`);
  if (state !== 'Accepted' && !hasSubscription && !implicit) refuse(400, `${state} requires a subscription`);
  return {
    areas,
    state,
    baseUrl,
    keys: parseKeys(fields.key),
    subscription: hasSubscription ? parseId(fields.subscription_id, 'subscription_id') : null,
    implicit,
    ovnSuffix: fields.requested_ovn_suffix,
  };
}

const parseImplicit = (fields: Fields): { baseUrl: string; forConstraints: boolean } => ({
  baseUrl: parseBaseUrl(fields.uss_base_url, 'new_subscription.uss_base_url'),
  forConstraints: flag(fields.notify_for_constraints, 'new_subscription.notify_for_constraints'),
});

function parseKeys(value: unknown): ReadonlySet<string> {
  if (value === undefined || value === null) return new Set();
  if (!Array.isArray(value) || value.length > MOST_KEYS || !value.every((key) => typeof key === 'string')) {
    return refuse(400, 'key: must be a list of OVNs');
  }
  return new Set(value as string[]);
}

/** Creates (`ovn` null) or changes an intent. */
export function putIntent(turn: Turn, id: string, ovn: string | null, body: unknown): Plan {
  const wanted = parseWanted(body, turn.now, ovn === null);
  if (isOffNominal(wanted.state) && !turn.scopes.has('utm.conformance_monitoring_sa')) {
    refuse(403, `${wanted.state} requires the scope utm.conformance_monitoring_sa`);
  }
  const old = turn.registry.intents.get(id);
  if (old && old.owner !== turn.caller) refuse(403, 'this operational intent belongs to another');
  if (old && old.ovn !== ovn) refuse(409, 'the OVN given is not the current one');
  if (!old && ovn !== null) refuse(400, 'no such operational intent to change');
  if (!isOffNominal(wanted.state)) requireUp(turn);

  const volumes = wanted.areas.map((area) => area.volume);
  const span = spanOf(volumes);
  const attached = attachSubscription(turn, wanted, span);
  if (!isOffNominal(wanted.state)) requireKeys(turn, id, wanted, attached);

  const suffix = wanted.ovnSuffix;
  const intent: Intent = {
    id,
    owner: turn.caller,
    version: (old?.version ?? 0) + 1,
    ovn: suffix === undefined || suffix === null ? newOvn(turn) : requestedOvn(turn, id, suffix, old),
    volumes,
    ...span,
    baseUrl: wanted.baseUrl,
    state: wanted.state,
    subscription: attached?.id ?? null,
    pastOvns: old ? [...old.pastOvns.slice(-99), old.ovn] : [],
  };
  const orphan = old ? orphanedBy(turn, old, intent.subscription) : undefined;
  const changed = attached ? [attached] : [];
  const touched = [...wanted.areas, ...(old?.volumes ?? []).map(prepared)];
  const told = notify(turn, touched, 'intents', { changed, removed: orphan ? [orphan] : [] });
  return {
    changes: [
      ...told.changes,
      { kind: 'intent', id, item: intent },
      ...(orphan ? [{ kind: 'subscription', id: orphan, item: null } as const] : []),
    ],
    status: old ? 200 : 201,
    answer: () => ({
      subscribers: subscribersBody(told.notified),
      operational_intent_reference: intentBody(turn.registry, intent, turn.caller),
    }),
  };
}

/** One that is marked Down cannot be asked by others: it may not plan, begin or withdraw, only say what goes wrong. */
function requireUp(turn: Turn): void {
  if (turn.registry.availability.get(turn.caller)?.availability === 'Down') {
    refuse(412, 'this client is marked Down');
  }
}

/** The subscription the intent will rely on, made or widened where it is implicit. */
function attachSubscription(
  turn: Turn,
  wanted: Wanted,
  span: { start: number; end: number },
): Subscription | undefined {
  const volumes = wanted.areas.map((area) => area.volume);
  if (wanted.implicit) {
    const { baseUrl, forConstraints } = wanted.implicit;
    const base = { id: turn.newId(), owner: turn.caller, version: newOvn(turn), index: 0, implicit: true };
    return { ...base, volumes, ...span, baseUrl, forIntents: true, forConstraints };
  }
  if (!wanted.subscription) return undefined;
  const found = turn.registry.subscriptions.get(wanted.subscription) ?? refuse(400, 'no such subscription');
  if (found.owner !== turn.caller) refuse(403, 'this subscription belongs to another');
  const inTime = found.start <= span.start && found.end >= span.end;
  const inSpace = wanted.areas.every((area) => found.volumes.some((own) => covers(prepared(own).shape, area.shape)));
  if (inTime && inSpace) return found;
  if (!found.implicit) return refuse(400, 'the subscription does not cover the operational intent');
  const start = Math.min(found.start, span.start);
  const end = Math.max(found.end, span.end);
  return { ...found, start, end, volumes: [...found.volumes, ...volumes].slice(-2_000), version: newOvn(turn) };
}

/** Every overlapping intent, and constraint if they are subscribed to, must be known by its OVN. */
function requireKeys(turn: Turn, id: string, wanted: Wanted, attached: Subscription | undefined): void {
  const { registry } = turn;
  const intents = registry.intents
    .overlapping(wanted.areas)
    .filter((other) => other.id !== id && !wanted.keys.has(other.ovn))
    .filter((other) => needsKey(other, registry.availability.get(other.owner)?.availability ?? 'Unknown'));
  const constraints = attached?.forConstraints
    ? registry.constraints.overlapping(wanted.areas).filter((other) => !wanted.keys.has(other.ovn))
    : [];
  if (intents.length + constraints.length > 0) {
    throw new MissingKeys(answersConflict(registry, turn.caller, intents, constraints));
  }
}

/** The implicit subscription that nothing relies on any more once this intent lets go of it. */
function orphanedBy(turn: Turn, old: Intent, kept: string | null): string | undefined {
  if (!old.subscription || old.subscription === kept) return undefined;
  const subscription = turn.registry.subscriptions.get(old.subscription);
  if (!subscription?.implicit) return undefined;
  return dependentsOf(turn.registry, subscription.id).some((other) => other.id !== old.id)
    ? undefined
    : subscription.id;
}

export function deleteIntent(turn: Turn, id: string, ovn: string): Plan {
  const old = turn.registry.intents.get(id) ?? refuse(404, 'no such operational intent');
  if (old.owner !== turn.caller) refuse(403, 'this operational intent belongs to another');
  if (old.ovn !== ovn) refuse(409, 'the OVN given is not the current one');
  requireUp(turn);
  const orphan = orphanedBy(turn, old, null);
  const told = notify(turn, old.volumes.map(prepared), 'intents', { changed: [], removed: orphan ? [orphan] : [] });
  return {
    changes: [
      ...told.changes,
      { kind: 'intent', id, item: null },
      ...(orphan ? [{ kind: 'subscription', id: orphan, item: null } as const] : []),
    ],
    status: 200,
    answer: () => ({
      subscribers: subscribersBody(told.notified),
      operational_intent_reference: intentBody(turn.registry, old, turn.caller),
    }),
  };
}

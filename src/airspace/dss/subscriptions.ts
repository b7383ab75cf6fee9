/** Subscriptions: an area and a time that a client wants to hear of, a day at most. Pure plans over the registry. */
import { type Body, constraintBody, dependentsOf, intentBody, subscriptionBody } from './answers.ts';
import { covers } from './covers.ts';
import type { Intent, Subscription } from './model.ts';
import { newOvn } from './ovn.ts';
import type { Plan, Turn } from './plan.ts';
import { refuse } from './refusal.ts';
import { prepared } from './registry.ts';
import { type Area, fieldsOf, flag, MOST_AREA_M2, parseArea, parseBaseUrl } from './wire.ts';

const LONGEST_MS = 24 * 3_600_000;
const MOST_PAST_MS = 5 * 60_000;
/** A renewed subscription may begin this much after the intent that relies on it: requests take a moment. */
const LATE_START_MS = 60_000;

/** Creates (`version` null) or changes a subscription. */
export function putSubscription(turn: Turn, id: string, version: string | null, body: unknown): Plan {
  const fields = fieldsOf(body, 'body');
  const area = parseArea(fields.extents, 'extents', MOST_AREA_M2);
  const baseUrl = parseBaseUrl(fields.uss_base_url, 'uss_base_url');
  const forIntents = flag(fields.notify_for_operational_intents, 'notify_for_operational_intents');
  const forConstraints = flag(fields.notify_for_constraints, 'notify_for_constraints');
  if (!forIntents && !forConstraints) refuse(400, 'a subscription must notify of something');
  const old = turn.registry.subscriptions.get(id);
  if (old && old.owner !== turn.caller) refuse(403, 'this subscription belongs to another');
  if (old && old.version !== version) refuse(409, 'the version given is not the current one');
  if (!old && version !== null) refuse(409, 'no such subscription to change');

  const { start, end } = timesOf(turn, area, old);
  const volume = { ...area.volume, start, end };
  const dependents = dependentsOf(turn.registry, id);
  for (const intent of dependents) requireCover(turn, area, { start, end }, intent);
  if (dependents.length > 0 && !forIntents) refuse(400, 'operational intents rely on this subscription');

  const subscription: Subscription = {
    id,
    owner: turn.caller,
    version: newOvn(turn),
    index: old?.index ?? 0,
    // What relies on it stays covered to the last metre and second that was tolerated.
    volumes: [volume, ...dependents.flatMap((intent) => intent.volumes)],
    start,
    end,
    baseUrl,
    forIntents,
    forConstraints,
    // What a client has changed itself is its own, and outlives the intent it was made for.
    implicit: false,
  };
  return {
    changes: [{ kind: 'subscription', id, item: subscription }],
    status: 200,
    answer: () => ({
      subscription: subscriptionBody(turn.registry, subscription),
      ...contents(turn, { ...area, volume }, subscription),
    }),
  };
}

function timesOf(turn: Turn, area: Area, old: Subscription | undefined): { start: number; end: number } {
  const start = area.hasStart ? area.volume.start : (old?.start ?? turn.now);
  if (area.hasStart && turn.now - start > MOST_PAST_MS) refuse(400, 'extents: time_start lies in the past');
  const end = area.hasEnd ? area.volume.end : (old?.end ?? start + LONGEST_MS);
  if (end < start) refuse(400, 'extents: time_end is before time_start');
  if (end < turn.now) refuse(400, 'extents: already over');
  if (end - start > LONGEST_MS) refuse(400, 'extents: a subscription lasts at most 24 hours');
  return { start, end };
}

function requireCover(turn: Turn, area: Area, span: { start: number; end: number }, intent: Intent): void {
  const { altitudeLowerMetres, altitudeUpperMetres } = area.volume;
  const lower = Math.min(...intent.volumes.map((volume) => volume.altitudeLowerMetres));
  const upper = Math.max(...intent.volumes.map((volume) => volume.altitudeUpperMetres));
  const covered =
    span.start <= Math.max(intent.start, turn.now) + LATE_START_MS &&
    span.end >= intent.end &&
    altitudeLowerMetres <= lower &&
    altitudeUpperMetres >= upper &&
    intent.volumes.every((volume) => covers(area.shape, prepared(volume).shape));
  if (!covered) refuse(400, 'an operational intent relies on this subscription and would not be covered');
}

/** What is in the subscribed airspace now. */
function contents(turn: Turn, area: Area, subscription: Subscription): Body {
  const { registry, caller } = turn;
  const { forIntents, forConstraints } = subscription;
  return {
    ...(forIntents && {
      operational_intent_references: registry.intents
        .overlapping([area])
        .map((one) => intentBody(registry, one, caller)),
    }),
    ...(forConstraints && {
      constraint_references: registry.constraints
        .overlapping([area])
        .map((one) => constraintBody(registry, one, caller)),
    }),
  };
}

export function deleteSubscription(turn: Turn, id: string, version: string): Plan {
  const old = turn.registry.subscriptions.get(id) ?? refuse(404, 'no such subscription');
  if (old.owner !== turn.caller) refuse(403, 'this subscription belongs to another');
  if (old.version !== version) refuse(409, 'the version given is not the current one');
  if (dependentsOf(turn.registry, id).length > 0) refuse(400, 'operational intents rely on this subscription');
  return {
    changes: [{ kind: 'subscription', id, item: null }],
    status: 200,
    answer: () => ({ subscription: subscriptionBody(turn.registry, old) }),
  };
}

/** The standard's JSON for what open mode keeps. Another owner's OVN never leaves here. */

import { type Constraint, type Intent, NO_OVN, NO_SUBSCRIPTION, type Subscription } from './model.ts';
import type { Registry } from './registry.ts';
import { wireTime } from './wire.ts';

export type Body = Readonly<Record<string, unknown>>;

const availabilityOf = (registry: Registry, owner: string): string =>
  registry.availability.get(owner)?.availability ?? 'Unknown';

export const intentBody = (registry: Registry, intent: Intent, reader: string): Body => ({
  id: intent.id,
  manager: intent.owner,
  uss_availability: availabilityOf(registry, intent.owner),
  version: intent.version,
  state: intent.state,
  ovn: intent.owner === reader ? intent.ovn : NO_OVN,
  time_start: wireTime(intent.start),
  time_end: wireTime(intent.end),
  uss_base_url: intent.baseUrl,
  subscription_id: intent.subscription ?? NO_SUBSCRIPTION,
});

export const constraintBody = (registry: Registry, constraint: Constraint, reader: string): Body => ({
  id: constraint.id,
  manager: constraint.owner,
  uss_availability: availabilityOf(registry, constraint.owner),
  version: constraint.version,
  ovn: constraint.owner === reader ? constraint.ovn : NO_OVN,
  time_start: wireTime(constraint.start),
  time_end: wireTime(constraint.end),
  uss_base_url: constraint.baseUrl,
});

/** A subscription as its owner sees it. */
export const subscriptionBody = (registry: Registry, subscription: Subscription): Body => ({
  id: subscription.id,
  version: subscription.version,
  notification_index: subscription.index,
  time_start: wireTime(subscription.start),
  time_end: wireTime(subscription.end),
  uss_base_url: subscription.baseUrl,
  notify_for_operational_intents: subscription.forIntents,
  notify_for_constraints: subscription.forConstraints,
  implicit_subscription: subscription.implicit,
  dependent_operational_intents: dependentsOf(registry, subscription.id).map(({ id }) => id),
});

/** Intents that rely on a subscription. */
export const dependentsOf = (registry: Registry, subscription: string): Intent[] =>
  [...(registry.dependents.get(subscription) ?? [])].flatMap((id) => registry.intents.get(id) ?? []);

/** Whom to notify: subscriptions by address. */
export function subscribersBody(subscriptions: readonly Subscription[]): Body[] {
  const byUrl = new Map<string, Body[]>();
  for (const { baseUrl, id, index } of subscriptions) {
    const list = byUrl.get(baseUrl) ?? [];
    list.push({ subscription_id: id, notification_index: index });
    byUrl.set(baseUrl, list);
  }
  return [...byUrl].map(([url, list]) => ({ uss_base_url: url, subscriptions: list }));
}

/** Which subscriptions a change touches: each gets its notification index raised by one, once. */
import type { Prepared } from '../conflict.ts';
import type { Subscription } from './model.ts';
import type { Turn } from './plan.ts';
import { type Change, Shelf } from './registry.ts';

export interface Told {
  readonly notified: readonly Subscription[];
  readonly changes: readonly Change[];
}

/** `changed`: subscriptions made or widened in this same turn; `removed`: ids that go away with it. */
export function notify(
  turn: Turn,
  touched: readonly Prepared[],
  about: 'intents' | 'constraints',
  also: { readonly changed: readonly Subscription[]; readonly removed: readonly string[] },
): Told {
  const fresh = new Shelf<Subscription>();
  for (const subscription of also.changed) fresh.put(subscription);
  const replaced = new Set(also.changed.map(({ id }) => id));
  const found = [
    ...turn.registry.subscriptions.overlapping(touched).filter(({ id }) => !replaced.has(id)),
    ...fresh.overlapping(touched),
  ];
  const notified = found
    .filter((one) => (about === 'intents' ? one.forIntents : one.forConstraints))
    .filter((one) => one.end >= turn.now)
    .map((one) => ({ ...one, index: one.index + 1 }));
  const ids = new Set(notified.map(({ id }) => id));
  const rest = also.changed.filter(({ id }) => !ids.has(id));
  const changes = [...notified, ...rest]
    .filter(({ id }) => !also.removed.includes(id))
    .map((item): Change => ({ kind: 'subscription', id: item.id, item }));
  return { notified, changes };
}

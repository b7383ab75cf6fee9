/**
 * Open mode's picture of the airspace in memory, found by id and by volume. It mirrors what the database has
 * committed and nothing else: verbs plan a change against it, commit, and only then apply it.
 */

import type { Prepared } from '../conflict.ts';
import { isFault, prepareShape } from '../geometry/prepare.ts';
import { HotIndex } from '../index/hot-index.ts';
import type { Minima, Volume4D } from '../model.ts';
import type { AvailabilityStatus, Constraint, Intent, Subscription } from './model.ts';

/** Overlap in the standard's sense: it asks for one centimetre. Volumes that touch overlap. */
const OVERLAP: Minima = { horizontalMetres: 0.01, verticalMetres: 0.01, timeSeconds: 0.001 };

interface Placed {
  readonly id: string;
  readonly volumes: readonly Volume4D[];
}

/** Things with an id and volumes. */
export class Shelf<Item extends Placed> {
  private readonly items = new Map<string, { item: Item; slots: readonly number[] }>();
  private readonly index = new HotIndex(OVERLAP);
  private readonly owners = new Map<number, string>();

  get(id: string): Item | undefined {
    return this.items.get(id)?.item;
  }

  all(): Item[] {
    return [...this.items.values()].map(({ item }) => item);
  }

  put(item: Item): void {
    const old = this.items.get(item.id);
    if (old && old.item.volumes === item.volumes) {
      this.items.set(item.id, { item, slots: old.slots });
      return;
    }
    this.remove(item.id);
    const slots = widened(item.volumes.map(prepared)).map((volume) => this.index.add(volume));
    for (const slot of slots) this.owners.set(slot, item.id);
    this.items.set(item.id, { item, slots });
  }

  remove(id: string): void {
    const held = this.items.get(id);
    if (!held) return;
    for (const slot of held.slots) {
      this.index.remove(slot);
      this.owners.delete(slot);
    }
    this.items.delete(id);
  }

  /** Everything that overlaps any of the volumes, taken together: outlines exactly, height and time over all. */
  overlapping(volumes: readonly Prepared[]): Item[] {
    const ids = new Set<string>();
    for (const volume of widened(volumes)) {
      for (const { slot } of this.index.near(volume, (other) =>
        ids.has(this.owners.get(other) ?? '') ? undefined : OVERLAP,
      )) {
        const id = this.owners.get(slot);
        if (id) ids.add(id);
      }
    }
    return [...ids].flatMap((id) => this.items.get(id)?.item ?? []);
  }
}

/**
 * The outlines of something, each with the height and time of the whole: what a planner must know of. The standard's
 * clients rely on it (an aircraft may be anywhere within its own bounds between two of its volumes), and it only ever
 * adds to what must be known.
 */
function widened(volumes: readonly Prepared[]): Prepared[] {
  const all = volumes.map(({ volume }) => volume);
  const bounds = {
    altitudeLowerMetres: Math.min(...all.map((volume) => volume.altitudeLowerMetres)),
    altitudeUpperMetres: Math.max(...all.map((volume) => volume.altitudeUpperMetres)),
    start: Math.min(...all.map((volume) => volume.start)),
    end: Math.max(...all.map((volume) => volume.end)),
  };
  return volumes.map(({ volume, shape }) => ({ volume: { ...volume, ...bounds }, shape }));
}

/** A volume that was prepared before it was stored can be prepared again. */
export function prepared<Of extends Volume4D>(volume: Of): Prepared<Of> {
  const shape = prepareShape(volume.outline);
  if (isFault(shape)) throw new Error(`a stored volume is none: ${shape.reason}`);
  return { volume, shape };
}

export interface Registry {
  readonly intents: Shelf<Intent>;
  readonly constraints: Shelf<Constraint>;
  readonly subscriptions: Shelf<Subscription>;
  readonly availability: Map<string, AvailabilityStatus>;
  /** Intents by the subscription they rely on. */
  readonly dependents: Map<string, Set<string>>;
}

export const emptyRegistry = (): Registry => ({
  intents: new Shelf(),
  constraints: new Shelf(),
  subscriptions: new Shelf(),
  availability: new Map(),
  dependents: new Map(),
});

/** One row of the airspace put or taken away. */
export type Change =
  | { readonly kind: 'report'; readonly id: string; readonly item: unknown }
  | { readonly kind: 'intent'; readonly id: string; readonly item: Intent | null }
  | { readonly kind: 'constraint'; readonly id: string; readonly item: Constraint | null }
  | { readonly kind: 'subscription'; readonly id: string; readonly item: Subscription | null }
  | { readonly kind: 'availability'; readonly id: string; readonly item: AvailabilityStatus | null };

export function applyChange(registry: Registry, change: Change): void {
  const { id } = change;
  if (change.kind === 'report') return;
  if (change.kind === 'intent') {
    rely(registry, id, registry.intents.get(id)?.subscription ?? null, change.item?.subscription ?? null);
    change.item ? registry.intents.put(change.item) : registry.intents.remove(id);
  } else if (change.kind === 'constraint') {
    change.item ? registry.constraints.put(change.item) : registry.constraints.remove(id);
  } else if (change.kind === 'subscription') {
    change.item ? registry.subscriptions.put(change.item) : registry.subscriptions.remove(id);
  } else if (change.item) registry.availability.set(id, change.item);
  else registry.availability.delete(id);
}

function rely({ dependents }: Registry, intent: string, before: string | null, now: string | null): void {
  if (before === now) return;
  if (before !== null) {
    const left = dependents.get(before);
    left?.delete(intent);
    if (left?.size === 0) dependents.delete(before);
  }
  if (now !== null) dependents.set(now, (dependents.get(now) ?? new Set()).add(intent));
}

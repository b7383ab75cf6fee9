/** Lays out marks that share one (coarsened) point so that none hides another. Pure. */
import type { Point } from '../../src/core/index.ts';

export interface Placed<Item> {
  readonly item: Item;
  /** Pixels from the point, x to the right, y down. */
  readonly offset: readonly [number, number];
}

/** The name of a spot, as it stands in the address; undefined without a point. */
export const spotOf = (point: Point | null): string | undefined =>
  point ? `${point.lat.toFixed(3)},${point.lon.toFixed(3)}` : undefined;

/** Groups of items that stand on the same spot, in first-seen order. */
export function groupBySpot<Item extends { readonly point: Point | null }>(
  items: readonly Item[],
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = spotOf(item.point);
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/**
 * Pixel offsets for `count` marks of a given size: one in the middle, then rings of six, twelve, … around it.
 * The nearest two are `size` apart.
 */
export function ringOffsets(count: number, size: number): (readonly [number, number])[] {
  const offsets: (readonly [number, number])[] = count > 0 ? [[0, 0]] : [];
  for (let ring = 1; offsets.length < count; ring++) {
    const places = ring * 6;
    const taken = Math.min(places, count - offsets.length);
    for (let index = 0; index < taken; index++) {
      const angle = (2 * Math.PI * index) / places - Math.PI / 2;
      offsets.push([ring * size * Math.cos(angle), ring * size * Math.sin(angle)]);
    }
  }
  return offsets;
}

/** Every item with a point, and how far its mark stands from that point. */
export function spread<Item extends { readonly point: Point | null }>(
  items: readonly Item[],
  size: number,
): Placed<Item>[] {
  return [...groupBySpot(items).values()].flatMap((group) => {
    const offsets = ringOffsets(group.length, size);
    return group.map((item, index) => ({ item, offset: offsets[index] ?? [0, 0] }));
  });
}

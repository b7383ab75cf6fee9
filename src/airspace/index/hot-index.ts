/**
 * The volumes in force, found by place and time in microseconds. A volume stands in one list only: that of its middle
 * and its start, on a grid for its own size and duration; a look-up reaches as much farther as volumes of that grid
 * may be large and long. A filter first, then the exact verdict: it never leaves a conflict out. Holds no party, no
 * id: the caller keeps those by slot.
 */

import { nearInHeightAndTime, type Prepared } from '../conflict.ts';
import { metresBetweenShapes } from '../geometry/distance.ts';
import { INNER_RADIUS } from '../geometry/geodesic.ts';
import { boundDistance } from '../geometry/quick.ts';
import { type Minima, TOUCHING_METRES } from '../model.ts';
import { cellOf, cover, eachCell, type Grid, makeGrid } from './grid.ts';

const HOUR = 3_600_000;
/** Largest reach of a grid's volumes, and its cells' size. What is larger still stands in a list of its own. */
const SIZES: readonly (readonly [reachMetres: number, cellMetres: number])[] = [
  [20_000, 40_000],
  [80_000, 160_000],
  [320_000, 640_000],
  [1_280_000, 2_560_000],
];
/** Longest duration of a grid's volumes, and its buckets' length. What lasts longer has one bucket for all time. */
const DURATIONS: readonly (readonly [longestMs: number, bucketMs: number])[] = [
  [HOUR, HOUR / 2],
  [6 * HOUR, 3 * HOUR],
  [48 * HOUR, 24 * HOUR],
];

/** Lists of one size and duration. A list holds FACTS numbers a volume, one after another. */
interface Level {
  readonly grid: Grid;
  /** Radians. */
  readonly reach: number;
  readonly longestMs: number;
  /** 0 where all time is one bucket. */
  readonly bucketMs: number;
  /** By bucket, then by cell: both are small integers, which a Map finds fastest. */
  readonly buckets: Map<number, Map<number, number[]>>;
  lists: number;
}

/** What a look-up tells of one neighbour: bounds on the ground distance that are enough for a verdict. */
export interface Near {
  readonly slot: number;
  readonly lowMetres: number;
  readonly highMetres: number;
}

/** Per volume: start (first, so that a list is one of doubles), end, lower, upper, middle x, y, z, reach, slot. */
const FACTS = 9;
const SLOT = 8;

export class HotIndex {
  /** The largest minima that any pair may have: every look-up reaches as far. */
  private readonly reach: Minima;
  private readonly levels = new Map<number, Level>();
  private readonly huge: number[] = [];
  private readonly held: (Prepared | undefined)[] = [];
  private readonly free: number[] = [];
  /** Slots that the last look-up's cheap arithmetic could not throw out. */
  private readonly candidates: number[] = [];

  constructor(reach: Minima) {
    this.reach = reach;
  }

  get size(): number {
    return this.held.length - this.free.length;
  }

  at(slot: number): Prepared | undefined {
    return this.held[slot];
  }

  /** Puts a volume in; its slot is the handle to take it out by. */
  add(prepared: Prepared): number {
    const slot = this.free.pop() ?? this.held.length;
    this.held[slot] = prepared;
    const { start, end, altitudeLowerMetres, altitudeUpperMetres } = prepared.volume;
    const { centre, reach } = prepared.shape.cap;
    const list = this.listOf(prepared, true);
    list?.push(start, end, altitudeLowerMetres, altitudeUpperMetres, centre[0], centre[1], centre[2], reach, slot);
    return slot;
  }

  remove(slot: number): void {
    const prepared = this.held[slot];
    if (!prepared) return;
    const list = this.listOf(prepared, false) ?? [];
    for (let at = 0; at < list.length; at += FACTS) {
      if (list[at + SLOT] !== slot) continue;
      list.copyWithin(at, list.length - FACTS);
      list.length -= FACTS;
      break;
    }
    if (list.length === 0) this.forgetList(prepared);
    this.held[slot] = undefined;
    this.free.push(slot);
  }

  /**
   * Every volume nearer than the minima of the pair, strictly, in no order. `minimaWith` answers the minima that hold
   * between the asked volume and a slot, or undefined when the two never conflict (same party).
   */
  near(asked: Prepared, minimaWith: (slot: number) => Minima | undefined): Near[] {
    this.candidates.length = 0;
    for (const level of this.levels.values()) this.lookIn(level, asked);
    this.sift(this.huge, asked);
    const found: Near[] = [];
    for (const slot of this.candidates) {
      const minima = minimaWith(slot);
      const near = minima && this.verdict(asked, slot, minima);
      if (near) found.push(near);
    }
    return found;
  }

  private lookIn(level: Level, asked: Prepared): void {
    if (level.lists === 0) return;
    const time = this.reach.timeSeconds * 1000;
    const [first, last] =
      level.bucketMs === 0
        ? [0, 0]
        : [
            Math.floor((asked.volume.start - time - level.longestMs) / level.bucketMs),
            Math.floor((asked.volume.end + time) / level.bucketMs),
          ];
    const at = cover(level.grid, asked.shape.cap, this.reach.horizontalMetres / INNER_RADIUS + level.reach);
    if (at.count * (last - first + 1) > 4 * level.lists) {
      for (const cells of level.buckets.values()) for (const list of cells.values()) this.sift(list, asked);
      return;
    }
    for (let bucket = first; bucket <= last; bucket++) {
      const cells = level.buckets.get(bucket);
      if (!cells) continue;
      eachCell(level.grid, at, (cell) => {
        const list = cells.get(cell);
        if (list) this.sift(list, asked);
      });
    }
  }

  /** Cheap arithmetic on time, height and caps that throws nothing out wrongly. */
  private sift(list: readonly number[], { volume, shape }: Prepared): void {
    const { candidates } = this;
    const time = this.reach.timeSeconds * 1000;
    const height = this.reach.verticalMetres;
    const startsBefore = volume.end + time;
    const endsAfter = volume.start - time;
    const lowerBelow = volume.altitudeUpperMetres + height;
    const upperAbove = volume.altitudeLowerMetres - height;
    const { centre, reach } = shape.cap;
    const x = centre[0];
    const y = centre[1];
    const z = centre[2];
    const most = this.reach.horizontalMetres / INNER_RADIUS + reach + 1e-12;
    for (let i = 0; i < list.length; i += FACTS) {
      if ((list[i] as number) >= startsBefore || (list[i + 1] as number) <= endsAfter) continue;
      if ((list[i + 2] as number) >= lowerBelow || (list[i + 3] as number) <= upperAbove) continue;
      const dx = (list[i + 4] as number) - x;
      const dy = (list[i + 5] as number) - y;
      const dz = (list[i + 6] as number) - z;
      const far = most + (list[i + 7] as number);
      if (dx * dx + dy * dy + dz * dz < far * far) candidates.push(list[i + SLOT] as number);
    }
  }

  private verdict(asked: Prepared, slot: number, minima: Minima): Near | undefined {
    const other = this.held[slot];
    if (!other || !nearInHeightAndTime(asked.volume, other.volume, minima)) return undefined;
    const limit = minima.horizontalMetres - TOUCHING_METRES;
    const bounds = asked.shape.flat && other.shape.flat && boundDistance(asked.shape.flat, other.shape.flat);
    if (bounds && bounds.low >= limit) return undefined;
    if (bounds && bounds.high < limit) return { slot, lowMetres: bounds.low, highMetres: bounds.high };
    const metres = metresBetweenShapes(asked.shape, other.shape, limit);
    return metres < limit ? { slot, lowMetres: metres, highMetres: metres } : undefined;
  }

  /** The one list a volume stands in; made when asked for and missing. */
  private listOf(prepared: Prepared, make: boolean): number[] | undefined {
    const home = this.homeOf(prepared);
    if (!home) return this.huge;
    const { level, bucket, cell } = home;
    const cells = level.buckets.get(bucket);
    const list = cells?.get(cell);
    if (list || !make) return list;
    const fresh: number[] = [];
    if (cells) cells.set(cell, fresh);
    else level.buckets.set(bucket, new Map([[cell, fresh]]));
    level.lists += 1;
    return fresh;
  }

  private forgetList(prepared: Prepared): void {
    const home = this.homeOf(prepared);
    const cells = home?.level.buckets.get(home.bucket);
    if (!home || !cells?.delete(home.cell)) return;
    home.level.lists -= 1;
    if (cells.size === 0) home.level.buckets.delete(home.bucket);
  }

  private homeOf({ shape, volume }: Prepared): { level: Level; bucket: number; cell: number } | undefined {
    const size = SIZES.findIndex(([reachMetres]) => shape.cap.reach <= reachMetres / INNER_RADIUS);
    if (size < 0) return undefined;
    const lasts = volume.end - volume.start;
    const duration = DURATIONS.findIndex(([longestMs]) => lasts <= longestMs);
    const level = this.levelOf(size, duration);
    const bucket = level.bucketMs === 0 ? 0 : Math.floor(volume.start / level.bucketMs);
    return { level, bucket, cell: cellOf(level.grid, shape.cap.centre) };
  }

  private levelOf(size: number, duration: number): Level {
    const key = size * 8 + duration;
    const known = this.levels.get(key);
    if (known) return known;
    const [reachMetres, cellMetres] = SIZES[size] ?? [0, 1];
    const [longestMs, bucketMs] = DURATIONS[duration] ?? [0, 0];
    const level: Level = {
      grid: makeGrid(cellMetres),
      reach: reachMetres / INNER_RADIUS,
      longestMs,
      bucketMs,
      buckets: new Map(),
      lists: 0,
    };
    this.levels.set(key, level);
    return level;
  }
}

/**
 * The volumes in force, found by place and time in microseconds: a hash of square cells × time buckets, with a stamp
 * per volume in place of a set. A filter only: it may offer volumes that do not conflict, and never leaves one out.
 * Holds no party, no id: the caller keeps those by slot.
 */

import { nearInHeightAndTime, type Prepared } from '../conflict.ts';
import { metresBetweenShapes } from '../geometry/distance.ts';
import { INNER_RADIUS } from '../geometry/geodesic.ts';
import { boundDistance, type Flattenable, flattenable } from '../geometry/quick.ts';
import { type Minima, TOUCHING_METRES } from '../model.ts';
import { cover, eachCell, type Grid, makeGrid } from './grid.ts';

/** Cell sizes, fine to coarse. A volume goes to the first level that it does not flood; what floods all is listed. */
const LEVELS: readonly (readonly [metres: number, minutes: number])[] = [
  [20_000, 30],
  [200_000, 240],
];
const MOST_CELLS = 400;

interface Level {
  readonly grid: Grid;
  readonly cells: Map<number, number[]>;
  size: number;
}

export interface Held {
  readonly prepared: Prepared;
  readonly flat: Flattenable | undefined;
}

/** What a look-up tells of one neighbour: bounds on the ground distance that are enough for a verdict. */
export interface Near {
  readonly slot: number;
  readonly lowMetres: number;
  readonly highMetres: number;
}

export class HotIndex {
  /** The largest minima that any pair may have: every look-up reaches as far. */
  private readonly reach: Minima;
  private readonly levels: readonly Level[];
  private readonly everywhere = new Set<number>();
  private readonly held: (Held | undefined)[] = [];
  private readonly free: number[] = [];
  private stamps = new Uint32Array(1024);
  /** Per slot: start, end, lower, upper, centre x, y, z, reach. */
  private facts = new Float64Array(1024 * 8);
  private round = 0;

  constructor(reach: Minima) {
    this.reach = reach;
    this.levels = LEVELS.map(([metres, minutes]) => ({
      grid: makeGrid(metres, minutes * 60_000),
      cells: new Map(),
      size: 0,
    }));
  }

  get size(): number {
    return this.held.length - this.free.length;
  }

  at(slot: number): Prepared | undefined {
    return this.held[slot]?.prepared;
  }

  /** Puts a volume in; its slot is the handle to take it out by. */
  add(prepared: Prepared): number {
    const slot = this.free.pop() ?? this.held.length;
    this.held[slot] = { prepared, flat: flattenable(prepared.shape) };
    this.grow(slot);
    const { start, end, altitudeLowerMetres, altitudeUpperMetres } = prepared.volume;
    const { centre, reach } = prepared.shape.cap;
    this.facts.set([start, end, altitudeLowerMetres, altitudeUpperMetres, ...centre, reach], slot * 8);
    this.stamps[slot] = 0;
    this.eachHome(prepared, (list) => list.push(slot)) ?? this.everywhere.add(slot);
    return slot;
  }

  remove(slot: number): void {
    const held = this.held[slot];
    if (!held) return;
    this.everywhere.delete(slot);
    this.eachHome(
      held.prepared,
      (list) => {
        const at = list.indexOf(slot);
        if (at >= 0) list[at] = list[list.length - 1] as number;
        if (at >= 0) list.pop();
      },
      -1,
    );
    this.held[slot] = undefined;
    this.free.push(slot);
  }

  /**
   * Every volume nearer than the minima of the pair, strictly, in no order. `minimaWith` answers the minima that hold
   * between the asked volume and a slot, or undefined when the two never conflict (same party).
   */
  near(asked: Prepared, minimaWith: (slot: number) => Minima | undefined): Near[] {
    const found: Near[] = [];
    const flat = flattenable(asked.shape);
    const look = (slot: number): void => {
      if (this.stamps[slot] === this.round) return;
      this.stamps[slot] = this.round;
      if (!this.mayBeNear(asked, slot)) return;
      const minima = minimaWith(slot);
      const near = minima && this.verdict(asked, flat, slot, minima);
      if (near) found.push(near);
    };
    this.round = (this.round + 1) >>> 0;
    if (this.round === 0) {
      this.stamps.fill(0);
      this.round = 1;
    }
    for (const level of this.levels) this.lookIn(level, asked, look);
    for (const slot of this.everywhere) look(slot);
    return found;
  }

  private lookIn(level: Level, asked: Prepared, look: (slot: number) => void): void {
    if (level.size === 0) return;
    const slack = this.reach.timeSeconds * 500;
    const margin = this.reach.horizontalMetres / 2 / INNER_RADIUS;
    const at = cover(level.grid, asked.shape.cap, margin, asked.volume.start - slack, asked.volume.end + slack);
    if (at.count > 4 * level.cells.size) {
      for (const list of level.cells.values()) for (const slot of list) look(slot);
      return;
    }
    eachCell(level.grid, at, (key) => {
      const list = level.cells.get(key);
      if (list) for (let i = 0; i < list.length; i++) look(list[i] as number);
    });
  }

  /** Cheap arithmetic on time, height and caps that throws nothing out wrongly. */
  private mayBeNear({ volume, shape }: Prepared, slot: number): boolean {
    const f = this.facts;
    const o = slot * 8;
    const time = this.reach.timeSeconds * 1000;
    if ((f[o] as number) - volume.end >= time || volume.start - (f[o + 1] as number) >= time) return false;
    const height = this.reach.verticalMetres;
    if ((f[o + 2] as number) - volume.altitudeUpperMetres >= height) return false;
    if (volume.altitudeLowerMetres - (f[o + 3] as number) >= height) return false;
    const [x, y, z] = shape.cap.centre;
    const dx = (f[o + 4] as number) - x;
    const dy = (f[o + 5] as number) - y;
    const dz = (f[o + 6] as number) - z;
    const most = this.reach.horizontalMetres / INNER_RADIUS + shape.cap.reach + (f[o + 7] as number) + 1e-12;
    return dx * dx + dy * dy + dz * dz < most * most;
  }

  private verdict(asked: Prepared, flat: Flattenable | undefined, slot: number, minima: Minima): Near | undefined {
    const other = this.held[slot];
    if (!other || !nearInHeightAndTime(asked.volume, other.prepared.volume, minima)) return undefined;
    const limit = minima.horizontalMetres - TOUCHING_METRES;
    const bounds = flat && other.flat && boundDistance(flat, other.flat);
    if (bounds && bounds.low >= limit) return undefined;
    if (bounds && bounds.high < limit) return { slot, lowMetres: bounds.low, highMetres: bounds.high };
    const metres = metresBetweenShapes(asked.shape, other.prepared.shape, limit);
    return metres < limit ? { slot, lowMetres: metres, highMetres: metres } : undefined;
  }

  private eachHome(prepared: Prepared, visit: (list: number[]) => void, change = 1): true | undefined {
    const slack = this.reach.timeSeconds * 500;
    const margin = this.reach.horizontalMetres / 2 / INNER_RADIUS;
    for (const level of this.levels) {
      const at = cover(
        level.grid,
        prepared.shape.cap,
        margin,
        prepared.volume.start - slack,
        prepared.volume.end + slack,
      );
      if (at.count > MOST_CELLS) continue;
      level.size += change;
      eachCell(level.grid, at, (key) => {
        const list = level.cells.get(key);
        if (list) {
          visit(list);
          if (list.length === 0) level.cells.delete(key);
        } else {
          const fresh: number[] = [];
          visit(fresh);
          if (fresh.length > 0) level.cells.set(key, fresh);
        }
      });
      return true;
    }
    return undefined;
  }

  private grow(slot: number): void {
    if (slot < this.stamps.length) return;
    const stamps = new Uint32Array(this.stamps.length * 2);
    stamps.set(this.stamps);
    this.stamps = stamps;
    const facts = new Float64Array(this.facts.length * 2);
    facts.set(this.facts);
    this.facts = facts;
  }
}

/**
 * The arbiter's book: standing declarations on the hot index, the pairs that come too near, one alert a declaration.
 * Entering a declaration and finding its pairs is one synchronous step, so two racing declarations see each other.
 */
import type { Prepared } from '../conflict.ts';
import { sharedWindow } from '../conflict.ts';
import { prepared } from '../dss/registry.ts';
import { HotIndex } from '../index/hot-index.ts';
import type { Minima, Volume4D } from '../model.ts';
import { type FlightClass, largestMinima, minimaBetween, type RuleSet } from '../rules/model.ts';
import { type Cell, cellsOf, makeRaster, type Raster, touchedCells } from './cells.ts';
import { type Alert, type Declaration, isStanding, type Pair } from './model.ts';

export interface Standing {
  readonly declaration: Declaration;
  readonly cells: readonly Cell[];
  readonly slots: readonly number[];
}

/** What a party asks about: a declaration to be, or only a question. */
export interface Asked {
  readonly id: string;
  readonly party: string;
  readonly class: FlightClass;
  readonly volumes: readonly Volume4D[];
  readonly cells: readonly Cell[];
}

export class Book {
  readonly rules: RuleSet;
  readonly raster: Raster;
  readonly declarations = new Map<string, Declaration>();
  readonly alerts = new Map<string, Alert>();
  private readonly standing = new Map<string, Standing>();
  private readonly pairs = new Map<string, Pair>();
  private readonly pairsOf = new Map<string, Set<string>>();
  private readonly index: HotIndex;
  private readonly ownerOfSlot = new Map<number, string>();

  constructor(rules: RuleSet) {
    this.rules = rules;
    this.raster = makeRaster(rules.grid);
    this.index = new HotIndex(largestMinima(rules));
  }

  standingOf(id: string): Standing | undefined {
    return this.standing.get(id);
  }

  /** Standing volumes: the current ones, and earlier ones still within their minimum lifetime. */
  volumesOf(declaration: Declaration, now: number): Volume4D[] {
    const lingering = declaration.lingering.filter(({ until }) => until > now).flatMap(({ volumes }) => volumes);
    return isStanding(declaration.state) ? [...declaration.volumes, ...lingering] : lingering;
  }

  /** Takes a declaration's present form into the book and returns the pairs it now makes. */
  enter(declaration: Declaration, now: number, codeOf: (pair: string) => string): Pair[] {
    const { id, party } = declaration;
    const codes = new Map(this.pairsWith(id).map((pair) => [otherOf(pair, id), pair.code]));
    this.leave(id);
    this.declarations.set(id, declaration);
    const volumes = this.volumesOf(declaration, now);
    if (volumes.length === 0) return [];
    const cells = cellsOf(this.raster, volumes, Number.MAX_SAFE_INTEGER) ?? [];
    const asked = { id, party, class: declaration.class, volumes, cells };
    const pairs = this.pairsFor(asked, (other) => codes.get(other) ?? codeOf(pairKey(id, other)));
    const slots = volumes.map((volume) => this.index.add(prepared(volume)));
    for (const slot of slots) this.ownerOfSlot.set(slot, id);
    this.standing.set(id, { declaration, cells, slots });
    for (const pair of pairs) this.link(pair);
    return pairs;
  }

  /** Takes a declaration's volumes and pairs out; the declaration itself stays known. */
  private leave(id: string): void {
    for (const slot of this.standing.get(id)?.slots ?? []) {
      this.index.remove(slot);
      this.ownerOfSlot.delete(slot);
    }
    this.standing.delete(id);
    for (const pair of this.pairsWith(id)) {
      this.pairs.delete(keyOf(pair));
      this.pairsOf.get(pair.a)?.delete(keyOf(pair));
      this.pairsOf.get(pair.b)?.delete(keyOf(pair));
    }
  }

  forget(id: string): void {
    this.leave(id);
    this.declarations.delete(id);
    this.alerts.delete(id);
    this.pairsOf.delete(id);
  }

  private link(pair: Pair): void {
    const key = keyOf(pair);
    this.pairs.set(key, pair);
    for (const id of [pair.a, pair.b]) {
      const set = this.pairsOf.get(id) ?? new Set<string>();
      set.add(key);
      this.pairsOf.set(id, set);
    }
  }

  pairsWith(id: string): Pair[] {
    return [...(this.pairsOf.get(id) ?? [])].flatMap((key) => this.pairs.get(key) ?? []);
  }

  /** Everything that hangs together with a declaration by pairs, itself included. */
  knotOf(id: string): string[] {
    const seen = new Set([id]);
    for (const at of seen) for (const pair of this.pairsWith(at)) seen.add(otherOf(pair, at));
    return [...seen];
  }

  /** One word for the voice line: the same for everyone in a knot of pairs, however many they are. */
  codeOf(id: string): string {
    const codes = this.knotOf(id).flatMap((at) => this.pairsWith(at).map((pair) => pair.code));
    return codes.sort()[0] ?? '';
  }

  /** Every standing declaration of another party that the asked volumes come too near to. */
  pairsFor(asked: Asked, codeWith: (other: string) => string): Pair[] {
    const others = new Map<string, { minima: Minima; window: { start: number; end: number } }>();
    const mine = asked.volumes.map(prepared);
    for (const volume of mine) this.meet(asked, volume, others);
    return [...others].map(([other, { minima, window }]): Pair => {
      const met = this.standing.get(other);
      const held = (met?.slots ?? []).flatMap((slot) => this.index.at(slot) ?? []);
      const own = touchedCells(this.raster, asked.cells, asked.volumes, held, minima);
      const volumes = held.map(({ volume }) => volume);
      const theirs = touchedCells(this.raster, met?.cells ?? [], volumes, mine, minima);
      return { a: asked.id, b: other, cellsOfA: own, cellsOfB: theirs, window, code: codeWith(other) };
    });
  }

  private meet(
    asked: Asked,
    volume: Prepared,
    others: Map<string, { minima: Minima; window: { start: number; end: number } }>,
  ): void {
    const minimaOf = (slot: number): Minima | undefined => {
      const other = this.standing.get(this.ownerOfSlot.get(slot) ?? '')?.declaration;
      if (!other || other.party === asked.party || other.id === asked.id) return undefined;
      return minimaBetween(this.rules, asked.class, other.class);
    };
    for (const { slot } of this.index.near(volume, minimaOf)) {
      const other = this.ownerOfSlot.get(slot);
      const held = this.index.at(slot);
      const minima = minimaOf(slot);
      if (!other || !held || !minima) continue;
      const window = sharedWindow(volume.volume, held.volume);
      const known = others.get(other)?.window;
      const start = Math.min(window.start, known?.start ?? window.start);
      const end = Math.max(window.end, known?.end ?? window.end);
      others.set(other, { minima, window: { start, end } });
    }
  }

  /** Ids that stand on the index. */
  standingIds(): string[] {
    return [...this.standing.keys()];
  }

  /** Looks every standing declaration up again: false when a pair is missing from the book. */
  isSound(ids: readonly string[]): boolean {
    return ids.every((id) => {
      const at = this.standing.get(id);
      if (!at) return true;
      const held = at.slots.flatMap((slot) => this.index.at(slot) ?? []);
      const asked = { id, party: at.declaration.party, class: at.declaration.class, volumes: [], cells: [] };
      const others = new Map<string, { minima: Minima; window: { start: number; end: number } }>();
      for (const volume of held) this.meet(asked, volume, others);
      const known = new Set(this.pairsWith(id).map((pair) => otherOf(pair, id)));
      return [...others.keys()].every((other) => known.has(other));
    });
  }
}

export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
const keyOf = ({ a, b }: Pair): string => pairKey(a, b);
export const otherOf = (pair: Pair, id: string): string => (pair.a === id ? pair.b : pair.a);
export const cellsIn = (pair: Pair, id: string): readonly number[] => (pair.a === id ? pair.cellsOfA : pair.cellsOfB);

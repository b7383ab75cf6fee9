/**
 * Keep-clear volumes: crossings, corridors, exercises, drawn by hand by the host and given to each side with a
 * receipt. Never a list of protected sites: no such list goes to an air force here.
 */
import { newId, Problem, type World } from '../../core/index.ts';
import { prepared, Shelf } from '../dss/registry.ts';
import type { Journal } from '../journal.ts';
import type { Volume4D } from '../model.ts';
import { NOT_YOURS } from '../problems.ts';

export const KEEP_CLEAR_KINDS = ['crossing', 'corridor', 'exercise'] as const;
export type KeepClearKind = (typeof KEEP_CLEAR_KINDS)[number];

export interface KeepClear {
  readonly id: string;
  readonly kind: KeepClearKind;
  readonly note: string;
  readonly volumes: readonly Volume4D[];
  readonly drawnAt: number;
  readonly receipts: readonly { readonly party: string; readonly at: number }[];
}

export class KeepClears {
  private readonly world: World;
  private readonly journal: Journal;
  private readonly shelf = new Shelf<KeepClear>();

  private constructor(world: World, journal: Journal) {
    this.world = world;
    this.journal = journal;
  }

  static async start(world: World, journal: Journal): Promise<KeepClears> {
    const all = new KeepClears(world, journal);
    for (const { body } of await journal.load<KeepClear>('channel.keep-clear')) all.shelf.put(body);
    return all;
  }

  async draw(kind: KeepClearKind, note: string, volumes: readonly Volume4D[]): Promise<KeepClear> {
    return this.keep({ id: newId(this.world), kind, note, volumes, drawnAt: this.world.clock.now(), receipts: [] });
  }

  /** A side says that it has the volume; the first time counts. */
  async receipt(party: string, id: string): Promise<KeepClear> {
    const item = this.shelf.get(id);
    if (!item) throw new Problem(NOT_YOURS, 'no such keep-clear volume');
    if (item.receipts.some((one) => one.party === party)) return item;
    return this.keep({ ...item, receipts: [...item.receipts, { party, at: this.world.clock.now() }] });
  }

  /** Those that are not over. */
  current(): KeepClear[] {
    const now = this.world.clock.now();
    return this.shelf.all().filter((item) => item.volumes.some((volume) => volume.end >= now));
  }

  /** Ids of those that volumes enter. */
  entered(volumes: readonly Volume4D[]): string[] {
    return this.shelf.overlapping(volumes.map(prepared)).map(({ id }) => id);
  }

  private async keep(item: KeepClear): Promise<KeepClear> {
    this.shelf.put(item);
    await this.journal.write([{ kind: 'channel.keep-clear', id: item.id, body: item }]);
    return item;
  }
}

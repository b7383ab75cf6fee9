/**
 * The channel's mark in the record: one sealed leaf per epoch, of one size, whether anything happened or not. Inside
 * is a salted hash over the commitments of that epoch, so neither the leaf nor its timing tells of sorties.
 */
import { createHash } from 'node:crypto';
import type { World } from '../core/index.ts';
import type { Db } from '../db/index.ts';
import { append } from '../record/index.ts';
import type { Journal } from './journal.ts';

/** The instrument name under which the channel's leaves stand. */
export const FLIGHT_LOG = 'flight';
/** Epochs closed late after a stop, at most; older ones stay open gaps and show as such. */
const MOST_CATCH_UP = 192;

/** What an auditor needs to open an epoch; kept by the host, not in the record. */
export interface EpochOpening {
  readonly epoch: number;
  readonly salt: string;
  readonly commitments: readonly string[];
  readonly root: string;
}

/** The root in the leaf: SHA-256 over the salt and the sorted commitments. */
export function rootOf(salt: string, commitments: readonly string[]): string {
  const hash = createHash('sha256').update(salt);
  for (const commitment of [...commitments].sort()) hash.update(commitment);
  return hash.digest('hex');
}

export class Epochs {
  private readonly world: World;
  private readonly db: Db;
  private readonly journal: Journal;
  private readonly lengthMs: number;
  private next: number;

  private constructor(world: World, db: Db, journal: Journal, minutes: number, next: number) {
    this.world = world;
    this.db = db;
    this.journal = journal;
    this.lengthMs = minutes * 60_000;
    this.next = next;
  }

  static async start(world: World, db: Db, journal: Journal, minutes: number): Promise<Epochs> {
    const now = Math.floor(world.clock.now() / (minutes * 60_000));
    const last = Math.max(...(await journal.load<EpochOpening>('epoch')).map(({ body }) => body.epoch), now - 1);
    return new Epochs(world, db, journal, minutes, last + 1);
  }

  /** Closes every epoch that is over; `take` hands over the commitments made since the last closing. */
  async close(take: () => readonly string[]): Promise<number> {
    const current = Math.floor(this.world.clock.now() / this.lengthMs);
    const from = Math.max(this.next, current - MOST_CATCH_UP);
    let closed = 0;
    for (let epoch = from; epoch < current; epoch++) {
      this.next = epoch + 1;
      const salt = Buffer.from(this.world.random.bytes(32)).toString('hex');
      const commitments = take();
      const root = rootOf(salt, commitments);
      await this.journal.write([{ kind: 'epoch', id: String(epoch), body: { epoch, salt, commitments, root } }]);
      await this.db.inTransaction((tx) =>
        append(tx, this.world, {
          agreement: FLIGHT_LOG,
          kind: 'flight-epoch.closed',
          object: `flight-epoch:${String(epoch).padStart(9, '0')}`,
          visibility: 'sealed',
          content: { epoch: String(epoch).padStart(9, '0'), root },
        }),
      );
      closed += 1;
    }
    return closed;
  }
}

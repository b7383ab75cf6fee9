/** Open mode, running: plans a turn on the registry, applies it and answers when it is durable. */
import type { World } from '../../core/index.ts';
import { toHex } from '../../core/index.ts';
import type { Doc, Journal } from '../journal.ts';
import type { Body } from './answers.ts';
import type { Caller } from './auth.ts';
import type { Plan, Turn } from './plan.ts';
import { applyChange, type Change, emptyRegistry, type Registry } from './registry.ts';

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

const KINDS = ['intent', 'constraint', 'subscription', 'availability'] as const;

export class OpenMode {
  readonly registry: Registry = emptyRegistry();
  private readonly world: World;
  private readonly journal: Journal;

  private constructor(world: World, journal: Journal) {
    this.world = world;
    this.journal = journal;
  }

  static async start(world: World, journal: Journal): Promise<OpenMode> {
    const mode = new OpenMode(world, journal);
    for (const kind of KINDS) {
      for (const { id, body } of await journal.load<never>(`dss.${kind}`)) {
        applyChange(mode.registry, { kind, id, item: body } as Change);
      }
    }
    return mode;
  }

  /** Runs one turn. Nothing runs between its plan and its application: turns are serialised by being synchronous. */
  async change(caller: Caller, plan: (turn: Turn) => Plan): Promise<Answer> {
    const { changes, status, answer } = plan(this.turn(caller));
    for (const change of changes) applyChange(this.registry, change);
    const body = answer();
    await this.journal.write(changes.map(({ kind, id, item }): Doc => ({ kind: `dss.${kind}`, id, body: item })));
    return { status, body };
  }

  /** Answers from what is durable at the time of asking. */
  async read(caller: Caller, look: (turn: Turn) => Body): Promise<Answer> {
    const body = look(this.turn(caller));
    await this.journal.settled();
    return { status: 200, body };
  }

  /** Forgets what ended long ago; subscriptions go with their end. */
  async sweep(keepMs: number): Promise<number> {
    const now = this.world.clock.now();
    const { intents, constraints, subscriptions } = this.registry;
    const gone: Change[] = [
      ...intents
        .all()
        .filter((one) => one.end + keepMs < now)
        .map(({ id }): Change => ({ kind: 'intent', id, item: null })),
      ...constraints
        .all()
        .filter((one) => one.end + keepMs < now)
        .map(({ id }): Change => ({ kind: 'constraint', id, item: null })),
      ...subscriptions
        .all()
        .filter((one) => one.end + keepMs < now)
        .map(({ id }): Change => ({ kind: 'subscription', id, item: null })),
    ];
    for (const change of gone) applyChange(this.registry, change);
    await this.journal.write(gone.map(({ kind, id }): Doc => ({ kind: `dss.${kind}`, id, body: null })));
    return gone.length;
  }

  private turn(caller: Caller): Turn {
    return {
      registry: this.registry,
      caller: caller.id,
      scopes: caller.scopes,
      now: this.world.clock.now(),
      newId: () => uuidV4(this.world.random.bytes(16)),
      randomBytes: (length) => this.world.random.bytes(length),
    };
  }
}

/** The standard asks for random UUIDs (version 4) wherever the server makes one. */
function uuidV4(bytes: Uint8Array): string {
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

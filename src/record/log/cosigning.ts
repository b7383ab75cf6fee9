/**
 * One round with all witnesses at once, and what is remembered of each. A witness that is away costs nothing but its
 * signature. When more of them have seen something else than agree, the log must stop: that is what a rollback looks
 * like from outside. One alone against the others cannot stop it: no chair has a veto.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ctx } from '../../db/index.ts';
import {
  concat,
  equalBytes,
  type Head,
  nodeCrypto,
  type Policy,
  type PolicyWitness,
  quorumHolds,
  type TileTree,
  toBase64,
  utf8,
} from '../verify/index.ts';
import { writeDurably } from './durable-files.ts';
import { recordCosigned } from './head-store.ts';
import type { SignedHead } from './sequencer.ts';
import type { WitnessState } from './status.ts';
import { askWitness, type WitnessAnswer } from './witness-client.ts';

interface Memory {
  /** Milliseconds. */
  lastTime: number | null;
  lastSize: number;
}

export class Cosigning {
  readonly startedAt: number;
  readonly #ctx: Ctx;
  readonly #policy: Policy;
  readonly #recordFolder: string;
  readonly #logFolder: string;
  readonly #memory: Map<string, Memory>;
  /** The head asked about last, and the signature lines it got. */
  #asked: { head: SignedHead; lines: Map<string, string> } | undefined;

  constructor(ctx: Ctx, policy: Policy, recordFolder: string, logFolder: string) {
    this.#ctx = ctx;
    this.#policy = policy;
    this.#recordFolder = recordFolder;
    this.#logFolder = logFolder;
    this.startedAt = ctx.clock.now();
    this.#memory = readMemory(recordFolder);
  }

  /** True when every witness with an address has co-signed this head. */
  isCurrent(head: Head | undefined): boolean {
    if (!head) return true;
    const reachable = this.#policy.witnesses.filter((witness) => witness.url !== null);
    return reachable.every((witness) => this.#linesFor(head)?.has(witness.name));
  }

  /** Log signature and co-signatures of the current head. */
  currentNote(): Uint8Array | undefined {
    return this.#asked && noteOf(this.#asked.head, this.#asked.lines);
  }

  noteFor(size: number): Uint8Array | undefined {
    return this.#asked?.head.size === size ? this.currentNote() : undefined;
  }

  states(head: Head | undefined): WitnessState[] {
    return this.#policy.witnesses.map(({ name }) => {
      const memory = this.#memory.get(name);
      const current = head !== undefined && this.#linesFor(head)?.has(name) === true;
      return { name, lastTime: memory?.lastTime ?? null, lastSize: memory?.lastSize ?? 0, current };
    });
  }

  #linesFor(head: Head): ReadonlyMap<string, string> | undefined {
    const asked = this.#asked;
    return asked && asked.head.size === head.size && equalBytes(asked.head.root, head.root) ? asked.lines : undefined;
  }

  /** Asks those that have not co-signed this head; a text when more of them contradict it than have co-signed it. */
  async round(head: SignedHead, tree: TileTree): Promise<string | undefined> {
    const lines = new Map(this.#linesFor(head));
    this.#asked = { head, lines };
    const open = this.#policy.witnesses.filter((witness) => witness.url !== null && !lines.has(witness.name));
    const answers = await Promise.all(
      open.map(async (witness) => [witness, await this.#ask(witness, head, tree)] as const),
    );
    const contradictions: string[] = [];
    for (const [witness, answer] of answers) {
      if (answer.kind === 'cosigned') {
        lines.set(witness.name, answer.line);
        this.#memory.set(witness.name, { lastTime: answer.time * 1_000, lastSize: head.size });
      }
      const contradiction = contradictionOf(witness.name, answer, head);
      if (contradiction !== undefined) contradictions.push(contradiction);
      const reason = answer.kind === 'silent' ? answer.reason : contradiction;
      if (reason !== undefined) this.#ctx.log.warn({ witness: witness.name, reason }, 'a witness did not co-sign');
    }
    if (answers.some(([, answer]) => answer.kind === 'cosigned')) await this.#keep(head, lines);
    return contradictions.length > lines.size ? `refusing to sign: ${contradictions.join('; ')}` : undefined;
  }

  #ask(witness: PolicyWitness, head: SignedHead, tree: TileTree): Promise<WitnessAnswer> {
    const knownSize = Math.min(this.#memory.get(witness.name)?.lastSize ?? 0, head.size);
    return askWitness({ crypto: nodeCrypto, witness, note: head.note, text: head.text, head, tree, knownSize });
  }

  async #keep(head: SignedHead, lines: ReadonlyMap<string, string>): Promise<void> {
    writeDurably(this.#logFolder, new Map([['checkpoint', noteOf(head, lines)]]));
    const memory = JSON.stringify(Object.fromEntries(this.#memory));
    writeDurably(this.#recordFolder, new Map([['witnesses.json', utf8(memory)]]));
    const { quorum } = this.#policy;
    if (quorum.kind === 'none' || !quorumHolds(quorum, (witness) => lines.has(witness.name))) return;
    const times = [...lines.keys()].map((name) => this.#memory.get(name)?.lastTime ?? 0);
    await recordCosigned(this.#ctx.db, this.#ctx.agreement, head, new Date(Math.max(...times)));
  }
}

const noteOf = (head: SignedHead, lines: ReadonlyMap<string, string>): Uint8Array =>
  concat(head.note, utf8([...lines.values()].join('')));

function contradictionOf(name: string, answer: WitnessAnswer, head: SignedHead): string | undefined {
  const ours = `size ${head.size}, root ${toBase64(head.root)}`;
  if (answer.kind === 'ahead') {
    return `witness ${name} has co-signed size ${answer.size}; this log has only ${ours} (an old backup was restored, or another log signs with this key)`;
  }
  if (answer.kind === 'contradicted') {
    return `witness ${name} holds another history at size ${answer.size} (status ${answer.status}); this log has ${ours}`;
  }
  return undefined;
}

function readMemory(folder: string): Map<string, Memory> {
  const path = join(folder, 'witnesses.json');
  if (!existsSync(path)) return new Map();
  try {
    // Only a hint of where each witness stands: it answers with its own size when this is wrong.
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Memory>));
  } catch {
    return new Map();
  }
}

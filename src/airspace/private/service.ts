/**
 * Private mode, running at one party's own site: no arbiter. Own declarations never leave; once an epoch the two sites
 * compare blinded cells and each learns which of its own cells the other holds too. What is declared within an epoch
 * is compared in the next one, and is not "clear" before.
 */
import { createHash } from 'node:crypto';
import { newId, Problem, type World } from '../../core/index.ts';
import { makeRaster, type Raster } from '../blind/cells.ts';
import type { DeclarationInput } from '../blind/input.ts';
import type { Journal } from '../journal.ts';
import type { Volume4D } from '../model.ts';
import { BAD_REQUEST, CONFLICT, NOT_YOURS, OVER_CAP } from '../problems.ts';
import type { FlightClass, RuleSet } from '../rules/model.ts';
import { type Blinded, commitmentTo, common, newKey, type Opening, pack, SET_SIZE, toHex, unpack } from './psi.ts';
import { tokensOf } from './tokens-of.ts';
import { PsiWorker } from './worker.ts';

export interface OwnDeclaration {
  readonly id: string;
  readonly class: FlightClass;
  readonly volumes: readonly Volume4D[];
  readonly declaredAt: number;
  readonly ended: boolean;
  readonly commitment: string;
}

/** One epoch's exchange as one side holds it. */
interface Session {
  readonly epoch: number;
  readonly key: Uint8Array;
  readonly blinded: Blinded;
  readonly opening: Opening;
  readonly commitment: string;
  readonly declarations: readonly string[];
  peerCommitment: string | null;
  /** Set before the work on it begins: one set an epoch, however fast it is asked again. */
  heard: boolean;
  peerRaised: Uint8Array[] | null;
  done: boolean;
}

export interface EpochResult {
  readonly epoch: number;
  readonly at: number;
  /** Declarations that were part of the comparison. */
  readonly compared: readonly string[];
  /** Own cells that the other side holds too. */
  readonly shared: readonly string[];
}

/** The other site, as three questions. */
export interface Peer {
  commit(epoch: number, commitment: string): Promise<string>;
  round1(epoch: number, points: string): Promise<{ raised: string; points: string }>;
  round2(epoch: number, raised: string): Promise<void>;
}

export class PrivateMode {
  private readonly world: World;
  private readonly journal: Journal;
  private readonly rules: RuleSet;
  private readonly setSize: number;
  private readonly raster: Raster;
  private readonly declarations = new Map<string, OwnDeclaration>();
  private readonly sessions = new Map<number, Promise<Session>>();
  private readonly worker = new PsiWorker();
  private result: EpochResult | undefined;
  private commitments: string[] = [];

  private constructor(world: World, journal: Journal, rules: RuleSet, setSize: number) {
    this.world = world;
    this.setSize = setSize;
    this.journal = journal;
    this.rules = rules;
    this.raster = makeRaster(rules.grid);
  }

  /** `setSize`: points in every message; both sites must have the same. */
  static async start(world: World, journal: Journal, rules: RuleSet, setSize = SET_SIZE): Promise<PrivateMode> {
    const mode = new PrivateMode(world, journal, rules, setSize);
    for (const { id, body } of await journal.load<OwnDeclaration>('private.declaration'))
      mode.declarations.set(id, body);
    for (const { body } of await journal.load<EpochResult>('private.result')) {
      if (body.epoch > (mode.result?.epoch ?? -1)) mode.result = body;
    }
    return mode;
  }

  epochNow(): number {
    return Math.floor(this.world.clock.now() / (this.rules.epochMinutes * 60_000));
  }

  async declare(input: DeclarationInput): Promise<OwnDeclaration> {
    const content = {
      id: newId(this.world),
      class: input.class,
      volumes: input.volumes,
      declaredAt: this.world.clock.now(),
      ended: false,
    };
    this.tokens([...this.standing(), content]);
    const salt = toHex(this.world.random.bytes(32));
    const commitment = createHash('sha256').update(salt).update(JSON.stringify(content)).digest('hex');
    this.commitments.push(commitment);
    return this.keep({ ...content, commitment });
  }

  async end(id: string): Promise<OwnDeclaration> {
    const old = this.declarations.get(id);
    if (!old) throw new Problem(NOT_YOURS, 'no such declaration');
    return this.keep({ ...old, ended: true });
  }

  /** Own declarations with what the last comparison said of each. */
  overview(): Readonly<Record<string, unknown>> {
    const shared = new Set(this.result?.shared);
    const compared = new Set(this.result?.compared);
    const age = this.result ? this.world.clock.now() - this.result.at : Number.POSITIVE_INFINITY;
    const stale = age > 2 * this.rules.epochMinutes * 60_000;
    return {
      epoch: this.epochNow(),
      lastGoodCheckAt: this.result ? new Date(this.result.at).toISOString() : null,
      stale,
      declarations: this.standing().map((one) => {
        const cells = (tokensOf(this.rules, this.raster, one.volumes, this.setSize) ?? []).filter((token) =>
          shared.has(token),
        );
        const verdict = cells.length > 0 ? 'conflict' : stale || !compared.has(one.id) ? 'unknown' : 'clear';
        return { ...one, volumes: one.volumes.map(readable), verdict, cells };
      }),
    };
  }

  /** First word of an exchange: the other side's commitment against ours. Asking twice in an epoch changes nothing. */
  async takeCommit(epoch: number, commitment: string): Promise<string> {
    if (!/^[0-9a-f]{64}$/.test(commitment)) throw new Problem(BAD_REQUEST, 'commitment: must be a SHA-256');
    const session = await this.session(epoch);
    if (session.peerCommitment && session.peerCommitment !== commitment) {
      throw new Problem(CONFLICT, 'a side commits once an epoch');
    }
    session.peerCommitment = commitment;
    await this.journal.write([{ kind: 'private.peer', id: String(epoch), body: { epoch, commitment } }]);
    return session.commitment;
  }

  /** Their blinded set, raised to our key, and our own. Only after both committed, and once. */
  async takeRound1(epoch: number, points: string): Promise<{ raised: string; points: string }> {
    const session = await this.session(epoch);
    if (!session.peerCommitment) throw new Problem(CONFLICT, 'the commitment comes first');
    if (session.heard) throw new Problem(CONFLICT, 'one set an epoch');
    const theirs = pointsIn(points, this.setSize);
    session.heard = true;
    const raised = await this.raised(theirs, session.key);
    session.peerRaised = raised;
    await this.journal.write([{ kind: 'private.heard', id: String(epoch), body: { epoch, points } }]);
    return { raised: pack(raised), points: pack(session.blinded.points) };
  }

  /** Our set as they raised it: now this side knows as well. */
  async takeRound2(epoch: number, raised: string): Promise<void> {
    const session = await this.session(epoch);
    if (!session.peerRaised || session.done) throw new Problem(CONFLICT, 'not now');
    await this.finish(session, pointsIn(raised, this.setSize), session.peerRaised);
  }

  /** Leads an exchange with the other site. */
  async lead(peer: Peer): Promise<EpochResult | undefined> {
    const session = await this.session(this.epochNow());
    if (session.done) return this.result;
    const { epoch } = session;
    session.peerCommitment = await peer.commit(epoch, session.commitment);
    await this.journal.write([
      { kind: 'private.peer', id: String(epoch), body: { epoch, commitment: session.peerCommitment } },
    ]);
    const answer = await peer.round1(epoch, pack(session.blinded.points));
    const raised = await this.raised(pointsIn(answer.points, this.setSize), session.key);
    await this.journal.write([{ kind: 'private.heard', id: String(epoch), body: { epoch, points: answer.points } }]);
    await peer.round2(epoch, pack(raised));
    return this.finish(session, pointsIn(answer.raised, this.setSize), raised);
  }

  /** For auditors, after the agreed days. */
  async openings(): Promise<Opening[]> {
    return (await this.journal.load<Opening>('private.opening')).map(({ body }) => body);
  }

  close(): Promise<void> {
    return this.worker.close();
  }

  takeCommitments(): string[] {
    const taken = this.commitments;
    this.commitments = [];
    return taken;
  }

  private standing(): OwnDeclaration[] {
    const now = this.world.clock.now();
    return [...this.declarations.values()].filter(
      (one) => !one.ended && one.volumes.some((volume) => volume.end >= now),
    );
  }

  /** The cells of all declarations; throws airspace/over-cap rather than leave one out. */
  private tokens(declarations: readonly Pick<OwnDeclaration, 'volumes'>[]): string[] {
    const all = new Set<string>();
    for (const { volumes } of declarations) {
      const tokens = tokensOf(this.rules, this.raster, volumes, this.setSize);
      for (const token of tokens ?? []) all.add(token);
      if (!tokens || all.size > this.setSize)
        throw new Problem(OVER_CAP, `more than the ${this.setSize} cells that an epoch allows`);
    }
    return [...all];
  }

  /** The other side's points under our key too; what is no point of the group is refused. */
  private raised(points: readonly Uint8Array[], key: Uint8Array): Promise<Uint8Array[]> {
    return this.worker.raise(points, key).catch((error: unknown) => {
      throw new Problem(BAD_REQUEST, error instanceof Error ? error.message : 'not points');
    });
  }

  private session(epoch: number): Promise<Session> {
    const now = this.epochNow();
    if (Math.abs(epoch - now) > 1) return Promise.reject(new Problem(CONFLICT, `the epoch is ${now}`));
    const known = this.sessions.get(epoch);
    if (known) return known;
    const fresh = this.open(epoch);
    this.sessions.set(epoch, fresh);
    fresh.catch(() => this.sessions.delete(epoch));
    for (const old of this.sessions.keys()) if (old < now - 2) this.sessions.delete(old);
    return fresh;
  }

  private async open(epoch: number): Promise<Session> {
    const standing = this.standing();
    const tokens = this.tokens(standing);
    const key = newKey();
    const opening = { epoch, salt: toHex(this.world.random.bytes(32)), tokens, key: toHex(key) };
    const commitment = commitmentTo(opening);
    const session: Session = {
      epoch,
      key,
      blinded: await this.worker.blind(epoch, tokens, key, this.setSize),
      opening,
      commitment,
      declarations: standing.map(({ id }) => id),
      peerCommitment: null,
      heard: false,
      peerRaised: null,
      done: false,
    };
    this.commitments.push(commitment);
    await this.journal.write([{ kind: 'private.opening', id: String(epoch), body: opening }]);
    return session;
  }

  private async finish(session: Session, ownRaised: Uint8Array[], otherRaised: Uint8Array[]): Promise<EpochResult> {
    const shared = common(session.blinded, ownRaised, otherRaised);
    const result = { epoch: session.epoch, at: this.world.clock.now(), compared: session.declarations, shared };
    session.done = true;
    this.result = result;
    await this.journal.write([{ kind: 'private.result', id: String(session.epoch), body: result }]);
    return result;
  }

  private async keep(declaration: OwnDeclaration): Promise<OwnDeclaration> {
    this.declarations.set(declaration.id, declaration);
    await this.journal.write([{ kind: 'private.declaration', id: declaration.id, body: declaration }]);
    return declaration;
  }
}

const readable = ({ start, end, ...rest }: Volume4D): Record<string, unknown> => ({
  ...rest,
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
});

function pointsIn(text: string, size: number): Uint8Array[] {
  try {
    return unpack(text, size);
  } catch (error) {
    throw new Problem(BAD_REQUEST, error instanceof Error ? error.message : 'not points');
  }
}

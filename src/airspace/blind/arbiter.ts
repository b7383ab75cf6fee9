/**
 * The blind arbiter, running. Each verb decides in one synchronous turn, answers when durable, and then tells both
 * sides in the same moment. It never says "clear" of anything it has not checked, nor when its last check is stale.
 */
import { createHash } from 'node:crypto';
import { newId, Problem, type World } from '../../core/index.ts';
import { nextBeat } from '../beat.ts';
import type { Doc, Journal } from '../journal.ts';
import { BROKEN_CLOCK, NOT_STANDING, NOT_YOURS, STALE_VERSION } from '../problems.ts';
import type { RuleSet } from '../rules/model.ts';
import { Book, cellsIn, otherOf, pairKey } from './book.ts';
import { budgetKey, type DayBudget, type Spending, spend } from './budget.ts';
import { capped } from './caps.ts';
import type { Card } from './card.ts';
import type { DeclarationInput } from './input.ts';
import { type Alert, type Declaration, type DeclarationState, isStanding, type Pair } from './model.ts';
import { alertView, declarationView, padded, type View } from './views.ts';

/** Tells a party's open desks something. */
export type Tell = (party: string, event: View) => void;

/** Told once when separation is lost: the declarations that hang together, and whose they are. */
export type Loss = (declarations: readonly string[], parties: readonly string[]) => void;

/** Ids of the keep-clear volumes that own volumes enter. */
export type KeepClearCheck = (volumes: Declaration['volumes']) => readonly string[];

const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const FUTURE_SKEW_MS = 2_000;
/** Declarations looked up again each second. */
const SLICE = 500;

export class Arbiter {
  readonly book: Book;
  private readonly world: World;
  private readonly journal: Journal;
  private readonly card: Card;
  private readonly keepClear: KeepClearCheck;
  private readonly budgets = new Map<string, DayBudget>();
  private tell: Tell = () => {};
  private lastCheck = 0;
  private lastTick = 0;
  private commitments: string[] = [];
  /** What each declaration's desk was last told. */
  private readonly told = new Map<string, string>();
  private sliceFrom = 0;
  private loss: Loss = () => {};
  /** Declarations whose loss of separation was told. */
  private readonly lost = new Set<string>();

  private constructor(world: World, journal: Journal, rules: RuleSet, card: Card, keepClear: KeepClearCheck) {
    this.world = world;
    this.keepClear = keepClear;
    this.journal = journal;
    this.card = card;
    this.book = new Book(rules);
  }

  static async start(
    world: World,
    journal: Journal,
    rules: RuleSet,
    card: Card,
    keepClear: KeepClearCheck = () => [],
  ): Promise<Arbiter> {
    const arbiter = new Arbiter(world, journal, rules, card, keepClear);
    for (const { id, body } of await journal.load<Alert>('blind.alert')) arbiter.book.alerts.set(id, body);
    for (const { id, body } of await journal.load<DayBudget>('blind.budget')) arbiter.budgets.set(id, body);
    const codes = new Map((await journal.load<{ code: string }>('blind.code')).map(({ id, body }) => [id, body.code]));
    for (const { body } of await journal.load<Declaration>('blind.declaration')) {
      const pairs = arbiter.book.enter(body, world.clock.now(), (pair) => codes.get(pair) ?? arbiter.newCode());
      await journal.write(arbiter.raise(pairs));
    }
    arbiter.tick();
    return arbiter;
  }

  /** Where alerts go; set once by whoever listens. */
  onTell(tell: Tell): void {
    this.tell = tell;
  }

  /** Who opens the working group's file; set once. */
  onLoss(loss: Loss): void {
    this.loss = loss;
  }

  async declare(party: string, input: DeclarationInput): Promise<View> {
    const now = this.now();
    const cells = capped(this.book.rules, this.book.raster, input.volumes, now);
    const budget = this.charge(party, { at: now, on: 'declaration', cells: cells.length });
    const declaration = this.commit({
      id: newId(this.world),
      party,
      class: input.class,
      state: 'planned',
      version: 1,
      volumes: input.volumes,
      lingering: [],
      declaredAt: now,
      changedAt: now,
      endedAt: null,
    });
    return this.take(declaration, budget);
  }

  async amend(party: string, id: string, input: DeclarationInput): Promise<View> {
    const now = this.now();
    const old = this.own(party, id, input.version);
    const cells = capped(this.book.rules, this.book.raster, input.volumes, now);
    const budget = this.charge(party, { at: now, on: 'amendment', cells: cells.length });
    const declaration = this.commit({
      ...old,
      class: input.class,
      volumes: input.volumes,
      lingering: this.linger(old, now),
      version: old.version + 1,
      changedAt: now,
    });
    return this.take(declaration, budget);
  }

  /** Planned → active → off nominal; or ended, which frees the airspace once the minimum lifetime is over. */
  async setState(party: string, id: string, state: DeclarationState, version: number | undefined): Promise<View> {
    const now = this.now();
    const old = this.own(party, id, version);
    const ended = state === 'ended';
    const declaration = this.commit({
      ...old,
      state,
      lingering: ended ? this.linger(old, now) : old.lingering,
      version: old.version + 1,
      changedAt: now,
      endedAt: ended ? now : null,
    });
    return this.take(declaration, []);
  }

  /** The same check without a reservation. Costs the same, is logged, and is answered in the same shape. */
  async whatIf(party: string, input: DeclarationInput): Promise<View> {
    const now = this.now();
    const cells = capped(this.book.rules, this.book.raster, input.volumes, now);
    const budget = this.charge(party, { at: now, on: 'what-if', cells: cells.length });
    const asked = { id: newId(this.world), party, class: input.class, volumes: input.volumes, cells };
    const pairs = this.book.pairsFor(asked, () => '');
    const free = new Set(pairs.flatMap((pair) => pair.cellsOfA));
    await this.journal.write(budget);
    const verdict = this.isStale() ? 'unknown' : pairs.length > 0 ? 'conflict' : 'clear';
    const taken = Array.from({ length: cells.length }, (_, i) => (free.has(i) ? 1 : 0)).join('');
    return padded({ ...this.footing(party), verdict: verdict.padEnd(8), taken }, ['verdict'], cells.length);
  }

  async acknowledge(party: string, alertId: string): Promise<View> {
    const arrived = performance.now();
    const now = this.now();
    const alert = [...this.book.alerts.values()].find((one) => one.id === alertId);
    const declaration = alert && this.book.declarations.get(alert.declaration);
    if (!alert || declaration?.party !== party) throw new Problem(NOT_YOURS, 'no such alert of yours');
    const known = { ...alert, acknowledgedAt: alert.acknowledgedAt ?? now };
    this.book.alerts.set(alert.declaration, known);
    await this.journal.write([{ kind: 'blind.alert', id: alert.declaration, body: known }]);
    await this.tellOnTheBeat(arrived, [
      alert.declaration,
      ...this.book.pairsWith(alert.declaration).map((pair) => otherOf(pair, alert.declaration)),
    ]);
    return this.answer(declaration);
  }

  /** A party's own declarations and alerts; durable before it is shown. */
  async overview(party: string): Promise<View> {
    const own = [...this.book.declarations.values()].filter((one) => one.party === party);
    const declarations = own.map((declaration) => this.answer(declaration));
    await this.journal.settled();
    return { ...this.footing(party), declarations };
  }

  async show(party: string, id: string): Promise<View> {
    const declaration = this.own(party, id, undefined, true);
    await this.journal.settled();
    return this.answer(declaration);
  }

  /** What stands on every answer: the rules, and when the last good check was. */
  footing(party: string): View {
    const budget = this.budgets.get(budgetKey(party, this.world.clock.now()));
    return {
      rules: { name: this.book.rules.name, version: this.book.rules.version, example: this.book.rules.example },
      lastGoodCheckAt: this.lastCheck === 0 ? null : new Date(this.lastCheck).toISOString(),
      stale: this.isStale(),
      budgetLeft: String(this.book.rules.caps.cellsPerDay - (budget?.spent ?? 0)).padStart(9),
    };
  }

  isStale(): boolean {
    const age = this.world.clock.now() - this.lastCheck;
    return !this.journal.isSound || age > this.book.rules.staleSeconds * 1000 || age < -FUTURE_SKEW_MS;
  }

  /** Once a second: expire, erase, look again at what stands, tell of changed levels. */
  tick(): void {
    const now = this.world.clock.now();
    const clockIsSane = now >= this.lastTick - FUTURE_SKEW_MS;
    this.lastTick = Math.max(this.lastTick, now);
    if (!clockIsSane || !this.journal.isSound) return;
    for (const declaration of this.book.declarations.values()) this.age(declaration, now);
    const ids = this.book.standingIds();
    if (this.sliceFrom >= ids.length) this.sliceFrom = 0;
    if (this.book.isSound(ids.slice(this.sliceFrom, this.sliceFrom + SLICE))) this.lastCheck = now;
    else this.world.log.error({}, 'the self-check found a pair that is not in the book');
    this.sliceFrom += SLICE;
    this.tellAll([...this.book.alerts.keys()], true);
    for (const id of this.book.alerts.keys()) this.lookForLoss(id);
  }

  /** An acute alert is a loss of separation: both fly, and the time is now. */
  private lookForLoss(id: string): void {
    if (this.lost.has(id) || this.alertOf(id)?.level !== 'acute') return;
    const knot = this.book.knotOf(id);
    for (const one of knot) this.lost.add(one);
    this.loss(knot, [...new Set(knot.flatMap((one) => this.book.declarations.get(one)?.party ?? []))]);
  }

  /** A party's own alert: its declaration, and its short code once both sides acknowledged. */
  ownAlert(party: string, alertId: string): { declaration: string; code: string | undefined } | undefined {
    const alert = [...this.book.alerts.values()].find((one) => one.id === alertId);
    const declaration = alert && this.book.declarations.get(alert.declaration);
    if (declaration?.party !== party) return undefined;
    const code = this.alertOf(declaration.id)?.code;
    return { declaration: declaration.id, code: typeof code === 'string' ? code : undefined };
  }

  /** Commitments since the last epoch, for the record; the list starts anew. */
  takeCommitments(): string[] {
    const taken = this.commitments;
    this.commitments = [];
    return taken;
  }

  private age(declaration: Declaration, now: number): void {
    const { id } = declaration;
    const end = Math.max(...declaration.volumes.map((volume) => volume.end));
    const stands = isStanding(declaration.state);
    if (stands && end < now) void this.settle({ ...declaration, state: 'expired', endedAt: now, changedAt: now });
    else if (!stands && declaration.lingering.some(({ until }) => until <= now))
      void this.settle({ ...declaration, lingering: declaration.lingering.filter(({ until }) => until > now) });
    else if (!stands && (declaration.endedAt ?? now) + this.book.rules.eraseAfterHours * 3_600_000 < now) {
      this.book.forget(id);
      this.told.delete(id);
      this.lost.delete(id);
      const kinds = ['blind.declaration', 'blind.alert'];
      void this.journal.write(kinds.map((kind) => ({ kind, id, body: null }))).catch(() => {});
    }
  }

  private async settle(declaration: Declaration): Promise<void> {
    await this.take(declaration, []).catch(() => {});
  }

  private now(): number {
    const now = this.world.clock.now();
    if (now < this.lastTick - FUTURE_SKEW_MS) throw new Problem(BROKEN_CLOCK, 'the clock of the server went backwards');
    return now;
  }

  /** One turn: into the book, pairs found, alerts raised; then durable; then, on a beat, both sides told; then answered. */
  private async take(declaration: Declaration, docs: readonly Doc[]): Promise<View> {
    const arrived = performance.now();
    const before = this.book.pairsWith(declaration.id).map((pair) => otherOf(pair, declaration.id));
    const pairs = this.book.enter(declaration, this.world.clock.now(), () => this.newCode());
    const raised = this.raise(pairs);
    const body = this.answer(declaration);
    await this.journal.write([
      { kind: 'blind.declaration', id: declaration.id, body: declaration },
      ...docs,
      ...raised,
    ]);
    const others = [...before, ...pairs.map((pair) => otherOf(pair, declaration.id))];
    await this.tellOnTheBeat(arrived, [declaration.id, ...others]);
    return body;
  }

  private raise(pairs: readonly Pair[]): Doc[] {
    const docs: Doc[] = pairs.map(({ a, b, code }) => ({ kind: 'blind.code', id: pairKey(a, b), body: { code } }));
    for (const id of new Set(pairs.flatMap((pair) => [pair.a, pair.b]))) {
      const touched = [...new Set(this.book.pairsWith(id).flatMap((pair) => cellsIn(pair, id)))];
      const old = this.book.alerts.get(id);
      const known = new Set(old?.touched);
      if (old && touched.every((cell) => known.has(cell))) continue;
      const now = this.world.clock.now();
      const alert: Alert = {
        id: old?.id ?? newId(this.world),
        declaration: id,
        raisedAt: now,
        acknowledgedAt: null,
        touched,
      };
      this.book.alerts.set(id, alert);
      docs.push({ kind: 'blind.alert', id, body: alert });
    }
    return docs;
  }

  private tellAll(ids: readonly string[], onlyChanges = false): void {
    for (const { party, event } of this.eventsOf(ids, onlyChanges)) this.tell(party, event);
  }

  private eventsOf(ids: readonly string[], onlyChanges = false): { party: string; event: View }[] {
    return [...new Set(ids)].flatMap((id) => {
      const declaration = this.book.declarations.get(id);
      if (!declaration) return [];
      const event = { declaration: id, alert: this.alertOf(id) };
      const text = JSON.stringify(event);
      if (onlyChanges && this.told.get(id) === text) return [];
      this.told.set(id, text);
      return [{ party: declaration.party, event }];
    });
  }

  /**
   * On the next beat, all in one turn, the one whose turn it was first; behind its answer, which therefore does not
   * wait longer when many are told.
   */
  private async tellOnTheBeat(arrived: number, ids: readonly string[]): Promise<void> {
    const events = this.eventsOf(ids);
    await nextBeat(arrived);
    setImmediate(() => {
      for (const { party, event } of events) this.tell(party, event);
    });
  }

  private alertOf(id: string): View | null {
    return alertView(this.book, this.book.alerts.get(id), this.world.clock.now(), this.card);
  }

  private answer(declaration: Declaration): View {
    const alert = this.alertOf(declaration.id);
    const cells = this.book.standingOf(declaration.id)?.cells.length ?? 0;
    const verdict = this.isStale() ? 'unknown' : alert ? 'conflict' : 'clear';
    const body = {
      ...this.footing(declaration.party),
      declaration: declarationView(this.book, declaration),
      keepClear: this.keepClear(declaration.volumes),
      verdict: verdict.padEnd(8),
      alert,
    };
    return padded(body, ['alert', 'verdict'], cells);
  }

  private linger(old: Declaration, now: number): Declaration['lingering'] {
    const until = old.declaredAt + this.book.rules.caps.minimumLifetimeMinutes * 60_000;
    const kept = old.lingering.filter((one) => one.until > now);
    return until > now ? [...kept, { volumes: old.volumes, until }] : kept;
  }

  private own(party: string, id: string, version: number | undefined, evenEnded = false): Declaration {
    const declaration = this.book.declarations.get(id);
    if (declaration?.party !== party) throw new Problem(NOT_YOURS, 'no such declaration of yours');
    if (!evenEnded && !isStanding(declaration.state))
      throw new Problem(NOT_STANDING, `the declaration is ${declaration.state}`);
    if (version !== undefined && version !== declaration.version) {
      throw new Problem(STALE_VERSION, `the declaration is at version ${declaration.version}`);
    }
    return declaration;
  }

  /** Takes cells from the day's budget: the budget and a line of its log. */
  private charge(party: string, spending: Spending): Doc[] {
    const key = budgetKey(party, spending.at);
    const day = key.slice(party.length + 1);
    const old = this.budgets.get(key) ?? { party, day, spent: 0, count: 0 };
    const budget = spend(old, spending, this.book.rules.caps.cellsPerDay);
    this.budgets.set(key, budget);
    return [
      { kind: 'blind.budget', id: key, body: budget },
      { kind: 'blind.spending', id: `${key}/${budget.count}`, body: spending },
    ];
  }

  private commit(content: Omit<Declaration, 'salt' | 'commitment'>): Declaration {
    const salt = Buffer.from(this.world.random.bytes(32)).toString('hex');
    const commitment = createHash('sha256').update(salt).update(JSON.stringify(content)).digest('hex');
    this.commitments.push(commitment);
    return { ...content, salt, commitment };
  }

  private newCode(): string {
    return [...this.world.random.bytes(4)].map((byte) => CODE_LETTERS[byte % 32]).join('');
  }
}

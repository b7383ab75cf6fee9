/**
 * Which report is in which incident, as a fold over what the machine placed and what was decided since. Nothing is
 * edited: undoing is an entry that makes the fold pass over another. People's "the same" and "not the same" are kept
 * apart from scores and outlive every re-estimation of the weights. Pure.
 */

/** A report's event, by the linker's id (`REPORT` or `REPORT#n`). */
export type LinkId = string;

export type Decision =
  /** The machine placed them, or a person accepted or chose an incident (then it also binds). */
  | { readonly kind: 'linked'; readonly events: readonly LinkId[]; readonly incident: string; readonly binds: boolean }
  /** A person says: they are not of incident `from` but of one of their own, `into`. */
  | { readonly kind: 'alone'; readonly events: readonly LinkId[]; readonly from: string; readonly into: string }
  /** A person says: these and the others do not tell of one incident. `into` is where those others go that are beside them. */
  | {
      readonly kind: 'not_same';
      readonly events: readonly LinkId[];
      readonly others: readonly LinkId[];
      readonly into: string;
    }
  /** `binds`: a person decided; the machine's own repairs move reports but bind nothing. */
  | { readonly kind: 'merged'; readonly from: string; readonly into: string; readonly binds: boolean }
  | {
      readonly kind: 'split';
      readonly from: string;
      readonly events: readonly LinkId[];
      readonly into: string;
      readonly binds: boolean;
    }
  /** Passes over an earlier entry; undoing an undo brings it back. */
  | { readonly kind: 'undone'; readonly entry: string };

export interface DecisionEntry {
  readonly id: string;
  readonly decision: Decision;
}

export interface Membership {
  readonly incidentOf: ReadonlyMap<LinkId, string>;
  /** Members by incident, in the order in which they came. */
  readonly members: ReadonlyMap<string, readonly LinkId[]>;
  /** The entry that put each event where it is, or confirmed it there. */
  readonly settledBy: ReadonlyMap<LinkId, string>;
  /** Where the members of a merged incident are now. */
  readonly mergedInto: ReadonlyMap<string, string>;
  /** Pairs that must stay together, and pairs that must never be one incident. A later word replaces an earlier one. */
  readonly together: readonly (readonly [LinkId, LinkId])[];
  readonly apart: readonly (readonly [LinkId, LinkId])[];
}

/** The state after the entries, oldest first. An entry that no longer fits (its incident is gone) changes nothing. */
export function foldDecisions(entries: readonly DecisionEntry[]): Membership {
  const passedOver = undoneIn(entries);
  const state = new Folding();
  for (const entry of entries) if (!passedOver.has(entry.id)) state.apply(entry);
  return state.membership();
}

/** Ids of entries that an undo in force passes over. Later undos are read first: they may pass over an undo. */
export function undoneIn(entries: readonly DecisionEntry[]): ReadonlySet<string> {
  const passedOver = new Set<string>();
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i];
    if (entry?.decision.kind === 'undone' && !passedOver.has(entry.id)) passedOver.add(entry.decision.entry);
  }
  return passedOver;
}

class Folding {
  readonly #incidentOf = new Map<LinkId, string>();
  readonly #members = new Map<string, LinkId[]>();
  readonly #settledBy = new Map<LinkId, string>();
  /** Where a merged incident's later links go. */
  readonly #mergedInto = new Map<string, string>();
  readonly #together = new Pairs();
  readonly #apart = new Pairs();

  apply({ id, decision }: DecisionEntry): void {
    switch (decision.kind) {
      case 'linked':
        this.#link(id, decision);
        return;
      case 'alone':
        this.#setAlone(id, decision);
        return;
      case 'not_same':
        this.#part(id, decision);
        return;
      case 'merged':
        this.#merge(id, decision);
        return;
      case 'split':
        this.#split(id, decision);
        return;
      case 'undone':
        return;
    }
  }

  #link(id: string, { events, incident, binds }: Extract<Decision, { kind: 'linked' }>): void {
    const into = this.#living(incident);
    const others = this.#membersOf(into).filter((member) => !events.includes(member));
    for (const event of events) this.#move(event, into, id);
    if (binds) this.#bind(events, others);
  }

  #setAlone(id: string, { events, from, into }: Extract<Decision, { kind: 'alone' }>): void {
    const source = this.#living(from);
    const others = this.#membersOf(source).filter((member) => !events.includes(member));
    for (const event of events) {
      // An event that stands elsewhere stays there: only its distance from `from` is settled.
      if (this.#incidentOf.get(event) === source) this.#move(event, into, id);
      else this.#settledBy.set(event, id);
      for (const other of others) this.#keepApart(event, other);
    }
  }

  #part(id: string, { events, others, into }: Extract<Decision, { kind: 'not_same' }>): void {
    const homes = new Set(events.map((event) => this.#incidentOf.get(event)));
    for (const other of others) {
      for (const event of events) this.#keepApart(event, other);
      if (homes.has(this.#incidentOf.get(other)) && !events.includes(other)) this.#move(other, into, id);
    }
  }

  #merge(id: string, { from, into, binds }: Extract<Decision, { kind: 'merged' }>): void {
    const [source, target] = [this.#living(from), this.#living(into)];
    const moving = [...this.#membersOf(source)];
    if (source === target || moving.length === 0) return;
    const staying = [...this.#membersOf(target)];
    for (const event of moving) this.#move(event, target, id);
    if (binds) this.#bind(moving, staying);
    this.#mergedInto.set(source, target);
  }

  #split(id: string, { from, events, into, binds }: Extract<Decision, { kind: 'split' }>): void {
    const source = this.#living(from);
    const moving = events.filter((event) => this.#incidentOf.get(event) === source);
    const staying = this.#membersOf(source).filter((event) => !moving.includes(event));
    for (const event of moving) {
      this.#move(event, into, id);
      if (binds) for (const other of staying) this.#keepApart(event, other);
    }
  }

  /** Each of the moved is bound to the first that stayed; nothing between the two groups is kept apart any more. */
  #bind(moved: readonly LinkId[], staying: readonly LinkId[]): void {
    const anchor = staying[0];
    if (anchor === undefined) return;
    for (const event of moved) {
      for (const other of staying) this.#apart.remove(event, other);
      this.#together.add(event, anchor);
    }
  }

  #keepApart(a: LinkId, b: LinkId): void {
    if (a === b) return;
    this.#together.remove(a, b);
    this.#apart.add(a, b);
  }

  #living(incident: string): string {
    let at = incident;
    for (let up = this.#mergedInto.get(at); up !== undefined; up = this.#mergedInto.get(at)) at = up;
    return at;
  }

  #membersOf(incident: string): readonly LinkId[] {
    return this.#members.get(incident) ?? [];
  }

  #move(event: LinkId, incident: string, by: string): void {
    this.#settledBy.set(event, by);
    const before = this.#incidentOf.get(event);
    if (before === incident) return;
    if (before !== undefined) {
      const rest = this.#membersOf(before).filter((member) => member !== event);
      if (rest.length === 0) this.#members.delete(before);
      else this.#members.set(before, rest);
    }
    this.#incidentOf.set(event, incident);
    this.#members.set(incident, [...this.#membersOf(incident), event]);
  }

  membership(): Membership {
    return {
      incidentOf: this.#incidentOf,
      members: this.#members,
      settledBy: this.#settledBy,
      mergedInto: new Map([...this.#mergedInto.keys()].map((from) => [from, this.#living(from)])),
      together: this.#together.list(),
      apart: this.#apart.list(),
    };
  }
}

/** Unordered pairs of events, each once, in the order in which they were first said. */
class Pairs {
  readonly #pairs = new Map<string, readonly [LinkId, LinkId]>();

  add(a: LinkId, b: LinkId): void {
    const key = keyOf(a, b);
    if (!this.#pairs.has(key)) this.#pairs.set(key, [a, b]);
  }

  remove(a: LinkId, b: LinkId): void {
    this.#pairs.delete(keyOf(a, b));
  }

  list(): readonly (readonly [LinkId, LinkId])[] {
    return [...this.#pairs.values()];
  }
}

const keyOf = (a: LinkId, b: LinkId): string => (a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`);

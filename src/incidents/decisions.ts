/**
 * Which report is in which incident, as a fold over what the machine linked and what people decided. Nothing is edited:
 * undoing is an entry that makes the fold pass over another. People's "the same" and "not the same" are kept apart from
 * scores and outlive every re-estimation of the weights. Pure.
 */

/** A report's event, by the linker's id (`REPORT` or `REPORT#n`). */
export type LinkId = string;

export type Decision =
  /** The machine linked it, or a person accepted or chose another incident (then it also binds). */
  | { readonly kind: 'linked'; readonly event: LinkId; readonly incident: string; readonly binds: boolean }
  /** A person says: these events do not tell of one incident. `into` is where the second one goes. */
  | { readonly kind: 'not_same'; readonly event: LinkId; readonly other: LinkId; readonly into: string }
  | { readonly kind: 'merged'; readonly from: string; readonly into: string }
  | { readonly kind: 'split'; readonly from: string; readonly events: readonly LinkId[]; readonly into: string }
  /** Passes over an earlier entry; undoing an undo brings it back. */
  | { readonly kind: 'undone'; readonly entry: string };

export interface DecisionEntry {
  readonly id: string;
  readonly by: string;
  /** Why, in the person's words; the machine's links have none. */
  readonly reason: string | null;
  readonly decision: Decision;
}

export interface Membership {
  readonly incidentOf: ReadonlyMap<LinkId, string>;
  /** Members by incident, in the order in which they came. */
  readonly members: ReadonlyMap<string, readonly LinkId[]>;
  /** Pairs that must stay together, and pairs that must never be one incident. */
  readonly together: readonly (readonly [LinkId, LinkId])[];
  readonly apart: readonly (readonly [LinkId, LinkId])[];
}

/** The state after the entries, oldest first. An entry that no longer fits (its incident is gone) changes nothing. */
export function foldDecisions(entries: readonly DecisionEntry[]): Membership {
  const passedOver = undoneIn(entries);
  const state = new Folding();
  for (const entry of entries) if (!passedOver.has(entry.id)) state.apply(entry.decision);
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
  /** Where a merged incident's later links go. */
  readonly #mergedInto = new Map<string, string>();
  readonly #together: [LinkId, LinkId][] = [];
  readonly #apart: [LinkId, LinkId][] = [];

  apply(decision: Decision): void {
    switch (decision.kind) {
      case 'linked':
        this.#link(decision.event, decision.incident, decision.binds);
        return;
      case 'not_same':
        this.#apart.push([decision.event, decision.other]);
        if (this.#incidentOf.get(decision.event) === this.#incidentOf.get(decision.other)) {
          this.#move(decision.other, decision.into);
        }
        return;
      case 'merged':
        this.#merge(decision.from, decision.into);
        return;
      case 'split':
        this.#split(decision.from, decision.events, decision.into);
        return;
      case 'undone':
        return;
    }
  }

  #link(event: LinkId, incident: string, binds: boolean): void {
    const into = this.#living(incident);
    const anchor = this.#members.get(into)?.find((member) => member !== event);
    this.#move(event, into);
    if (binds && anchor !== undefined) this.#together.push([event, anchor]);
  }

  #merge(from: string, into: string): void {
    const [source, target] = [this.#living(from), this.#living(into)];
    if (source === target) return;
    const moving = [...(this.#members.get(source) ?? [])];
    const anchor = this.#members.get(target)?.[0];
    for (const event of moving) this.#move(event, target);
    if (anchor !== undefined && moving[0] !== undefined) this.#together.push([moving[0], anchor]);
    this.#mergedInto.set(source, target);
  }

  #split(from: string, events: readonly LinkId[], into: string): void {
    const source = this.#living(from);
    const moving = events.filter((event) => this.#incidentOf.get(event) === source);
    const staying = (this.#members.get(source) ?? []).filter((event) => !moving.includes(event));
    for (const event of moving) {
      this.#move(event, into);
      for (const other of staying) this.#apart.push([event, other]);
    }
  }

  #living(incident: string): string {
    let at = incident;
    for (let up = this.#mergedInto.get(at); up !== undefined; up = this.#mergedInto.get(at)) at = up;
    return at;
  }

  #move(event: LinkId, incident: string): void {
    const before = this.#incidentOf.get(event);
    if (before === incident) return;
    if (before !== undefined) {
      const rest = (this.#members.get(before) ?? []).filter((member) => member !== event);
      if (rest.length === 0) this.#members.delete(before);
      else this.#members.set(before, rest);
    }
    this.#incidentOf.set(event, incident);
    this.#members.set(incident, [...(this.#members.get(incident) ?? []), event]);
  }

  membership(): Membership {
    return { incidentOf: this.#incidentOf, members: this.#members, together: this.#together, apart: this.#apart };
  }
}

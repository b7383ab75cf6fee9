/**
 * The machine's repairs as decisions: which apply by themselves, which are put before a person, and what a person's yes
 * or no to one means. Pure.
 */
import { createHash } from 'node:crypto';
import type { Decision, LinkId, Membership } from './decisions.ts';
import type { NamedRepair } from './engine.ts';

/** Bits above the threshold from which a repair applies by itself, and from which a person is asked. */
export const APPLY_FROM = 3;
export const PROPOSE_FROM = 0.5;

/** A decision that does what the repair says, as the machine's own; a person's yes makes it bind. */
export function decisionOf({ kind, events, from, into }: NamedRepair, fresh: string): Decision {
  if (kind === 'merge' && into !== null) return { kind: 'merged', from, into, binds: false };
  if (kind === 'move' && into !== null) return { kind: 'linked', events, incident: into, binds: false };
  return { kind: 'split', from, events, into: fresh, binds: false };
}

/** Levels that say "not both": with one of them against it, a repair is a person's to make, whatever the other fields say. */
const AGAINST: ReadonlySet<string> = new Set(['apart', 'contradict', 'different']);
const FACTS: ReadonlySet<string> = new Set(['type', 'actor', 'killed', 'injured', 'target']);
/** A place's level names two classes, a band of distance and whether the names are one. */
const FAR_APART = /_beyond(?:_|$)/;

const isContradicted = ({ kind, explanation }: NamedRepair): boolean =>
  kind !== 'split' &&
  explanation.some(({ field, level }) =>
    field === 'place' ? FAR_APART.test(level) : FACTS.has(field) && AGAINST.has(level),
  );

/**
 * Far beyond the threshold, with no fact against it, settled by no person, and not moved to and fro: what was moved once,
 * only a merge moves again.
 */
export const isSure = (
  repair: NamedRepair,
  by: { people: ReadonlySet<LinkId>; machine: ReadonlySet<LinkId> },
): boolean =>
  repair.gain >= APPLY_FROM &&
  !isContradicted(repair) &&
  !repair.events.some((event) => by.people.has(event) || (repair.kind !== 'merge' && by.machine.has(event)));

/** A person's yes: the same, and it binds. */
export const accepted = (decision: Decision): Decision =>
  decision.kind === 'merged' || decision.kind === 'linked' || decision.kind === 'split'
    ? { ...decision, binds: true }
    : decision;

/** A person's no. To a merge or a move: not the same. To a split: they belong together. `fresh` stays unused. */
export function refused(decision: Decision, { members }: Membership, fresh: string): Decision | null {
  const others = (incident: string, without: readonly LinkId[]): LinkId[] =>
    (members.get(incident) ?? []).filter((event) => !without.includes(event));
  switch (decision.kind) {
    case 'merged':
      return { kind: 'not_same', events: others(decision.from, []), others: others(decision.into, []), into: fresh };
    case 'linked':
      return {
        kind: 'not_same',
        events: decision.events,
        others: others(decision.incident, decision.events),
        into: fresh,
      };
    case 'split':
      return { kind: 'linked', events: decision.events, incident: decision.from, binds: true };
    default:
      return null;
  }
}

/** The same repair of the same events, whenever it is found again. */
export function fingerprintOf(repair: NamedRepair, { members }: Membership): string {
  const side = (incident: string | null): string[] => [...(members.get(incident ?? '') ?? [])].sort();
  const text = JSON.stringify([repair.kind, [...repair.events].sort(), side(repair.from), side(repair.into)]);
  return createHash('sha256').update(text).digest('hex');
}

/**
 * What a person asks for → the decision to be written, or why it cannot be. Pure: works on the fold of what stands now.
 * A decision never names an incident that has no members; it says where every event goes that it moves.
 */
import { Problem } from '../core/index.ts';
import type { Decision, LinkId, Membership } from './decisions.ts';
import { linkId } from './link-facts.ts';
import { ALREADY_SETTLED, INCIDENT_EMPTY, LINK_NOT_FOUND, NOTHING_TO_DECIDE } from './problems.ts';
import type { MemberRow } from './store.ts';

/** A report's event: 0 is the main one. */
export interface EventRef {
  readonly report: string;
  readonly event: number;
}

export type Ask =
  /** Yes: it belongs where it is, or (of a report that asks) where the machine proposed. */
  | { readonly act: 'accept'; readonly member: EventRef; readonly incident: string | null }
  /** It belongs to that other incident. */
  | { readonly act: 'other'; readonly member: EventRef; readonly incident: string }
  /** It belongs to none that is there: an incident of its own. */
  | { readonly act: 'new'; readonly member: EventRef }
  | { readonly act: 'not_same'; readonly member: EventRef; readonly other: EventRef }
  | { readonly act: 'merge'; readonly incident: string; readonly into: string }
  | { readonly act: 'split'; readonly incident: string; readonly members: readonly EventRef[] };

export interface Standing {
  readonly membership: Membership;
  /** The stored members of the reports that the ask names. */
  readonly rows: ReadonlyMap<LinkId, MemberRow>;
  /** The copies of an event that go where it goes. */
  copiesOf(event: LinkId): readonly LinkId[];
}

export const idOf = ({ report, event }: EventRef): LinkId => linkId(report, event);

/** `fresh` names the incident that is opened where one is needed. */
export function planDecision(ask: Ask, { membership, rows, copiesOf }: Standing, fresh: string): Decision {
  const { incidentOf, members, mergedInto } = membership;
  const event = (ref: EventRef): LinkId => {
    const id = idOf(ref);
    if (!incidentOf.has(id))
      throw new Problem(LINK_NOT_FOUND, `event ${ref.event} of report ${ref.report} is in no incident`);
    return id;
  };
  const living = (incident: string): string => {
    const into = mergedInto.get(incident) ?? incident;
    if (!members.has(into)) throw new Problem(INCIDENT_EMPTY, `there is no incident ${incident} with reports`);
    return into;
  };
  const home = (id: LinkId): string => incidentOf.get(id) ?? '';
  /** With what the same text tells again of the same event, and its copies: a text is not torn by moving it. */
  const whole = (id: LinkId): LinkId[] => {
    const report = rows.get(id)?.report;
    const again = [...rows].flatMap(([other, row]) => (row.report === report && isToldAgain(row) ? [other] : []));
    return [...new Set([id, ...again, ...copiesOf(id)])].filter((one) => home(one) === home(id));
  };
  switch (ask.act) {
    case 'accept': {
      const id = event(ask.member);
      const row = rows.get(id);
      const proposed = row?.decision === 'asked' && row.settledBy === null ? (row.runnerUp?.incident ?? null) : null;
      const into = living(ask.incident ?? proposed ?? home(id));
      if (into !== home(id) && (proposed === null || into !== living(proposed))) {
        throw new Problem(ALREADY_SETTLED, `${idOf(ask.member)} is in ${home(id)} by now; look again`);
      }
      return { kind: 'linked', events: whole(id), incident: into, binds: true };
    }
    case 'other': {
      const id = event(ask.member);
      const into = living(ask.incident);
      if (into === home(id)) throw new Problem(NOTHING_TO_DECIDE, `${id} is in ${into} already; accept it there`);
      return { kind: 'linked', events: whole(id), incident: into, binds: true };
    }
    case 'new': {
      const id = event(ask.member);
      const row = rows.get(id);
      const events = whole(id);
      if ((members.get(home(id))?.length ?? 0) > events.length) {
        return { kind: 'alone', events, from: home(id), into: fresh };
      }
      const proposed = row?.runnerUp?.incident;
      if (row?.decision !== 'asked' || proposed === undefined || !members.has(mergedInto.get(proposed) ?? proposed)) {
        throw new Problem(NOTHING_TO_DECIDE, `${id} is in an incident of its own already`);
      }
      return { kind: 'alone', events, from: living(proposed), into: fresh };
    }
    case 'not_same': {
      const [id, other] = [event(ask.member), event(ask.other)];
      if (whole(id).includes(other) || whole(other).includes(id))
        throw new Problem(NOTHING_TO_DECIDE, 'a text cannot be parted from itself');
      return { kind: 'not_same', events: whole(id), others: whole(other), into: fresh };
    }
    case 'merge': {
      const [from, into] = [living(ask.incident), living(ask.into)];
      if (from === into) throw new Problem(NOTHING_TO_DECIDE, `${ask.incident} and ${ask.into} are one incident`);
      return { kind: 'merged', from, into, binds: true };
    }
    case 'split': {
      const from = living(ask.incident);
      const events = [...new Set(ask.members.map(event).flatMap(whole))];
      const strange = events.find((id) => home(id) !== from);
      if (strange !== undefined) throw new Problem(LINK_NOT_FOUND, `${strange} is not in ${from}`);
      if (events.length === 0 || events.length >= (members.get(from)?.length ?? 0)) {
        throw new Problem(NOTHING_TO_DECIDE, 'a split takes out some of the reports, not none and not all');
      }
      return { kind: 'split', from, events, into: fresh, binds: true };
    }
  }
}

const isToldAgain = ({ explanation }: MemberRow): boolean => explanation[0]?.level === 'told_again';

/** Every event that a decision names. */
export function eventsIn(decision: Decision): readonly LinkId[] {
  switch (decision.kind) {
    case 'linked':
    case 'alone':
    case 'split':
      return decision.events;
    case 'not_same':
      return [...decision.events, ...decision.others];
    case 'merged':
    case 'undone':
      return [];
  }
}

/** Every incident that a decision names. */
export function namedIn(decision: Decision): string[] {
  switch (decision.kind) {
    case 'linked':
      return [decision.incident];
    case 'alone':
    case 'merged':
    case 'split':
      return [decision.from, decision.into];
    case 'not_same':
      return [decision.into];
    case 'undone':
      return [];
  }
}

/** The record's kind of entry for each decision. */
export const ENTRY_KINDS: Readonly<Record<Decision['kind'], string>> = {
  linked: 'link.accepted',
  alone: 'link.parted',
  not_same: 'link.parted',
  merged: 'incident.merged',
  split: 'incident.split',
  undone: 'link.undone',
};

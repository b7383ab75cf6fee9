/**
 * Carries out a decision on links inside one transaction: the entry, the decision, the members that move, the incidents
 * folded again. Only the incidents that hang together with it by earlier decisions are folded, not the whole instrument.
 */
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { append, authorOf, type Json } from '../record/index.ts';
import {
  decisionsOn,
  type Evidence,
  insertDecision,
  overtakeProposals,
  type StoredDecision,
} from './decision-store.ts';
import { type Decision, type DecisionEntry, foldDecisions, type LinkId, type Membership } from './decisions.ts';
import { linkId } from './link-facts.ts';
import { ENTRY_KINDS, eventsIn, namedIn } from './plan.ts';
import { refold } from './refold.ts';
import { type Placement, placementsIn, type Settled, settleMember } from './store.ts';

/** Some incidents with every other that earlier decisions tie to them: all that a decision on them can change. */
export interface Neighbourhood {
  readonly entries: readonly DecisionEntry[];
  readonly placements: readonly Placement[];
  readonly decisions: readonly StoredDecision[];
  readonly membership: Membership;
}

export async function readNeighbourhood(
  db: Queryable,
  agreement: string,
  incidents: readonly string[],
): Promise<Neighbourhood> {
  const known = new Set(incidents);
  let decisions: StoredDecision[] = [];
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    decisions = await decisionsOn(db, agreement, [...known]);
    for (const decision of decisions) for (const incident of decision.incidents) known.add(incident);
  }
  const placements = await placementsIn(db, agreement, [...known]);
  const entries = entriesOf(placements, decisions);
  return { entries, placements, decisions, membership: foldDecisions(entries) };
}

/** Placements and decisions in the order of the record. */
export function entriesOf(
  placements: readonly Pick<Placement, 'report' | 'event' | 'placedIn' | 'entry'>[],
  decisions: readonly StoredDecision[],
): DecisionEntry[] {
  const placed = placements.map(({ report, event, placedIn, entry }) => ({
    at: entry,
    entry: placedBy(linkId(report, event), placedIn),
  }));
  const decided = decisions.map(({ id, entry, decision }) => ({ at: entry, entry: { id, decision } }));
  return [...placed, ...decided].sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

const PLACED = 'placed ';

const placedBy = (event: LinkId, incident: string): DecisionEntry => ({
  id: PLACED + event,
  decision: { kind: 'linked', events: [event], incident, binds: false },
});

export interface Decided {
  readonly id: string;
  readonly decision: Decision;
  /** Incidents whose members changed, or whose links a person settled. */
  readonly incidents: readonly string[];
  /** The state of the whole neighbourhood after it. */
  readonly membership: Membership;
}

export interface ToDecide {
  readonly id: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly evidence: Evidence | null;
}

export async function carryOut(
  tx: Tx,
  ctx: Ctx,
  zone: string,
  { entries, placements, decisions, membership: before }: Neighbourhood,
  { id, decision, reason, evidence }: ToDecide,
): Promise<Decided> {
  const { agreement } = ctx;
  const at = new Date(ctx.clock.now());
  const all = [...entries, { id, decision }];
  const membership = foldDecisions(all);
  const by = new Map(decisions.map((one) => [one.id, one.by]));
  by.set(id, authorOf(ctx.actor));
  const changed = placements.flatMap((row) => changeOf(row, membership, by) ?? []);
  const undone = decision.kind === 'undone' ? decisions.find((one) => one.id === decision.entry) : undefined;
  const touched = new Set([...namedIn(decision), ...(undone?.incidents ?? [])]);
  for (const { row, after } of changed) touched.add(row.incident).add(after.incident);
  for (const event of eventsIn(decision)) touched.add(before.incidentOf.get(event) ?? '');
  touched.delete('');
  const incidents = [...touched];
  const entry = await append(tx, ctx, {
    agreement,
    kind: evidence !== null && decision.kind === 'linked' ? 'link.repaired' : ENTRY_KINDS[decision.kind],
    object: `incident:${objectOf(undone?.decision ?? decision, membership)}`,
    visibility: 'sealed',
    content: { decision: id, ...decision, incidents, reason } as Json,
  });
  await insertDecision(tx, agreement, {
    id,
    entry: entry.index,
    decision,
    incidents,
    by: authorOf(ctx.actor),
    organisation: ctx.actor.organisation,
    reason,
    evidence,
    decidedAt: at,
  });
  for (const { after } of changed) await settleMember(tx, agreement, after);
  const living = incidents.filter((incident) => known(incident, placements, membership));
  await refold(tx, agreement, zone, living, at, membership.mergedInto);
  await overtakeProposals(tx, agreement, incidents, at);
  return { id, decision, incidents: living, membership };
}

/** The incident whose history shows the entry: where the events are after it. */
function objectOf(decision: Decision, membership: Membership): string {
  switch (decision.kind) {
    case 'linked':
      return decision.incident;
    case 'merged':
      return decision.into;
    case 'alone':
    case 'split':
      return decision.from;
    case 'not_same':
      return membership.incidentOf.get(decision.events[0] ?? '') ?? decision.into;
    case 'undone':
      return decision.entry;
  }
}

/** An incident that was planned but never got a member has no row and is not folded. */
const known = (incident: string, placements: readonly Placement[], { members }: Membership): boolean =>
  members.has(incident) || placements.some((row) => row.incident === incident || row.placedIn === incident);

function changeOf(
  row: Placement,
  { incidentOf, settledBy }: Membership,
  by: ReadonlyMap<string, string>,
): { row: Placement; after: Settled } | null {
  const event = linkId(row.report, row.event);
  const incident = incidentOf.get(event) ?? row.placedIn;
  const settled = settledBy.get(event) ?? '';
  const author = by.get(settled);
  const machine = author?.startsWith('machine:') ?? true;
  const after: Settled = {
    report: row.report,
    event: row.event,
    incident,
    settledBy: settled.startsWith(PLACED) ? null : settled,
    moved: incident === row.placedIn ? null : machine ? 'machine' : 'person',
    standing: machine ? 'proposed' : 'confirmed',
  };
  const same =
    after.incident === row.incident &&
    after.settledBy === row.settledBy &&
    after.moved === row.moved &&
    after.standing === row.standing;
  return same ? null : { row, after };
}

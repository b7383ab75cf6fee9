/** The verbs of repair: look for it in the background, apply what is sure, propose the rest; a person's yes or no. */
import { newId, Problem } from '../core/index.ts';
import type { Ctx, Tx } from '../db/index.ts';
import { append, authorOf, type Json } from '../record/index.ts';
import { carryOut, type Decided, type Neighbourhood, readNeighbourhood } from './decide.ts';
import { findProposal, insertProposal, settleProposal } from './decision-store.ts';
import type { NamedRepair } from './engine.ts';
import { linkId } from './link-facts.ts';
import { PROPOSAL_NOT_OPEN } from './problems.ts';
import { accepted, decisionOf, fingerprintOf, isSure, PROPOSE_FROM, refused } from './propose.ts';

/**
 * Applies the first of some repairs that is sure and still fits, and keeps the others as proposals. What was applied
 * changes its surroundings: the caller looks again.
 */
export async function repairOnce(
  tx: Tx,
  ctx: Ctx,
  zone: string,
  weights: string,
  repair: NamedRepair,
): Promise<{ readonly applied: Decided | null; readonly proposed: boolean }> {
  const nothing = { applied: null, proposed: false };
  if (repair.gain < PROPOSE_FROM) return nothing;
  const incidents = [repair.from, ...(repair.into === null ? [] : [repair.into])];
  const around = await readNeighbourhood(tx, ctx.agreement, incidents);
  const { membership } = around;
  const stands =
    incidents.every((incident) => membership.members.has(incident)) &&
    repair.events.every((event) => membership.incidentOf.get(event) === repair.from);
  if (!stands) return nothing;
  const id = newId(ctx);
  const decision = decisionOf(repair, `inc-${id}`);
  const evidence = { score: repair.score, explanation: repair.explanation, weights };
  if (isSure(repair, settledIn(around))) {
    const reason = `the machine’s own repair, ${repair.gain.toFixed(1)} bits beyond its threshold`;
    return { applied: await carryOut(tx, ctx, zone, around, { id, decision, reason, evidence }), proposed: false };
  }
  const fingerprint = fingerprintOf(repair, membership);
  const proposal = { id, decision, incidents, fingerprint, ...evidence };
  if (!(await insertProposal(tx, ctx.agreement, proposal, new Date(ctx.clock.now())))) return nothing;
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'link.proposed',
    object: `incident:${incidents[0]}`,
    visibility: 'sealed',
    content: { proposal: id, incidents, decision, score: repair.score, weights } as Json,
  });
  return { applied: null, proposed: true };
}

function settledIn({ placements }: Neighbourhood): { people: ReadonlySet<string>; machine: ReadonlySet<string> } {
  const by = (wanted: boolean): ReadonlySet<string> =>
    new Set(
      placements
        .filter(({ settledBy, standing }) => settledBy !== null && (standing === 'confirmed') === wanted)
        .map(({ report, event }) => linkId(report, event)),
    );
  return { people: by(true), machine: by(false) };
}

/** A person's word on a proposal: one entry, and what it means binds. Throws PROPOSAL_NOT_OPEN when it was settled. */
export async function settleRepair(
  tx: Tx,
  ctx: Ctx,
  zone: string,
  proposal: string,
  yes: boolean,
  reason: string,
): Promise<Decided> {
  const found = await findProposal(tx, ctx.agreement, proposal);
  if (found?.state !== 'open') throw new Problem(PROPOSAL_NOT_OPEN, 'there is no such open proposal');
  const around = await readNeighbourhood(tx, ctx.agreement, found.incidents);
  const id = newId(ctx);
  const decision = yes ? accepted(found.decision) : refused(found.decision, around.membership, `inc-${id}`);
  if (!decision) throw new Problem(PROPOSAL_NOT_OPEN, 'the proposal no longer says anything');
  const done = await carryOut(tx, ctx, zone, around, { id, decision, reason, evidence: null });
  const state = yes ? 'accepted' : 'refused';
  await settleProposal(tx, ctx.agreement, proposal, state, authorOf(ctx.actor), new Date(ctx.clock.now()));
  return done;
}

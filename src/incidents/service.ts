/**
 * The verbs of incidents: link a report, fold again what changed, and what people decide about links. One transaction
 * and one entry each; one after another, so that memory and database never part.
 */

import type { EventFacts } from '../claims/index.ts';
import { newId, Problem } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import type { Gazetteer } from '../places/index.ts';
import { append } from '../record/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import { carryOut, type Decided, entriesOf, type Neighbourhood, readNeighbourhood } from './decide.ts';
import {
  allDecisions,
  findDecision,
  insertWeights,
  keepRepaired,
  latestWeights,
  overtakeProposals,
  repairedUntil,
  takeTurn,
} from './decision-store.ts';
import { foldDecisions, undoneIn } from './decisions.ts';
import { LinkEngine, type Placed } from './engine.ts';
import { firstTelling, isLinkable, linkId, linkReportOf, type ReportAround } from './link-facts.ts';
import type { LinkReport } from './model.ts';
import { type Ask, type EventRef, idOf, planDecision } from './plan.ts';
import { ALREADY_SETTLED, DECISION_NOT_FOUND, LINK_REASON_MISSING } from './problems.ts';
import { PROPOSE_FROM } from './propose.ts';
import { refold } from './refold.ts';
import { repairOnce, settleRepair } from './repair-service.ts';
import { allMembers, insertMember, type MemberRow, membersOfReports, type NewMember, readMembers } from './store.ts';
import { readTold, type Told } from './told.ts';

export interface Incidents {
  /** Links the events of a report that was read; of one that is linked already, folds its incidents again. */
  linkReport(ctx: Ctx, reportId: string): Promise<void>;
  /** A person decides where a report belongs. Throws a Problem when it no longer can be decided so. */
  decide(ctx: Ctx, ask: Ask, reason: string): Promise<Decided>;
  /** Passes over an earlier decision; undoing an undo brings it back. */
  undo(ctx: Ctx, decision: string, reason: string): Promise<Decided>;
  /**
   * Looks around everything that changed: applies the repairs that are sure, proposes the others to a person. Estimates
   * the weights anew when there are twice as many reports as before. `entry` is the record's entry it follows.
   */
  repair(ctx: Ctx, entry: number): Promise<{ readonly applied: number; readonly proposed: number }>;
  /** A person's yes or no to a repair that the machine proposed. */
  settleProposal(ctx: Ctx, proposal: string, yes: boolean, reason: string): Promise<Decided>;
  /** The linker in memory, for whoever checks that it agrees with the database. */
  readonly engine: LinkEngine;
}

/** Loads the linker's state and answers the verbs. The gazetteer tells which quarter is of which city. */
export function createIncidents(instrument: Instrument, gazetteer?: Gazetteer): Incidents {
  const linkOf: LinkOf = (around, facts) => linkReportOf(around, facts, gazetteer);
  const engine = new LinkEngine((actor) => actorById(instrument, actor)?.side ?? null);
  /** Number of the last change that the engine has seen; null when it may have moved without one. */
  let seen: number | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** Runs a verb when the one before has ended, with an engine that is up to date. */
  const inTurn = <Result>(ctx: Ctx, verb: (tx: Tx) => Promise<{ result: Result; moved?: () => void }>) => {
    const mine = turn.then(async () => {
      let version = 0;
      const { result, moved } = await ctx.db.inTransaction(async (tx) => {
        version = await takeTurn(tx, ctx.agreement);
        if (seen !== version - 1) await restore(tx, ctx.agreement, engine, linkOf);
        seen = null;
        return verb(tx);
      });
      moved?.();
      seen = version;
      return result;
    });
    turn = mine.catch(() => {});
    return mine;
  };

  return {
    engine,
    linkReport: (ctx, reportId) =>
      inTurn(ctx, async (tx) => {
        await linkOrFold(tx, ctx, { engine, linkOf, zone: instrument.timeZone }, reportId);
        return { result: undefined };
      }),
    decide: (ctx, ask, reason) =>
      inTurn(ctx, async (tx) => {
        const id = newId(ctx);
        const { around, rows } = await standingOf(tx, ctx.agreement, ask);
        const standing = { membership: around.membership, rows, copiesOf: (event: string) => engine.copiesOf(event) };
        const decision = planDecision(ask, standing, `inc-${id}`);
        const todo = { id, decision, reason: reasonOf(reason), evidence: null };
        const result = await carryOut(tx, ctx, instrument.timeZone, around, todo);
        return { result, moved: () => engine.settle(result.membership) };
      }),
    async repair(ctx, entry) {
      const total = { applied: 0, proposed: 0 };
      let stirred = await inTurn(ctx, async (tx) => {
        const estimated = engine.estimate();
        if (estimated) await insertWeights(tx, ctx.agreement, estimated, new Date(ctx.clock.now()));
        return { result: engine.takeStirred() };
      });
      for (let round = 0; round < MAX_ROUNDS && stirred.length > 0; round++) {
        let applied = 0;
        for (let from = 0; from < stirred.length; from += STIRRED_A_TURN) {
          const some = stirred.slice(from, from + STIRRED_A_TURN);
          const repairs = (await inTurn(ctx, async () => ({ result: engine.repairsOf(some) }))).filter(isWorthAsking);
          for (const repair of repairs) {
            const { weights } = engine;
            const done = await inTurn(ctx, async (tx) => {
              const result = await repairOnce(tx, ctx, instrument.timeZone, weights.name, repair);
              return { result, moved: () => result.applied && engine.settle(result.applied.membership) };
            });
            if (done.applied) applied++;
            if (done.proposed) total.proposed++;
          }
        }
        total.applied += applied;
        // What a repair moved may call for the next one; proposals move nothing.
        stirred = applied > 0 ? engine.takeStirred() : [];
      }
      await inTurn(ctx, async (tx) => ({ result: await keepRepaired(tx, ctx.agreement, entry) }));
      return total;
    },
    settleProposal: (ctx, proposal, yes, reason) =>
      inTurn(ctx, async (tx) => {
        const result = await settleRepair(tx, ctx, instrument.timeZone, proposal, yes, reasonOf(reason));
        return { result, moved: () => engine.settle(result.membership) };
      }),
    undo: (ctx, entry, reason) =>
      inTurn(ctx, async (tx) => {
        const found = await findDecision(tx, ctx.agreement, entry);
        if (!found) throw new Problem(DECISION_NOT_FOUND, `there is no decision ${entry.slice(0, 100)}`);
        const around = await readNeighbourhood(tx, ctx.agreement, found.incidents);
        if (undoneIn(around.entries).has(entry)) throw new Problem(ALREADY_SETTLED, 'it is undone already');
        const todo = { id: newId(ctx), decision: { kind: 'undone', entry } as const, evidence: null };
        const result = await carryOut(tx, ctx, instrument.timeZone, around, { ...todo, reason: reasonOf(reason) });
        return { result, moved: () => engine.settle(result.membership) };
      }),
  };
}

/** Rounds of repairs that follow from repairs, and incidents looked at before others may have their turn. */
const MAX_ROUNDS = 6;
const STIRRED_A_TURN = 500;
const isWorthAsking = ({ gain }: { readonly gain: number }): boolean => gain >= PROPOSE_FROM;

const MAX_REASON = 2_000;

function reasonOf(given: string): string {
  const reason = given.trim();
  if (reason === '' || reason.length > MAX_REASON) {
    throw new Problem(LINK_REASON_MISSING, `a decision needs a reason of 1 to ${MAX_REASON} characters`);
  }
  return reason;
}

type LinkOf = (around: ReportAround, facts: EventFacts) => LinkReport;

async function restore(db: Queryable, agreement: string, engine: LinkEngine, linkOf: LinkOf): Promise<void> {
  const members = await allMembers(db, agreement);
  const told = await readTold(db, agreement, [...new Set(members.map(({ report }) => report))]);
  const decisions = await allDecisions(db, agreement);
  const repaired = await repairedUntil(db, agreement);
  engine.restore(
    members.flatMap(({ report, event, incident, entry }) => {
      const found = told.get(report);
      const facts = found?.facts.find((one) => one.event === event);
      if (!found || !facts || firstTelling(facts, found.facts)) return [];
      return [{ link: linkOf(found.around, facts), incident, fresh: entry > repaired }];
    }),
    decisions.length === 0 ? { together: [], apart: [] } : foldDecisions(entriesOf(members, decisions)),
    await latestWeights(db, agreement),
  );
}

/** What an ask is about: the members it names, and the incidents around them as they stand. */
async function standingOf(tx: Tx, agreement: string, ask: Ask) {
  const refs = refsOf(ask);
  const rows = await membersOfReports(
    tx,
    agreement,
    refs.map(({ report }) => report),
  );
  const named = new Map(rows.map((row): [string, MemberRow] => [idOf(row), row]));
  const incidents = new Set(ask.act === 'merge' ? [ask.incident, ask.into] : []);
  if ('incident' in ask && ask.incident !== null) incidents.add(ask.incident);
  for (const { incident, runnerUp } of named.values()) {
    incidents.add(incident);
    if (runnerUp) incidents.add(runnerUp.incident);
  }
  const around: Neighbourhood = await readNeighbourhood(tx, agreement, [...incidents]);
  return { around, rows: named };
}

function refsOf(ask: Ask): readonly EventRef[] {
  switch (ask.act) {
    case 'accept':
    case 'other':
    case 'new':
      return [ask.member];
    case 'not_same':
      return [ask.member, ask.other];
    case 'split':
      return ask.members;
    case 'merge':
      return [];
  }
}

interface LinkTools {
  readonly engine: LinkEngine;
  readonly linkOf: LinkOf;
  readonly zone: string;
}

async function linkOrFold(tx: Tx, ctx: Ctx, tools: LinkTools, reportId: string): Promise<void> {
  const { engine, linkOf, zone } = tools;
  const told = (await readTold(tx, ctx.agreement, [reportId])).get(reportId);
  if (!told) return;
  const linked = await membersOfReports(tx, ctx.agreement, [reportId]);
  const placed = linked.length > 0 ? [] : placeEvents(tools, told);
  const incidents = [...new Set([...linked, ...placed].map(({ incident }) => incident))];
  if (incidents.length === 0) return;
  if (linked.length > 0) for (const event of told.facts) engine.correct(linkOf(told.around, event));
  const at = new Date(ctx.clock.now());
  const entry = await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: linked.length > 0 ? 'incident.folded' : 'report.linked',
    object: `incident:${incidents[0]}`,
    visibility: 'sealed',
    content: {
      report: reportId,
      incidents,
      decisions: placed.map(({ event, incident, decision, score, weights }) => ({
        event,
        incident,
        decision,
        score,
        weights,
      })),
    },
  });
  const copies = placed.some(({ originReason }) => originReason !== null);
  const before = copies ? await readMembers(tx, ctx.agreement, incidents) : [];
  for (const member of placed) {
    const origin = settleOrigin(member, [...before, ...placed]);
    await insertMember(tx, ctx.agreement, { ...member, origin }, entry.index, at);
  }
  await refold(tx, ctx.agreement, zone, incidents, at);
  // What was proposed for an incident was proposed for the members that it had.
  const grown = placed.flatMap(({ decision, incident }) => (decision === 'linked' ? [incident] : []));
  if (linked.length > 0 || grown.length > 0) await overtakeProposals(tx, ctx.agreement, incidents, at);
}

function placeEvents({ engine, linkOf }: LinkTools, { around, facts }: Told): NewMember[] {
  const done: NewMember[] = [];
  for (const event of facts.filter(isLinkable)) {
    const first = firstTelling(event, facts);
    const home = first && done.find((member) => member.event === first.event);
    done.push(
      home
        ? { ...home, event: event.event, decision: 'linked', ...TOLD_AGAIN }
        : memberOf(around, event.event, engine.link(linkOf(around, event))),
    );
  }
  return done;
}

/** The same event in the same text: nothing was compared, and nothing is evidence. */
const TOLD_AGAIN = {
  score: 0,
  explanation: [{ field: 'text', level: 'told_again', bits: 0 }],
  runnerUp: null,
} as const;

/** One voice for a copy and what it copies; else whoever the report names as its origin, else the source itself. */
const memberOf = (around: ReportAround, event: EventFacts['event'], placed: Placed): NewMember => ({
  report: around.id,
  event,
  incident: placed.incident,
  origin: placed.copyOf === null ? (around.origin ?? around.source) : `copy:${placed.copyOf}`,
  originReason: placed.copyReason,
  decision: placed.decision,
  score: placed.decision === 'linked' ? placed.score : null,
  explanation: placed.explanation,
  runnerUp: placed.runnerUp,
  weights: placed.weights,
});

/** `copy:REPORT` → the origin of the report that was copied. */
function settleOrigin(member: NewMember, members: readonly Pick<MemberRow, 'report' | 'event' | 'origin'>[]): string {
  if (!member.origin.startsWith('copy:')) return member.origin;
  const copied = member.origin.slice('copy:'.length);
  return members.find((other) => linkId(other.report, other.event) === copied)?.origin ?? member.origin;
}

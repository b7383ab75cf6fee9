/** The verbs of incidents: link a report, fold again what changed. One transaction and one entry each. */

import { type EventFacts, factsOf, readClaims } from '../claims/index.ts';
import { dayInZone, groupBy } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { documentOf, type Report, readReports } from '../sources/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import { LinkEngine, type Placed } from './engine.ts';
import { foldIncident, type Member } from './fold.ts';
import { firstTelling, isLinkable, linkId, linkReportOf, type ReportAround } from './link-facts.ts';
import { allMembers, keepIncident, keepMember, type MemberRow, membersOfReports, readMembers } from './store.ts';

export interface Incidents {
  /** Links the events of a report that was read; of one that is linked already, folds its incidents again. */
  linkReport(ctx: Ctx, reportId: string): Promise<void>;
}

/** Loads the linker's state and answers the verbs. */
export function createIncidents(instrument: Instrument): Incidents {
  const engine = new LinkEngine((actor) => actorById(instrument, actor)?.side ?? null);
  let stale = true;
  return {
    async linkReport(verb, reportId) {
      if (stale) await restore(verb.db, verb.agreement, engine);
      stale = true;
      await linkOrFold(verb, engine, instrument.timeZone, reportId);
      stale = false;
    },
  };
}

async function restore(db: Queryable, agreement: string, engine: LinkEngine): Promise<void> {
  const members = await allMembers(db, agreement);
  const told = await eventsOf(db, agreement, [...new Set(members.map(({ report }) => report))]);
  engine.restore(
    members.flatMap(({ report, event, incident }) => {
      const found = told.get(report);
      const facts = found?.facts.find((one) => one.event === event);
      if (!found || !facts || firstTelling(facts, found.facts)) return [];
      return [{ link: linkReportOf(found.around, facts), incident }];
    }),
  );
}

interface Told {
  readonly report: Report;
  readonly around: ReportAround;
  readonly facts: readonly EventFacts[];
}

async function eventsOf(db: Queryable, agreement: string, ids: readonly string[]): Promise<Map<string, Told>> {
  const reports = await readReports(db, agreement, ids);
  const facts = groupBy(factsOf(await readClaims(db, agreement, ids)), ({ report }) => report);
  return new Map(
    reports.map((report) => [report.id, { report, around: aroundOf(report), facts: facts.get(report.id) ?? [] }]),
  );
}

const aroundOf = (report: Report): ReportAround => ({
  id: report.id,
  source: report.source.name,
  origin: report.origin,
  lang: report.lang,
  published: report.published,
  document: documentOf(report),
});

async function linkOrFold(ctx: Ctx, engine: LinkEngine, zone: string, reportId: string): Promise<void> {
  const told = (await eventsOf(ctx.db, ctx.agreement, [reportId])).get(reportId);
  if (!told) return;
  const linked = await membersOfReports(ctx.db, ctx.agreement, [reportId]);
  const placed = linked.length > 0 ? [] : placeEvents(engine, told);
  const incidents = [...new Set([...linked, ...placed].map(({ incident }) => incident))];
  if (incidents.length === 0) return;
  await ctx.db.inTransaction(async (tx) => {
    const at = new Date(ctx.clock.now());
    for (const incident of incidents) await foldStored(tx, ctx, zone, incident, placed, at);
    await append(tx, ctx, {
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
  });
}

function placeEvents(engine: LinkEngine, { around, facts }: Told): MemberRow[] {
  const done: MemberRow[] = [];
  for (const event of facts.filter(isLinkable)) {
    const first = firstTelling(event, facts);
    const home = first && done.find((member) => member.event === first.event);
    done.push(
      home
        ? { ...home, event: event.event, decision: 'linked', ...TOLD_AGAIN }
        : memberOf(around, event.event, engine.link(linkReportOf(around, event))),
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
const memberOf = (around: ReportAround, event: number, placed: Placed): MemberRow => ({
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
  standing: 'proposed',
});

/** Stores new members, then folds the incident from all of its members and stores the fold. */
async function foldStored(
  tx: Tx,
  ctx: Ctx,
  zone: string,
  incident: string,
  placed: readonly MemberRow[],
  at: Date,
): Promise<void> {
  const fresh = placed.filter((member) => member.incident === incident);
  const before = await readMembers(tx, ctx.agreement, [incident]);
  const rows = [
    ...before,
    ...fresh.map((member) => ({ ...member, origin: settleOrigin(member, [...before, ...fresh]) })),
  ];
  const told = await eventsOf(tx, ctx.agreement, [...new Set(rows.map(({ report }) => report))]);
  const members = rows.flatMap((row): Member[] => {
    const found = told.get(row.report);
    const facts = found?.facts.find((one) => one.event === row.event);
    return found && facts
      ? [
          {
            report: row.report,
            source: found.report.source.name,
            origin: row.origin,
            published: found.report.published,
            facts,
          },
        ]
      : [];
  });
  const folded = foldIncident(members, zone);
  // An undated incident counts on the day it was published, in the instrument's zone.
  const published = members.map((member) => member.published).find((time) => time !== null);
  const day = folded.day ?? (published ? (published.length === 10 ? published : dayInZone(published, zone)) : null);
  const aggregate = members.length > 0 && members.every(({ facts }) => facts.aggregate);
  await keepIncident(
    tx,
    ctx.agreement,
    { id: incident, aggregate, day, area: folded.place?.area ?? null, folded, members: members.length },
    at,
  );
  for (const row of rows.slice(before.length)) await keepMember(tx, ctx.agreement, row, at);
}

/** `copy:REPORT` → the origin of the report that was copied. */
function settleOrigin(member: MemberRow, members: readonly MemberRow[]): string {
  if (!member.origin.startsWith('copy:')) return member.origin;
  const copied = member.origin.slice('copy:'.length);
  return members.find((other) => linkId(other.report, other.event) === copied)?.origin ?? member.origin;
}

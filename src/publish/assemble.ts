/** Reads what the projection needs for a list of incidents, in a fixed number of queries however long the list is. */

import { type Claim, type EventFacts, factsOf, readClaims } from '../claims/index.ts';
import { type Day, groupBy } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { foldIncident, type IncidentRow, type Member, type MemberRow, readMembers } from '../incidents/index.ts';
import { type Report, readReports } from '../sources/index.ts';
import { readActs } from './act-store.ts';
import { actsInForce, underActs } from './acts.ts';
import type { PublicIncident } from './model.ts';
import { type MemberFacts, type ProjectionTools, projectIncident } from './projection.ts';
import { type Voice, veilFolded, veilOf } from './veil.ts';
import { veilCodes, veilWords } from './veil-words.ts';

export interface Assembled {
  readonly row: IncidentRow;
  readonly shown: PublicIncident;
  readonly members: readonly {
    readonly member: MemberRow;
    readonly report: Report;
    /** The source's published name. */
    readonly source: string;
    readonly facts: EventFacts;
    readonly claims: readonly Claim[];
  }[];
}

/** Projects incidents with everything behind them; incidents without a day are left out. */
export async function assembleIncidents(
  { db, agreement, clock }: Pick<Ctx, 'db' | 'agreement' | 'clock'>,
  tools: ProjectionTools,
  rows: readonly IncidentRow[],
): Promise<Assembled[]> {
  const now = clock.now();
  const members = await readMembers(
    db,
    agreement,
    rows.map(({ id }) => id),
  );
  const ids = [...new Set(members.map(({ report }) => report))];
  const reports = new Map((await readReports(db, agreement, ids)).map((report) => [report.id, report]));
  const claims = groupBy(await readClaims(db, agreement, ids), ({ report, event }) => `${report}\u0000${event}`);
  const acts = groupBy(
    await readActs(
      db,
      agreement,
      rows.map(({ id }) => id),
    ),
    ({ incident }) => incident,
  );
  const byIncident = groupBy(members, ({ incident }) => incident);
  return rows.flatMap((row) => {
    if (row.day === null) return [];
    let late = false;
    const told = (byIncident.get(row.id) ?? []).flatMap((member) => {
      const report = reports.get(member.report);
      const said = claims.get(`${member.report}\u0000${member.event}`) ?? [];
      const own = report?.visibility === 'sealed' ? veilCodes(said, tools.instrument) : said;
      const facts = factsOf(own)[0];
      // A report of this hour is not there yet: the incident is told as it was without it.
      const hidden = report?.shownFrom != null && Date.parse(report.shownFrom) > now;
      if (hidden) late = true;
      return report && facts && !hidden
        ? [{ member, report, facts, claims: own, told: factsOf(said)[0] ?? facts }]
        : [];
    });
    if (told.length === 0 && late) return [];
    const folded = late ? foldIncident(told.map(memberOf), tools.instrument.timeZone) : row.folded;
    const veil = veilOf(told.map(voiceOf));
    const members = told.map((one) => ({ ...one, source: veil.source(one.report.id) }));
    const spoken = told.map(({ report, facts }) => ({ sealed: report.visibility === 'sealed', facts }));
    const veiled = { ...row, folded: veilWords(veilFolded(folded, veil), spoken, tools.instrument) };
    const shown = underActs(project(tools, veiled, row.day, members), actsInForce(acts.get(row.id) ?? []));
    if (shown.status === 'withdrawn') return [{ row: withoutWords(veiled), shown, members: [] }];
    return [{ row: veiled, shown, members }];
  });
}

/** Of a withdrawn incident nothing that anybody told. */
const withoutWords = (row: IncidentRow): IncidentRow => ({
  ...row,
  folded: {
    ...row.folded,
    ...{ start: null, end: null, place: null, target: null, weapon: null, contested: false },
    ...{ allegedParties: [], contradictions: [], origins: [] },
  },
});

/** A member as the fold takes it, with the facts before they were veiled. */
const memberOf = ({ member, report, told }: { member: MemberRow; report: Report; told: EventFacts }): Member => ({
  report: report.id,
  source: report.source.name,
  origin: member.origin,
  published: report.published,
  facts: told,
});

const voiceOf = ({ member, report }: { member: MemberRow; report: Report }): Voice => ({
  report: report.id,
  source: report.source.name,
  origin: member.origin,
  sealed: report.visibility === 'sealed',
});

function project(tools: ProjectionTools, row: IncidentRow, day: Day, told: Assembled['members']): PublicIncident {
  const facts: MemberFacts[] = told.map(({ report, source, facts: said }) => ({
    report: report.id,
    source,
    sealed: report.visibility === 'sealed',
    facts: said,
  }));
  const confirmed = told.length > 0 && told.every(({ member }) => member.standing === 'confirmed');
  return projectIncident(tools, { id: row.id, day, folded: row.folded, confirmed }, facts);
}

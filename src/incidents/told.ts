/** What the stored reports tell: each report with the facts of its events, as the linker and the fold take them. */
import { type EventFacts, factsOf, readClaims } from '../claims/index.ts';
import { groupBy } from '../core/index.ts';
import type { Queryable } from '../db/index.ts';
import { documentOf, type Report, readReports } from '../sources/index.ts';
import type { Member } from './fold.ts';
import type { ReportAround } from './link-facts.ts';
import type { MemberRow } from './store.ts';

export interface Told {
  readonly report: Report;
  readonly around: ReportAround;
  readonly facts: readonly EventFacts[];
}

/** Reports by id with the facts in force. */
export async function readTold(db: Queryable, agreement: string, ids: readonly string[]): Promise<Map<string, Told>> {
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

/** Members with their facts; one whose facts are gone tells nothing and is left out. */
export function toldMembers(
  rows: readonly Pick<MemberRow, 'report' | 'event' | 'origin'>[],
  told: ReadonlyMap<string, Told>,
): Member[] {
  return rows.flatMap((row): Member[] => {
    const found = told.get(row.report);
    const facts = found?.facts.find((one) => one.event === row.event);
    if (!found || !facts) return [];
    const { source, published } = found.report;
    return [{ report: row.report, source: source.name, origin: row.origin, published, facts }];
  });
}

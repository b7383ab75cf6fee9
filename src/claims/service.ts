/** The verbs of claims: read a report once, and let people confirm, correct, reject a value or take that back. Each is one entry. */
import { groupBy, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import type { Gazetteer } from '../places/index.ts';
import type { Reading, ReadOptions } from '../reading/index.ts';
import { append, type Json } from '../record/index.ts';
import { documentOf, readReports } from '../sources/index.ts';
import { caseOf, type ReadingCase } from './case-file.ts';
import { type ClaimAsk, KINDS, nextVersion } from './decide.ts';
import { claimsOf } from './extract.ts';
import type { Claim, ClaimField, ClaimRef } from './model.ts';
import { CLAIM_NOT_FOUND, CLAIM_REASON_MISSING } from './problems.ts';
import { readComparisons } from './second-reader/store.ts';
import {
  findReading,
  insertClaims,
  insertDecision,
  keepReading,
  lockReading,
  readClaims,
  reportsWithKept,
} from './store.ts';
import { checkedValue, spanOfWords, type ValueTools } from './value.ts';

/** What reading needs: the pure reader, its version, and the gazetteer that it was made with. */
export interface ReadingTools {
  /** Reads one text. May be in a thread of its own: a long text must hold nobody up. */
  read(text: string, options: ReadOptions): Promise<Reading>;
  readonly version: string;
  readonly gazetteer: Gazetteer;
}

/** Reads a report and stores the reading and its claims; a report that is not there is left alone. */
export async function readReport(ctx: Ctx, tools: ReadingTools, reportId: string): Promise<void> {
  const [report] = await readReports(ctx.db, ctx.agreement, [reportId]);
  if (!report) return;
  // Follow-ups may run twice; what this reader has read is not read again.
  if ((await findReading(ctx.db, ctx.agreement, report.id))?.reader === tools.version) return;
  const document = documentOf(report);
  const lang = report.lang === 'ar' || report.lang === 'en' || report.lang === 'ru' ? report.lang : undefined;
  const reading = await tools.read(document, { published: report.published?.slice(0, 10), lang });
  const claims = claimsOf(document, reading, report.event, tools.gazetteer);
  await ctx.db.inTransaction(async (tx) => {
    await keepReading(tx, ctx.agreement, report.id, tools.version, reading, new Date(ctx.clock.now()));
    await insertClaims(tx, ctx.agreement, report.id, claims);
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'report.read',
      object: `report:${report.id}`,
      visibility: 'sealed',
      content: { report: report.id, reader: tools.version, events: reading.events.length, claims: claims.length },
    });
  });
}

/** What a person sends about one value. `value` is checked here, against the field. */
export interface ClaimRequest {
  readonly act: keyof typeof KINDS;
  readonly event: number;
  readonly field: ClaimField;
  /** The version that the person had before them; 0 where nothing was read. */
  readonly seen: number;
  readonly value?: unknown;
  /** Words of the report in which the person read the value, letter by letter. */
  readonly words?: string | undefined;
  readonly keep: boolean;
  readonly reason: string;
}

const MAX_REASON = 2_000;
/** A person may tell of an event that the machine overlooked, of the next number, and no further. */
const MAX_EVENTS = 10_000;

/**
 * A person confirms, corrects or rejects a value, or takes the last decision on it back: one transaction, one entry with
 * actor and reason, one more version. Decisions on one report wait for each other; one made on an old version is refused.
 */
export async function decideClaim(ctx: Ctx, tools: ValueTools, reportId: string, asked: ClaimRequest): Promise<Claim> {
  const reason = asked.reason.trim();
  if (reason === '' || reason.length > MAX_REASON)
    throw new Problem(CLAIM_REASON_MISSING, `a decision on a claim needs a reason of 1 to ${MAX_REASON} characters`);
  const ref: ClaimRef = { report: reportId, event: asked.event, field: asked.field };
  return ctx.db.inTransaction(async (tx) => {
    const [report] = await readReports(tx, ctx.agreement, [reportId]);
    if (!report || !(await lockReading(tx, ctx.agreement, reportId)))
      throw new Problem(CLAIM_NOT_FOUND, `report ${reportId.slice(0, 100)} is not there or has not been read yet`);
    const claims = await readClaims(tx, ctx.agreement, [reportId]);
    const second = (await readComparisons(tx, ctx.agreement, reportId)).find(
      (one) => one.event === ref.event && one.field === ref.field,
    );
    const ask = askOf(tools, asked, documentOf(report), claims);
    const deciding = { by: ctx.actor.id, at: new Date(ctx.clock.now()).toISOString(), reason };
    const next = nextVersion(
      ref,
      versionsOf(claims, ref),
      ask,
      deciding,
      second && { value: second.value, spans: second.spans },
    );
    await insertDecision(tx, ctx.agreement, next);
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: KINDS[asked.act],
      object: `report:${reportId}`,
      visibility: 'sealed',
      content: {
        report: reportId,
        event: ref.event,
        field: ref.field,
        version: next.version,
        standing: next.standing,
        value: next.value as Json,
        undoes: next.undoes,
        kept: next.kept,
        reason,
      },
    });
    return next;
  });
}

function askOf(tools: ValueTools, asked: ClaimRequest, document: string, claims: readonly Claim[]): ClaimAsk {
  const { act, seen, keep } = asked;
  if (act !== 'correct') return { act, seen, keep };
  const events = claims.reduce((most, { event }) => Math.max(most, event + 1), 0);
  if (asked.event > Math.min(events, MAX_EVENTS))
    throw new Problem(CLAIM_NOT_FOUND, `the report tells of ${events} events; the next one is number ${events}`);
  const value = checkedValue(tools, asked.field, asked.value);
  return { act, seen, keep, value, spans: asked.words === undefined ? null : [spanOfWords(document, asked.words)] };
}

const versionsOf = (claims: readonly Claim[], { event, field }: ClaimRef): Claim[] =>
  claims.filter((claim) => claim.event === event && claim.field === field).sort((a, b) => a.version - b.version);

/** The kept decisions of every public report as cases, and how many reports were left out because they are sealed. */
export async function readCases(ctx: Ctx): Promise<{ cases: ReadingCase[]; sealed: number }> {
  const ids = await reportsWithKept(ctx.db, ctx.agreement);
  const cases: ReadingCase[] = [];
  let sealed = 0;
  for (let from = 0; from < ids.length; from += CASES_AT_ONCE) {
    const some = ids.slice(from, from + CASES_AT_ONCE);
    const claims = groupBy(await readClaims(ctx.db, ctx.agreement, some), ({ report }) => report);
    for (const report of await readReports(ctx.db, ctx.agreement, some)) {
      if (report.visibility !== 'public') sealed++;
      const one = caseOf(report, claims.get(report.id) ?? []);
      if (one) cases.push(one);
    }
  }
  return { cases, sealed };
}

const CASES_AT_ONCE = 200;

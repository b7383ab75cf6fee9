/** The verbs of claims: read a report once, and let people confirm, correct or reject a value. Each is one entry. */
import { Problem } from '../core/index.ts';
import type { Ctx, Tx } from '../db/index.ts';
import type { Gazetteer } from '../places/index.ts';
import type { Reader } from '../reading/index.ts';
import { append, type Json } from '../record/index.ts';
import { documentOf, readReports } from '../sources/index.ts';
import { claimsOf } from './extract.ts';
import { claimsInForce } from './facts.ts';
import type { Claim, ClaimField } from './model.ts';
import { CLAIM_NOT_FOUND, CLAIM_REASON_MISSING } from './problems.ts';
import { findReading, insertClaims, insertDecision, keepReading, readClaims } from './store.ts';

/** What reading needs: the pure reader, its version, and the gazetteer that it was made with. */
export interface ReadingTools {
  /** Made on first use. */
  reader(): Reader;
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
  const reading = tools.reader().read(document, { published: report.published?.slice(0, 10), lang });
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

export interface ClaimRef {
  readonly report: string;
  readonly event: number;
  readonly field: ClaimField;
}

/** A person agrees with a value as it stands. */
export const confirmClaim = (ctx: Ctx, ref: ClaimRef, reason: string): Promise<Claim> =>
  decide(ctx, ref, 'confirmed', reason, (claim) => claim);

/** A person says that the value is wrong and says no other. */
export const rejectClaim = (ctx: Ctx, ref: ClaimRef, reason: string): Promise<Claim> =>
  decide(ctx, ref, 'rejected', reason, (claim) => claim);

/** A person gives another value; `value` was checked against the field's schema by the route. */
export const correctClaim = (ctx: Ctx, ref: ClaimRef, value: Claim['value'], reason: string): Promise<Claim> =>
  decide(ctx, ref, 'corrected', reason, (claim) => ({ ...claim, value, basis: 'person' }) as Claim);

function decide(
  ctx: Ctx,
  ref: ClaimRef,
  standing: Claim['standing'],
  reason: string,
  change: (claim: Claim) => Claim,
): Promise<Claim> {
  if (reason.trim() === '') throw new Problem(CLAIM_REASON_MISSING, 'a decision on a claim needs a reason');
  return ctx.db.inTransaction(async (tx) => {
    const current = await currentClaim(tx, ctx.agreement, ref);
    const next: Claim = {
      ...change(current),
      version: current.version + 1,
      standing,
      decidedBy: ctx.actor.id,
      reason: reason.trim(),
    };
    await insertDecision(tx, ctx.agreement, next);
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: `claim.${standing}`,
      object: `report:${ref.report}`,
      visibility: 'sealed',
      content: {
        report: ref.report,
        event: ref.event,
        field: ref.field,
        version: next.version,
        value: next.value as Json,
        reason: next.reason,
      },
    });
    return next;
  });
}

async function currentClaim(tx: Tx, agreement: string, ref: ClaimRef): Promise<Claim> {
  const claims = claimsInForce(await readClaims(tx, agreement, [ref.report]));
  const found = claims.find((claim) => claim.event === ref.event && claim.field === ref.field);
  if (!found) throw new Problem(CLAIM_NOT_FOUND, `no claim ${ref.field} of event ${ref.event} in report ${ref.report}`);
  return found;
}

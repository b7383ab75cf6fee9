/** The verbs of sources: receive one report, or a file of them. Acknowledged only after it is durable; the same again adds nothing. */
import { newId } from '../core/index.ts';
import type { Ctx, Tx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { payloadOf, sha256Hex } from './fingerprint.ts';
import type { ReportInput, Visibility } from './model.ts';
import { findByFingerprint, insertReport, isIdTaken, keepPayload, keepSource } from './store.ts';

export interface Received {
  readonly id: string;
  /** What the sender keeps: the id of the record's entry; null for a report that was there before. */
  readonly receipt: string | null;
  readonly duplicate: boolean;
}

const PLAIN_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

/** Receives one checked report in a transaction of its own. `visibility` answers for reports that state none. */
export const receiveReport = (ctx: Ctx, report: ReportInput, visibility: Visibility = 'sealed'): Promise<Received> =>
  ctx.db.inTransaction((tx) => receiveIn(tx, ctx, report, visibility));

/**
 * Receives the reports of one file in one transaction, so that a crash in the middle leaves none of them.
 * `onProgress` is told after each report.
 */
export const receiveAll = (
  ctx: Ctx,
  reports: readonly { readonly line: number; readonly report: ReportInput }[],
  visibility: Visibility,
  onProgress: (done: number) => void = () => {},
): Promise<Received[]> =>
  ctx.db.inTransaction(async (tx) => {
    const received: Received[] = [];
    for (const { report } of reports) {
      received.push(await receiveIn(tx, ctx, report, visibility));
      onProgress(received.length);
    }
    return received;
  });

async function receiveIn(tx: Tx, ctx: Ctx, report: ReportInput, visibility: Visibility): Promise<Received> {
  const bytes = payloadOf(report);
  const fingerprint = sha256Hex(bytes);
  const known = await findByFingerprint(tx, ctx.agreement, fingerprint);
  if (known !== undefined) return { id: known, receipt: null, duplicate: true };
  const wanted =
    report.id !== null && PLAIN_ID.test(report.id) && !(await isIdTaken(tx, ctx.agreement, report.id))
      ? report.id
      : null;
  const id = wanted ?? newId(ctx);
  await keepPayload(tx, ctx.agreement, fingerprint, bytes);
  const sourceId = await keepSource(tx, ctx.agreement, {
    id: sha256Hex(report.source.name).slice(0, 16),
    name: report.source.name,
    kind: report.source.kind,
    camp: report.source.camp,
  });
  const shown = report.visibility ?? visibility;
  await insertReport(tx, ctx.agreement, {
    id,
    fingerprint,
    externalId: report.id,
    sourceId,
    url: report.source.url,
    origin: report.source.origin,
    published: report.published,
    lang: report.lang,
    title: report.title,
    text: report.text,
    visibility: shown,
    event: report.event,
    attachments: report.attachments,
    payload: fingerprint,
    receivedAt: new Date(ctx.clock.now()),
  });
  const entry = await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'report.received',
    object: `report:${id}`,
    visibility: 'sealed',
    content: { report: id, payload: fingerprint, source: sourceId, visibility: shown },
  });
  return { id, receipt: entry.id, duplicate: false };
}

/** The verbs of sources: receive one report, or a file of them. Acknowledged only after it is durable; the same again adds nothing. */
import { newId } from '../core/index.ts';
import { type Ctx, REPORT_MARK, type Tx } from '../db/index.ts';
import { append, appendAll, type Json, type NewEntry, read } from '../record/index.ts';
import { payloadOf, sha256Hex } from './fingerprint.ts';
import type { ReportInput, Visibility } from './model.ts';
import { findByFingerprint, insertReport, isIdTaken, keepPayload, keepSource } from './store.ts';

export interface Received {
  readonly id: string;
  /** Index of the record's entry that tells of it, for which a receipt is made; null for a duplicate inside a file. */
  readonly entry: number | null;
  readonly duplicate: boolean;
}

const RECEIVED = 'report.received';
const PLAIN_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

/** Receives one checked report in a transaction of its own. `visibility` answers for reports that state none. */
export async function receiveReport(
  ctx: Ctx,
  report: ReportInput,
  visibility: Visibility = 'sealed',
): Promise<Received> {
  const [received] = await receiveAll(ctx, [report], visibility);
  if (!received) throw new Error('nothing was received');
  return received.entry === null ? { ...received, entry: await entryOf(ctx, received.id) } : received;
}

/** Entries are appended this many at a time: few enough that nobody else waits for their hashes. */
const BATCH = 40;

/**
 * Receives the reports of one file in one transaction, so that a crash in the middle leaves none of them.
 * `onProgress` is told after each report.
 */
export const receiveAll = (
  ctx: Ctx,
  reports: readonly ReportInput[],
  visibility: Visibility,
  onProgress: (done: number) => void = () => {},
): Promise<Received[]> =>
  ctx.db.inTransaction(async (tx) => {
    const received: Received[] = [];
    for (let start = 0; start < reports.length; start += BATCH) {
      const kept: Kept[] = [];
      for (const report of reports.slice(start, start + BATCH)) {
        kept.push(await keepReport(tx, ctx, report, visibility));
        onProgress(start + kept.length);
      }
      const entries = await appendAll(
        tx,
        ctx,
        kept.flatMap(({ entry }) => entry ?? []),
      );
      let next = 0;
      for (const { id, entry } of kept) {
        received.push({
          id,
          entry: entry === null ? null : (entries[next++]?.index ?? null),
          duplicate: entry === null,
        });
      }
    }
    return received;
  });

/** What a door of its own adds to a report that it receives. */
export interface DoorNote {
  /** Said in the record's entry beside the report. */
  readonly told: Readonly<Record<string, Json>>;
  /** The public may see that a sealed report exists from then on (UTC milliseconds). */
  readonly shownFrom: number;
}

/**
 * Receives one checked report inside the caller's transaction, with what its door adds; one entry tells of both. Throws
 * when the report was there before: a door knows its own repetitions.
 */
export async function receiveWithin(
  tx: Tx,
  ctx: Ctx,
  report: ReportInput,
  note: DoorNote,
): Promise<{ readonly id: string; readonly entry: number }> {
  const kept = await keepReport(tx, ctx, report, 'sealed', note);
  if (kept.entry === null) throw new Error(`the report ${kept.id} was received before`);
  const { index } = await append(tx, ctx, kept.entry);
  return { id: kept.id, entry: index };
}

/** Where the record tells of the receipt of a report. */
export async function entryOf(ctx: Ctx, id: string): Promise<number | null> {
  const [entry] = await read(ctx.db, { agreement: ctx.agreement, object: `report:${id}`, kinds: [RECEIVED], limit: 1 });
  return entry?.index ?? null;
}

/** A report and the entry that tells of it; no entry for one that was there before. */
interface Kept {
  readonly id: string;
  readonly entry: NewEntry | null;
}

async function keepReport(
  tx: Tx,
  ctx: Ctx,
  report: ReportInput,
  visibility: Visibility,
  note?: DoorNote,
): Promise<Kept> {
  const bytes = payloadOf(report);
  const mark = tx.vault.mark(REPORT_MARK, bytes);
  const known = await findByFingerprint(tx, ctx.agreement, mark);
  if (known !== undefined) return { id: known, entry: null };
  const wanted =
    report.id !== null && PLAIN_ID.test(report.id) && !(await isIdTaken(tx, ctx.agreement, report.id))
      ? report.id
      : null;
  const id = wanted ?? newId(ctx);
  await keepPayload(tx, ctx.agreement, mark, bytes);
  const sourceId = await keepSource(tx, ctx.agreement, {
    id: sha256Hex(report.source.name).slice(0, 16),
    name: report.source.name,
    kind: report.source.kind,
    camp: report.source.camp,
  });
  const shown = report.visibility ?? visibility;
  await insertReport(tx, ctx.agreement, {
    id,
    fingerprint: mark,
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
    payload: mark,
    receivedAt: new Date(ctx.clock.now()),
    shownFrom: note === undefined ? null : new Date(note.shownFrom),
  });
  return {
    id,
    entry: {
      agreement: ctx.agreement,
      kind: RECEIVED,
      object: `report:${id}`,
      visibility: 'sealed',
      content: { report: id, payload: sha256Hex(bytes), source: sourceId, visibility: shown, ...note?.told },
    },
  };
}

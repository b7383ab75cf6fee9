/** The SQL of sources: reports, their sources and raw payloads. Nothing here updates a report: it is as it came. */
import type { Queryable, Tx, Vault } from '../db/index.ts';
import type { Report, ReportEvent, Visibility } from './model.ts';

const BODY = 'report.body';

/** What of a report lies sealed: everything that its sender wrote freely, and where it was. */
type Body = Pick<NewReport, 'externalId' | 'url' | 'title' | 'text' | 'event' | 'attachments'>;

export interface NewReport {
  readonly id: string;
  readonly fingerprint: string;
  readonly externalId: string | null;
  readonly sourceId: string;
  readonly url: string | null;
  readonly origin: string | null;
  readonly published: string | null;
  readonly lang: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly visibility: Visibility;
  readonly event: ReportEvent | null;
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[];
  readonly payload: string;
  readonly receivedAt: Date;
  /** When the public may see that it exists; null: at once. */
  readonly shownFrom: Date | null;
}

/** The id of the report with this fingerprint, if it was received before. */
export async function findByFingerprint(
  db: Queryable,
  agreement: string,
  fingerprint: string,
): Promise<string | undefined> {
  const rows = await db.rows<{ id: string }>('select id from report where agreement_id = $1 and fingerprint = $2', [
    agreement,
    fingerprint,
  ]);
  return rows[0]?.id;
}

export async function isIdTaken(db: Queryable, agreement: string, id: string): Promise<boolean> {
  const rows = await db.rows('select 1 as one from report where agreement_id = $1 and id = $2', [agreement, id]);
  return rows.length > 0;
}

/** Keeps a payload once, under its mark; the same again changes nothing. */
export async function keepPayload(tx: Tx, agreement: string, mark: string, payload: string): Promise<void> {
  await tx.run('insert into payload (agreement_id, id, bytes) values ($1, $2, $3) on conflict do nothing', [
    agreement,
    mark,
    tx.vault.seal('payload.bytes', payload),
  ]);
}

/** The id of a source by its name, made on first sight. */
export async function keepSource(
  tx: Tx,
  agreement: string,
  source: { id: string; name: string; kind: string; camp: string | null },
): Promise<string> {
  const rows = await tx.rows<{ id: string }>(
    `insert into source (agreement_id, id, name, kind, camp) values ($1, $2, $3, $4, $5)
     on conflict (agreement_id, name) do update set name = excluded.name returning id`,
    [agreement, source.id, source.name, source.kind, source.camp],
  );
  return rows[0]?.id ?? source.id;
}

export async function insertReport(tx: Tx, agreement: string, report: NewReport): Promise<void> {
  const { externalId, url, title, text, event, attachments } = report;
  await tx.run(
    `insert into report (agreement_id, id, fingerprint, source_id, origin, published, lang, visibility, body, payload,
       received_at, shown_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      agreement,
      report.id,
      report.fingerprint,
      report.sourceId,
      report.origin,
      report.published,
      report.lang,
      report.visibility,
      tx.vault.seal(BODY, { externalId, url, title, text, event, attachments } satisfies Body),
      report.payload,
      report.receivedAt,
      report.shownFrom,
    ],
  );
}

interface ReportRow {
  readonly id: string;
  readonly source_id: string;
  readonly source_name: string;
  readonly source_kind: string;
  readonly source_camp: string | null;
  readonly origin: string | null;
  readonly published: string | null;
  readonly lang: string | null;
  readonly visibility: Visibility;
  readonly body: Uint8Array;
  readonly payload: string;
  readonly received_at: Date;
  readonly shown_from: Date | null;
  readonly sequence: number;
}

const SELECT = `select r.id, r.source_id, s.name as source_name, s.kind as source_kind, s.camp as source_camp,
  r.origin, r.published, r.lang, r.visibility, r.body, r.payload, r.received_at, r.shown_from, r.sequence
  from report r join source s on s.agreement_id = r.agreement_id and s.id = r.source_id`;

/** Reports by id, in no promised order; unknown ids are left out. */
export async function readReports(db: Queryable, agreement: string, ids: readonly string[]): Promise<Report[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows<ReportRow>(`${SELECT} where r.agreement_id = $1 and r.id = any($2::text[])`, [
    agreement,
    ids,
  ]);
  return rows.map((row) => reportOf(row, db.vault));
}

/**
 * Reports in the order of receipt after a position; `next` is the position to go on from, null at the end. Left out are
 * those whose existence the public may not know of at `now`.
 */
export async function listReports(
  db: Queryable,
  agreement: string,
  after: number,
  limit: number,
  now: Date,
): Promise<{ reports: Report[]; next: number | null }> {
  const rows = await db.rows<ReportRow>(
    `${SELECT} where r.agreement_id = $1 and r.sequence > $2 and (r.shown_from is null or r.shown_from <= $4)
      order by r.sequence limit $3`,
    [agreement, after, limit + 1, now],
  );
  const page = rows.slice(0, limit);
  return {
    reports: page.map((row) => reportOf(row, db.vault)),
    next: rows.length > limit ? (page.at(-1)?.sequence ?? null) : null,
  };
}

export async function countReports(db: Queryable, agreement: string): Promise<number> {
  const rows = await db.rows<{ count: number }>('select count(*)::int as count from report where agreement_id = $1', [
    agreement,
  ]);
  return rows[0]?.count ?? 0;
}

function reportOf(row: ReportRow, vault: Vault): Report {
  const { externalId, url, title, text, event } = vault.unseal<Body>(BODY, row.body);
  return {
    id: row.id,
    externalId,
    source: { id: row.source_id, name: row.source_name, kind: row.source_kind, camp: row.source_camp },
    url,
    origin: row.origin,
    published: row.published,
    lang: row.lang,
    title,
    text,
    visibility: row.visibility,
    event,
    payload: row.payload,
    receivedAt: row.received_at.toISOString(),
    shownFrom: row.shown_from?.toISOString() ?? null,
  };
}

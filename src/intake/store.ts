/** The SQL of intake. */
import type { Day } from '../core/index.ts';
import type { Queryable, Tx } from '../db/index.ts';
import type { Door } from './model.ts';

export const PURPOSES = ['custodian', 'recovery'] as const;
export type Purpose = (typeof PURPOSES)[number];

export interface Recipient {
  readonly recipient: string;
  readonly purpose: Purpose;
}

/** Recipients in force of an organisation, in a fixed order. */
export function readRecipients(db: Queryable, agreement: string, organisation: string): Promise<Recipient[]> {
  return db.rows(
    `select recipient, purpose from intake_recipient
      where agreement_id = $1 and organisation_id = $2 and retired_on is null order by purpose, recipient`,
    [agreement, organisation],
  );
}

/** Whether an organisation ever had a key of a purpose, in force or retired. */
export async function hasHadRecipient(
  db: Queryable,
  agreement: string,
  organisation: string,
  purpose: Purpose,
): Promise<boolean> {
  const rows = await db.rows(
    'select 1 as one from intake_recipient where agreement_id = $1 and organisation_id = $2 and purpose = $3 limit 1',
    [agreement, organisation, purpose],
  );
  return rows.length > 0;
}

/** Adds a recipient, or brings a retired one back; false when it is in force already. */
export async function keepRecipient(
  tx: Tx,
  agreement: string,
  organisation: string,
  { recipient, purpose }: Recipient,
  on: Day,
): Promise<boolean> {
  const touched = await tx.run(
    `insert into intake_recipient (agreement_id, organisation_id, recipient, purpose, added_on) values ($1, $2, $3, $4, $5)
     on conflict (agreement_id, organisation_id, recipient) do update
       set retired_on = null, purpose = excluded.purpose, added_on = excluded.added_on
     where intake_recipient.retired_on is not null`,
    [agreement, organisation, recipient, purpose, on],
  );
  return touched > 0;
}

/** Retires a recipient; false when none is in force. */
export async function retireRecipient(
  tx: Tx,
  agreement: string,
  organisation: string,
  recipient: string,
  on: Day,
): Promise<boolean> {
  const touched = await tx.run(
    `update intake_recipient set retired_on = $4
      where agreement_id = $1 and organisation_id = $2 and recipient = $3 and retired_on is null`,
    [agreement, organisation, recipient, on],
  );
  return touched > 0;
}

/** The organisation that answers for the public door; undefined while it is closed. */
export async function readPublicDoor(db: Queryable, agreement: string): Promise<string | undefined> {
  const [row] = await db.rows<{ organisation: string }>(
    'select organisation_id as organisation from intake_public_door where agreement_id = $1',
    [agreement],
  );
  return row?.organisation;
}

export async function setPublicDoor(tx: Tx, agreement: string, organisation: string, on: Day): Promise<void> {
  await tx.run(
    `insert into intake_public_door (agreement_id, organisation_id, opened_on) values ($1, $2, $3)
     on conflict (agreement_id) do update set organisation_id = excluded.organisation_id, opened_on = excluded.opened_on`,
    [agreement, organisation, on],
  );
}

export const closePublicDoor = async (tx: Tx, agreement: string): Promise<boolean> =>
  (await tx.run('delete from intake_public_door where agreement_id = $1', [agreement])) > 0;

export interface SubmissionRow {
  readonly idSha256: string;
  /** Null for one that came before there were marks. */
  readonly bodyMark: string | null;
  readonly report: string;
  readonly organisation: string;
  readonly door: Door;
  readonly announced: readonly string[];
}

const SUBMISSION = `select id_sha256 as "idSha256", body_mark as "bodyMark", report_id as report,
  organisation_id as organisation, door, announced from intake_submission`;

export async function findSubmission(
  db: Queryable,
  agreement: string,
  idSha256: string,
): Promise<SubmissionRow | undefined> {
  const [row] = await db.rows<SubmissionRow>(`${SUBMISSION} where agreement_id = $1 and id_sha256 = $2`, [
    agreement,
    idSha256,
  ]);
  return row;
}

export async function findSubmissionOf(
  db: Queryable,
  agreement: string,
  report: string,
): Promise<SubmissionRow | undefined> {
  const [row] = await db.rows<SubmissionRow>(`${SUBMISSION} where agreement_id = $1 and report_id = $2`, [
    agreement,
    report,
  ]);
  return row;
}

export async function insertSubmission(tx: Tx, agreement: string, row: SubmissionRow): Promise<void> {
  await tx.run(
    `insert into intake_submission (agreement_id, id_sha256, body_mark, report_id, organisation_id, door, announced)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [agreement, row.idSha256, row.bodyMark, row.report, row.organisation, row.door, JSON.stringify(row.announced)],
  );
}

export async function insertIdentity(
  tx: Tx,
  agreement: string,
  row: {
    readonly report: string;
    readonly organisation: string;
    readonly sha256: string;
    readonly ciphertext: Uint8Array;
  },
): Promise<void> {
  await tx.run(
    'insert into sealed_identity (agreement_id, report_id, organisation_id, sha256, ciphertext) values ($1, $2, $3, $4, $5)',
    [agreement, row.report, row.organisation, row.sha256, row.ciphertext],
  );
}

/** The sealed identity of a report, for the organisation that collected it. */
export async function findIdentity(
  db: Queryable,
  agreement: string,
  report: string,
  organisation: string,
): Promise<{ sha256: string; ciphertext: Uint8Array } | undefined> {
  const [row] = await db.rows<{ sha256: string; ciphertext: Uint8Array }>(
    'select sha256, ciphertext from sealed_identity where agreement_id = $1 and report_id = $2 and organisation_id = $3',
    [agreement, report, organisation],
  );
  return row;
}

export interface AttachmentRow {
  readonly sha256: string;
  readonly kind: string;
  readonly size: number;
  readonly original: string;
  readonly viewSha256: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

const ATTACHMENT = `select sha256, kind, size, original, view_sha256 as "viewSha256", width, height from attachment`;

export const listAttachments = (db: Queryable, agreement: string, report: string): Promise<AttachmentRow[]> =>
  db.rows(`${ATTACHMENT} where agreement_id = $1 and report_id = $2 order by sha256`, [agreement, report]);

export async function findAttachment(
  db: Queryable,
  agreement: string,
  report: string,
  sha256: string,
): Promise<AttachmentRow | undefined> {
  const [row] = await db.rows<AttachmentRow>(
    `${ATTACHMENT} where agreement_id = $1 and report_id = $2 and sha256 = $3`,
    [agreement, report, sha256],
  );
  return row;
}

/** The copy to look at; undefined for what is no picture. */
export async function readView(
  db: Queryable,
  agreement: string,
  report: string,
  sha256: string,
): Promise<Uint8Array | undefined> {
  const [row] = await db.rows<{ view: Uint8Array | null }>(
    'select view from attachment where agreement_id = $1 and report_id = $2 and sha256 = $3',
    [agreement, report, sha256],
  );
  return row?.view ?? undefined;
}

/** Adds an attachment; false when it is there already. */
export async function insertAttachment(
  tx: Tx,
  agreement: string,
  report: string,
  row: AttachmentRow & { readonly view: Uint8Array | null },
): Promise<boolean> {
  const touched = await tx.run(
    `insert into attachment (agreement_id, report_id, sha256, kind, size, original, view, view_sha256, width, height)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [agreement, report, row.sha256, row.kind, row.size, row.original, row.view, row.viewSha256, row.width, row.height],
  );
  return touched > 0;
}

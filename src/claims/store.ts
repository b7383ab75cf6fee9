/** The SQL of claims: what was read, and each value with its versions. */
import type { Queryable, SqlValue, Tx, Vault } from '../db/index.ts';
import type { Reading } from '../reading/index.ts';
import type { Claim, ClaimField, NewClaim } from './model.ts';

const HIDDEN = 'claim.hidden';
const DOCUMENT = 'reading.document';

/** Fields whose value is a place or words: sealed. The others are codes, days and counts. */
const SEALED_FIELDS: ReadonlySet<ClaimField> = new Set(['place', 'actor', 'victim', 'weapon']);

/** What of a claim lies sealed: its value where that is a place or words, who is quoted for it, a person's reason. */
interface Hidden {
  readonly value: unknown;
  readonly by: string | null;
  readonly reason: string | null;
}

/** The columns `value` and `hidden` of a claim. */
function valueColumns(vault: Vault, claim: NewClaim & { readonly reason?: string | null }): [SqlValue, SqlValue] {
  const { field, by, reason = null } = claim;
  const isSealed = SEALED_FIELDS.has(field);
  const hidden: Hidden = { value: isSealed ? claim.value : null, by, reason };
  const hasAny = Object.values(hidden).some((one) => one !== null);
  return [isSealed ? null : JSON.stringify(claim.value), hasAny ? vault.seal(HIDDEN, hidden) : null];
}

/** Keeps what a reader read. Reading again replaces the machine's document; people's decisions live in the claims. */
export async function keepReading(
  tx: Tx,
  agreement: string,
  report: string,
  reader: string,
  reading: Reading,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into reading (agreement_id, report_id, reader, document, read_at) values ($1, $2, $3, $4, $5)
     on conflict (agreement_id, report_id) do update set reader = excluded.reader, document = excluded.document, read_at = excluded.read_at`,
    [agreement, report, reader, tx.vault.seal(DOCUMENT, reading), at],
  );
}

export async function findReading(
  db: Queryable,
  agreement: string,
  report: string,
): Promise<{ reader: string; document: Reading; readAt: string } | undefined> {
  const rows = await db.rows<{ reader: string; document: Uint8Array; read_at: Date | string }>(
    'select reader, document, read_at from reading where agreement_id = $1 and report_id = $2',
    [agreement, report],
  );
  return rows.map(({ reader, document, read_at }) => ({
    reader,
    document: db.vault.unseal<Reading>(DOCUMENT, document),
    readAt: new Date(read_at).toISOString(),
  }))[0];
}

const COLUMNS = 11;

/** Version 1 of the claims of a report, in one statement. What is there already stays. */
export async function insertClaims(
  tx: Tx,
  agreement: string,
  report: string,
  claims: readonly NewClaim[],
): Promise<void> {
  if (claims.length === 0) return;
  const places = claims.map(
    (_, i) => `(${Array.from({ length: COLUMNS }, (_column, j) => `$${i * COLUMNS + j + 1}`).join(', ')}, 'proposed')`,
  );
  const params = claims.flatMap((claim): SqlValue[] => [
    agreement,
    report,
    claim.event,
    claim.field,
    1,
    ...valueColumns(tx.vault, claim),
    JSON.stringify(claim.spans),
    claim.basis,
    claim.alleged,
    null,
  ]);
  await tx.run(
    `insert into claim (agreement_id, report_id, event_no, field, version, value, hidden, spans, basis, alleged, decided_by, standing)
     values ${places.join(', ')} on conflict do nothing`,
    params,
  );
}

/** One more version of a claim: a person's decision. */
export async function insertDecision(tx: Tx, agreement: string, claim: Claim): Promise<void> {
  await tx.run(
    `insert into claim (agreement_id, report_id, event_no, field, version, value, hidden, spans, basis, alleged, standing,
       decided_by, decided_at, undoes, kept)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      agreement,
      claim.report,
      claim.event,
      claim.field,
      claim.version,
      ...valueColumns(tx.vault, claim),
      JSON.stringify(claim.spans),
      claim.basis,
      claim.alleged,
      claim.standing,
      claim.decidedBy,
      claim.decidedAt,
      claim.undoes,
      claim.kept,
    ],
  );
}

interface ClaimRow {
  readonly report_id: string;
  readonly event_no: number;
  readonly field: ClaimField;
  readonly version: number;
  readonly value: unknown;
  readonly hidden: Uint8Array | null;
  readonly spans: { start: number; end: number }[];
  readonly basis: string;
  readonly alleged: boolean;
  readonly standing: string;
  readonly decided_by: string | null;
  readonly decided_at: Date | string | null;
  readonly undoes: number | null;
  readonly kept: boolean;
}

const CLAIM = `report_id, event_no, field, version, value, hidden, spans, basis, alleged, standing, decided_by, decided_at, undoes, kept`;

/** All versions of the claims of some reports, by report, event, field, version. */
export async function readClaims(db: Queryable, agreement: string, reports: readonly string[]): Promise<Claim[]> {
  if (reports.length === 0) return [];
  const rows = await db.rows<ClaimRow>(
    `select ${CLAIM} from claim where agreement_id = $1 and report_id = any($2::text[]) order by report_id, event_no, field, version`,
    [agreement, reports],
  );
  return rows.map((row) => claimOf(row, db.vault));
}

// The field decides the type of the value; both were checked when they were written.
function claimOf(row: ClaimRow, vault: Vault): Claim {
  const hidden = row.hidden && vault.unseal<Hidden>(HIDDEN, row.hidden);
  return {
    report: row.report_id,
    event: row.event_no,
    field: row.field,
    version: row.version,
    value: SEALED_FIELDS.has(row.field) ? hidden?.value : row.value,
    spans: row.spans,
    basis: row.basis,
    alleged: row.alleged,
    by: hidden?.by ?? null,
    standing: row.standing,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    reason: hidden?.reason ?? null,
    undoes: row.undoes,
    kept: row.kept,
  } as Claim;
}

/** Lets one decision on a report at a time through; false when the report has not been read. */
export async function lockReading(tx: Tx, agreement: string, report: string): Promise<boolean> {
  const rows = await tx.rows('select 1 as one from reading where agreement_id = $1 and report_id = $2 for update', [
    agreement,
    report,
  ]);
  return rows.length > 0;
}

/** Reports of which a decision is kept as a case, in their order. */
export async function reportsWithKept(db: Queryable, agreement: string): Promise<string[]> {
  const rows = await db.rows<{ report_id: string }>(
    'select distinct report_id from claim where agreement_id = $1 and kept order by report_id',
    [agreement],
  );
  return rows.map(({ report_id }) => report_id);
}

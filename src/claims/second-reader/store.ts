/** The SQL of the second reader: what it answered for a report, and how its values stand to those in force. */
import type { Queryable, SqlValue, Tx, Vault } from '../../db/index.ts';
import type { ClaimField, ClaimSpan, NewClaim } from '../model.ts';
import type { Comparison } from './compare.ts';
import type { DroppedClaim } from './second-claims.ts';

const BODY = 'second_reading.body';
const VALUE = 'claim_second.value';

/** What of an answer lies sealed: the model's words, which are the report's. */
type Body = Pick<SecondReadingRow, 'raw' | 'dropped' | 'detail'>;

export interface SecondReadingRow {
  readonly host: string;
  readonly model: string;
  readonly promptSha256: string;
  readonly outcome: 'read' | 'unusable' | 'unreachable';
  readonly detail: string | null;
  readonly rounds: number;
  /** What the model wrote, as it came. */
  readonly raw: string;
  readonly dropped: readonly DroppedClaim[];
  readonly askedAt: string;
}

/** The report that was read first and that the second reader has not been asked about; undefined when none is left. */
export async function nextUnasked(db: Queryable, agreement: string, sealedToo: boolean): Promise<string | undefined> {
  const rows = await db.rows<{ report_id: string }>(
    `select g.report_id from reading g
     join report r on r.agreement_id = g.agreement_id and r.id = g.report_id
     left join second_reading s on s.agreement_id = g.agreement_id and s.report_id = g.report_id
     where g.agreement_id = $1 and s.report_id is null and ($2 or r.visibility = 'public')
     order by g.read_at, g.report_id limit 1`,
    [agreement, sealedToo],
  );
  return rows[0]?.report_id;
}

export async function keepSecondReading(
  tx: Tx,
  agreement: string,
  report: string,
  row: SecondReadingRow,
  comparisons: readonly Comparison[],
): Promise<void> {
  await tx.run(
    `insert into second_reading (agreement_id, report_id, host, model, prompt_sha256, outcome, rounds, body, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      agreement,
      report,
      row.host,
      row.model,
      row.promptSha256,
      row.outcome,
      row.rounds,
      tx.vault.seal(BODY, { raw: row.raw, dropped: row.dropped, detail: row.detail } satisfies Body),
      row.askedAt,
    ],
  );
  if (comparisons.length === 0) return;
  const places = comparisons.map(
    (_, i) => `($1, $2, $${i * 5 + 3}, $${i * 5 + 4}, $${i * 5 + 5}, $${i * 5 + 6}, $${i * 5 + 7})`,
  );
  const params = comparisons.flatMap(({ event, field, outcome, value, spans }): SqlValue[] => [
    event,
    field,
    outcome,
    tx.vault.seal(VALUE, value),
    JSON.stringify(spans),
  ]);
  await tx.run(
    `insert into claim_second (agreement_id, report_id, event_no, field, outcome, value, spans) values ${places.join(', ')}
     on conflict do nothing`,
    [agreement, report, ...params],
  );
}

interface RawSecond {
  readonly host: string;
  readonly model: string;
  readonly prompt_sha256: string;
  readonly outcome: SecondReadingRow['outcome'];
  readonly rounds: number;
  readonly body: Uint8Array;
  readonly asked_at: Date | string;
}

export async function findSecondReading(
  db: Queryable,
  agreement: string,
  report: string,
): Promise<SecondReadingRow | undefined> {
  const rows = await db.rows<RawSecond>(
    `select host, model, prompt_sha256, outcome, rounds, body, asked_at from second_reading
     where agreement_id = $1 and report_id = $2`,
    [agreement, report],
  );
  return rows.map(({ prompt_sha256, asked_at, body, ...row }) => ({
    ...row,
    ...db.vault.unseal<Body>(BODY, body),
    promptSha256: prompt_sha256,
    askedAt: new Date(asked_at).toISOString(),
  }))[0];
}

export type StoredComparison = Comparison & { readonly report: string };

interface RawComparison {
  readonly report_id: string;
  readonly event_no: number;
  readonly field: ClaimField;
  readonly outcome: Comparison['outcome'];
  readonly value: Uint8Array;
  readonly spans: ClaimSpan[];
}

const COMPARISON = 'c.report_id, c.event_no, c.field, c.outcome, c.value, c.spans';

const comparisonOf = (row: RawComparison, vault: Vault): StoredComparison => ({
  report: row.report_id,
  event: row.event_no,
  field: row.field,
  outcome: row.outcome,
  value: vault.unseal<NewClaim['value']>(VALUE, row.value),
  spans: row.spans,
});

export async function readComparisons(db: Queryable, agreement: string, report: string): Promise<StoredComparison[]> {
  const rows = await db.rows<RawComparison>(
    `select ${COMPARISON} from claim_second c where c.agreement_id = $1 and c.report_id = $2 order by c.event_no, c.field`,
    [agreement, report],
  );
  return rows.map((row) => comparisonOf(row, db.vault));
}

/** Disagreements on which nobody has decided since, with their number; the newest reports first. */
export async function listDisputes(
  db: Queryable,
  agreement: string,
  page: { readonly after: number; readonly limit: number },
): Promise<{ items: StoredComparison[]; total: number }> {
  const open = `from claim_second c
     join second_reading s on s.agreement_id = c.agreement_id and s.report_id = c.report_id
     where c.agreement_id = $1 and c.outcome <> 'agreed' and not exists (
       select 1 from claim k where k.agreement_id = c.agreement_id and k.report_id = c.report_id and k.event_no = c.event_no
         and k.field = c.field and k.decided_by is not null)`;
  const [count] = await db.rows<{ total: number }>(`select count(*)::int as total ${open}`, [agreement]);
  const rows = await db.rows<RawComparison>(
    `select ${COMPARISON} ${open} order by s.asked_at desc, c.report_id, c.event_no, c.field limit $2 offset $3`,
    [agreement, page.limit, page.after],
  );
  return { items: rows.map((row) => comparisonOf(row, db.vault)), total: count?.total ?? 0 };
}

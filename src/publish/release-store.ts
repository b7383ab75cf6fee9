/** The SQL of releases: which proposal became which release of a day. Rows are only ever added. */
import type { Day, Instant } from '../core/index.ts';
import type { Queryable, Tx } from '../db/index.ts';

export interface ReleaseRow {
  readonly number: number;
  readonly at: Instant;
  readonly proposal: string;
}

/** A release of a day: the one with this number, else the last; undefined where there is none. */
export async function findRelease(
  db: Queryable,
  agreement: string,
  day: Day,
  number: number | null,
): Promise<ReleaseRow | undefined> {
  const [row] = await db.rows<Omit<ReleaseRow, 'at'> & { at: Date }>(
    `select number, released_at as at, proposal_id as proposal from bulletin_release
      where agreement_id = $1 and day = $2::text::date and ($3::int is null or number = $3)
      order by number desc limit 1`,
    [agreement, day, number],
  );
  return row && { ...row, at: row.at.toISOString() };
}

export async function insertRelease(
  tx: Tx,
  agreement: string,
  day: Day,
  release: { readonly number: number; readonly at: Date; readonly proposal: string },
): Promise<void> {
  await tx.run(
    'insert into bulletin_release (agreement_id, day, number, proposal_id, released_at) values ($1, $2::text::date, $3, $4, $5)',
    [agreement, day, release.number, release.proposal, release.at],
  );
}

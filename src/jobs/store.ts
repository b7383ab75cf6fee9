/** Cursors and waiting jobs. A job is deleted when it is done; one that was given up stays and says so. */
import type { Queryable, Tx } from '../db/index.ts';

export interface JobRow {
  readonly handler: string;
  readonly key: string;
  readonly entryIndex: number;
  readonly attempts: number;
}

/** Index of the first entry that a handler has not been given yet. */
export async function cursorOf(db: Queryable, agreement: string, handler: string): Promise<number> {
  const [row] = await db.rows<{ next_index: number }>(
    'select next_index from job_cursors where agreement_id = $1 and handler = $2',
    [agreement, handler],
  );
  return row?.next_index ?? 0;
}

export async function moveCursor(tx: Tx, agreement: string, handler: string, next: number): Promise<void> {
  await tx.run(
    `insert into job_cursors (agreement_id, handler, next_index) values ($1, $2, $3)
     on conflict (agreement_id, handler) do update set next_index = excluded.next_index`,
    [agreement, handler, next],
  );
}

export interface NewJob {
  readonly key: string;
  readonly entryIndex: number;
}

/** Adds jobs; one that still waits under the same key moves on to the later entry. Keys must be distinct. */
export async function insertJobs(
  tx: Tx,
  agreement: string,
  handler: string,
  jobs: readonly NewJob[],
  runAt: Date,
): Promise<void> {
  await tx.run(
    `insert into jobs (agreement_id, handler, key, entry_index, run_at)
     select $1, $2, key, entry_index, $5 from unnest($3::text[], $4::bigint[]) as given(key, entry_index)
     on conflict (agreement_id, handler, key) do update
       set entry_index = excluded.entry_index, attempts = 0, run_at = excluded.run_at, state = 'waiting', last_error = null`,
    [agreement, handler, jobs.map((job) => job.key), jobs.map((job) => job.entryIndex), runAt],
  );
}

/** Jobs that are due, in the order of their entries. */
export async function dueJobs(db: Queryable, agreement: string, now: Date, limit: number): Promise<JobRow[]> {
  const rows = await db.rows<{ handler: string; key: string; entry_index: number; attempts: number }>(
    `select handler, key, entry_index, attempts from jobs
     where agreement_id = $1 and state = 'waiting' and run_at <= $2 order by entry_index, handler limit $3`,
    [agreement, now, limit],
  );
  return rows.map((row) => ({
    handler: row.handler,
    key: row.key,
    entryIndex: row.entry_index,
    attempts: row.attempts,
  }));
}

export async function countWaiting(db: Queryable, agreement: string): Promise<number> {
  const [row] = await db.rows<{ n: number }>(
    "select count(*) n from jobs where agreement_id = $1 and state = 'waiting'",
    [agreement],
  );
  return row?.n ?? 0;
}

export async function deleteJob(db: Queryable, agreement: string, job: JobRow): Promise<void> {
  await db.run('delete from jobs where agreement_id = $1 and handler = $2 and key = $3', [
    agreement,
    job.handler,
    job.key,
  ]);
}

export async function postponeJob(
  db: Queryable,
  agreement: string,
  job: JobRow,
  at: Date,
  error: string,
): Promise<void> {
  await db.run(
    `update jobs set attempts = attempts + 1, run_at = $4, last_error = $5
     where agreement_id = $1 and handler = $2 and key = $3`,
    [agreement, job.handler, job.key, at, db.vault.seal('jobs.last_error', error)],
  );
}

export async function markGivenUp(tx: Tx, agreement: string, job: JobRow, error: string): Promise<void> {
  await tx.run(
    `update jobs set attempts = attempts + 1, state = 'gave_up', last_error = $4
     where agreement_id = $1 and handler = $2 and key = $3`,
    [agreement, job.handler, job.key, tx.vault.seal('jobs.last_error', error)],
  );
}

/** Sets jobs that were given up waiting again; how many there were. */
export async function reviveJobs(db: Queryable, agreement: string, at: Date): Promise<number> {
  return db.run(
    "update jobs set state = 'waiting', attempts = 0, run_at = $2 where agreement_id = $1 and state = 'gave_up'",
    [agreement, at],
  );
}

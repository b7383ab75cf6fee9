/** The SQL of sessions. */
import type { Queryable, Tx } from '../db/index.ts';
import { isRole, type Role } from './model.ts';
import type { SessionTimes } from './session.ts';

export interface SessionRow extends SessionTimes {
  readonly id: string;
  readonly account: string;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

export interface HeldSession extends SessionRow {
  readonly organisation: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly demo: boolean;
}

interface Row {
  readonly id: string;
  readonly account: string;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

const timesOf = (row: Row): SessionRow => ({
  id: row.id,
  account: row.account,
  createdAt: row.created_at.getTime(),
  seenAt: row.seen_at.getTime(),
  expiresAt: row.expires_at.getTime(),
  endedAt: row.ended_at?.getTime() ?? null,
});

/** The session with this secret's hash, with its account as it stands now; undefined when the account was removed. */
export async function findSession(db: Queryable, agreement: string, sha256: string): Promise<HeldSession | undefined> {
  const [row] = await db.rows<Row & { organisation: string; name: string; roles: readonly string[]; demo: boolean }>(
    `select s.id, s.account_id as account, s.created_at, s.seen_at, s.expires_at, s.ended_at,
            a.organisation_id as organisation, a.name, a.roles, a.demo
       from session s join account a on a.agreement_id = s.agreement_id and a.id = s.account_id
      where s.agreement_id = $1 and s.secret_sha256 = $2 and a.removed_at is null`,
    [agreement, sha256],
  );
  if (!row) return undefined;
  const { organisation, name, demo } = row;
  return { ...timesOf(row), organisation, name, demo, roles: row.roles.filter(isRole) };
}

export async function insertSession(
  tx: Tx,
  agreement: string,
  session: { id: string; sha256: string; account: string; at: Date; expiresAt: Date },
): Promise<void> {
  await tx.run(
    `insert into session (agreement_id, id, secret_sha256, account_id, created_at, seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $5, $6)`,
    [agreement, session.id, session.sha256, session.account, session.at, session.expiresAt],
  );
}

export async function touchSession(db: Queryable, agreement: string, id: string, at: Date): Promise<void> {
  await db.run('update session set seen_at = $3 where agreement_id = $1 and id = $2 and ended_at is null', [
    agreement,
    id,
    at,
  ]);
}

/** Ends one session of an account, or all of them; how many. */
export function endSessions(tx: Tx, agreement: string, account: string, id: string | null, at: Date): Promise<number> {
  return tx.run(
    `update session set ended_at = $4
      where agreement_id = $1 and account_id = $2 and ($3::text is null or id = $3) and ended_at is null`,
    [agreement, account, id, at],
  );
}

export async function listSessions(db: Queryable, agreement: string, account: string): Promise<SessionRow[]> {
  const rows = await db.rows<Row>(
    `select id, account_id as account, created_at, seen_at, expires_at, ended_at
       from session where agreement_id = $1 and account_id = $2 and ended_at is null order by created_at desc limit 200`,
    [agreement, account],
  );
  return rows.map(timesOf);
}

/** The SQL of accounts, passkeys, invitations and recoveries. */
import type { Queryable, Tx } from '../db/index.ts';
import { isRole } from './model.ts';
import type { NewPasskey } from './passkey.ts';
import { jwkShape, type PasskeyJwk } from './passkey-proof.ts';
import type { Account, Invitation } from './people.ts';

interface AccountRow {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly demo: boolean;
  readonly created_at: Date;
  readonly removed_at: Date | null;
}

const ACCOUNT = 'id, organisation_id as organisation, name, roles, demo, created_at, removed_at';
const accountOf = ({ created_at, removed_at, roles, ...row }: AccountRow): Account => ({
  ...row,
  roles: roles.filter(isRole),
  createdAt: created_at.getTime(),
  removedAt: removed_at?.getTime() ?? null,
});

/** An account; with `lock`, held until the transaction ends. */
export async function findAccount(
  db: Queryable,
  agreement: string,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<Account | undefined> {
  const [row] = await db.rows<AccountRow>(
    `select ${ACCOUNT} from account where agreement_id = $1 and id = $2 ${lock === 'lock' ? 'for update' : ''}`,
    [agreement, id],
  );
  return row && accountOf(row);
}

export async function listAccounts(db: Queryable, agreement: string, organisation: string | null): Promise<Account[]> {
  const rows = await db.rows<AccountRow>(
    `select ${ACCOUNT} from account
      where agreement_id = $1 and ($2::text is null or organisation_id = $2) order by created_at, id limit 2000`,
    [agreement, organisation],
  );
  return rows.map(accountOf);
}

/** Holds every account of an organisation until the transaction ends, so that two changes cannot pass each other. */
export async function lockOrganisation(tx: Tx, organisation: string): Promise<void> {
  await tx.rows('select id from organisation where id = $1 for update', [organisation]);
}

export async function insertAccount(
  tx: Tx,
  agreement: string,
  account: Pick<Account, 'id' | 'organisation' | 'name' | 'roles' | 'demo'>,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into account (agreement_id, id, organisation_id, name, roles, demo, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [agreement, account.id, account.organisation, account.name, account.roles, account.demo, at],
  );
}

export async function setAccount(
  tx: Tx,
  agreement: string,
  id: string,
  { roles, removedAt }: { readonly roles: readonly string[]; readonly removedAt: Date | null },
): Promise<void> {
  await tx.run('update account set roles = $3, removed_at = $4 where agreement_id = $1 and id = $2', [
    agreement,
    id,
    roles,
    removedAt,
  ]);
}

export interface Passkey {
  readonly id: string;
  readonly account: string;
  readonly publicKey: Uint8Array;
  readonly jwk: PasskeyJwk;
  readonly counter: number;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
}

interface PasskeyRow extends Omit<Passkey, 'jwk'> {
  readonly jwk: string;
}

const PASSKEY = `id, account_id as account, public_key as "publicKey", jwk, counter, created_at as "createdAt", used_at as "usedAt"`;
const passkeyOf = (row: PasskeyRow): Passkey => ({ ...row, jwk: jwkShape.parse(JSON.parse(row.jwk)) });

export async function findPasskey(db: Queryable, agreement: string, id: string): Promise<Passkey | undefined> {
  const [row] = await db.rows<PasskeyRow>(
    `select ${PASSKEY} from passkey where agreement_id = $1 and id = $2 and removed_at is null`,
    [agreement, id],
  );
  return row && passkeyOf(row);
}

export async function listPasskeys(db: Queryable, agreement: string, account: string): Promise<Passkey[]> {
  const rows = await db.rows<PasskeyRow>(
    `select ${PASSKEY} from passkey where agreement_id = $1 and account_id = $2 and removed_at is null order by created_at, id`,
    [agreement, account],
  );
  return rows.map(passkeyOf);
}

export async function insertPasskey(
  tx: Tx,
  agreement: string,
  account: string,
  passkey: NewPasskey,
  at: Date,
): Promise<boolean> {
  const kept = await tx.run(
    `insert into passkey (agreement_id, id, account_id, public_key, jwk, counter, transports, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (agreement_id, id) do nothing`,
    [
      agreement,
      passkey.id,
      account,
      passkey.publicKey,
      JSON.stringify(passkey.jwk),
      passkey.counter,
      passkey.transports,
      at,
    ],
  );
  return kept === 1;
}

/** Counts a use; false when the passkey is gone, or its counter was seen before (a copy of it is about). */
export async function countUse(tx: Tx, agreement: string, id: string, counter: number, at: Date): Promise<boolean> {
  const used = await tx.run(
    `update passkey set counter = $3, used_at = $4
      where agreement_id = $1 and id = $2 and removed_at is null and (counter < $3 or ($3 = 0 and counter = 0))`,
    [agreement, id, counter, at],
  );
  return used === 1;
}

/** Removes one passkey of an account, or all; how many. */
export function removePasskeys(
  tx: Tx,
  agreement: string,
  account: string,
  id: string | null,
  at: Date,
): Promise<number> {
  return tx.run(
    `update passkey set removed_at = $4
      where agreement_id = $1 and account_id = $2 and ($3::text is null or id = $3) and removed_at is null`,
    [agreement, account, id, at],
  );
}

interface InvitationRow {
  readonly id: string;
  readonly organisation: string | null;
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly account: string | null;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly withdrawn_at: Date | null;
}

const INVITATION =
  'id, organisation_id as organisation, name, roles, account_id as account, made_at, expires_at, used_at, withdrawn_at';
const invitationOf = ({ made_at, expires_at, used_at, withdrawn_at, roles, ...row }: InvitationRow): Invitation => ({
  ...row,
  roles: roles.filter(isRole),
  madeAt: made_at.getTime(),
  expiresAt: expires_at.getTime(),
  usedAt: used_at?.getTime() ?? null,
  withdrawnAt: withdrawn_at?.getTime() ?? null,
});

export async function insertInvitation(
  tx: Tx,
  agreement: string,
  invitation: Pick<Invitation, 'id' | 'organisation' | 'name' | 'roles' | 'account'> & {
    readonly sha256: string;
    readonly madeBy: string;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await tx.run(
    `insert into invitation (agreement_id, id, secret_sha256, organisation_id, name, roles, account_id, made_by, made_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      agreement,
      invitation.id,
      invitation.sha256,
      invitation.organisation,
      invitation.name,
      invitation.roles,
      invitation.account,
      invitation.madeBy,
      invitation.at,
      invitation.expiresAt,
    ],
  );
}

export async function findInvitation(
  db: Queryable,
  agreement: string,
  sha256: string,
): Promise<Invitation | undefined> {
  const [row] = await db.rows<InvitationRow>(
    `select ${INVITATION} from invitation where agreement_id = $1 and secret_sha256 = $2`,
    [agreement, sha256],
  );
  return row && invitationOf(row);
}

/** Of an organisation; the first administrator's for null. */
export async function listInvitations(
  db: Queryable,
  agreement: string,
  organisation: string | null,
): Promise<Invitation[]> {
  const rows = await db.rows<InvitationRow>(
    `select ${INVITATION} from invitation
      where agreement_id = $1 and organisation_id is not distinct from $2 and used_at is null and withdrawn_at is null
      order by made_at desc limit 500`,
    [agreement, organisation],
  );
  return rows.map(invitationOf);
}

/** Uses up an invitation; false when it is not open any more. */
export async function spendInvitation(tx: Tx, agreement: string, id: string, at: Date): Promise<boolean> {
  const used = await tx.run(
    `update invitation set used_at = $3
      where agreement_id = $1 and id = $2 and used_at is null and withdrawn_at is null and expires_at > $3`,
    [agreement, id, at],
  );
  return used === 1;
}

/** Withdraws an invitation of an organisation; false when there is none open. */
export async function withdrawInvitation(
  tx: Tx,
  agreement: string,
  id: string,
  organisation: string | null,
  at: Date,
): Promise<boolean> {
  const gone = await tx.run(
    `update invitation set withdrawn_at = $4
      where agreement_id = $1 and id = $2 and organisation_id is not distinct from $3 and used_at is null and withdrawn_at is null`,
    [agreement, id, organisation, at],
  );
  return gone === 1;
}

export interface Recovery {
  readonly id: string;
  readonly account: string;
  /** Account of the administrator who asked. */
  readonly askedBy: string;
  readonly askedAt: Date;
}

const RECOVERY = 'id, account_id as account, asked_by as "askedBy", asked_at as "askedAt"';

export function listRecoveries(db: Queryable, agreement: string): Promise<Recovery[]> {
  return db.rows(
    `select ${RECOVERY} from recovery where agreement_id = $1 and state = 'open' order by asked_at limit 500`,
    [agreement],
  );
}

export async function insertRecovery(tx: Tx, agreement: string, recovery: Recovery): Promise<void> {
  await tx.run('insert into recovery (agreement_id, id, account_id, asked_by, asked_at) values ($1, $2, $3, $4, $5)', [
    agreement,
    recovery.id,
    recovery.account,
    recovery.askedBy,
    recovery.askedAt,
  ]);
}

export async function settleRecovery(
  tx: Tx,
  agreement: string,
  id: string,
  state: 'done' | 'withdrawn',
  at: Date,
): Promise<boolean> {
  const settled = await tx.run(
    `update recovery set state = $3, settled_at = $4 where agreement_id = $1 and id = $2 and state = 'open'`,
    [agreement, id, state, at],
  );
  return settled === 1;
}

/** The account that a subject's hash stands for. */
export async function findSubject(db: Queryable, agreement: string, sha256: string): Promise<string | undefined> {
  const [row] = await db.rows<{ account: string }>(
    'select account_id as account from oidc_subject where agreement_id = $1 and sha256 = $2',
    [agreement, sha256],
  );
  return row?.account;
}

export async function insertSubject(
  tx: Tx,
  agreement: string,
  sha256: string,
  account: string,
  at: Date,
): Promise<void> {
  await tx.run('insert into oidc_subject (agreement_id, sha256, account_id, linked_at) values ($1, $2, $3, $4)', [
    agreement,
    sha256,
    account,
    at,
  ]);
}

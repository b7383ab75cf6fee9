/** The SQL of access. */
import type { Queryable, Tx } from '../db/index.ts';

export async function keepOrganisation(tx: Tx, id: string, name: string, at: Date): Promise<void> {
  await tx.run('insert into organisation (id, name, created_at) values ($1, $2, $3) on conflict (id) do nothing', [
    id,
    name,
    at,
  ]);
}

export async function insertToken(
  tx: Tx,
  token: { id: string; organisation: string; role: string; secretSha256: string; at: Date },
): Promise<void> {
  await tx.run('insert into token (id, organisation_id, role, secret_sha256, created_at) values ($1, $2, $3, $4, $5)', [
    token.id,
    token.organisation,
    token.role,
    token.secretSha256,
    token.at,
  ]);
}

/** The live token with this secret's hash. */
export async function findToken(
  db: Queryable,
  secretSha256: string,
): Promise<{ id: string; organisation: string; role: string } | undefined> {
  const rows = await db.rows<{ id: string; organisation: string; role: string }>(
    'select id, organisation_id as organisation, role from token where secret_sha256 = $1 and revoked_at is null',
    [secretSha256],
  );
  return rows[0];
}

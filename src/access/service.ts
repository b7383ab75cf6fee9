/** The verbs of access: make a token, and say who holds one. The secret is shown once and kept as a hash. */
import { createHash } from 'node:crypto';
import { type Actor, newId, Problem, toHex } from '../core/index.ts';
import type { Ctx, Queryable } from '../db/index.ts';
import { append } from '../record/index.ts';
import { type Action, isRole, may, ROLES, type Role } from './model.ts';
import { BAD_ORGANISATION, FORBIDDEN, UNAUTHORISED, UNKNOWN_ROLE } from './problems.ts';
import { findToken, insertToken, keepOrganisation } from './store.ts';

const PREFIX = 'hudna_';
const SECRET_BYTES = 32;
const ORGANISATION = /^[\p{L}\p{N}][\p{L}\p{N} ._'’-]{0,99}$/u;

/** Throws BAD_ORGANISATION for what no organisation may be called. */
export function checkOrganisation(organisation: string): void {
  if (!ORGANISATION.test(organisation))
    throw new Problem(
      BAD_ORGANISATION,
      'an organisation has a name of 1 to 100 letters, digits, spaces and . _ - marks',
    );
}

/** Makes a token for a role of an organisation. The answer holds the only copy of the secret. */
export async function createToken(
  ctx: Ctx,
  organisation: string,
  role: string,
): Promise<{ id: string; token: string; organisation: string; role: Role }> {
  if (!isRole(role))
    throw new Problem(UNKNOWN_ROLE, `there is no role ${role}; roles: ${ROLES.join(', ')}`, { params: { role } });
  checkOrganisation(organisation);
  const token = PREFIX + toHex(ctx.random.bytes(SECRET_BYTES));
  const id = newId(ctx);
  await ctx.db.inTransaction(async (tx) => {
    const at = new Date(ctx.clock.now());
    await keepOrganisation(tx, organisation, organisation, at);
    await insertToken(tx, { id, organisation, role, secretSha256: hashOf(token), at });
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'token.created',
      object: `token:${id}`,
      visibility: 'sealed',
      content: { token: id, organisation, role },
    });
  });
  return { id, token, organisation, role };
}

/** Who stands behind an Authorization header; undefined for none. Throws UNAUTHORISED for a header that is no live token. */
export async function actorOf(db: Queryable, authorization: string | undefined): Promise<Actor | undefined> {
  if (authorization === undefined) return undefined;
  const match = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization);
  const found = match?.[1] ? await findToken(db, hashOf(match[1])) : undefined;
  if (!found) throw new Problem(UNAUTHORISED, 'the token is not valid');
  return { kind: 'token', id: found.id, organisation: found.organisation, role: found.role };
}

/** Throws unless the actor may do the action. */
export function requireAction(actor: Actor | undefined, action: Action): Actor {
  if (!actor) throw new Problem(UNAUTHORISED, 'this needs a token: Authorization: Bearer …');
  if (!may(isRole(actor.role) ? actor.role : null, action))
    throw new Problem(FORBIDDEN, `the role ${actor.role ?? 'none'} may not do this`);
  return actor;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

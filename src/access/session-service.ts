/** The verbs of sessions: open, resume, end. An account's roles are read at each request: a change holds at once. */
import { newId, Problem, toHex } from '../core/index.ts';
import type { Ctx, Tx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { SESSION_NOT_FOUND } from './problems.ts';
import { hashOf, isAlive, LIFE_MS, TOUCH_MS } from './session.ts';
import {
  endSessions,
  findSession,
  type HeldSession,
  insertSession,
  listSessions,
  touchSession,
} from './session-store.ts';

const SECRET_BYTES = 32;

/** Makes a session inside the verb that lets somebody in; the secret goes into the cookie and is kept nowhere. */
export async function openSession(tx: Tx, ctx: Ctx, account: string): Promise<{ id: string; secret: string }> {
  const secret = toHex(ctx.random.bytes(SECRET_BYTES));
  const now = ctx.clock.now();
  const id = newId(ctx);
  await insertSession(tx, ctx.agreement, {
    id,
    sha256: hashOf(secret),
    account,
    at: new Date(now),
    expiresAt: new Date(now + LIFE_MS),
  });
  return { id, secret };
}

/** The live session of a cookie's secret; null for none. Writes when it was last seen, at most twice a minute. */
export async function resumeSession(ctx: Ctx, secret: string, demo: boolean): Promise<HeldSession | null> {
  const found = await findSession(ctx.db, ctx.agreement, hashOf(secret));
  const now = ctx.clock.now();
  if (!found || !isAlive(found, now) || (found.demo && !demo)) return null;
  if (now - found.seenAt >= TOUCH_MS) await touchSession(ctx.db, ctx.agreement, found.id, new Date(now));
  return found;
}

/** Ends a session of the actor's own account. Throws SESSION_NOT_FOUND for one that is not. */
export async function endSession(ctx: Ctx, account: string, id: string): Promise<void> {
  await ctx.db.inTransaction(async (tx) => {
    if ((await endSessions(tx, ctx.agreement, account, id, new Date(ctx.clock.now()))) === 0)
      throw new Problem(SESSION_NOT_FOUND, 'there is no such session of yours');
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'session.ended',
      object: `person:${account}`,
      visibility: 'sealed',
      content: { session: id },
    });
  });
}

/** The sessions of an account that are alive now, the newest first. */
export async function sessionsOf(ctx: Ctx, account: string) {
  const now = ctx.clock.now();
  return (await listSessions(ctx.db, ctx.agreement, account)).filter((one) => isAlive(one, now));
}

/**
 * The verbs of administrators: invite, change roles, remove, restore, and give a lost passkey back (two administrators).
 * An administrator acts on its own organisation only, so that nobody can speak for two; a new organisation's first one is
 * invited by the operator's command, in an open entry that everyone can see.
 */
import { type Actor, newId, Problem, toHex } from '../core/index.ts';
import type { Ctx, Tx } from '../db/index.ts';
import { append, authorOf, type Json } from '../record/index.ts';
import type { Role } from './model.ts';
import { type Account, INVITATION_MS, type Invitation, isName, personRoles, recoveryRefusal } from './people.ts';
import {
  findAccount,
  insertInvitation,
  insertRecovery,
  listAccounts,
  listInvitations,
  listRecoveries,
  lockOrganisation,
  setAccount,
  settleRecovery,
  withdrawInvitation,
} from './people-store.ts';
import * as problems from './problems.ts';
import { checkOrganisation } from './service.ts';
import { hashOf } from './session.ts';
import { endSessions } from './session-store.ts';
import { keepOrganisation } from './store.ts';

const SECRET_BYTES = 32;

export interface MadeInvitation {
  readonly id: string;
  /** The only copy; it goes into the fragment of a link, which browsers send to nobody. */
  readonly secret: string;
  readonly expiresAt: number;
}

/** Invites a person under a public name (an office or a pseudonym) into an organisation. The link works once. */
export function invite(
  ctx: Ctx,
  wanted: { readonly organisation: string; readonly name: string; readonly roles: readonly string[] },
): Promise<MadeInvitation> {
  const roles = checkedRoles(wanted.roles);
  const { organisation } = wanted;
  checkName(wanted.name);
  checkOrganisation(organisation);
  return ctx.db.inTransaction(async (tx) => {
    await keepOrganisation(tx, organisation, organisation, new Date(ctx.clock.now()));
    const made = await makeInvitation(tx, ctx, { organisation, name: wanted.name, roles, account: null });
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'invitation.made',
      object: `invitation:${made.id}`,
      // Who may make others speak for an organisation is everybody's business.
      visibility: roles.includes('administrator') ? 'open' : 'sealed',
      content: { invitation: made.id, organisation, roles },
    });
    return made;
  });
}

/**
 * The first administrator's link, while there is nobody at all: earlier ones are withdrawn. Whoever opens it names the
 * organisation. Null when somebody is there already.
 */
export async function inviteFirst(ctx: Ctx): Promise<MadeInvitation | null> {
  if ((await listAccounts(ctx.db, ctx.agreement, null)).some(({ demo }) => !demo)) return null;
  return ctx.db.inTransaction(async (tx) => {
    const at = new Date(ctx.clock.now());
    for (const { id } of await listInvitations(tx, ctx.agreement, null))
      await withdrawInvitation(tx, ctx.agreement, id, null, at);
    const roles: Role[] = ['administrator'];
    const made = await makeInvitation(tx, ctx, { organisation: null, name: null, roles, account: null });
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'invitation.made',
      object: `invitation:${made.id}`,
      visibility: 'open',
      content: { invitation: made.id, organisation: null, roles },
    });
    return made;
  });
}

async function makeInvitation(
  tx: Tx,
  ctx: Ctx,
  about: Pick<Invitation, 'organisation' | 'name' | 'roles' | 'account'>,
): Promise<MadeInvitation> {
  const secret = toHex(ctx.random.bytes(SECRET_BYTES));
  const id = newId(ctx);
  const now = ctx.clock.now();
  const expiresAt = now + INVITATION_MS;
  await insertInvitation(tx, ctx.agreement, {
    ...about,
    id,
    sha256: hashOf(secret),
    madeBy: authorOf(ctx.actor),
    at: new Date(now),
    expiresAt: new Date(expiresAt),
  });
  return { id, secret, expiresAt };
}

/** Withdraws an invitation of the administrator's organisation that nobody has used. */
export async function withdraw(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.inTransaction(async (tx) => {
    if (!(await withdrawInvitation(tx, ctx.agreement, id, organisationOf(ctx.actor), new Date(ctx.clock.now()))))
      throw new Problem(problems.BAD_INVITATION, 'there is no such open invitation of your organisation');
    await entry(tx, ctx, 'invitation.withdrawn', `invitation:${id}`, { invitation: id });
  });
}

/** Gives an account of the administrator's organisation other roles; they hold from its next request on. */
export const changeRoles = (ctx: Ctx, id: string, wanted: readonly string[]): Promise<Account> =>
  changeAccount(ctx, id, 'account.changed', (account) => ({ ...account, roles: checkedRoles(wanted) }));

/** Removes an account and ends its sessions; it can be restored. */
export const removeAccount = (ctx: Ctx, id: string): Promise<Account> =>
  changeAccount(ctx, id, 'account.removed', (account) => ({
    ...account,
    removedAt: account.removedAt ?? ctx.clock.now(),
  }));

/** Undoes a removal: the account is as it was, its passkeys open it again. */
export const restoreAccount = (ctx: Ctx, id: string): Promise<Account> =>
  changeAccount(ctx, id, 'account.restored', (account) => ({ ...account, removedAt: null }));

function changeAccount(ctx: Ctx, id: string, kind: string, change: (account: Account) => Account): Promise<Account> {
  return ctx.db.inTransaction(async (tx) => {
    const organisation = organisationOf(ctx.actor);
    await lockOrganisation(tx, organisation);
    const account = await findAccount(tx, ctx.agreement, id, 'lock');
    if (!account || account.organisation !== organisation)
      throw new Problem(problems.PERSON_NOT_FOUND, 'there is no such person in your organisation');
    const next = change(account);
    const others = (await listAccounts(tx, ctx.agreement, organisation)).filter((one) => one.id !== id);
    if (![...others, next].some(administers))
      throw new Problem(problems.LAST_ADMINISTRATOR, 'an organisation keeps at least one administrator');
    const removedAt = next.removedAt === null ? null : new Date(next.removedAt);
    await setAccount(tx, ctx.agreement, id, { roles: next.roles, removedAt });
    if (removedAt) await endSessions(tx, ctx.agreement, id, null, removedAt);
    await entry(tx, ctx, kind, `person:${id}`, { person: id, organisation, roles: next.roles });
    return next;
  });
}

const administers = ({ roles, removedAt }: Account) => removedAt === null && roles.includes('administrator');

export type RecoveryAnswer =
  | { readonly state: 'open' }
  | { readonly state: 'done'; readonly invitation: MadeInvitation };

/**
 * Asks for a new passkey for an account, or as the second administrator agrees and gets the one-time link for it. Its old
 * passkeys end when the link is used.
 */
export function recover(ctx: Ctx, id: string): Promise<RecoveryAnswer> {
  return ctx.db.inTransaction(async (tx) => {
    const account = await findAccount(tx, ctx.agreement, id, 'lock');
    if (!account || account.removedAt !== null || account.demo)
      throw new Problem(problems.PERSON_NOT_FOUND, 'there is no such person');
    const next = { person: ctx.actor.id, organisation: organisationOf(ctx.actor) };
    const open = (await listRecoveries(tx, ctx.agreement)).find((one) => one.account === id);
    const asker = open && (await findAccount(tx, ctx.agreement, open.askedBy));
    // Who has ceased to administer cannot have asked.
    const first = asker && administers(asker) ? { person: asker.id, organisation: asker.organisation } : null;
    const own = (await listAccounts(tx, ctx.agreement, account.organisation)).some(
      (one) => one.id !== id && administers(one),
    );
    const refusal = recoveryRefusal({ person: id, organisation: account.organisation }, own, first, next);
    if (refusal === 'foreign')
      throw new Problem(problems.PERSON_NOT_FOUND, 'there is no such person in your organisation');
    if (refusal !== null)
      throw new Problem(problems.RECOVERY_REFUSED, 'two administrators must agree, neither of them the person itself');
    const at = new Date(ctx.clock.now());
    if (open && first) {
      await settleRecovery(tx, ctx.agreement, open.id, 'done', at);
      const { organisation, name, roles } = account;
      const invitation = await makeInvitation(tx, ctx, { organisation, name, roles, account: id });
      await entry(
        tx,
        ctx,
        'recovery.agreed',
        `person:${id}`,
        { recovery: open.id, person: id, asked: first.person },
        'open',
      );
      return { state: 'done', invitation };
    }
    if (open) await settleRecovery(tx, ctx.agreement, open.id, 'withdrawn', at);
    const recovery = { id: newId(ctx), account: id, askedBy: ctx.actor.id, askedAt: at };
    await insertRecovery(tx, ctx.agreement, recovery);
    await entry(tx, ctx, 'recovery.asked', `person:${id}`, { recovery: recovery.id, person: id }, 'open');
    return { state: 'open' };
  });
}

/** Withdraws what was asked for an account of one's own organisation, or by oneself. */
export async function withdrawRecovery(ctx: Ctx, account: string): Promise<void> {
  await ctx.db.inTransaction(async (tx) => {
    const about = await findAccount(tx, ctx.agreement, account, 'lock');
    const open = (await listRecoveries(tx, ctx.agreement)).find((one) => one.account === account);
    if (!open || !about || (open.askedBy !== ctx.actor.id && about.organisation !== ctx.actor.organisation))
      throw new Problem(problems.PERSON_NOT_FOUND, 'nothing is asked for such a person');
    await settleRecovery(tx, ctx.agreement, open.id, 'withdrawn', new Date(ctx.clock.now()));
    await entry(tx, ctx, 'recovery.withdrawn', `person:${account}`, { recovery: open.id, person: account }, 'open');
  });
}

/** What an administrator sees: its organisation's people and open links, and the recoveries where it could be a voice. */
export async function peopleOf(ctx: Ctx) {
  const organisation = organisationOf(ctx.actor);
  const accounts = (await listAccounts(ctx.db, ctx.agreement, organisation)).filter(({ demo }) => !demo);
  const now = ctx.clock.now();
  const invitations = (await listInvitations(ctx.db, ctx.agreement, organisation)).filter((one) => one.expiresAt > now);
  const recoveries = [];
  for (const { account: id, askedBy, askedAt } of await listRecoveries(ctx.db, ctx.agreement)) {
    const account = await findAccount(ctx.db, ctx.agreement, id);
    if (!account) continue;
    const mine = askedBy === ctx.actor.id;
    recoveries.push({ account: id, name: account.name, organisation: account.organisation, mine, askedAt });
  }
  return { organisation, accounts, invitations, recoveries };
}

/** The administrator's own organisation. */
function organisationOf(actor: Actor): string {
  if (actor.kind !== 'person' || actor.organisation === null)
    throw new Problem(problems.FORBIDDEN, 'only a person who has signed in may do this');
  return actor.organisation;
}

function checkedRoles(wanted: readonly string[]): readonly Role[] {
  const roles = personRoles(wanted);
  if (!roles) throw new Problem(problems.BAD_ROLES, 'a person has one or more of the roles, and is never the operator');
  return roles;
}

export function checkName(name: string): void {
  if (!isName(name))
    throw new Problem(
      problems.BAD_NAME,
      'a public name is an office or a pseudonym of 1 to 80 letters, digits, spaces and . , - marks',
    );
}

async function entry(
  tx: Tx,
  ctx: Ctx,
  kind: string,
  object: string,
  content: Json,
  visibility: 'open' | 'sealed' = 'sealed',
): Promise<void> {
  await append(tx, ctx, { agreement: ctx.agreement, kind, object, visibility, content });
}

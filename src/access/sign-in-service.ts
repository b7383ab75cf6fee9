/**
 * The verbs by which a person comes in: open an account by a one-time link, sign in with a passkey, add and remove
 * passkeys. Each begins with a challenge (nothing is stored) and ends in one transaction with one entry.
 */
import { MACHINE, newId, Problem, type World } from '../core/index.ts';
import type { Ctx, Tx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { canonicalJson } from '../record/verify/index.ts';
import { Ceremonies } from './ceremonies.ts';
import {
  judgeRegistration,
  judgeSignIn,
  type NewPasskey,
  registrationOptions,
  type Site,
  signInOptions,
} from './passkey.ts';
import { isProofOf, thumbprintOf } from './passkey-proof.ts';
import { type Invitation, isOpen } from './people.ts';
import { checkName } from './people-service.ts';
import {
  countUse,
  findAccount,
  findInvitation,
  findPasskey,
  insertAccount,
  insertPasskey,
  listPasskeys,
  removePasskeys,
  spendInvitation,
} from './people-store.ts';
import {
  BAD_INVITATION,
  BAD_PASSKEY,
  LAST_PASSKEY,
  PASSKEY_NEEDED,
  SESSION_NOT_FOUND,
  SIGN_IN_FAILED,
} from './problems.ts';
import { checkOrganisation } from './service.ts';
import { hashOf } from './session.ts';
import { openSession } from './session-service.ts';
import { endSessions } from './session-store.ts';
import { keepOrganisation } from './store.ts';

type Registration = Parameters<typeof judgeRegistration>[2];
type Assertion = Parameters<typeof judgeSignIn>[3];

type About =
  | { readonly purpose: 'join'; readonly invitation: Invitation; readonly account: Joining }
  | { readonly purpose: 'add'; readonly account: string }
  | { readonly purpose: 'sign-in' };

interface Joining {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
}

export type SignInCeremonies = Ceremonies<About>;
export const signInCeremonies = (): SignInCeremonies => new Ceremonies<About>();

export interface SignInTools {
  readonly ceremonies: SignInCeremonies;
  site(): Site;
}

/** What an invitation says to who holds its secret. Throws BAD_INVITATION for any that is not open. */
export async function readInvitation(ctx: Ctx, secret: string): Promise<Invitation> {
  const found = await findInvitation(ctx.db, ctx.agreement, hashOf(secret));
  if (!found || !isOpen(found, ctx.clock.now()))
    throw new Problem(BAD_INVITATION, 'the link was used, withdrawn, or is too old: ask for another');
  return found;
}

/** The challenge with which an invited person makes its first passkey. The very first also names organisation and office. */
export async function beginJoin(
  ctx: Ctx,
  { ceremonies, site }: SignInTools,
  given: { readonly secret: string; readonly organisation: string | null; readonly name: string | null },
) {
  const invitation = await readInvitation(ctx, given.secret);
  const organisation = invitation.organisation ?? given.organisation ?? '';
  const name = invitation.name ?? given.name ?? '';
  checkOrganisation(organisation);
  checkName(name);
  const account = { id: invitation.account ?? newId(ctx), organisation, name };
  const known = await listPasskeys(ctx.db, ctx.agreement, account.id);
  const { id, challenge } = ceremonies.begin(ctx, { purpose: 'join', invitation, account });
  return {
    ceremony: id,
    options: await registrationOptions(
      site(),
      challenge,
      account,
      known.map((one) => one.id),
    ),
  };
}

/** Opens the account (or gives it back) with the passkey just made, and a session. */
export async function finishJoin(ctx: Ctx, { ceremonies, site }: SignInTools, ceremony: string, answer: Registration) {
  const begun = ceremonies.take(ctx.clock, ceremony, 'join');
  if (!begun) throw new Problem(BAD_INVITATION, 'this took too long: open the link again');
  const passkey = await judgeRegistration(site(), begun.challenge, answer);
  const { invitation, account } = begun.about;
  const as = actAs(ctx, account.id, account.organisation);
  return ctx.db.inTransaction(async (tx) => {
    const at = new Date(ctx.clock.now());
    if (!(await spendInvitation(tx, ctx.agreement, invitation.id, at)))
      throw new Problem(BAD_INVITATION, 'the link was used already');
    if (invitation.account === null) {
      await keepOrganisation(tx, account.organisation, account.organisation, at);
      await insertAccount(tx, ctx.agreement, { ...account, roles: invitation.roles, demo: false }, at);
    } else {
      const recovered = await findAccount(tx, ctx.agreement, account.id, 'lock');
      if (!recovered || recovered.removedAt !== null)
        throw new Problem(BAD_INVITATION, 'the account of this link was removed');
      await removePasskeys(tx, ctx.agreement, account.id, null, at);
      await endSessions(tx, ctx.agreement, account.id, null, at);
    }
    await keepPasskey(tx, ctx, account.id, passkey, at);
    const session = await openSession(tx, ctx, account.id);
    await append(tx, as, {
      agreement: ctx.agreement,
      kind: invitation.account === null ? 'account.opened' : 'account.recovered',
      object: `person:${account.id}`,
      // Which keys speak for which organisation is everybody's business.
      visibility: 'open',
      content: {
        person: account.id,
        organisation: account.organisation,
        roles: invitation.roles,
        invitation: invitation.id,
        key: thumbprintOf(passkey.jwk),
        session: session.id,
      },
    });
    return session;
  });
}

/** The challenge of a sign-in; nobody is named. */
export async function beginSignIn(world: World, { ceremonies, site }: SignInTools) {
  const { id, challenge } = ceremonies.begin(world, { purpose: 'sign-in' });
  return { ceremony: id, options: await signInOptions(site(), challenge) };
}

/** Opens a session for who holds the passkey. Throws SIGN_IN_FAILED for every reason alike. */
export async function finishSignIn(ctx: Ctx, { ceremonies, site }: SignInTools, ceremony: string, answer: Assertion) {
  const begun = ceremonies.take(ctx.clock, ceremony, 'sign-in');
  const passkey = await findPasskey(ctx.db, ctx.agreement, answer.id);
  if (!begun || !passkey) throw new Problem(SIGN_IN_FAILED, 'the sign-in did not succeed');
  const counter = await judgeSignIn(site(), begun.challenge, passkey, answer);
  return ctx.db.inTransaction(async (tx) => {
    const account = await findAccount(tx, ctx.agreement, passkey.account, 'lock');
    const counted = await countUse(tx, ctx.agreement, passkey.id, counter, new Date(ctx.clock.now()));
    if (!account || account.removedAt !== null || account.demo || !counted)
      throw new Problem(SIGN_IN_FAILED, 'the sign-in did not succeed');
    const session = await openSession(tx, ctx, account.id);
    await append(tx, actAs(ctx, account.id, account.organisation), {
      agreement: ctx.agreement,
      kind: 'session.opened',
      object: `person:${account.id}`,
      visibility: 'sealed',
      content: { person: account.id, session: session.id, key: thumbprintOf(passkey.jwk) },
    });
    return session;
  });
}

/** The challenge of a further passkey for the actor's own account. */
export async function beginAdd(ctx: Ctx, { ceremonies, site }: SignInTools, account: string) {
  const found = await findAccount(ctx.db, ctx.agreement, account);
  if (!found) throw new Problem(SESSION_NOT_FOUND, 'there is no such account');
  const known = await listPasskeys(ctx.db, ctx.agreement, account);
  const { id, challenge } = ceremonies.begin(ctx, { purpose: 'add', account });
  return {
    ceremony: id,
    options: await registrationOptions(
      site(),
      challenge,
      found,
      known.map((one) => one.id),
    ),
  };
}

/** The exact text by which a passkey in use vouches for a new one of the same account. */
export const vouchingOf = (agreement: string, account: string, credential: string): string =>
  `hudna-passkey/1\n${canonicalJson({ agreement, account, credential })}\n`;

/** A passkey's signature as a browser hands it over; base64url. */
export interface Vouching {
  readonly credential: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
}

/**
 * Adds a passkey. One that the account has must sign for it, so that a session left open gives nobody a key; only an
 * account without any (it came in through its organisation's issuer) needs none.
 */
export async function finishAdd(
  ctx: Ctx,
  { ceremonies, site }: SignInTools,
  account: string,
  ceremony: string,
  answer: Registration,
  vouching: Vouching | null,
) {
  const begun = ceremonies.take(ctx.clock, ceremony, 'add');
  if (!begun || begun.about.account !== account) throw new Problem(BAD_PASSKEY, 'this took too long: begin again');
  const { origin, rpId } = site();
  const passkey = await judgeRegistration(site(), begun.challenge, answer);
  await ctx.db.inTransaction(async (tx) => {
    await findAccount(tx, ctx.agreement, account, 'lock');
    const mine = await listPasskeys(tx, ctx.agreement, account);
    const by = mine.find(({ id }) => id === vouching?.credential);
    const proof = by && vouching ? { jwk: by.jwk, rpId, ...signatureOf(vouching) } : null;
    if (mine.length > 0 && !(proof && isProofOf(proof, vouchingOf(ctx.agreement, account, passkey.id), origin)))
      throw new Problem(PASSKEY_NEEDED, 'a passkey that you have must sign for the new one');
    await keepPasskey(tx, ctx, account, passkey, new Date(ctx.clock.now()));
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'passkey.added',
      object: `person:${account}`,
      visibility: 'open',
      content: { person: account, key: thumbprintOf(passkey.jwk), credential: passkey.id, vouching: proof },
    });
  });
  return { id: passkey.id };
}

const signatureOf = ({ authenticatorData, clientDataJSON, signature }: Vouching) => ({
  authenticatorData,
  clientDataJSON,
  signature,
});

/** Removes a passkey of one's own; never the last. */
export async function removePasskey(ctx: Ctx, account: string, id: string): Promise<void> {
  await ctx.db.inTransaction(async (tx) => {
    await findAccount(tx, ctx.agreement, account, 'lock');
    const mine = await listPasskeys(tx, ctx.agreement, account);
    const gone = mine.find((one) => one.id === id);
    if (!gone) throw new Problem(BAD_PASSKEY, 'there is no such passkey of yours');
    if (mine.length === 1) throw new Problem(LAST_PASSKEY, 'add another passkey before you remove the last');
    await removePasskeys(tx, ctx.agreement, account, id, new Date(ctx.clock.now()));
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'passkey.removed',
      object: `person:${account}`,
      visibility: 'open',
      content: { person: account, key: thumbprintOf(gone.jwk) },
    });
  });
}

async function keepPasskey(tx: Tx, ctx: Ctx, account: string, passkey: NewPasskey, at: Date): Promise<void> {
  if (!(await insertPasskey(tx, ctx.agreement, account, passkey, at)))
    throw new Problem(BAD_PASSKEY, 'this passkey is in use already');
}

/** The context in which the person itself is the author, before it has a session. */
const actAs = (ctx: Ctx, id: string, organisation: string): Ctx =>
  ctx.actor === MACHINE ? { ...ctx, actor: { kind: 'person', id, organisation, role: null } } : ctx;

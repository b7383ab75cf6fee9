/**
 * The verbs of signing in through an issuer: an invited person opens its account, and comes in again. A subject that
 * nobody invited is nobody, and an issuer vouches for people of its own organisation only.
 */
import { createHash } from 'node:crypto';
import { newId, Problem, toHex } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { append } from '../record/index.ts';
import type { OidcClient, OidcJourney } from './oidc.ts';
import type { Invitation } from './people.ts';
import { findAccount, findSubject, insertAccount, insertSubject, spendInvitation } from './people-store.ts';
import { BAD_INVITATION, OIDC_FAILED } from './problems.ts';
import { openSession } from './session-service.ts';
import { readInvitation } from './sign-in-service.ts';

const LIFE_MS = 10 * 60_000;
const MOST = 10_000;

interface Journey {
  readonly client: OidcClient;
  readonly journey: OidcJourney;
  readonly invitation: Invitation | null;
  readonly until: number;
}

/** Journeys that are out: each ends once, in the browser that began it. In memory only. */
export class OidcJourneys {
  readonly #out = new Map<string, Journey>();

  /** Begins one; with the secret of an invitation, to open an account. Answers where to go, and the browser's cookie. */
  async begin(ctx: Ctx, client: OidcClient, redirectUri: string, secret: string | null) {
    const invitation = secret === null ? null : await readInvitation(ctx, secret);
    if (invitation && (invitation.organisation !== client.provider.organisation || invitation.account !== null))
      throw new Problem(BAD_INVITATION, 'this link is not for people of that organisation’s sign-in');
    const { url, journey } = await client.begin(redirectUri);
    const now = ctx.clock.now();
    for (const [id, { until }] of this.#out) {
      if (until > now && this.#out.size < MOST) break;
      this.#out.delete(id);
    }
    const id = toHex(ctx.random.bytes(32));
    this.#out.set(id, { client, journey, invitation, until: now + LIFE_MS });
    return { id, url };
  }

  /** Ends one: a session for whom the issuer names. Throws OIDC_FAILED. */
  async finish(ctx: Ctx, id: string, provider: string, currentUrl: string) {
    const found = this.#out.get(id);
    this.#out.delete(id);
    if (!found || found.until <= ctx.clock.now() || found.client.provider.id !== provider)
      throw new Problem(OIDC_FAILED, 'the organisation’s sign-in was not begun here, or too long ago');
    const who = await found.client.finish(currentUrl, found.journey);
    const sha256 = createHash('sha256').update(`${who.issuer}\n${who.subject}`).digest('hex');
    return letIn(ctx, found, sha256);
  }
}

function letIn(ctx: Ctx, { client, invitation }: Journey, sha256: string) {
  const { organisation, id: provider } = client.provider;
  const { agreement } = ctx;
  return ctx.db.inTransaction(async (tx) => {
    const at = new Date(ctx.clock.now());
    const known = await findSubject(tx, agreement, sha256);
    if (!known && !invitation) throw new Problem(OIDC_FAILED, 'nobody has invited this person');
    if (known && invitation) throw new Problem(OIDC_FAILED, 'this person has an account already');
    const account = known ?? newId(ctx);
    if (invitation) {
      if (!(await spendInvitation(tx, agreement, invitation.id, at)))
        throw new Problem(OIDC_FAILED, 'the link was used already');
      const { name, roles } = invitation;
      await insertAccount(tx, agreement, { id: account, organisation, name: name ?? '', roles, demo: false }, at);
      await insertSubject(tx, agreement, sha256, account, at);
    }
    const found = await findAccount(tx, agreement, account, 'lock');
    if (!found || found.removedAt !== null || found.demo || found.organisation !== organisation)
      throw new Problem(OIDC_FAILED, 'this person has no account here');
    const session = await openSession(tx, ctx, account);
    await append(
      tx,
      { ...ctx, actor: { kind: 'person', id: account, organisation, role: null } },
      {
        agreement,
        kind: invitation ? 'account.opened' : 'session.opened',
        object: `person:${account}`,
        visibility: invitation ? 'open' : 'sealed',
        content: {
          ...{ person: account, session: session.id, through: provider },
          ...(invitation ? { organisation, roles: invitation.roles, invitation: invitation.id, key: null } : {}),
        },
      },
    );
    return session;
  });
}

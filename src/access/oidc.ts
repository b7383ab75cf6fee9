/**
 * Sign-in through an organisation's own issuer (OpenID Connect): authorisation code with PKCE, and an ID token whose
 * signature, issuer, audience, nonce and time are checked. Off unless the operator configures it. Knows no database.
 */
import * as oidc from 'openid-client';
import { z } from 'zod';
import { Problem } from '../core/index.ts';
import { OIDC_FAILED, OIDC_UNREACHABLE } from './problems.ts';

/** One issuer of one organisation, as the operator's file has it (docs/people.md). */
export const oidcProvider = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    name: z.string().min(1).max(100),
    /** Its people can be only of this organisation. */
    organisation: z.string().min(1).max(100),
    issuer: z.url().max(300),
    clientId: z.string().min(1).max(300),
    /** Name of the environment variable that holds the secret; none for a public client. */
    clientSecretFrom: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{0,60}$/)
      .nullable()
      .default(null),
  })
  .refine(({ issuer }) => isSafe(issuer), 'an issuer is https, or on this machine for a trial');
export type OidcProvider = z.infer<typeof oidcProvider>;
export const oidcFile = z.strictObject({ providers: z.array(oidcProvider).max(50) });

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const isLocal = (url: string): boolean => LOCAL.has(new URL(url).hostname);
const isSafe = (url: string): boolean => URL.canParse(url) && (new URL(url).protocol === 'https:' || isLocal(url));

const SECONDS = 10;

/** What must be remembered between going out and coming back; never leaves the server. */
export interface OidcJourney {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export class OidcClient {
  readonly provider: OidcProvider;
  #found: Promise<oidc.Configuration> | undefined;

  constructor(provider: OidcProvider) {
    this.provider = provider;
  }

  /** The address to go to, and what to remember meanwhile. Throws OIDC_UNREACHABLE. */
  async begin(redirectUri: string): Promise<{ readonly url: string; readonly journey: OidcJourney }> {
    const config = await this.#configuration();
    const journey = {
      verifier: oidc.randomPKCECodeVerifier(),
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
    };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
      state: journey.state,
      nonce: journey.nonce,
    });
    return { url: url.href, journey };
  }

  /** Who came back, by the issuer's signed word. Throws OIDC_FAILED for every reason alike. */
  async finish(
    currentUrl: string,
    { verifier, state, nonce }: OidcJourney,
  ): Promise<{ issuer: string; subject: string }> {
    const config = await this.#configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(currentUrl), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('there is no ID token');
      return { issuer: claims.iss, subject: claims.sub };
    } catch (cause) {
      throw new Problem(OIDC_FAILED, 'the organisation’s sign-in did not succeed', { cause });
    }
  }

  /** The issuer's own description, fetched once; a failure is tried again next time. */
  #configuration(): Promise<oidc.Configuration> {
    this.#found ??= this.#discover().catch((cause: unknown) => {
      this.#found = undefined;
      throw new Problem(OIDC_UNREACHABLE, 'the organisation’s sign-in does not answer', { cause });
    });
    return this.#found;
  }

  #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecretFrom } = this.provider;
    const secret = clientSecretFrom === null ? undefined : process.env[clientSecretFrom];
    if (clientSecretFrom !== null && !secret) throw new Error(`${clientSecretFrom} is not set`);
    return oidc.discovery(
      new URL(issuer),
      clientId,
      // Only this algorithm: an issuer that offers none, or a symmetric one, is refused.
      { id_token_signed_response_alg: 'RS256', ...(secret ? { client_secret: secret } : {}) },
      secret ? oidc.ClientSecretBasic(secret) : oidc.None(),
      {
        timeout: SECONDS,
        execute: [oidc.enableNonRepudiationChecks, ...(isLocal(issuer) ? [oidc.allowInsecureRequests] : [])],
      },
    );
  }
}

/**
 * Passkeys (WebAuthn): what is asked of a browser and how its answer is judged. The library judges registrations and
 * sign-ins; user verification is always required, so that a passkey is two factors.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { Problem } from '../core/index.ts';
import type { PasskeyJwk } from './passkey-proof.ts';
import { BAD_PASSKEY, SIGN_IN_FAILED } from './problems.ts';

/** The site that passkeys are bound to. */
export interface Site {
  readonly origin: string;
  /** Host of the origin. */
  readonly rpId: string;
}

export const siteOf = (origin: string): Site => ({ origin, rpId: new URL(origin).hostname });

export interface NewPasskey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly jwk: PasskeyJwk;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** Ed25519, P-256, RSA: what authenticators in use make. */
const ALGORITHMS = [-8, -7, -257];
const TIMEOUT_MS = 120_000;

const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[A-Za-z0-9_-]*$/);
const shared = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
};
const extensions = z.object({}).transform(() => ({}));

export const registrationShape = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url(8_000),
    attestationObject: base64url(20_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  clientExtensionResults: extensions,
});
export const assertionShape = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url(8_000),
    authenticatorData: base64url(8_000),
    signature: base64url(4_000),
    userHandle: base64url(200).optional(),
  }),
  clientExtensionResults: extensions,
});

/** A passkey's signature over a text, as a browser hands it over. */
export const vouchingShape = z.object({
  credential: base64url(1_400),
  authenticatorData: base64url(8_000),
  clientDataJSON: base64url(8_000),
  signature: base64url(4_000),
});

/** What a browser needs to make a passkey for an account. */
export function registrationOptions(
  site: Site,
  challenge: Uint8Array,
  account: { readonly id: string; readonly name: string },
  known: readonly string[],
) {
  return generateRegistrationOptions({
    rpName: 'Hudna',
    rpID: site.rpId,
    challenge: Uint8Array.from(challenge),
    userID: new TextEncoder().encode(account.id),
    userName: account.name,
    userDisplayName: account.name,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What a browser needs to sign in: no account is named, so none can be found out. */
export const signInOptions = (site: Site, challenge: Uint8Array) =>
  generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: Uint8Array.from(challenge),
    timeout: TIMEOUT_MS,
    userVerification: 'required',
  });

/** The passkey that a browser made. Throws BAD_PASSKEY for an answer that does not hold. */
export async function judgeRegistration(
  site: Site,
  challenge: string,
  response: z.infer<typeof registrationShape>,
): Promise<NewPasskey> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) throw new Error('not verified');
    const { credential } = registrationInfo;
    return {
      id: credential.id,
      publicKey: credential.publicKey,
      jwk: jwkOf(credential.publicKey),
      counter: credential.counter,
      transports: response.response.transports ?? [],
    };
  } catch (cause) {
    throw new Problem(BAD_PASSKEY, 'the passkey that the browser sent does not hold', { cause });
  }
}

/** The new counter of a passkey that signed in. Throws SIGN_IN_FAILED, which never says why. */
export async function judgeSignIn(
  site: Site,
  challenge: string,
  passkey: { readonly id: string; readonly publicKey: Uint8Array; readonly counter: number },
  response: z.infer<typeof assertionShape>,
): Promise<number> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: { id: passkey.id, publicKey: Uint8Array.from(passkey.publicKey), counter: passkey.counter },
      requireUserVerification: true,
    });
    if (!verified) throw new Error('not verified');
    return authenticationInfo.newCounter;
  } catch (cause) {
    throw new Problem(SIGN_IN_FAILED, 'the sign-in did not succeed', { cause });
  }
}

const [KTY, CRV_OR_N, X_OR_E, Y] = [1, -1, -2, -3];
const [OKP, EC2, RSA] = [1, 2, 3];

/** A COSE key as JWK: the form in which anyone checks a signature. */
function jwkOf(cose: Uint8Array): PasskeyJwk {
  const key = decodeCredentialPublicKey(Uint8Array.from(cose)) as unknown as ReadonlyMap<number, number | Uint8Array>;
  const bytes = (label: number) => Buffer.from(key.get(label) as Uint8Array).toString('base64url');
  switch (key.get(KTY)) {
    case OKP:
      return { kty: 'OKP', crv: 'Ed25519', x: bytes(X_OR_E) };
    case EC2:
      return { kty: 'EC', crv: 'P-256', x: bytes(X_OR_E), y: bytes(Y) };
    case RSA:
      return { kty: 'RSA', n: bytes(CRV_OR_N), e: bytes(X_OR_E) };
    default:
      throw new Error('a key of a type that was not asked for');
  }
}

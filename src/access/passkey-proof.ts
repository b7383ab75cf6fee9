/**
 * A text signed with a passkey: the WebAuthn challenge is the SHA-256 of the text, and everything to check it is in the
 * proof itself, without a server (spec/approval.md). Pure.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../record/verify/index.ts';

const text = (longest: number) => z.string().max(longest);
export const jwkShape = z.union([
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: text(100) }),
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: text(100), y: text(100) }),
  z.object({ kty: z.literal('RSA'), n: text(2_000), e: text(20) }),
]);
export type PasskeyJwk = z.infer<typeof jwkShape>;

/** All base64url, as the authenticator gave them. */
export interface PasskeyProof {
  readonly jwk: PasskeyJwk;
  readonly rpId: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const RP_HASH = 32;

/** The challenge that stands for a text: base64url of its SHA-256. */
export const challengeOf = (statement: string): string => createHash('sha256').update(statement).digest('base64url');

/** RFC 7638: the name of a key, to pin it by. */
export const thumbprintOf = (jwk: PasskeyJwk): string =>
  createHash('sha256').update(canonicalJson(jwk)).digest('base64url');

/** Whether the proof is a passkey's signature over this very text, by a verified user; false for anything malformed. */
export function isProofOf(proof: PasskeyProof, statement: string, origin?: string): boolean {
  try {
    const client = Buffer.from(proof.clientDataJSON, 'base64url');
    const data = Buffer.from(proof.authenticatorData, 'base64url');
    const said = JSON.parse(client.toString('utf8')) as Readonly<Record<string, unknown>>;
    if (said.type !== 'webauthn.get' || said.challenge !== challengeOf(statement)) return false;
    if (typeof said.origin !== 'string' || said.crossOrigin === true) return false;
    if (origin === undefined ? new URL(said.origin).hostname !== proof.rpId : said.origin !== origin) return false;
    const rp = createHash('sha256').update(proof.rpId).digest();
    const flags = data[RP_HASH] ?? 0;
    if (!rp.equals(data.subarray(0, RP_HASH)) || (flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0)
      return false;
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    const key = createPublicKey({ key: { ...proof.jwk }, format: 'jwk' });
    const digest = proof.jwk.kty === 'OKP' ? null : 'sha256';
    return verify(digest, signed, key, Buffer.from(proof.signature, 'base64url'));
  } catch {
    return false;
  }
}

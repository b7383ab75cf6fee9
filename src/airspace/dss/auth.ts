/**
 * Who calls open mode: the subject of an RS256 token meant for this server, and what it may do. A token that is
 * missing, forged, stale, for another audience or without a scope is 401; one with another scope is 403.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { refuse } from './refusal.ts';

export interface Caller {
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
}

export interface TokenCheck {
  readonly keys: readonly KeyObject[];
  readonly audience: string;
}

/** Public keys (or certificates) in PEM, RSA only. Throws when one is not. */
export function readKeys(pems: readonly string[]): KeyObject[] {
  return pems.map((pem) => {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new Error('a token key must be RSA');
    return key;
  });
}

const CLOCK_SKEW_SECONDS = 5;

/** Verifies an Authorization header. */
export async function authenticate(check: TokenCheck, header: string | undefined, now: number): Promise<Caller> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header ?? '')?.[1];
  if (!token) return refuse(401, 'a bearer token is required');
  const payload = await verify(check, token, now);
  const scopes = new Set(typeof payload.scope === 'string' ? payload.scope.split(' ').filter(Boolean) : []);
  if (typeof payload.sub !== 'string' || payload.sub === '') return refuse(401, 'the token names no subject');
  if (scopes.size === 0) return refuse(401, 'the token has no scope');
  return { id: payload.sub, scopes };
}

async function verify(check: TokenCheck, token: string, now: number): Promise<Record<string, unknown>> {
  try {
    if (decodeProtectedHeader(token).alg !== 'RS256') return refuse(401, 'the token must be signed with RS256');
  } catch {
    return refuse(401, 'the token cannot be read');
  }
  for (const key of check.keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        audience: check.audience,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(now),
      });
      return payload;
    } catch {
      // The next key may be the one.
    }
  }
  return refuse(401, 'the token is not valid here');
}

export function requireScope(caller: Caller, allowed: readonly string[]): void {
  if (!allowed.some((scope) => caller.scopes.has(scope)))
    refuse(403, `one of these scopes is required: ${allowed.join(', ')}`);
}

/** What a session is: an opaque secret in a cookie, kept as its hash, over after 15 minutes of rest or 8 hours. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';

export const IDLE_MS = 15 * 60_000;
export const LIFE_MS = 8 * 3_600_000;
/** How stale `seen_at` may be before it is written again. */
export const TOUCH_MS = 30_000;
const COOKIE = '__Host-hudna';
const SECRET = /^[0-9a-f]{64}$/;

export interface SessionTimes {
  /** UTC milliseconds. */
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
}

export const isAlive = ({ seenAt, expiresAt, endedAt }: SessionTimes, now: number): boolean =>
  endedAt === null && now < expiresAt && now - seenAt < IDLE_MS;

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The token that a page must send with every act: bound to the session, useless without its cookie. */
export const csrfOf = (secret: string): string =>
  createHash('sha256').update(`hudna/csrf/1\n${secret}`).digest('base64url');

/** Compares without telling by its time where the texts differ. */
export function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * The cookie. `__Host-` and Secure hold on http://localhost too: Chromium and Firefox count it as secure, Safari does not
 * (docs/people.md).
 */
export const cookieOf = (secret: string): string => `${COOKIE}=${secret}; Path=/; Secure; HttpOnly; SameSite=Strict`;
export const NO_COOKIE = `${COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`;

/** The secret in a Cookie header; null for none, and for one of another form. */
export function readCookie(header: string | undefined): string | null {
  for (const part of header?.slice(0, 8_192).split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === COOKIE) {
      const value = part.slice(at + 1).trim();
      return SECRET.test(value) ? value : null;
    }
  }
  return null;
}

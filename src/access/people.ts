/** Accounts and invitations: what a name may be, how long a link lives, who may give a lost passkey back. Pure. */
import { PERSON_ROLES, type Role } from './model.ts';

export interface Account {
  readonly id: string;
  readonly organisation: string;
  /** An office or a pseudonym; whoever invites is told so. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly demo: boolean;
  /** UTC milliseconds. */
  readonly createdAt: number;
  readonly removedAt: number | null;
}

export interface Invitation {
  readonly id: string;
  /** Null: whoever opens it names the organisation; only the very first. */
  readonly organisation: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  /** The account that gets a new passkey, or null where one is made. */
  readonly account: string | null;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly withdrawnAt: number | null;
}

export const INVITATION_MS = 72 * 3_600_000;

export const isOpen = ({ usedAt, withdrawnAt, expiresAt }: Invitation, now: number): boolean =>
  usedAt === null && withdrawnAt === null && now < expiresAt;

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'’/()_-]{0,79}$/u;

/** Whether a public name may stand. */
export const isName = (name: string): boolean => NAME.test(name);

/** The roles in their order, once each; null when one is no person's role or there is none. */
export function personRoles(roles: readonly string[]): Role[] | null {
  const known = PERSON_ROLES.filter((role) => roles.includes(role));
  return known.length > 0 && roles.every((role) => known.some((one) => one === role)) ? known : null;
}

export interface Administrator {
  readonly person: string;
  readonly organisation: string;
}

export type RecoveryRefusal = 'own-account' | 'same-person' | 'foreign';

/**
 * Whether an administrator may ask for a new passkey for an account, or agree to it as the second. Two administrators,
 * neither the account's own person; one of its organisation at least, unless that has no other administrator.
 */
export function recoveryRefusal(
  account: Administrator,
  /** Whether the account's organisation has an administrator besides it. */
  hasOwn: boolean,
  first: Administrator | null,
  next: Administrator,
): RecoveryRefusal | null {
  if (next.person === account.person || first?.person === account.person) return 'own-account';
  if (first?.person === next.person) return 'same-person';
  const own = [first, next].some((one) => one?.organisation === account.organisation);
  return own || !hasOwn ? null : 'foreign';
}

/** Refusals of access. They never say more than that: not whether an account or token exists. */
import { declareProblem } from '../core/index.ts';

export const UNAUTHORISED = declareProblem('access/unauthorised', 401);
export const FORBIDDEN = declareProblem('access/forbidden', 403);
export const UNKNOWN_ROLE = declareProblem('access/unknown-role', 400);
export const BAD_ORGANISATION = declareProblem('access/bad-organisation', 400);

export const PROPOSAL_NOT_FOUND = declareProblem('access/proposal-not-found', 404);
export const PROPOSAL_TOO_LARGE = declareProblem('access/proposal-too-large', 413);
export const PROPOSAL_CLOSED = declareProblem('access/proposal-closed', 409);
export const OWN_PROPOSAL = declareProblem('access/own-proposal', 403);
export const NO_VOICE = declareProblem('access/no-voice', 403);
export const OTHER_TEXT = declareProblem('access/other-text', 409);
export const ALREADY_SPOKEN = declareProblem('access/already-spoken', 409);
export const BAD_SIGNATURE = declareProblem('access/bad-signature', 403);
export const KEY_REGISTERED = declareProblem('access/key-registered', 409);
export const ACT_NOT_OFFERED = declareProblem('access/act-not-offered', 501);

export const BAD_ORIGIN = declareProblem('access/bad-origin', 403);
export const BAD_CSRF = declareProblem('access/bad-csrf', 403);
export const SESSION_NOT_FOUND = declareProblem('access/session-not-found', 404);
export const SIGN_IN_FAILED = declareProblem('access/sign-in-failed', 403);
export const BAD_INVITATION = declareProblem('access/bad-invitation', 403);
export const BAD_PASSKEY = declareProblem('access/bad-passkey', 400);
export const LAST_PASSKEY = declareProblem('access/last-passkey', 409);
export const PERSON_NOT_FOUND = declareProblem('access/person-not-found', 404);
export const BAD_NAME = declareProblem('access/bad-name', 400);
export const BAD_ROLES = declareProblem('access/bad-roles', 400);
export const LAST_ADMINISTRATOR = declareProblem('access/last-administrator', 409);
export const RECOVERY_REFUSED = declareProblem('access/recovery-refused', 403);
export const PASSKEY_NEEDED = declareProblem('access/passkey-needed', 403);
export const OIDC_FAILED = declareProblem('access/oidc-failed', 403);
export const OIDC_UNREACHABLE = declareProblem('access/oidc-unreachable', 503);

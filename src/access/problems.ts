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

/** Refusals of access. They never say more than that: not whether an account or token exists. */
import { declareProblem } from '../core/index.ts';

export const UNAUTHORISED = declareProblem('access/unauthorised', 401);
export const FORBIDDEN = declareProblem('access/forbidden', 403);
export const UNKNOWN_ROLE = declareProblem('access/unknown-role', 400);
export const BAD_ORGANISATION = declareProblem('access/bad-organisation', 400);

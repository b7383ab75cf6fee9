/** The refusals of the flight channel, each declared once. */
import { declareProblem } from '../core/index.ts';

export const INVALID_INPUT = declareProblem('airspace/invalid-input', 400);
export const BAD_REQUEST = declareProblem('airspace/bad-request', 400);
export const UNAUTHORISED = declareProblem('airspace/unauthorised', 401);
export const FORBIDDEN = declareProblem('airspace/forbidden', 403);
export const NOT_FOUND = declareProblem('airspace/not-found', 404);
export const DOWN = declareProblem('airspace/client-down', 412);
export const CONFLICT = declareProblem('airspace/conflict', 409);
export const INVALID_RULES = declareProblem('airspace/invalid-rules', 400);
export const OVER_CAP = declareProblem('airspace/over-cap', 422);
export const BUDGET_SPENT = declareProblem('airspace/budget-spent', 429);
export const NOT_YOURS = declareProblem('airspace/no-such-thing', 404);
export const STALE_VERSION = declareProblem('airspace/stale-version', 409);
export const NOT_STANDING = declareProblem('airspace/not-standing', 409);
export const BROKEN_CLOCK = declareProblem('airspace/broken-clock', 422);

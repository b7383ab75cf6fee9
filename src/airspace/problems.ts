/** The refusals of the flight channel, each declared once. */
import { declareProblem } from '../core/index.ts';

export const INVALID_INPUT = declareProblem('airspace/invalid-input', 400);
export const BAD_REQUEST = declareProblem('airspace/bad-request', 400);
export const UNAUTHORISED = declareProblem('airspace/unauthorised', 401);
export const FORBIDDEN = declareProblem('airspace/forbidden', 403);
export const NOT_FOUND = declareProblem('airspace/not-found', 404);
export const CONFLICT = declareProblem('airspace/conflict', 409);

/** What can be wrong when a person decides on a claim. */
import { declareProblem } from '../core/index.ts';

export const CLAIM_NOT_FOUND = declareProblem('claims/not-found', 404);
export const CLAIM_REASON_MISSING = declareProblem('claims/reason-missing', 422);
export const CLAIM_VALUE_BAD = declareProblem('claims/value-bad', 422);

/** What can be wrong when a person decides on a claim. */
import { declareProblem } from '../core/index.ts';

export const CLAIM_NOT_FOUND = declareProblem('claims/not-found', 404);
export const CLAIM_REASON_MISSING = declareProblem('claims/reason-missing', 422);
export const CLAIM_VALUE_BAD = declareProblem('claims/value-bad', 422);
export const CLAIM_CHANGED = declareProblem('claims/changed', 409);
export const CLAIM_NOT_DECIDED = declareProblem('claims/not-decided', 409);
export const WORDS_NOT_FOUND = declareProblem('claims/words-not-found', 422);
export const BAD_CASE_FILE = declareProblem('claims/bad-case-file', 422);

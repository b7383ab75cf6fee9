/** What can be wrong with a terms file. */
import { declareProblem } from '../core/index.ts';

export const BAD_TERMS = declareProblem('terms/bad-file', 422);
export const TERMS_UNREADABLE = declareProblem('terms/unreadable', 400);
export const OTHER_TERMS = declareProblem('terms/other-instrument', 409);

/** What can be wrong with a file of places. */
import { declareProblem } from '../core/index.ts';

export const UNREADABLE_PLACES = declareProblem('places/unreadable', 422);
export const NO_PLACES = declareProblem('places/nothing-accepted', 422);
export const BROKEN_STORE = declareProblem('places/broken-store', 500);

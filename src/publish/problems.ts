/** What can be asked of publish in vain. */
import { declareProblem } from '../core/index.ts';

export const BAD_DAY = declareProblem('publish/bad-day', 400);
export const DAY_NOT_OVER = declareProblem('publish/day-not-over', 409);
export const NOTHING_NEW = declareProblem('publish/nothing-new', 409);
export const PROPOSAL_STALE = declareProblem('publish/proposal-stale', 409);
export const RELEASE_NOT_FOUND = declareProblem('publish/release-not-found', 404);
export const RELEASE_WITHHELD = declareProblem('publish/release-withheld', 410);
export const NOTHING_TO_DO = declareProblem('publish/nothing-to-do', 409);
export const UNKNOWN_PARTY = declareProblem('publish/unknown-party', 400);
export const NOT_DISCLOSED = declareProblem('publish/not-disclosed', 404);
export const INCIDENT_NOT_PUBLIC = declareProblem('publish/incident-not-found', 404);
export const NO_RECORD = declareProblem('publish/no-record', 409);

/** What can be wrong with a submission, an attachment, or the opening of what is sealed. */
import { declareProblem } from '../core/index.ts';

export const INTAKE_CLOSED = declareProblem('intake/closed', 403);
export const NO_RECIPIENTS = declareProblem('intake/no-recipients', 409);
export const BAD_RECIPIENT = declareProblem('intake/bad-recipient', 422);
export const RECIPIENT_NOT_FOUND = declareProblem('intake/recipient-not-found', 404);
/** Only the first keys are the operator's to name. */
export const TWO_PERSONS_NEEDED = declareProblem('intake/two-persons-needed', 403);
export const BAD_SUBMISSION = declareProblem('intake/bad-submission', 422);
export const SUBMISSION_CHANGED = declareProblem('intake/submission-changed', 409);
export const NOT_SEALED = declareProblem('intake/not-sealed', 422);
export const NOT_ANNOUNCED = declareProblem('intake/not-announced', 404);
export const OTHER_BYTES = declareProblem('intake/other-bytes', 422);
export const UNKNOWN_KIND = declareProblem('intake/unknown-kind', 415);
export const UNREADABLE_PICTURE = declareProblem('intake/unreadable-picture', 422);
export const TOO_MANY_PIXELS = declareProblem('intake/too-many-pixels', 422);
export const TOO_HARD = declareProblem('intake/too-hard', 422);
export const SEALED_NOT_FOUND = declareProblem('intake/sealed-not-found', 404);

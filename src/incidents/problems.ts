/** The refusals of this room. */
import { declareProblem } from '../core/index.ts';

export const BAD_LINK_INPUT = declareProblem('incidents/bad-link-input', 400);
export const BAD_TAXONOMY = declareProblem('incidents/bad-taxonomy', 400);
export const BAD_WEIGHTS = declareProblem('incidents/bad-weights', 400);
export const BAD_COLUMN_MAP = declareProblem('incidents/bad-column-map', 400);

export const LINK_NOT_FOUND = declareProblem('incidents/link-not-found', 404);
export const INCIDENT_EMPTY = declareProblem('incidents/incident-empty', 404);
export const DECISION_NOT_FOUND = declareProblem('incidents/decision-not-found', 404);
export const PROPOSAL_NOT_OPEN = declareProblem('incidents/proposal-not-open', 404);
export const ALREADY_SETTLED = declareProblem('incidents/already-settled', 409);
export const NOTHING_TO_DECIDE = declareProblem('incidents/nothing-to-decide', 409);
export const LINK_REASON_MISSING = declareProblem('incidents/link-reason-missing', 400);

/** How the record says no. */
import { declareProblem } from '../core/index.ts';

export const CONTENT_TOO_LARGE = declareProblem('record/content-too-large', 413);
/** A key file that is not one, or not the one asked for. */
export const KEY_UNUSABLE = declareProblem('record/key-unusable', 500);
/** The policy file in the data folder cannot be used. */
export const POLICY_UNUSABLE = declareProblem('record/policy-unusable', 500);
/** The log will not sign: what it would sign does not follow from what was signed before. */
export const LOG_REFUSES = declareProblem('record/log-refuses', 503);
/** A witness's state file that is another's, or in use. */
export const WITNESS_STATE_UNUSABLE = declareProblem('record/witness-state-unusable', 500);
/** A change of the log's key that is not the one that lies prepared. */
export const KEY_CHANGE_STALE = declareProblem('record/key-change-stale', 409);

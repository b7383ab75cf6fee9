/** What can be asked of publish in vain. */
import { declareProblem } from '../core/index.ts';

export const BAD_DAY = declareProblem('publish/bad-day', 400);
export const INCIDENT_NOT_PUBLIC = declareProblem('publish/incident-not-found', 404);

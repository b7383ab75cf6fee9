/** How the record says no. */
import { declareProblem } from '../core/index.ts';

export const CONTENT_TOO_LARGE = declareProblem('record/content-too-large', 413);

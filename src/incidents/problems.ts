/** The refusals of this room. */
import { declareProblem } from '../core/index.ts';

export const BAD_LINK_INPUT = declareProblem('incidents/bad-link-input', 400);
export const BAD_TAXONOMY = declareProblem('incidents/bad-taxonomy', 400);
export const BAD_WEIGHTS = declareProblem('incidents/bad-weights', 400);
export const BAD_COLUMN_MAP = declareProblem('incidents/bad-column-map', 400);

/** The refusals of the flight channel, each declared once. */
import { declareProblem } from '../core/index.ts';

export const INVALID_INPUT = declareProblem('airspace/invalid-input', 400);

/** How the room says no. The reader itself never refuses a text: it reads what it can. */
import { declareProblem } from '../core/index.ts';

/** A lexicon file has a row that cannot be used. */
export const badLexicon = declareProblem('reading/bad-lexicon', 422);

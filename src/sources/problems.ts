/** What can be wrong with a file or report that is sent in. */
import { declareProblem } from '../core/index.ts';

export const FILE_UNREADABLE = declareProblem('sources/file-unreadable', 400);
export const FILE_TOO_LARGE = declareProblem('sources/file-too-large', 413);
export const FILE_EMPTY = declareProblem('sources/file-empty', 422);
export const UNKNOWN_FORMAT = declareProblem('sources/unknown-format', 400);
export const BAD_FILE = declareProblem('sources/bad-file', 422);
export const BAD_MAPPING = declareProblem('sources/bad-mapping', 400);
export const BAD_REPORT = declareProblem('sources/bad-report', 422);
export const REPORT_NOT_FOUND = declareProblem('sources/report-not-found', 404);

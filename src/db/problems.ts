/** How the database says no. */
import { declareProblem } from '../core/index.ts';

/** Another process holds this data folder. */
export const FOLDER_IN_USE = declareProblem('db/folder-in-use', 409);
/** The engine does not flush to the disk: acknowledged work could be lost, so nothing starts. */
export const NOT_DURABLE = declareProblem('db/not-durable', 500);
/** A migration that was applied has been changed or removed since. */
export const MIGRATION_CHANGED = declareProblem('db/migration-changed', 500);
export const MIGRATION_FAILED = declareProblem('db/migration-failed', 500);
/** The engine stopped (disk full, killed, connection lost): the process has to start again. */
export const ENGINE_STOPPED = declareProblem('db/engine-stopped', 503);
/** A folder that is not a data folder of ours, or from a newer version. */
export const FOLDER_UNUSABLE = declareProblem('db/folder-unusable', 500);
/** The server is too old or does not answer. */
export const SERVER_UNUSABLE = declareProblem('db/server-unusable', 503);
/** The database is sealed with a data key that is not where it should be. */
export const DATA_KEY_MISSING = declareProblem('db/data-key-missing', 500);
/** No data key, or not the one that the database is sealed with. */
export const DATA_KEY_WRONG = declareProblem('db/data-key-wrong', 500);
/** No room on the disk of the database: the transaction was rolled back. */
export const DISK_FULL = declareProblem('db/disk-full', 507);

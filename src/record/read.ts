/** Reads entries back, in the order of the log. */
import type { Queryable } from '../db/index.ts';
import type { Entry, EntryFilter } from './model.ts';
import { selectEntries } from './store.ts';

const MAX_LIMIT = 10_000;

/** Entries that match, oldest first, at most `limit` (10,000 when not said). An erased content reads as null. */
export const read = (db: Queryable, filter: EntryFilter): Promise<Entry[]> =>
  selectEntries(db, { ...filter, limit: Math.min(filter.limit ?? MAX_LIMIT, MAX_LIMIT) });

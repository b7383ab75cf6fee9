/** The door of db. */
export * from './connect.ts';
export { type DumpLine, dumpTables, isEmpty, restoreTables } from './dump.ts';
export { fsyncPath, fsyncTree } from './embedded/disk.ts';
export { lockPath } from './embedded/lock.ts';
export * from './model.ts';
export * from './problems.ts';

/** The door of db. */
export * from './connect.ts';
export { dataKeyPath, readDataKey, vaultOfSecret, writeDataKey } from './data-key.ts';
export { type DumpLine, dumpTables, isEmpty, restoreTables } from './dump.ts';
export { fsyncPath, fsyncTree } from './embedded/disk.ts';
export { lockPath } from './embedded/lock.ts';
export * from './model.ts';
export * from './problems.ts';
export { REPORT_MARK } from './seal-existing.ts';
export type { Vault } from './vault.ts';

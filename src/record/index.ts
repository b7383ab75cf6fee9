/** The door of record: append and read. Everything else about the log is behind its own commands and routes. */

export { append, appendAll, authorOf } from './append.ts';
export { type AuthorKeys, openAuthorKeys } from './author-keys.ts';
export { publicEvidence, type RecordEvidence } from './log/evidence.ts';
export { type TimeBounds, timeBounds } from './log/head-store.ts';
export { announceKeyChange, prepareLogKey, requirePrepared } from './log/key-change.ts';
export { type LogOptions, openLog, type RecordLog } from './log/log.ts';
export type { PreparedKeyChange } from './log/log-keys.ts';
export type { KeyChangeStatus, RecordStatus } from './log/status.ts';
export * from './model.ts';
export * from './problems.ts';
export { read } from './read.ts';
export { recordRoutes } from './routes.ts';
export { logSize } from './store.ts';
export { type RunningWitness, startWitness, type WitnessOptions } from './witness/start.ts';

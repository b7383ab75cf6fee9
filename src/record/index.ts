/** The door of record: append and read. Everything else about the log is behind its own commands and routes. */
export { append, appendAll, authorOf } from './append.ts';
export * from './model.ts';
export * from './problems.ts';
export { read } from './read.ts';
export { logSize } from './store.ts';

/** The door of record. */
export * from './model.ts';

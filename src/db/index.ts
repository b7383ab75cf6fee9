/** The door of db. */
export * from './model.ts';

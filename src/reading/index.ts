/** The door of reading. */
export * from './model.ts';

/** The door of places. */
export * from './model.ts';

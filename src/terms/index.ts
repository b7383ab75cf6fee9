/** The door of terms. */
export * from './model.ts';

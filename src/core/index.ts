/** The door of core: the words everyone shares. Imports nothing. */
export * from './codes.ts';
export * from './collect.ts';
export * from './decode.ts';
export * from './geo.ts';
export * from './id.ts';
export * from './interval.ts';
export * from './lang.ts';
export * from './log-fields.ts';
export * from './organisation.ts';
export * from './problem.ts';
export * from './time.ts';
export * from './world.ts';

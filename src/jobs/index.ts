/** The door of jobs. */
export * from './jobs.ts';
export type { JobHandler, JobsSummary } from './model.ts';

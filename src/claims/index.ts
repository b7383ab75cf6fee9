/** The door of claims. */
export { type CaseMiss, parseCases, type ReadingCase, tryCase } from './case-file.ts';
export { claimsInForce, factsOf } from './facts.ts';
export * from './model.ts';
export * from './problems.ts';
export { claimRoutes } from './routes.ts';
export { createSecondReading, type SecondReading } from './second-reader/service.ts';
export { type SecondReaderSettings, secondReaderSettings } from './second-reader/settings.ts';
export { type ClaimRequest, decideClaim, type ReadingTools, readCases, readReport } from './service.ts';
export { findReading, readClaims } from './store.ts';
export type { ValueTools } from './value.ts';

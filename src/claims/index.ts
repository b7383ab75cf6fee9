/** The door of claims. */
export { claimsInForce, factsOf } from './facts.ts';
export * from './model.ts';
export * from './problems.ts';
export { type ClaimRef, confirmClaim, correctClaim, type ReadingTools, readReport, rejectClaim } from './service.ts';
export { findReading, readClaims } from './store.ts';

/** The door of terms. */
export * from './coverage.ts';
export * from './model.ts';
export { parseTerms, readTerms, type TermsComplaint } from './parse.ts';
export { BAD_TERMS, OTHER_TERMS, TERMS_UNREADABLE } from './problems.ts';
export { shortActor, termsRoutes } from './routes.ts';
export { loadInstrument, SHIPPED_TERMS } from './shipped.ts';

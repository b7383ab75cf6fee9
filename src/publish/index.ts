/** The door of publish. */
export { type ActDeps, actRoutes } from './act-routes.ts';
export { actPerformers } from './act-service.ts';
export { type Assembled, assembleIncidents } from './assemble.ts';
export { type Bulletin, composeBulletin } from './bulletin.ts';
export { bulletinPage } from './bulletin-page.ts';
export { censusOf } from './coarsen.ts';
export { timeline, viewDay } from './day.ts';
export { csvFeed, geojsonFeed } from './feeds.ts';
export { Html, html, plainDocument } from './html.ts';
export type {
  IncidentView,
  PublicClaim,
  PublicClaimValue,
  PublicContradiction,
  PublicLink,
  PublicReport,
  PublicTermsPosition,
} from './incident-view.ts';
export { type Translate, translator } from './messages.ts';
export * from './model.ts';
export * from './problems.ts';
export { type ProjectionTools, partyClaim, publicPlace } from './projection.ts';
export { type ReleaseDeps, releaseRoutes } from './release-routes.ts';
export { releaseBulletin } from './release-service.ts';
export { bulletinOf, langOf, type PublishDeps, publishRoutes } from './routes.ts';

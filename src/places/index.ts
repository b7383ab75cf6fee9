/** The door of places. */
export { type AreaCollection, type AreaFeature, governorateFeatures, neighbourFeatures } from './area-files.ts';
export { foldSpelling } from './fold.ts';
export { createGazetteer, type GazetteerOptions } from './gazetteer.ts';
export { loadShippedGazetteer } from './load.ts';
export * from './model.ts';
export { type PlaceContext, type Resolution, resolvePlace } from './resolve.ts';
export { placeRoutes } from './routes.ts';

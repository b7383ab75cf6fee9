/** The door of places. */
export { type AreaCollection, type AreaFeature, governorateFeatures, neighbourFeatures } from './area-files.ts';
export { isEveryday } from './everyday.ts';
export { foldSpelling } from './fold.ts';
export { createGazetteer, type GazetteerOptions } from './gazetteer.ts';
export { type ImportResult, importPlaces } from './import.ts';
export { IMPORT_FORMATS, type ImportFormat, type Refusal } from './import-model.ts';
export { loadGazetteer, loadShippedGazetteer } from './load.ts';
export * from './model.ts';
export { type PlaceContext, type Resolution, resolvePlace } from './resolve.ts';
export { placeRoutes } from './routes.ts';
export { scriptOf } from './script.ts';
export { soundKey } from './sound.ts';

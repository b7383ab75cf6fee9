/** The door of sources. */
export { checkReport, type Plausible } from './check.ts';
export { readFileBounded } from './checking/read-file.ts';
export { chooseFormat, FORMATS } from './formats/index.ts';
export { type ImportOptions, type ImportResult, importFile } from './import-file.ts';
export { documentOf, LIMITS, type Report, type ReportEvent, type ReportInput, type Visibility } from './model.ts';
export * from './problems.ts';
export { type SourceDeps, sourceRoutes } from './routes.ts';
export { type DoorNote, entryOf, type Received, receiveReport, receiveWithin } from './service.ts';
export { countReports, isIdTaken, listReports, readReports } from './store.ts';

/** The door of incidents: which reports tell of one event, and why. */

export { CSV_FIELDS, csvReports, type MappedColumn, parseColumnMap } from './csv-input.ts';
export { estimateWeights } from './estimate.ts';
export { type Contradiction, type FoldedIncident, foldIncident, type Member, startDay, type Toll } from './fold.ts';
export { type LinkStats, linkAll } from './link-all.ts';
export { jsonReports, type LinkFileOptions, linkFile, type PlacedReport, type ReadEvents } from './link-file.ts';
export { parseLinkLine } from './link-line.ts';
export { DEFAULT_WEIGHTS, incidentName, Linker, type LinkerOptions, linkOne } from './linker.ts';
export * from './model.ts';
export { placeEvent } from './place-event.ts';
export type { Ask, EventRef } from './plan.ts';
export { BAD_WEIGHTS } from './problems.ts';
export { APPLY_FROM, PROPOSE_FROM } from './propose.ts';
export { eventsOfReading } from './read-events.ts';
export { applyRepair, findRepairs, type Repair, stirredBy } from './repair.ts';
export { type IncidentDeps, incidentRoutes } from './routes.ts';
export { createIncidents, type Incidents } from './service.ts';
export {
  allMembers,
  countByDay,
  findIncident,
  type IncidentFilter,
  type IncidentRow,
  type LinkStep,
  listIncidents,
  type MemberRow,
  membersOfReports,
  readMembers,
} from './store.ts';
export { makeTaxonomy, SHIPPED_TREE, type Taxonomy, type TaxonomyTree } from './taxonomy.ts';
export { loadTaxonomy } from './taxonomy-file.ts';
export { parseWeights, type WeightSet } from './weights.ts';

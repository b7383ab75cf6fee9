/** The door of incidents: which reports tell of one event, and why. */

export { type Contradiction, type FoldedIncident, foldIncident, type Member, startDay, type Toll } from './fold.ts';
export { DEFAULT_WEIGHTS, incidentName, Linker, type LinkerOptions, linkOne } from './linker.ts';
export * from './model.ts';
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
export { parseWeights, type WeightSet } from './weights.ts';

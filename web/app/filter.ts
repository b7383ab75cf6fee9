/** Which incidents a filter keeps. The same rule for list, map and tables, so that a number and its list agree. */
import type { ApiIncidentLine } from '../../src/server/api/types.ts';
import { type Filters, NOBODY } from './search.ts';

export function keeps(filters: Filters, incident: ApiIncidentLine): boolean {
  if (filters.type && incident.type !== filters.type) return false;
  if (filters.terms && incident.inTerms.value !== filters.terms) return false;
  if (filters.contested && !incident.contested) return false;
  if (filters.area && (incident.place.area ?? NOBODY) !== filters.area) return false;
  if (!filters.party) return true;
  return filters.party === NOBODY
    ? incident.allegedParties.length === 0
    : incident.allegedParties.includes(filters.party);
}

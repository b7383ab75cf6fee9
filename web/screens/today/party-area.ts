/** Folds the cells of the API into a table: only parties and areas that have something today or the day before. Pure. */
import type { ApiPartyAreaCount } from '../../../src/server/api/types.ts';

export interface PartyAreaTableShape {
  readonly parties: readonly (string | null)[];
  readonly rows: readonly { readonly area: string | null; readonly cells: readonly ApiPartyAreaCount[] }[];
}

/**
 * Columns in the order of the terms file, rows with most incidents today first (then the day before, then the order of
 * the areas). "Not said" stands last in both. Missing cells are zeroes.
 */
export function tableOf(
  cells: readonly ApiPartyAreaCount[],
  partyOrder: readonly string[],
  areaOrder: readonly string[],
): PartyAreaTableShape {
  const filled = cells.filter((cell) => cell.today > 0 || cell.before > 0);
  const parties = unique(filled.map((cell) => cell.party)).sort((a, b) => rank(partyOrder, a) - rank(partyOrder, b));
  const sum = (area: string | null, field: 'today' | 'before') =>
    filled.reduce((total, cell) => (cell.area === area ? total + cell[field] : total), 0);
  const areas = unique(filled.map((cell) => cell.area)).sort(
    (a, b) =>
      Number(a === null) - Number(b === null) ||
      sum(b, 'today') - sum(a, 'today') ||
      sum(b, 'before') - sum(a, 'before') ||
      rank(areaOrder, a) - rank(areaOrder, b),
  );
  return {
    parties,
    rows: areas.map((area) => ({
      area,
      cells: parties.map(
        (party) =>
          filled.find((cell) => cell.area === area && cell.party === party) ?? { party, area, today: 0, before: 0 },
      ),
    })),
  };
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

function rank(order: readonly string[], id: string | null): number {
  if (id === null) return order.length + 1;
  const at = order.indexOf(id);
  return at < 0 ? order.length : at;
}

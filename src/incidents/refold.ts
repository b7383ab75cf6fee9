/** Folds incidents again from their stored members and keeps the fold, inside the transaction that changed them. */
import { dayInZone, groupBy } from '../core/index.ts';
import type { Tx } from '../db/index.ts';
import { foldIncident } from './fold.ts';
import { emptyIncident, keepIncident, readMembers } from './store.ts';
import { readTold, toldMembers } from './told.ts';

/** `mergedInto` says where the members of an emptied incident went. */
export async function refold(
  tx: Tx,
  agreement: string,
  zone: string,
  incidents: readonly string[],
  at: Date,
  mergedInto: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const rows = groupBy(await readMembers(tx, agreement, incidents), ({ incident }) => incident);
  const reports = [...rows.values()].flat().map(({ report }) => report);
  const told = await readTold(tx, agreement, [...new Set(reports)]);
  for (const incident of incidents) {
    const members = toldMembers(rows.get(incident) ?? [], told);
    if (!rows.has(incident)) {
      await emptyIncident(tx, agreement, incident, mergedInto.get(incident) ?? null, at);
      continue;
    }
    const folded = foldIncident(members, zone);
    // An undated incident counts on the day it was published, in the instrument's zone.
    const published = members.map((member) => member.published).find((time) => time !== null);
    const day = folded.day ?? (published ? (published.length === 10 ? published : dayInZone(published, zone)) : null);
    const aggregate = members.length > 0 && members.every(({ facts }) => facts.aggregate);
    const area = folded.place?.area ?? null;
    await keepIncident(
      tx,
      agreement,
      { id: incident, aggregate, day, area, folded, members: rows.get(incident)?.length ?? 0 },
      at,
    );
  }
}

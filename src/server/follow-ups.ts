/** What follows from which entry: a received report is read, a read report is linked. Jobs itself knows no room. */
import { type ReadingTools, readReport } from '../claims/index.ts';
import type { Ctx } from '../db/index.ts';
import type { Incidents } from '../incidents/index.ts';
import { createJobs, type Jobs } from '../jobs/index.ts';

export function followUps(ctx: Ctx, reading: ReadingTools, incidents: Incidents): Jobs {
  return createJobs(ctx, {
    'report.received': ({ object }) => readReport(ctx, reading, idIn(object)),
    'report.read': ({ object }) => incidents.linkReport(ctx, idIn(object)),
    'claim.corrected': ({ object }) => incidents.linkReport(ctx, idIn(object)),
    'claim.rejected': ({ object }) => incidents.linkReport(ctx, idIn(object)),
  });
}

/** `report:ID` → `ID`. */
const idIn = (object: string): string => object.slice(object.indexOf(':') + 1);

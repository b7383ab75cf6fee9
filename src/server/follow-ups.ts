/** What follows from which entry: a received report is read, a read report is linked. Jobs itself knows no room. */
import { type ReadingTools, readReport } from '../claims/index.ts';
import type { Ctx } from '../db/index.ts';
import type { Incidents } from '../incidents/index.ts';
import { onTheHour } from '../intake/index.ts';
import { createJobs, type JobHandler, type Jobs } from '../jobs/index.ts';

/** Told after each finished follow-up. */
export type FollowUpListener = (stage: 'read' | 'linked') => void;

export function followUps(
  ctx: Ctx,
  reading: ReadingTools,
  incidents: Incidents,
  listener: { done: FollowUpListener },
  afterRead: () => void = () => {},
): Jobs {
  const read: JobHandler = {
    name: 'claims.read-report',
    on: ['report.received'],
    async run(job, { object }) {
      // What follows a report at once would tell the minute that its own entry keeps to itself.
      await readReport(onTheHour(job), reading, idIn(object));
      listener.done('read');
      afterRead();
    },
  };
  const link: JobHandler = {
    name: 'incidents.link-report',
    // A confirmation may bring a rejected value back, so every decision is folded.
    on: ['report.read', 'claim.confirmed', 'claim.corrected', 'claim.rejected', 'claim.undone'],
    async run(job, entry) {
      await incidents.linkReport(onTheHour(job), reportOf(entry.content) ?? idIn(entry.object));
      listener.done('linked');
    },
  };
  const repair: JobHandler = {
    name: 'incidents.repair',
    on: [
      'report.linked',
      'incident.folded',
      'incident.merged',
      'incident.split',
      'link.accepted',
      'link.parted',
      'link.undone',
    ],
    // One look for all that changed since the last.
    key: () => 'incidents',
    async run(job, entry) {
      await incidents.repair(onTheHour(job), entry.index);
    },
  };
  return createJobs(ctx, [read, link, repair]);
}

/** `report:ID` → `ID`. */
const idIn = (object: string): string => object.slice(object.indexOf(':') + 1);

const reportOf = (content: unknown): string | undefined => {
  const report = (content as { report?: unknown } | null)?.report;
  return typeof report === 'string' ? report : undefined;
};

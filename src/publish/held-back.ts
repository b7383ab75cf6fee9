/**
 * What the public may not be told yet: incidents that are too fresh, and reports that came in within this hour. Every
 * public list, count, page and bulletin asks here first, so that none can be held against another.
 */
import { addDays, type Day, dayInZone } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { endedAt, isProtectedIncident, publishableFrom } from './coarsen.ts';
import type { ProjectionTools } from './projection.ts';
import { freshIncidents } from './store.ts';

export interface HeldBack {
  /** The moment that this was decided for. */
  readonly now: number;
  /** Ids of incidents. */
  readonly incidents: readonly string[];
}

const HOURS_A_DAY = 24;
const HOUR_MS = 3_600_000;

/** Decides for this moment. Looks only at incidents of the last days, and at those that somebody told of at the form lately. */
export async function heldBack(
  ctx: Pick<Ctx, 'db' | 'agreement' | 'clock'>,
  tools: ProjectionTools,
): Promise<HeldBack> {
  const now = ctx.clock.now();
  const { timeZone, publication } = tools.instrument;
  const longest = publication.delayHours.guarded;
  const since = addDays(dayInZone(now, timeZone), -Math.ceil(longest / HOURS_A_DAY) - 1);
  const fresh = await freshIncidents(ctx.db, ctx.agreement, since, new Date(now - longest * HOUR_MS));
  const incidents = fresh.filter(({ day, start, end, targets, known }) => {
    const guarded = isProtectedIncident(targets);
    return now < publishableFrom(endedAt(day as Day, start, end, timeZone), known ?? 0, guarded, publication);
  });
  return { now, incidents: incidents.map(({ id }) => id) };
}

/** Turns a parsed value into a report or one plain sentence of refusal. Pure; the time and the area come in. */
import { dayNumber, type Point } from '../core/index.ts';
import { type ReportInput, reportSchema } from './model.ts';

/** What the gate needs to know of the world: today, and the box of the country that the instrument is about. */
export interface Plausible {
  readonly today: string;
  readonly box: { readonly south: number; readonly west: number; readonly north: number; readonly east: number } | null;
}

export type Checked = { readonly report: ReportInput } | { readonly reason: string };

const DAYS_AHEAD = 2;

/** Checks one report. A refusal names the first field at fault and the reason. */
export function checkReport(value: unknown, plausible: Plausible): Checked {
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') || 'report';
    return { reason: `${field}: ${issue?.message ?? 'not a report'}` };
  }
  const report = parsed.data;
  const late = [
    ['published', report.published],
    ['event.start', report.event?.start ?? null],
  ].find(([, time]) => time && dayNumber(time.slice(0, 10)) > dayNumber(plausible.today) + DAYS_AHEAD);
  if (late) return { reason: `${late[0]}: ${late[1]} lies in the future` };
  const point = pointOf(report);
  if (
    point &&
    plausible.box &&
    !inside(point, plausible.box) &&
    inside({ lat: point.lon, lon: point.lat }, plausible.box)
  ) {
    return { reason: `event.lat: latitude and longitude look swapped (${point.lat}, ${point.lon})` };
  }
  return { report };
}

const pointOf = ({ event }: ReportInput): Point | null =>
  event && event.lat !== null && event.lon !== null ? { lat: event.lat, lon: event.lon } : null;

const inside = (point: Point, box: NonNullable<Plausible['box']>): boolean =>
  point.lat >= box.south && point.lat <= box.north && point.lon >= box.west && point.lon <= box.east;

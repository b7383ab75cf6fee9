/**
 * The ceiling: an oracle that knows every true incident and the noise of each source, and assigns each report to the
 * incident that fits it best. No linker that sees only reports can be expected to beat it by much.
 */
import type { EventLine, GeneratedReport } from './plain.ts';
import { type Incident, KIND_CLASSES, KM_PER_DEGREE, type Town } from './world.ts';

const CELL = 0.5;
const key = (lat: number, lon: number, dy: number, dx: number): number =>
  (Math.floor(lat / CELL) + dy) * 100_000 + Math.floor(lon / CELL) + dx;

export function oracleLabels(
  reports: readonly GeneratedReport[],
  incidents: readonly Incident[],
  towns: readonly Town[],
): number[] {
  const cells = new Map<number, Incident[]>();
  for (const incident of [...incidents].sort((a, b) => a.day - b.day)) {
    const at = key(incident.lat, incident.lon, 0, 0);
    const list = cells.get(at);
    if (list) list.push(incident);
    else cells.set(at, [incident]);
  }
  return reports.map((report, i) => {
    const event = report.line.event ?? report.told ?? null;
    if (report.truth < 0 || event === null || event.lat === null || event.lon === null) return -2 - i;
    return best(report, event, cells, towns) ?? -2 - i;
  });
}

function best(
  report: GeneratedReport,
  event: EventLine,
  cells: ReadonlyMap<number, readonly Incident[]>,
  towns: readonly Town[],
): number | undefined {
  const day = Math.floor(Date.parse(event.start ?? '') / 86_400_000);
  // The shifted source's offset is known to the oracle.
  const shift = report.line.source === 'Euphrates Radio' ? 0.03 : 0;
  const lat = (event.lat ?? 0) - shift;
  const lon = (event.lon ?? 0) - shift;
  let top = Number.NEGATIVE_INFINITY;
  let found: number | undefined;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const list = cells.get(key(lat, lon, dy, dx)) ?? [];
      for (let at = lowerBound(list, day - 12); at < list.length; at++) {
        const incident = list[at];
        if (!incident || incident.day > day + 12) break;
        const town = towns[incident.town];
        if (!town) continue;
        const score = fitOf(report, event, incident, town, { lat, lon, day });
        if (score > top) [top, found] = [score, incident.id];
      }
    }
  }
  return found;
}

function fitOf(
  report: GeneratedReport,
  event: EventLine,
  incident: Incident,
  town: Town,
  at: { readonly lat: number; readonly lon: number; readonly day: number },
): number {
  let score = placeFit(event.precision, incident, town, at);
  const off = Math.abs(at.day - incident.day);
  score += Math.log([0.85, 0.065, 0.01][off] ?? 0.04 / 16);
  if (event.start && event.start.length > 10) {
    const minutes = Date.parse(event.start) / 60_000 - at.day * 1440 - incident.minute;
    score += -0.5 * (minutes / 12) ** 2 - Math.log(12 / 300);
  }
  const siblings = KIND_CLASSES.find((kinds) => kinds.includes(incident.kind)) ?? [];
  const share = siblings.includes(event.type ?? '') ? 0.18 / siblings.length : 0;
  score += Math.log((event.type === incident.kind ? 0.75 : 0) + share + 0.07 / 12);
  if (event.actor !== null) score += Math.log((event.actor === incident.actor ? 0.75 : 0) + 0.06);
  const low = event.killed?.low ?? null;
  if (low !== null) score += tollFit(low, incident.killed, report.line.source === 'Daily North' ? 1.4 : 1);
  return score;
}

function placeFit(precision: string | null, incident: Incident, town: Town, at: { lat: number; lon: number }): number {
  const snapped = (value: number): number => Math.round(value * 4) / 4;
  const near = (lat: number, lon: number): boolean => Math.hypot(at.lat - lat, at.lon - lon) < 0.002;
  if (precision === 'district') return near(snapped(town.lat), snapped(town.lon)) ? 0 : -12;
  if (precision === 'town') return near(town.lat, town.lon) ? 0 : -12;
  const sigma = precision === 'street' ? 0.15 : 0.5;
  const x = (at.lon - incident.lon) * Math.cos((incident.lat * Math.PI) / 180) * KM_PER_DEGREE;
  const y = (at.lat - incident.lat) * KM_PER_DEGREE;
  return Math.max(-14, -(x * x + y * y) / (2 * sigma * sigma) - 2 * Math.log(sigma));
}

function tollFit(told: number, truth: number, factor: number): number {
  const meant = Math.round(truth * factor);
  const exact = told === meant ? 0.6 : 0;
  const spread = Math.max(0.6, 0.4 * meant);
  return Math.log(exact + (0.3 / spread) * Math.exp(-0.5 * ((told - meant) / spread) ** 2) + 0.02);
}

function lowerBound(list: readonly Incident[], day: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((list[mid]?.day ?? 0) < day) low = mid + 1;
    else high = mid;
  }
  return low;
}

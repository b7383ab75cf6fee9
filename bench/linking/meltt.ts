/**
 * MELTT's own crash data with its windows (4 km, 2 days): a reference of our own after the published description, and
 * how many of its matches `hudna link` finds. Needs ../shared/data/linking.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { csvReports, Linker, linkAll, loadTaxonomy, parseColumnMap } from '../../src/incidents/index.ts';
import { inRepository, shared, sharedPath } from '../../test/support/needs.ts';
import { UnionFind } from './baselines.ts';

const FILES = [1, 2, 3].map((n) => `data/linking/meltt_crash_data${n}.csv`);
const COLUMNS =
  'event=id dataset=source date=start enddate=end latitude=lat longitude=lon model_tax=type color_tax=actor damage_tax=target';
const KM = 4;
const DAYS = 2;
const DAY = 86_400_000;

interface Crash {
  readonly id: string;
  readonly set: number;
  readonly lat: number;
  readonly lon: number;
  readonly start: number;
  readonly end: number;
  readonly codes: readonly string[];
}

export interface MelttResult {
  readonly matches: readonly (readonly string[])[];
  readonly found: number;
  readonly missed: readonly (readonly string[])[];
  readonly extra: readonly (readonly string[])[];
}

export async function againstMeltt(): Promise<MelttResult | null> {
  if (!FILES.every((file) => shared(file).present)) return null;
  const taxonomyFile = inRepository('bench/linking/crash-taxonomy.json');
  const loaded = loadTaxonomy(taxonomyFile);
  const linker = new Linker({ taxonomy: loaded.taxonomy, window: { km: KM, days: DAYS }, episodeDays: 1 });
  for (const file of FILES) {
    for await (const batch of csvReports(sharedPath(file), parseColumnMap(COLUMNS.split(' ')), true)) {
      for (const { report } of batch) linker.ingest({ ...report, events: report.events.map(loaded.rename) });
    }
  }
  linkAll(linker);
  const ours = linker.clusters.members
    .filter((rows) => rows.length > 1)
    .map((rows) => rows.map((row) => linker.ids[row] ?? '').sort());
  const matches = reference(FILES.flatMap((file, set) => crashes(file, set, taxonomyFile)));
  const key = (ids: readonly string[]): string => ids.join(' + ');
  const [mine, theirs] = [new Set(ours.map(key)), new Set(matches.map(key))];
  return {
    matches,
    found: matches.filter((ids) => mine.has(key(ids))).length,
    missed: matches.filter((ids) => !mine.has(key(ids))),
    extra: ours.filter((ids) => !theirs.has(key(ids))),
  };
}

function crashes(file: string, set: number, taxonomyFile: string): Crash[] {
  const { aliases, tree } = JSON.parse(readFileSync(taxonomyFile, 'utf8'));
  const rows: Record<string, string>[] = parse(readFileSync(sharedPath(file), 'utf8'), { columns: true });
  return rows.map((row) => ({
    id: `meltt_crash_data${set + 1}:${row.event}`,
    set,
    lat: Number(row.latitude),
    lon: Number(row.longitude),
    start: Date.parse(row.date ?? '') / DAY,
    end: Date.parse(row.enddate ?? '') / DAY,
    codes: [
      tree[row.model_tax ?? ''],
      aliases.actor[row.color_tax ?? ''] ?? row.color_tax,
      aliases.target[row.damage_tax ?? ''] ?? row.damage_tax,
    ],
  }));
}

/** Best fits of events with events and episodes with episodes, one a data set, folded in set by set. */
function reference(all: readonly Crash[]): string[][] {
  const sets = new UnionFind(all.length);
  const pairs: { i: number; j: number; fit: number; km: number }[] = [];
  for (const [i, a] of all.entries()) {
    for (const [j, b] of all.entries()) {
      if (a.set >= b.set || (a.start === a.end) !== (b.start === b.end)) continue;
      const km = Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180)) * 111.2;
      const near = km <= KM && Math.abs(a.start - b.start) <= DAYS && Math.abs(a.end - b.end) <= DAYS;
      // All three taxonomies must agree: colour and damage by name, the model by its class or a neighbouring one.
      if (near && a.codes[1] === b.codes[1] && a.codes[2] === b.codes[2]) {
        pairs.push({ i, j, fit: a.codes[0] === b.codes[0] ? 0 : 1, km });
      }
    }
  }
  const taken = new Set<string>();
  for (const { i, j } of pairs.sort((a, b) => a.fit - b.fit || a.km - b.km)) {
    const [a, b] = [all[i], all[j]];
    if (!a || !b || taken.has(`${i}/${b.set}`) || taken.has(`${j}/${a.set}`)) continue;
    taken.add(`${i}/${b.set}`);
    taken.add(`${j}/${a.set}`);
    sets.join(i, j);
  }
  const groups = new Map<number, string[]>();
  all.forEach((crash, i) => {
    groups.set(sets.find(i), [...(groups.get(sets.find(i)) ?? []), crash.id]);
  });
  return [...groups.values()].filter((ids) => ids.length > 1).map((ids) => ids.sort());
}

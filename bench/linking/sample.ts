/** The 2016 sample against its key: with the reader's events, and with the key's facts as events. Reads, never fits. */
import { readFileSync } from 'node:fs';
import {
  eventsOfReading,
  Linker,
  type LinkReport,
  linkAll,
  parseLinkLine,
  placeEvent,
} from '../../src/incidents/index.ts';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader } from '../../src/reading/index.ts';
import { actorById, loadInstrument } from '../../src/terms/index.ts';
import { inRepository } from '../../test/support/needs.ts';
import { type Score, scorePartition } from '../../test/support/reports/score.ts';

interface KeyRow {
  readonly id: string;
  readonly incident: string | null;
  readonly facts: Record<string, unknown> | null;
}

export interface SampleResult {
  readonly name: string;
  readonly score: Score;
  readonly linkable: number;
  readonly reports: number;
  /** Incidents of a hospital, camp or market that were split or merged. */
  readonly wrongProtected: readonly string[];
}

const lines = (path: string): string[] => readFileSync(inRepository(path), 'utf8').trim().split('\n');
const PROTECTED = ['hospital', 'camp', 'market'];

export function sampleResults(): SampleResult[] {
  const reports = ['a', 'b'].flatMap((half) => lines(`sample/reports-${half}.jsonl`)).map((line) => JSON.parse(line));
  const key = new Map(
    lines('test/sample/answer-key.jsonl')
      .map((line) => JSON.parse(line) as KeyRow)
      .map((row) => [row.id, row]),
  );
  const instrument = loadInstrument();
  const gazetteer = loadShippedGazetteer();
  const reader = createReader({ gazetteer, instrument });
  const base = (report: Record<string, unknown>): LinkReport =>
    parseLinkLine(
      JSON.stringify({ ...report, text: [report.title, report.text].filter(Boolean).join('\n\n'), event: null }),
      `${report.id}`,
    );
  const read = reports.map((report) => {
    const one = base(report);
    return {
      ...one,
      events: eventsOfReading(
        reader.read(one.text ?? '', { published: report.published, lang: report.lang }),
        gazetteer,
      ),
    };
  });
  const fromKey = reports.map((report) => ({
    ...base(report),
    // As in a line of `hudna link`: an event beside the report's own date, its place looked up where it has no point.
    events: eventsOfKey(key.get(report.id)?.facts ?? null, report.published).map((event) =>
      placeEvent(event, gazetteer, report.lang),
    ),
  }));
  const truthOf = reports.map((report) => key.get(report.id)?.incident ?? `none ${report.id}`);
  const names = [...new Set(truthOf)];
  const judge = (name: string, all: readonly LinkReport[]): SampleResult => {
    const linker = new Linker({ sideOf: (actor) => actorById(instrument, actor)?.side ?? null });
    const rows = all.map((report) => linker.ingest(report));
    const stats = linkAll(linker);
    const labels = rows.map((row) => linker.clusterOf(row));
    return {
      name,
      score: scorePartition(
        truthOf.map((one) => names.indexOf(one)),
        labels,
      ),
      linkable: stats.linkable,
      reports: all.length,
      wrongProtected: wrongOnes(
        reports.map((report) => key.get(report.id)),
        labels,
      ),
    };
  };
  return [judge("the reader's events", read), judge("the key's facts as events", fromKey)];
}

function eventsOfKey(facts: Record<string, unknown> | null, published: unknown): LinkReport['events'] {
  if (!facts) return [];
  const place = (facts.place ?? {}) as Record<string, unknown>;
  const event = {
    type: facts.event_type,
    start: facts.start,
    end: facts.end,
    lat: place.lat,
    lon: place.lon,
    precision: place.precision,
    place_text: place.name_ar ?? place.name_en,
    actor: facts.alleged_party,
    killed: facts.killed,
    injured: facts.injured,
    target: facts.target,
  };
  return parseLinkLine(JSON.stringify({ id: 'key', published, event }), 'the key').events;
}

function wrongOnes(rows: readonly (KeyRow | undefined)[], labels: readonly number[]): string[] {
  const wrong = new Set<string>();
  const home = new Map<string, Set<number>>();
  const held = new Map<number, Set<string>>();
  rows.forEach((row, i) => {
    const incident = row?.incident;
    if (!incident) return;
    const label = labels[i] ?? -1;
    home.set(incident, (home.get(incident) ?? new Set()).add(label));
    held.set(label, (held.get(label) ?? new Set()).add(incident));
  });
  for (const row of rows) {
    const incident = row?.incident;
    if (!incident || !PROTECTED.includes(String(row.facts?.target))) continue;
    const places = home.get(incident) ?? new Set();
    if (places.size > 1 || [...places].some((label) => (held.get(label)?.size ?? 0) > 1)) wrong.add(incident);
  }
  return [...wrong];
}

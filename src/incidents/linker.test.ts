import { describe, expect, it } from 'vitest';
import { hardReports } from '../../test/support/reports/hard.ts';
import { type EventLine, plainReports, type ReportLine } from '../../test/support/reports/plain.ts';
import { seededRandom } from '../../test/support/reports/random.ts';
import { scorePartition } from '../../test/support/reports/score.ts';
import { SIZES } from '../../test/support/reports/world.ts';
import { linkAll } from './link-all.ts';
import { parseLinkLine } from './link-line.ts';
import { Linker, linkOne } from './linker.ts';

const size = SIZES['1.6k'] ?? { incidents: 0, days: 0 };
const report = (line: ReportLine) => parseLinkLine(JSON.stringify(line), 'test');

function linked(lines: readonly ReportLine[]) {
  const linker = new Linker();
  const rows = lines.map((line) => linker.ingest(report(line)));
  const stats = linkAll(linker);
  return { linker, rows, stats, labels: rows.map((row) => linker.clusterOf(row)) };
}

const told = (
  id: string,
  change: Partial<Omit<ReportLine, 'event'>> & { event?: Partial<EventLine> | null } = {},
): ReportLine => ({
  id,
  source: `source of ${id}`,
  origin: null,
  lang: 'en',
  published: '2016-05-04',
  text: null,
  ...change,
  event:
    change.event === null
      ? null
      : {
          type: 'shelling',
          start: '2016-05-03',
          end: null,
          lat: 36.2,
          lon: 37.16,
          precision: 'town',
          place_text: 'Aleppo',
          actor: 'government',
          killed: { low: 4, high: 4 },
          injured: null,
          target: null,
          ...change.event,
        },
});

describe('linking a collection', () => {
  const plain = [...plainReports(301, size)];
  const truth = plain.map((one) => one.truth);
  const lines = plain.map(({ line }) => line);

  it('finds the incidents of the plain preset', () => {
    const { labels, stats } = linked(lines);
    const score = scorePartition(truth, labels);
    expect(score.f1).toBeGreaterThanOrEqual(0.9);
    expect(score.precision).toBeGreaterThanOrEqual(0.94);
    expect(stats.asked / stats.reports).toBeLessThanOrEqual(0.05);
  });

  it('hardly minds the order of arrival', () => {
    const random = seededRandom(5);
    const order = lines
      .map((line, i) => ({ line, truth: truth[i] ?? 0, at: random.next() }))
      .sort((a, b) => a.at - b.at);
    const shuffled = scorePartition(
      order.map((one) => one.truth),
      linked(order.map((one) => one.line)).labels,
    );
    expect(Math.abs(shuffled.f1 - scorePartition(truth, linked(lines).labels).f1)).toBeLessThanOrEqual(0.01);
  });

  it('explains every link with bits that sum to the score', () => {
    const { linker, rows } = linked(hardReports(301, size).reports.map(({ line }) => line));
    let explained = 0;
    for (const row of rows) {
      const why = linker.explain(row);
      if (!why) continue;
      explained++;
      expect(why.parts.reduce((sum, part) => sum + part.bits, 0)).toBeCloseTo(why.score, 9);
      expect(why.parts[0]?.field).toBe('prior');
    }
    expect(explained).toBeGreaterThan(rows.length / 3);
  });
});

describe('single cases', () => {
  const together = (...lines: ReportLine[]): boolean => new Set(linked(lines).labels).size === 1;

  it('joins two tellings of a quiet town, and parts those of other kind and toll', () => {
    expect(together(told('a'), told('b', { event: { killed: { low: 5, high: 5 } } }))).toBe(true);
    const other = { type: 'siege_or_access_denied', actor: 'opposition', killed: { low: 60, high: 60 } };
    expect(together(told('a'), told('b', { event: other }))).toBe(false);
    expect(together(told('a'), told('b', { event: { lat: 35.5 } }))).toBe(false);
    expect(together(told('a'), told('b', { event: { start: '2016-05-20' } }))).toBe(false);
  });

  it('leaves sum-ups, reports of no event and reports without a place on their own', () => {
    const total = { type: 'ceasefire_violation', precision: 'country' };
    expect(together(told('a', { event: total }), told('b', { event: total }))).toBe(false);
    expect(together(told('a', { event: null }), told('b', { event: null }))).toBe(false);
    const nowhere = { lat: null, lon: null, place_text: null };
    expect(together(told('a', { event: nowhere }), told('b', { event: nowhere }))).toBe(false);
  });

  it('puts a copy beside its original and says that it is one', () => {
    const text =
      'Warplanes hit the market of Atarib at noon, killing 37 people, rescue workers said on Monday in a statement.';
    const { linker, rows } = linked([told('a', { text }), told('b', { text: `Agency: ${text}`, event: null })]);
    expect(linker.clusterOf(rows[0] ?? -1)).toBe(linker.clusterOf(rows[1] ?? -1));
    expect(linker.copyReason(rows[1] ?? -1)).toBe('near_duplicate');
  });

  it('never joins what a person keeps apart, and keeps what a person joined', () => {
    const linker = new Linker();
    const a = linkOne(linker, report(told('a')));
    expect(linkOne(linker, report(told('b'))).incident).toBe(a.incident);
    linker.clusters.keepApart(linker.rowOf('a') ?? -1, linker.ingest(report(told('c'))));
    const c = linker.rowOf('c') ?? -1;
    linker.makeKnown(c);
    linker.place(c);
    expect(linker.clusterOf(c)).not.toBe(linker.clusterOf(linker.rowOf('a') ?? -1));
  });
});

describe('hostile collections', () => {
  it('links a block of five thousand reports of one town and day in bounded work', () => {
    const random = seededRandom(9);
    const lines = Array.from({ length: 5_000 }, (_, i) =>
      told(`r${i}`, {
        source: `s${i % 40}`,
        event: { killed: { low: random.int(200), high: null }, lat: 36.2 + random.next() / 50 },
      }),
    );
    const { stats } = linked(lines);
    expect(stats.capped).toBeGreaterThan(0);
    expect(stats.comparisons).toBeLessThan(lines.length * 128 * 4);
  });

  it('takes identical reports for one', () => {
    const same = (id: string): ReportLine => told(id, { source: 'one source', text: null });
    const { stats } = linked(Array.from({ length: 20_000 }, (_, i) => same(`r${i}`)));
    expect(stats.incidents).toBe(1);
    expect(stats.copies).toBeGreaterThan(19_000);
  });
});

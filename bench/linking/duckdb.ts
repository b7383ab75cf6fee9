/**
 * Fellegi-Sunter as Splink does it, as SQL in DuckDB: blocked self-join, CASE levels, EM over the counts of level
 * patterns with u from random pairs, then connected components. Its threshold is chosen on the truth: as good as it gets.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { type Flat, UnionFind } from './baselines.ts';

const FIELDS = ['place', 'gap', 'kind', 'actor', 'toll'] as const;
const LEVELS = `
  case when d <= 0.1 then 0 when d <= 1 then 1 when d <= 3 then 2 when d <= 8 then 3 when d <= 20 then 4 else 5 end as place,
  abs(a.day - b.day) as gap,
  case when a.kind = b.kind then 0 else 1 end as kind,
  case when a.actor is null or b.actor is null then -1 when a.actor = b.actor then 0 else 1 end as actor,
  case when a.killed is null or b.killed is null then -1 when a.killed = b.killed then 0
       when abs(a.killed - b.killed) <= greatest(1, 0.5 * least(a.killed, b.killed)) then 1 else 2 end as toll`;
const DISTANCE = 'sqrt(pow(a.lat - b.lat, 2) + pow((a.lon - b.lon) * cos(radians(a.lat)), 2)) * 111.2';
const MAX_LEVEL = 6;

interface Pattern {
  readonly levels: readonly number[];
  readonly count: number;
}

export interface DuckResult {
  readonly seconds: number;
  /** Labels by threshold in bits. */
  readonly labels: ReadonlyMap<number, readonly number[]>;
}

export async function fellegiSunterInDuckDb(
  flat: readonly (Flat | null)[],
  thresholds: readonly number[],
): Promise<DuckResult> {
  const started = performance.now();
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const db = await instance.connect();
  try {
    await db.run(
      'create table r (i integer, lat double, lon double, day integer, kind varchar, actor varchar, killed integer, source varchar)',
    );
    const appender = await db.createAppender('r');
    flat.forEach((one, i) => {
      if (!one) return;
      const event = one.line.event;
      appender.appendInteger(i);
      appender.appendDouble(one.lat);
      appender.appendDouble(one.lon);
      appender.appendInteger(one.day);
      appender.appendVarchar(one.kind);
      if (event?.actor) appender.appendVarchar(event.actor);
      else appender.appendNull();
      if (event?.killed?.low != null) appender.appendInteger(event.killed.low);
      else appender.appendNull();
      appender.appendVarchar(one.line.source);
      appender.endRow();
    });
    appender.closeSync();
    await db.run(`create table blocked as select a.i as i, b.i as j, ${DISTANCE} as d, ${LEVELS.replaceAll(' d ', ` (${DISTANCE}) `)}
      from r a join (select *, x from r, (select unnest([-1, 0, 1]) as x)) b
        on floor(a.lat * 4) = floor(b.lat * 4) + b.x and a.day between b.day - 2 and b.day + 2
       and abs(a.lon - b.lon) < 0.25 and a.i < b.i and a.source <> b.source`);
    const patterns = await patternsOf(db, 'blocked');
    await db.run(`create table chance as select ${LEVELS.replaceAll(' d ', ` (${DISTANCE}) `)}
      from (select * from r using sample 3000 rows (reservoir, 1)) a, (select * from r using sample 300 rows (reservoir, 2)) b where a.i <> b.i`);
    const bits = estimate(patterns, await patternsOf(db, 'chance'));
    const cases = FIELDS.map(
      (field, f) =>
        `case ${field} ${bits.weights[f]?.map((bit, level) => `when ${level} then ${bit.toFixed(4)}`).join(' ')} else 0 end`,
    );
    const rows = await (
      await db.run(
        `select i, j, ${bits.prior} + ${cases.join(' + ')} as score from blocked where ${bits.prior} + ${cases.join(' + ')} >= ${Math.min(...thresholds)}`,
      )
    ).getRows();
    const labels = new Map(
      thresholds.map((threshold) => {
        const sets = new UnionFind(flat.length);
        for (const [i, j, score] of rows) if (Number(score) >= threshold) sets.join(Number(i), Number(j));
        return [threshold, sets.labels()];
      }),
    );
    return { seconds: (performance.now() - started) / 1000, labels };
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function patternsOf(db: Awaited<ReturnType<DuckDBInstance['connect']>>, table: string): Promise<Pattern[]> {
  const rows = await (await db.run(`select ${FIELDS.join(', ')}, count(*) from ${table} group by all`)).getRows();
  return rows.map((row) => ({ levels: row.slice(0, FIELDS.length).map(Number), count: Number(row[FIELDS.length]) }));
}

function estimate(patterns: readonly Pattern[], chance: readonly Pattern[]): { prior: number; weights: number[][] } {
  const share = (from: readonly Pattern[], weigh: (pattern: Pattern) => number): number[][] =>
    FIELDS.map((_, f) => {
      const counts = new Array<number>(MAX_LEVEL).fill(0.5);
      for (const pattern of from) {
        const level = pattern.levels[f] ?? -1;
        if (level >= 0) counts[level] = (counts[level] ?? 0) + weigh(pattern);
      }
      const sum = counts.reduce((a, b) => a + b, 0);
      return counts.map((count) => count / sum);
    });
  const u = share(chance, ({ count }) => count);
  // In the block, place and gap of chance pairs are those of the block itself.
  const inBlock = share(patterns, ({ count }) => count);
  for (const f of [0, 1]) u[f] = inBlock[f] ?? [];
  let m = FIELDS.map((_, f) => [0.5, 0.25, 0.12, 0.07, 0.04, 0.02].map((start) => (f > 1 ? start : start)));
  let lambda = 0.05;
  for (let i = 0; i < 25; i++) {
    const posterior = ({ levels }: Pattern): number => {
      let odds = lambda / (1 - lambda);
      levels.forEach((level, f) => {
        if (level >= 0) odds *= (m[f]?.[level] ?? 1e-6) / (u[f]?.[level] ?? 1);
      });
      return odds / (1 + odds);
    };
    const before = { m, lambda };
    const all = patterns.reduce((sum, { count }) => sum + count, 0);
    const matched = patterns.reduce((sum, pattern) => sum + pattern.count * posterior(pattern), 0);
    m = share(patterns, (pattern) => pattern.count * posterior(pattern));
    lambda = Math.min(0.5, Math.max(1e-4, matched / Math.max(1, all)));
    if (Math.abs(before.lambda - lambda) < 1e-6) break;
  }
  return {
    prior: Math.log2(lambda / (1 - lambda)),
    weights: m.map((field, f) => field.map((share, level) => Math.log2(share / (u[f]?.[level] ?? 1)))),
  };
}

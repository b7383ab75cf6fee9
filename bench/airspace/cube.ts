/** The Postgres baseline: a cluster of its own in a temporary folder, one table with a 4D cube under GiST, stopped after. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Prepared } from '../../src/airspace/conflict.ts';
import { boxOf } from './lookup.ts';
import { DAY, MINIMA, percentile } from './world.ts';

const BIN = '/usr/lib/postgresql/15/bin';
const PORT = 54_329;

const asPostgres = (command: string, args: readonly string[]): void => {
  const root = process.getuid?.() === 0;
  const [program, all] = root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
  execFileSync(program, all, { stdio: 'ignore', timeout: 120_000 });
};

export interface Cube {
  readonly total: number;
  readonly p50: number;
  readonly hits: number;
  /** Milliseconds a search inside the server: no client, no round trip, candidates only, nothing tested exactly. */
  readonly inside: number;
}

/** Time and hits of the look-ups; undefined where there is no Postgres 15. */
export async function cubeBaseline(
  held: readonly Prepared[],
  asked: readonly Prepared[],
  near: (asked: number, held: number) => boolean,
): Promise<Cube | undefined> {
  if (!existsSync(`${BIN}/initdb`)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'hudna-cube-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  try {
    asPostgres(`${BIN}/initdb`, ['-D', data, '-A', 'trust', '-U', 'postgres', '-N']);
    asPostgres(`${BIN}/pg_ctl`, [
      '-D',
      data,
      '-w',
      '-o',
      `-p ${PORT} -k ${folder} -c fsync=off -c shared_buffers=256MB`,
      'start',
    ]);
    return await measure(held, asked, near);
  } finally {
    try {
      asPostgres(`${BIN}/pg_ctl`, ['-D', data, '-m', 'immediate', 'stop']);
    } catch {
      // It never started.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function corners(item: Prepared): { low: number[]; high: number[] } {
  const { volume } = item;
  const box = boxOf(item);
  const slack = MINIMA.timeSeconds / 2;
  const rise = MINIMA.verticalMetres / 2;
  return {
    low: [box.minX, box.minY, volume.altitudeLowerMetres - rise, (volume.start - DAY) / 1000 - slack],
    high: [box.maxX, box.maxY, volume.altitudeUpperMetres + rise, (volume.end - DAY) / 1000 + slack],
  };
}

async function measure(held: readonly Prepared[], asked: readonly Prepared[], near: (a: number, b: number) => boolean) {
  const client = new pg.Client({ host: '127.0.0.1', port: PORT, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query('create extension cube; create table v (id int primary key, c cube)');
  for (let from = 0; from < held.length; from += 5_000) {
    const values = held.slice(from, from + 5_000).map((item, i) => {
      const { low, high } = corners(item);
      return `(${from + i}, cube(array[${low}]::float8[], array[${high}]::float8[]))`;
    });
    await client.query(`insert into v values ${values.join(',')}`);
  }
  await client.query('create index on v using gist (c)');
  await client.query('analyze v');
  const times: number[] = [];
  let hits = 0;
  const query = { name: 'near', text: 'select id from v where c && cube($1::float8[], $2::float8[])' };
  const ask = async (i: number): Promise<number> => {
    const item = asked[i];
    if (!item) return 0;
    const { low, high } = corners(item);
    const { rows } = await client.query<{ id: number }>({ ...query, values: [low, high] });
    return rows.filter(({ id }) => near(i, id)).length;
  };
  for (let i = 0; i < 50; i++) await ask(i);
  const from = performance.now();
  for (let i = 0; i < asked.length; i++) {
    const start = performance.now();
    hits += await ask(i);
    times.push(performance.now() - start);
  }
  const total = performance.now() - from;
  const inside = await searchInside(client, asked);
  await client.end();
  times.sort((a, b) => a - b);
  return { total, p50: percentile(times, 0.5), hits, inside };
}

/** All searches in one statement, so that no client is timed. */
async function searchInside(client: pg.Client, asked: readonly Prepared[]): Promise<number> {
  const values = asked.map((item) => {
    const { low, high } = corners(item);
    return `(cube(array[${low}]::float8[], array[${high}]::float8[]))`;
  });
  await client.query(`create temp table q as select * from (values ${values.join(',')}) as t(c)`);
  const search = 'select sum(n) from (select (select count(*) from v where v.c && q.c) as n from q) as t';
  await client.query(search);
  const from = performance.now();
  await client.query(search);
  return (performance.now() - from) / asked.length;
}

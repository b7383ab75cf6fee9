/**
 * `npm run bench -- places [EVENTS.csv [PLACES.csv]]`: resolves the column `location_where_name` of UCDP's events alone and
 * prints the share put in the governorate that the same row names: with the shipped gazetteer, and after the import of
 * a P-code table, each beside a plain match of names in the same gazetteer. Rows are split in two halves by their id:
 * one was looked at while the words were written, the other was scored only.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Gazetteer } from '../src/places/index.ts';
import { importPlaces, loadGazetteer, loadShippedGazetteer, resolvePlace } from '../src/places/index.ts';

const shared = (path: string): string => fileURLToPath(new URL(`../../shared/data/${path}`, import.meta.url));

interface Row {
  readonly id: string;
  readonly location_where_name: string;
  readonly location_adm1_name: string;
}

type Guess = (words: string) => string | undefined;

/** Name without its last word of kind, compared letter by letter (capitals aside); the first namesake counts. */
function plainMatch(gazetteer: Gazetteer): Guess {
  const byName = new Map<string, string>();
  for (const { names, area, class: kind, id } of gazetteer.places) {
    const governorate = kind === 'governorate' ? id : area;
    for (const { form } of names) {
      const key = form.toLowerCase();
      if (governorate !== null && !byName.has(key)) byName.set(key, governorate);
    }
  }
  return (words) => byName.get(words.toLowerCase()) ?? byName.get(words.toLowerCase().replace(/ +\S+$/, ''));
}

function resolved(gazetteer: Gazetteer): Guess {
  return (words) => {
    const { place, point } = resolvePlace(gazetteer, words);
    if (place === null || point === null) return undefined;
    if (place.class === 'governorate') return place.id;
    return place.area ?? gazetteer.governorateAt(point)?.id;
  };
}

interface Score {
  right: number;
  wrong: number;
  none: number;
}

function score(
  rows: readonly Row[],
  guess: Guess,
  expected: (row: Row) => string | undefined,
  misses?: Map<string, number>,
): Score {
  const result = { right: 0, wrong: 0, none: 0 };
  for (const row of rows) {
    const got = guess(row.location_where_name);
    const kind = got === undefined ? 'none' : got === expected(row) ? 'right' : 'wrong';
    result[kind] += 1;
    if (kind !== 'right')
      misses?.set(`${kind}: ${row.location_where_name}`, (misses.get(`${kind}: ${row.location_where_name}`) ?? 0) + 1);
  }
  return result;
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

function print(title: string, rows: readonly Row[], { right, wrong, none }: Score): void {
  console.log(
    `  ${title.padEnd(28)} ${percent(right, rows.length).padStart(7)} right  ${percent(wrong, rows.length).padStart(7)} wrong  ${percent(none, rows.length).padStart(7)} not found`,
  );
}

function timed<T>(title: string, work: () => T): T {
  const began = performance.now();
  const result = work();
  console.log(`${title}: ${(performance.now() - began).toFixed(0)} ms`);
  return result;
}

function withImport(table: string): Gazetteer {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-bench-places-'));
  try {
    const { accepted, refused } = timed('import of the P-code table', () => importPlaces(folder, table, 'pcodes'));
    console.log(`  ${accepted} accepted, ${refused.length} refused`);
    return timed('building the gazetteer with it', () => loadGazetteer(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function run(args: readonly string[]): Promise<void> {
  const verbose = args.includes('--misses');
  const [events = shared('incidents/ucdp_events_syria_coh2016.csv'), table = shared('geo/syr_places_adm4.csv')] =
    args.filter((arg) => !arg.startsWith('-'));
  if (!existsSync(events)) {
    console.log(`no such file: ${events}`);
    return;
  }
  const rows = parse(readFileSync(events, 'utf8'), { columns: true, bom: true }) as Row[];
  const named = rows.filter((row) => row.location_where_name.trim() !== '' && row.location_adm1_name.trim() !== '');
  const halves = {
    seen: named.filter(({ id }) => Number(id) % 2 === 0),
    'scored only': named.filter(({ id }) => Number(id) % 2 === 1),
  };
  console.log(`${rows.length} rows, ${named.length} with a place name and a governorate`);
  const shipped = timed('building the shipped gazetteer', loadShippedGazetteer);
  const expected = (row: Row): string | undefined =>
    shipped.lookup(row.location_adm1_name).find(({ place }) => place.class === 'governorate')?.place.id;
  const imported = existsSync(table) ? withImport(table) : undefined;
  for (const [title, gazetteer] of [
    ['shipped', shipped],
    ...(imported ? [['with the P-code table', imported] as const] : []),
  ] as const) {
    console.log(`${title} gazetteer: ${gazetteer.places.length} places`);
    for (const [half, part] of Object.entries(halves)) {
      print(`plain match, ${half}`, part, score(part, plainMatch(gazetteer), expected));
      const misses = new Map<string, number>();
      print(`resolved, ${half}`, part, score(part, resolved(gazetteer), expected, misses));
      if (verbose && half === 'seen')
        console.log([...misses].map(([text, count]) => `    ${count} ${text}`).join('\n'));
    }
    const all = score(rows, resolved(gazetteer), expected);
    print('resolved, all rows', rows, all);
  }
}

/**
 * Row `seed [--misses]`: dates, figures and places of the seed article against its hand annotation (../shared/seed); what is
 * said in it is row `speech`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader, type Reading } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';

const FOLDER = new URL('../../../shared/seed/', import.meta.url);

interface GoldItem {
  readonly span: { readonly start: number; readonly end: number; readonly text: string };
  readonly optional?: boolean;
}
interface GoldDate extends GoldItem {
  readonly value: string;
  readonly mod: string | null;
  readonly accept?: readonly string[];
}
interface GoldFigure extends GoldItem {
  readonly value: number;
  readonly comparator: string;
  readonly unit: string;
  readonly acceptUnits?: readonly string[];
  readonly acceptComparators?: readonly string[];
}
interface GoldPlace extends GoldItem {
  readonly use: string;
}
interface Gold {
  readonly published: string;
  readonly dates: readonly GoldDate[];
  readonly figures: readonly GoldFigure[];
  readonly places: readonly GoldPlace[];
}

const same = (a: GoldItem['span'], b: GoldItem['span']): boolean => a.start === b.start && a.end === b.end;

export async function run(args: readonly string[]): Promise<void> {
  if (!existsSync(FOLDER)) {
    console.log('seed: left out, ../shared/seed is absent');
    return;
  }
  const text = readFileSync(new URL('000_111d6dfa0daf4090.txt', FOLDER), 'utf8');
  const gold = JSON.parse(readFileSync(new URL('gold.json', FOLDER), 'utf8')) as Gold;
  const reading = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() }).read(text, {
    published: gold.published,
  });
  dates(gold, reading, args.includes('--misses'));
  figures(gold, reading);
  places(gold, reading, args.includes('--misses'));
}

function dates(gold: Gold, reading: Reading, misses: boolean): void {
  const right = gold.dates.filter((want) => {
    const got = reading.dates.find((date) => same(date.span, want.span));
    const good = got && got.mod === want.mod && [want.value, ...(want.accept ?? [])].includes(String(got.value));
    if (!good && misses) console.log(`   date ${want.span.text}: want ${want.value}, got ${got?.value}`);
    return good;
  });
  console.log(
    `seed dates: ${right.length}/${gold.dates.length} (span, value and modifier), ${reading.dates.length} found`,
  );
}

function figures(gold: Gold, reading: Reading): void {
  const right = gold.figures.filter((want) => {
    const got = reading.figures.find((figure) => same(figure.span, want.span));
    return (
      got?.value === want.value &&
      [want.comparator, ...(want.acceptComparators ?? [])].includes(got.comparator) &&
      [want.unit, ...(want.acceptUnits ?? [])].includes(got.unit)
    );
  });
  console.log(
    `seed figures: ${right.length}/${gold.figures.length} (span, value, comparator and unit), ${reading.figures.length} found`,
  );
}

function places(gold: Gold, reading: Reading, misses: boolean): void {
  const hits = gold.places.filter((want) => reading.places.some((place) => same(place.span, want.span)));
  const missed = gold.places.filter((want) => !want.optional && !hits.includes(want));
  const extra = reading.places.filter((place) => !gold.places.some((want) => same(place.span, want.span)));
  const use = hits.filter((want) =>
    reading.places.some((place) => same(place.span, want.span) && place.use === want.use),
  );
  const f1 = (2 * hits.length) / (2 * hits.length + missed.length + extra.length);
  console.log(
    `seed places: exact-span F1 ${f1.toFixed(3)} (${hits.length} found, ${missed.length} missed, ${extra.length} extra), use ${(use.length / Math.max(1, hits.length)).toFixed(3)}`,
  );
  if (!misses) return;
  for (const want of missed) console.log(`   place missed: ${want.span.text} at ${want.span.start}`);
  for (const place of extra) console.log(`   place extra: ${place.span.text} at ${place.span.start}`);
}

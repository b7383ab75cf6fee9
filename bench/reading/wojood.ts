/**
 * Row `wojood [test] [--misses]`: places and dates of the Wojood sample (SinaLab, MIT; nested Arabic entities), where
 * the data folder is present. Its texts are of every kind and home is elsewhere: the row shows how far the reader goes
 * outside reports. A place is GPE or LOC at any depth. Spaces round signs, which its cutting into tokens left, are closed.
 * Its spans take in what ours leave out (قرية, بتاريخ, a bracket, a proclitic) and the other way round (في): a mention is
 * found when both end together and one begins no further from the other than such a word.
 */
import { existsSync, readFileSync } from 'node:fs';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { f1, type Range, type Tally } from './speech-score.ts';

const FOLDER = new URL('../../../shared/data/text/', import.meta.url);
const PLACE = new Set(['GPE', 'LOC']);
const DATE = new Set(['DATE']);

interface Sentence {
  readonly text: string;
  readonly places: readonly Range[];
  readonly dates: readonly Range[];
}

/** Sentences of a CoNLL-like file: a token and its tags (several when nested) a line. */
export function readWojood(source: string): Sentence[] {
  return source
    .split(/\n\s*\n/)
    .map(sentence)
    .filter(({ text }) => text !== '');
}

function sentence(block: string): Sentence {
  let text = '';
  const open = new Map<string, { start: number; end: number }>();
  const done: { type: string; start: number; end: number }[] = [];
  const close = (type: string): void => {
    const range = open.get(type);
    if (range) done.push({ type, ...range });
    open.delete(type);
  };
  for (const line of block.split('\n')) {
    const [token = '', ...tags] = line.trim().split(/\s+/);
    if (token === '' || token === '$#$') continue;
    const joins = /^[)،.:؛/]/.test(token) || /[(/]$/.test(text);
    if (text !== '' && !joins) text += ' ';
    const start = text.length;
    text += token;
    const inside = new Set(tags.filter((tag) => tag.startsWith('I-')).map((tag) => tag.slice(2)));
    for (const type of open.keys()) if (!inside.has(type)) close(type);
    for (const tag of tags) {
      const type = tag.slice(2);
      if (tag.startsWith('B-')) {
        close(type);
        open.set(type, { start, end: text.length });
      } else if (tag.startsWith('I-')) {
        const range = open.get(type) ?? { start, end: text.length };
        open.set(type, { start: range.start, end: text.length });
      }
    }
  }
  for (const type of [...open.keys()]) close(type);
  const of = (types: ReadonlySet<string>): Range[] => done.filter(({ type }) => types.has(type));
  return { text, places: of(PLACE), dates: of(DATE) };
}

const LONGEST_OPENING = 8;
const isSame = (gold: Range, got: Range): boolean =>
  Math.abs(gold.end - got.end) <= 1 &&
  Math.abs(got.start - gold.start) <= LONGEST_OPENING &&
  Math.max(gold.start, got.start) < Math.min(gold.end, got.end);
const meets = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

export async function run(args: readonly string[]): Promise<void> {
  const files = ['train', 'val', 'test'].filter((half) => !args.includes('test') || half === 'test');
  if (!existsSync(new URL('wojood_sample_test.txt', FOLDER))) {
    console.log('wojood: left out, ../shared/data is absent');
    return;
  }
  const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
  for (const file of files) {
    const sentences = readWojood(readFileSync(new URL(`wojood_sample_${file}.txt`, FOLDER), 'utf8'));
    const scores = { places: { hit: 0, missed: 0, extra: 0 }, dates: { hit: 0, missed: 0, extra: 0 } };
    let touched = 0;
    for (const one of sentences) {
      const reading = reader.read(one.text);
      const misses = args.includes('--misses');
      touched += one.dates.filter((want) => reading.dates.some(({ span }) => meets(span, want))).length;
      compare(
        scores.places,
        one.places,
        reading.places.map(({ span }) => span),
        one.text,
        misses ? 'place' : '',
      );
      compare(
        scores.dates,
        one.dates,
        reading.dates.map(({ span }) => span),
        one.text,
        misses ? 'date' : '',
      );
    }
    const line = (name: string, tally: Tally): string =>
      `${name} F1 ${f1(tally).toFixed(3)} (P ${(tally.hit / Math.max(1, tally.hit + tally.extra)).toFixed(3)}, R ${(tally.hit / Math.max(1, tally.hit + tally.missed)).toFixed(3)} of ${tally.hit + tally.missed})`;
    const dates = scores.dates.hit + scores.dates.missed;
    console.log(
      `${file}: ${sentences.length} sentences; ${line('places', scores.places)}; ${line('dates', scores.dates)}; dates touched ${(touched / Math.max(1, dates)).toFixed(3)}`,
    );
  }
}

function compare(tally: Tally, gold: readonly Range[], got: readonly Range[], text: string, shown: string): void {
  const around = ({ start, end }: Range): string =>
    `${text.slice(Math.max(0, start - 20), start)}[${text.slice(start, end)}]${text.slice(end, end + 20)}`;
  const used = new Set<Range>();
  for (const want of gold) {
    const hit = got.find((one) => !used.has(one) && isSame(want, one));
    if (hit) used.add(hit);
    tally[hit ? 'hit' : 'missed']++;
    if (!hit && shown) console.log(`   ${shown} missed: ${around(want)}`);
  }
  for (const one of got) {
    if (used.has(one)) continue;
    tally.extra++;
    if (shown) console.log(`   ${shown} extra: ${around(one)}`);
  }
}

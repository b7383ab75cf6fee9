/**
 * Row `speed`: articles of 3 kB a second on one core, the whole reader with gazetteer and instrument, beside chrono-node
 * alone on the same articles in the same run, both warm; and how the time grows from 50 kB to 5 MB.
 */
import { readFileSync } from 'node:fs';
import * as chrono from 'chrono-node';
import { isLang, type Lang } from '../../src/core/index.ts';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader, type Reader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';

interface Article {
  readonly lang: Lang;
  readonly text: string;
}

const ARTICLE_BYTES = 3_000;
const ROUNDS = 9;
/** Rounds before those that count: the first of all is printed, since a process that reads one article pays for it. */
const WARM_ROUNDS = 16;

/** Sample reports of one language joined to articles of three thousand bytes. */
export function articles(): Article[] {
  const made: Article[] = [];
  const parts = new Map<Lang, string[]>();
  for (const file of ['reports-a', 'reports-b']) {
    for (const line of readFileSync(new URL(`../../sample/${file}.jsonl`, import.meta.url), 'utf8').split('\n')) {
      if (line === '') continue;
      const report = JSON.parse(line) as { lang: string; title: string | null; text: string };
      if (!isLang(report.lang)) continue;
      const list = parts.get(report.lang) ?? [];
      parts.set(report.lang, list);
      list.push(`${report.title ?? ''}\n${report.text}\n`);
      const joined = list.join('');
      if (Buffer.byteLength(joined) < ARTICLE_BYTES) continue;
      made.push({ lang: report.lang, text: joined });
      parts.set(report.lang, []);
    }
  }
  return made;
}

const PARSERS: Readonly<Record<Lang, chrono.Chrono>> = {
  ar: chrono.ar.casual,
  en: chrono.en.casual,
  ru: chrono.ru.casual,
};

export async function run(): Promise<void> {
  const all = articles();
  const bytes = all.reduce((sum, article) => sum + Buffer.byteLength(article.text), 0) / all.length;
  const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
  const dates = new Date('2016-05-22T12:00:00Z');
  const read = (article: Article): unknown => reader.read(article.text, { published: '2016-05-22' });
  const parse = (article: Article): unknown => PARSERS[article.lang].parse(article.text, dates);
  const first = rate(all, read);
  for (let round = 0; round < WARM_ROUNDS; round++) {
    rate(all, read);
    rate(all, parse);
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, so that a noisy machine hits both alike.
    ours.push(rate(all, read));
    theirs.push(rate(all, parse));
  }
  const best = (rates: readonly number[]): number => Math.max(...rates);
  console.log(
    `speed: ${all.length} articles of ${Math.round(bytes)} bytes; whole reader ${best(ours).toFixed(0)}/s (median ${median(ours).toFixed(0)}), ` +
      `first round ${first.toFixed(0)}/s; chrono-node alone ${best(theirs).toFixed(0)}/s (median ${median(theirs).toFixed(0)}), ratio ${(median(ours) / median(theirs)).toFixed(2)}`,
  );
  growth(reader, all);
}

function rate(all: readonly Article[], work: (article: Article) => unknown): number {
  const start = performance.now();
  for (const article of all) work(article);
  return (all.length * 1000) / (performance.now() - start);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function growth(reader: Reader, all: readonly Article[]): void {
  const whole = all.map((article) => article.text).join('\n');
  const figures = [50_000, 500_000, 5_000_000].map((size) => {
    const text = whole.repeat(Math.ceil(size / whole.length)).slice(0, size);
    const start = performance.now();
    reader.read(text, { published: '2016-05-22' });
    return { size, nanoseconds: ((performance.now() - start) * 1e6) / size };
  });
  console.log(
    `growth: ${figures.map(({ size, nanoseconds }) => `${size / 1000} k units ${nanoseconds.toFixed(0)} ns a unit`).join(', ')}`,
  );
}

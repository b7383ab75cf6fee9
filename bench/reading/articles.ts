/**
 * Row `articles [dev|held|held2|held3|dev4|held4|held5|all] [--notes] [--only ID]`: every mention of the room's marked articles: dates, places, figures by
 * exact span and value, and what row `speech` measures.
 */
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader, type Reading } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { articles, type GoldArticle } from './article-gold.ts';
import { emptyScore, f1, type Range, rate, type SpeechScore, scoreText, type Tally } from './speech-score.ts';

export interface ArticleScore {
  readonly speech: SpeechScore;
  readonly places: Tally;
  readonly use: Tally;
  readonly dates: Tally;
  readonly figures: Tally;
  readonly figureSpans: Tally;
  readonly evidence: Tally;
}

const tally = (): Tally => ({ hit: 0, missed: 0, extra: 0 });
const same = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end;
const meets = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;
const within = (a: Range, b: Range): boolean => a.start >= b.start && a.end <= b.end;

/** Scores articles; every note says what is wrong. */
export function scoreArticles(texts: readonly GoldArticle[]): ArticleScore {
  const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
  const score: ArticleScore = {
    speech: emptyScore(),
    places: tally(),
    use: tally(),
    dates: tally(),
    figures: tally(),
    figureSpans: tally(),
    evidence: tally(),
  };
  for (const text of texts) {
    const reading = reader.read(text.text, { published: text.published });
    const note = (line: string): void => void score.speech.notes.push(`${text.id}: ${line}`);
    scoreText(score.speech, text.id, reading, text.gold);
    scorePlaces(score, text, reading, note);
    scoreDates(score, text, reading, note);
    scoreFigures(score, text, reading, note);
    for (const { span } of [...reading.places, ...reading.dates, ...reading.actors, ...reading.figures])
      score.evidence[span.text === text.text.slice(span.start, span.end) ? 'hit' : 'missed']++;
  }
  return score;
}

type Note = (line: string) => void;

function scorePlaces(score: ArticleScore, gold: GoldArticle, reading: Reading, note: Note): void {
  const free = [...gold.gold.actors, ...gold.places.filter((place) => place.optional)];
  for (const want of gold.places) {
    const got = reading.places.find((place) => same(place.span, want));
    if (want.optional) continue;
    score.places[got ? 'hit' : 'missed']++;
    const near = reading.places.filter((place) => meets(place.span, want)).map((place) => place.span.text);
    if (!got) note(`place missed: ${gold.text.slice(want.start, want.end)} (${near.join(' | ')})`);
    else {
      score.use[got.use === want.use ? 'hit' : 'missed']++;
      if (got.use !== want.use) note(`place use: ${got.span.text} ${got.use}, not ${want.use}`);
    }
  }
  for (const { span } of reading.places) {
    if (gold.places.some((want) => same(span, want)) || free.some((one) => within(span, one))) continue;
    score.places.extra++;
    note(`place extra: ${span.text} «${gold.text.slice(Math.max(0, span.start - 15), span.end + 15)}»`);
  }
}

function scoreDates(score: ArticleScore, gold: GoldArticle, reading: Reading, note: Note): void {
  for (const want of gold.dates) {
    const near = reading.dates.filter((date) => meets(date.span, want));
    const got = near.find(
      (date) => same(date.span, want) && date.mod === want.mod && want.values.includes(String(date.value)),
    );
    if (want.optional) continue;
    score.dates[got ? 'hit' : 'missed']++;
    if (got) continue;
    const found = near.map((date) => `${date.span.text} = ${date.value} ${date.mod ?? ''}`).join(' | ');
    note(`date missed: ${gold.text.slice(want.start, want.end)} = ${want.values[0]} ${want.mod ?? ''} (${found})`);
  }
  for (const { span, value } of reading.dates) {
    if (gold.dates.some((want) => meets(span, want))) continue;
    score.dates.extra++;
    note(`date extra: ${span.text} = ${value}`);
  }
}

function scoreFigures(score: ArticleScore, gold: GoldArticle, reading: Reading, note: Note): void {
  for (const want of gold.figures) {
    const near = reading.figures.filter((figure) => meets(figure.span, want));
    const got = near.find(
      (one) => one.value === want.value && one.comparator === want.comparator && want.units.includes(one.unit),
    );
    if (want.optional) continue;
    score.figures[got ? 'hit' : 'missed']++;
    if (got) {
      score.figureSpans[same(got.span, want) ? 'hit' : 'missed']++;
      if (!same(got.span, want)) note(`figure span: ${got.span.text}, not ${gold.text.slice(want.start, want.end)}`);
    } else {
      const found = near.map((one) => `${one.span.text} ${one.comparator} ${one.value} ${one.unit}`).join(' | ');
      note(`figure missed: ${gold.text.slice(want.start, want.end)} (${found})`);
    }
  }
  for (const { span, value, unit } of reading.figures) {
    if (gold.figures.some((want) => meets(span, want))) continue;
    score.figures.extra++;
    note(`figure extra: ${span.text} = ${value} ${unit}`);
  }
}

export async function run(args: readonly string[]): Promise<void> {
  const half = args.find((arg) => /^(?:all|dev4|held[2-5]?)$/.test(arg)) ?? 'dev';
  const only = args[args.indexOf('--only') + 1];
  const chosen = articles().filter(
    (one) => (half === 'all' || one.half === half) && (!args.includes('--only') || one.id === only),
  );
  const langs = new Set(chosen.map((one) => one.lang));
  for (const lang of langs) print(`${half} ${lang}`, scoreArticles(chosen.filter((one) => one.lang === lang)), args);
  if (langs.size > 1) print(`${half} all`, scoreArticles(chosen), []);
}

function print(name: string, score: ArticleScore, args: readonly string[]): void {
  const figure = (value: number): string => value.toFixed(3);
  const counts = ({ hit, missed, extra }: Tally): string => `${hit}/${hit + missed} extra ${extra}`;
  const { speech } = score;
  console.log(
    [
      `${name}: dates ${counts(score.dates)}; places F1 ${figure(f1(score.places))} (${counts(score.places)}) use ${figure(rate(score.use))}; actors F1 ${figure(f1(speech.actors))} (${counts(speech.actors)})`,
      `statements F1 ${figure(f1(speech.statements))} (${counts(speech.statements)}) speaker ${figure(rate(speech.speaker))} mode ${figure(rate(speech.mode))} act ${figure(rate(speech.act))} polarity ${figure(rate(speech.polarity))} content ${figure(rate(speech.content))}`,
      `proposals ${counts(speech.proposals)}; standing ${counts(speech.standing)}; agreements ${counts(speech.agreements)}; figures ${counts(score.figures)}, their spans ${counts(score.figureSpans)}; evidence ${counts(score.evidence)}`,
    ].join('\n  '),
  );
  if (args.includes('--notes')) for (const line of speech.notes) console.log(`    ${line}`);
}

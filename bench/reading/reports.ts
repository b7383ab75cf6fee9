/**
 * `npm run bench -- reading-reports [dev|held|all] [--set NAME] [--show]`: short reports of several conflicts, written by
 * hand with what a person read in them; the share right per field and language.
 */
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { marksOf, REPORT_FIELDS, type ReportMarks, reportFixtures } from '../../src/reading/events/report-fixture.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';

const FICTIONAL = new URL('../../sample/terms-fictional.yaml', import.meta.url).pathname;

export async function run(args: readonly string[]): Promise<void> {
  const half = args.find((arg) => arg === 'dev' || arg === 'held' || arg === 'all') ?? 'dev';
  const set = args.includes('--set') ? args[args.indexOf('--set') + 1] : undefined;
  const gazetteer = loadShippedGazetteer();
  const shipped = createReader({ gazetteer, instrument: loadInstrument() });
  const fictional = createReader({ gazetteer, instrument: loadInstrument(FICTIONAL) });
  const judged: { lang: string; marks: ReportMarks }[] = [];
  for (const fixture of reportFixtures(set)) {
    if (half !== 'all' && fixture.half !== half) continue;
    const text = fixture.title ? `${fixture.title}\n\n${fixture.text}` : fixture.text;
    const reader = fixture.terms ? fictional : shipped;
    const reading = reader.read(text, { published: fixture.published, lang: fixture.lang });
    const marks = marksOf(fixture, reading, gazetteer);
    judged.push({ lang: fixture.lang, marks });
    const wrong = REPORT_FIELDS.filter((field) => marks[field] === false);
    if (wrong.length === 0 || !args.includes('--show')) continue;
    const [main] = reading.events;
    const place = reading.places[main?.places[0] ?? -1];
    console.log(`\n${fixture.id} wrong: ${wrong.join(', ')}\n  ${text}\n  want ${JSON.stringify(fixture.main)}`);
    console.log(
      `  read ${main?.type} ${main?.start} ${place?.span.text} k${JSON.stringify(main?.killed)} i${JSON.stringify(main?.injured)} ` +
        `${main?.actor} (${main?.actorText}) ${main?.target} agg=${main?.aggregate}; ` +
        `others ${reading.events.slice(1).map((event) => `${event.type} ${event.killed.low} by ${event.by}`)}`,
    );
  }
  const row = (name: string, some: readonly { marks: ReportMarks }[]): void => {
    const cells = REPORT_FIELDS.map((field) => {
      const marked = some.filter(({ marks }) => marks[field] !== undefined);
      const right = marked.filter(({ marks }) => marks[field]).length;
      return (marked.length === 0 ? '-' : `${right}/${marked.length}`).padStart(8);
    });
    console.log([name.padEnd(5), String(some.length).padStart(4), ...cells].join(' '));
  };
  console.log(`${half}\n${['     ', '   n', ...REPORT_FIELDS.map((field) => field.padStart(8))].join(' ')}`);
  row('all', judged);
  for (const lang of ['ar', 'en', 'ru'])
    row(
      lang,
      judged.filter((one) => one.lang === lang),
    );
}

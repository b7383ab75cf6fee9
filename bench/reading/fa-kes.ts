/**
 * `npm run bench -- reading-fa-kes [FILE]`: English articles of FA-KES (CC BY): day, governorate and number of dead of the
 * first event against the table. The day of publication is the date that the article opens with.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { dayOf } from './answer.ts';

interface Row {
  readonly article_title: string;
  readonly article_content: string;
  readonly date: string;
  readonly location: string;
  readonly nb_children: string;
  readonly nb_civilians: string;
  readonly nb_noncivilians: string;
  readonly nb_women: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `4/6/17` → 2017-04-06. */
function dayOfTable(date: string): string | null {
  const [month, day, year] = date.split('/');
  return month && day && year ? `20${year.slice(-2)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}

/** "Wed 05 Apr 2017 …" or "05-04-2017": the day the article opens with. */
function openingDay(text: string): string | null {
  const words = text.slice(0, 60).match(/(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})/);
  const month = words ? MONTHS.indexOf((words[2] ?? '').toLowerCase()) : -1;
  return words && month >= 0
    ? `${words[3]}-${String(month + 1).padStart(2, '0')}-${(words[1] ?? '').padStart(2, '0')}`
    : null;
}

const spelled = (name: string): string =>
  name
    .toLowerCase()
    .replace('deir ez-zor', 'deir')
    .replace('deir ezzor', 'deir')
    .replace('dara', 'daraa')
    .replace('daraaa', 'daraa');

export async function run(args: readonly string[]): Promise<void> {
  const file =
    args.find((arg) => !arg.startsWith('-')) ??
    new URL('../../../shared/data/text/fa_kes_dev.csv', import.meta.url).pathname;
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, relax_quotes: true }) as Row[];
  const gazetteer = loadShippedGazetteer();
  const reader = createReader({ gazetteer, instrument: loadInstrument() });
  const right = { day: 0, dayWithin2: 0, governorate: 0, dead: 0, event: 0 };
  let units = 0;
  let ms = 0;
  for (const row of rows) {
    const text = `${row.article_title}\n\n${row.article_content}`;
    units += text.length;
    const before = performance.now();
    const reading = reader.read(text, { published: openingDay(row.article_content), lang: 'en' });
    ms += performance.now() - before;
    const [main] = reading.events;
    if (main) right.event++;
    const day = dayOf(main?.start ?? null);
    const wanted = dayOfTable(row.date);
    if (day !== null && day === wanted) right.day++;
    if (day !== null && wanted !== null && Math.abs(Date.parse(day) - Date.parse(wanted)) <= 2 * 86_400_000)
      right.dayWithin2++;
    const place = gazetteer.byId(reading.places[main?.places[0] ?? -1]?.place ?? '');
    const area = place?.class === 'governorate' ? place : gazetteer.byId(place?.area ?? '');
    if (area && spelled(area.name.en).includes(spelled(row.location.trim()))) right.governorate++;
    const dead = [row.nb_children, row.nb_civilians, row.nb_noncivilians, row.nb_women].reduce(
      (sum, n) => sum + Number(n || 0),
      0,
    );
    const said = main?.killed.low ?? 0;
    if (dead === said || (dead === said - 1 && main?.killed.high === null)) right.dead++;
    if (args.includes('--show'))
      console.log(
        [row.location, area?.name.en, row.date, day, dead, said, main?.type, row.article_title.slice(0, 70)].join(
          ' | ',
        ),
      );
  }
  for (const [name, n] of Object.entries(right))
    console.log(`${name.padEnd(12)} ${(n / rows.length).toFixed(3)} of ${rows.length}`);
  console.log(`${((units / 3_000 / ms) * 1_000).toFixed(0)} texts of 3 kB a second`);
}

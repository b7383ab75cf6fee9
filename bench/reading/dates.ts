/**
 * Row `dates [dev|held|all] [--misses]`: the hand-written date expressions of three languages, ours and chrono-node's
 * locale of the same language in the same run. Rows without a value (no reference day) are left out of the comparison.
 */
import * as chrono from 'chrono-node';
import { LANGS, type Lang } from '../../src/core/index.ts';
import { type DateAnswer, type DateRow, dateRows, judgeRow } from '../../src/reading/dates/fixtures.ts';
import { createReader } from '../../src/reading/index.ts';

const PARSERS: Readonly<Record<Lang, chrono.Chrono>> = {
  ar: chrono.ar.casual,
  en: chrono.en.casual,
  ru: chrono.ru.casual,
};

export async function run(args: readonly string[]): Promise<void> {
  const half = args.find((arg) => arg === 'dev' || arg === 'held') ?? 'all';
  const reader = createReader();
  for (const lang of LANGS) {
    const rows = dateRows(lang).filter((row) => half === 'all' || row.half === half);
    const ours = rows.map((row) =>
      judgeRow(row, answersOf(reader.read(row.sentence, { published: row.published }).dates)),
    );
    const compared = rows.filter((row) => !row.values.includes('null') && !row.values.includes('PRESENT_REF'));
    const chronoRight = compared.filter((row) => judgeRow(lenient(row), chronoAnswers(lang, row)).value).length;
    const oursRight = rows.filter((row, i) => compared.includes(row) && ours[i]?.value).length;
    const share = (n: number, of: number): string => (of === 0 ? '-' : (n / of).toFixed(3));
    console.log(
      `${lang} ${half}: ${rows.length} expressions, value ${share(ours.filter((one) => one.value).length, rows.length)}, ` +
        `value and modifier ${share(ours.filter((one) => one.mod).length, rows.length)}; on ${compared.length} with a value: ` +
        `ours ${share(oursRight, compared.length)}, chrono-node ${share(chronoRight, compared.length)}, ratio ${(oursRight / Math.max(1, chronoRight)).toFixed(2)}`,
    );
    if (args.includes('--misses')) {
      rows.forEach((row, i) => {
        if (!ours[i]?.value)
          console.log(
            `   ${row.line}: ${row.sentence} [${row.published}] want ${row.values.join(' | ')}, got ${ours[i]?.got}`,
          );
      });
    }
  }
}

interface OurDate {
  readonly span: { readonly start: number; readonly end: number };
  readonly value: string | null;
  readonly mod: string | null;
}

const answersOf = (dates: readonly OurDate[]): DateAnswer[] =>
  dates.map((date) => ({ start: date.span.start, end: date.span.end, value: date.value, mod: date.mod }));

/** chrono-node has no open intervals: the bare date counts as right for it. */
function lenient(row: DateRow): DateRow {
  const values = row.values.flatMap((value) => [value, value.replace('/..', '').replace('../', '')]);
  return { ...row, values };
}

function chronoAnswers(lang: Lang, row: DateRow): DateAnswer[] {
  const reference =
    row.published === null ? undefined : { instant: new Date(`${row.published}T12:00:00Z`), timezone: 'UTC' };
  return PARSERS[lang].parse(row.sentence, reference).map((result) => {
    const from = edtf(result.start);
    const to = result.end ? edtf(result.end) : from;
    return {
      start: result.index,
      end: result.index + result.text.length,
      value: from === to ? from : `${from}/${to}`,
      mod: null,
    };
  });
}

function edtf(parts: chrono.ParsedComponents): string {
  const two = (n: number | null): string => String(n ?? 1).padStart(2, '0');
  const year = String(parts.get('year')).padStart(4, '0');
  if (parts.isCertain('year') && !parts.isCertain('month') && !parts.isCertain('day')) return year;
  if (parts.isCertain('month') && !parts.isCertain('day') && !parts.isCertain('weekday'))
    return `${year}-${two(parts.get('month'))}`;
  return `${year}-${two(parts.get('month'))}-${two(parts.get('day'))}`;
}

/** The hand-written date expressions (development half), the seed's dates, and what must hold for any text. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWith, shared, sharedPath } from '../../../test/support/needs.ts';
import { LANGS } from '../../core/index.ts';
import type { DateMention } from '../model.ts';
import { createReader } from '../read.ts';
import { dayOfHijri, dayText, hijriOf } from './calendar.ts';
import { dateRows, judgeRow } from './fixtures.ts';

const reader = createReader();
const answers = (
  text: string,
  published: string | null,
): { start: number; end: number; value: string | null; mod: string | null }[] =>
  reader.read(text, { published }).dates.map((date) => ({ ...date.span, value: date.value, mod: date.mod }));

describe('date expressions', () => {
  it.each(LANGS)('%s: development half', (lang) => {
    const rows = dateRows(lang).filter((row) => row.half === 'dev');
    const wrong = rows
      .map((row) => ({ row, verdict: judgeRow(row, answers(row.sentence, row.published)) }))
      .filter(({ verdict }) => !verdict.value)
      .map(({ row, verdict }) => `${row.line}: ${row.sentence} → ${verdict.got}`);
    expect(rows.length).toBeGreaterThanOrEqual(125);
    expect(wrong).toEqual([]);
  });

  it('gives basis and modifier', () => {
    const [date] = reader.read('منذ 27 فبراير', { published: '2016-05-22' }).dates;
    expect(date).toMatchObject({ value: '2016-02-27/..', mod: 'since', basis: 'year-from-reference' });
    expect(reader.read('منذ مارس 2011').dates[0]).toMatchObject({ value: '2011-03/..', basis: 'absolute' });
    expect(reader.read('أمس الأول').dates[0]).toMatchObject({ value: null, basis: 'relative' });
  });

  it.each([
    ['The truce collapsed on Friday. A day earlier, the army had warned of it.', '2016-05-12'],
    ['Перемирие сорвалось в пятницу. Днем позже возобновились бои.', '2016-05-14'],
    ['انهارت الهدنة الجمعة. وفي اليوم التالي تجددت المعارك.', '2016-05-14'],
    ['A day earlier, the army had warned of it.', null],
  ])('tells a day from the day named before: %s', (text, day) => {
    expect(answers(text, '2016-05-18').at(-1)?.value).toBe(day);
  });

  it.each(['before the end of the month', 'قبل نهاية الشهر', 'до конца месяца'])('%s is a latest day', (text) => {
    expect(answers(text, '2016-05-18')).toMatchObject([{ value: '../2016-05-31', mod: 'until' }]);
  });

  it('keeps the date where the weekday disagrees, and no day that does not exist', () => {
    expect(answers('on Monday, 20 May 2016', null)[0]?.value).toBe('2016-05-20');
    expect(answers('on 30 February 2016', null).map((answer) => answer.value)).toEqual([null]);
  });
});

interface GoldDate {
  readonly span: { readonly start: number; readonly end: number };
  readonly value: string;
  readonly mod: string | null;
  readonly optional?: boolean;
  readonly accept?: readonly string[];
}

describeWith([shared('seed')], 'dates of the seed article', () => {
  it('finds each with its exact words and value', () => {
    const text = readFileSync(sharedPath('seed/000_111d6dfa0daf4090.txt'), 'utf8');
    const gold = (JSON.parse(readFileSync(sharedPath('seed/gold.json'), 'utf8')) as { dates: GoldDate[] }).dates;
    const found = reader.read(text, { published: '2016-05-22' }).dates;
    const missing = gold.filter(
      (want) =>
        !found.some(
          (date: DateMention) =>
            date.span.start === want.span.start &&
            date.span.end === want.span.end &&
            date.mod === want.mod &&
            [want.value, ...(want.accept ?? [])].includes(String(date.value)),
        ),
    );
    expect(missing).toEqual([]);
    expect(found).toHaveLength(gold.length);
  });
});

describe('calendars', () => {
  it('goes from Hijri to a day and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_000, max: 40_000 }), (n) => {
        const at = hijriOf(n);
        expect(dayOfHijri(at.year, at.month, at.day)).toBe(n);
      }),
      { numRuns: 300 },
    );
    expect(dayText(dayOfHijri(1437, 8, 15) ?? 0)).toBe('2016-05-22');
  });
});

/** Row `counts [dev|held|all] [--misses]`: the hand-written sentences with counted things; there is no rival to run beside. */
import { LANGS } from '../../src/core/index.ts';
import { findDates } from '../../src/reading/dates/find.ts';
import { shippedLexicon } from '../../src/reading/lexicon.ts';
import { findQuantities } from '../../src/reading/numbers/find.ts';
import { notationOf, quantityRows } from '../../src/reading/numbers/fixtures.ts';
import { openText } from '../../src/reading/open.ts';
import { NOTHING_FOUND } from '../../src/reading/stages.ts';

export async function run(args: readonly string[]): Promise<void> {
  const half = args.find((arg) => arg === 'dev' || arg === 'held') ?? 'all';
  for (const lang of LANGS) {
    const rows = quantityRows().filter((row) => row.lang === lang && (half === 'all' || row.half === half));
    let whole = 0;
    let right = 0;
    let wanted = 0;
    let given = 0;
    for (const row of rows) {
      const got = countsOf(row.sentence);
      const left = [...row.expected];
      for (const one of got) {
        const at = left.indexOf(one);
        if (at >= 0) left.splice(at, 1);
      }
      const hits = row.expected.length - left.length;
      right += hits;
      wanted += row.expected.length;
      given += got.length;
      if (left.length === 0 && got.length === row.expected.length) whole++;
      else if (args.includes('--misses'))
        console.log(`   ${row.line}: ${row.sentence} want ${row.expected.join('; ')} got ${got.join('; ')}`);
    }
    console.log(
      `${lang} ${half}: ${rows.length} sentences, all counts right in ${(whole / rows.length).toFixed(3)}; ` +
        `precision ${(right / given).toFixed(3)}, recall ${(right / wanted).toFixed(3)}`,
    );
  }
}

function countsOf(text: string): string[] {
  const ctx = openText({ gazetteer: null, instrument: null, lexicon: shippedLexicon() }, text);
  return findQuantities(ctx, { ...NOTHING_FOUND, dates: findDates(ctx, NOTHING_FOUND) }).map(notationOf);
}

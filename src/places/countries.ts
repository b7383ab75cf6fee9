/** Reads the list of countries (data/countries.tsv, made by scripts/make-gazetteer.ts). A pure parser of our own file. */
import type { Place, PlaceName } from './model.ts';
import { scriptOf } from './script.ts';

const LANG_OF_SCRIPT = { arabic: 'ar', latin: 'en', cyrillic: 'ru', other: 'other' } as const;

/** One place of class country a line: iso, ar, en, ru, lat, lon, other names with | between. */
export function parseCountries(text: string): readonly Place[] {
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line): Place => {
      const [iso = '', ar = '', en = '', ru = '', lat = '', lon = '', also = ''] = line.split('\t');
      const forms = [ar, en, ru, ...also.split('|').filter((form) => form !== '')];
      const names = [...new Set(forms)].map((form): PlaceName => ({ lang: LANG_OF_SCRIPT[scriptOf(form)], form }));
      return {
        id: `iso:${iso}`,
        class: 'country',
        name: { ar, en, ru },
        names,
        country: iso,
        area: null,
        parent: null,
        point: { lat: Number(lat), lon: Number(lon) },
        precision: 'country',
        population: 0,
      };
    });
}

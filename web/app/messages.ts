/**
 * The words of the screens: `locales/*.json`, Arabic the source, ICU messages only. A key that Arabic lacks does not
 * type-check; test/messages.test.ts keeps the three languages equal.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import type ar from '../../locales/ar.json';
import type { Lang } from '../../src/core/index.ts';

export type MessageKey = keyof typeof ar;
export type MessageValues = Readonly<Record<string, string | number>>;
export type Catalogue = Readonly<Record<string, string>>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

const files = import.meta.glob<Catalogue>('../../locales/*.json', { import: 'default' });
const loading = new Map<Lang, Promise<Catalogue>>();

/** The messages of a language, fetched once. */
export function loadCatalogue(lang: Lang): Promise<Catalogue> {
  const started = loading.get(lang);
  if (started) return started;
  const load = files[`../../locales/${lang}.json`];
  if (!load) throw new Error(`no messages for ${lang}`);
  const promise = load();
  loading.set(lang, promise);
  return promise;
}

/** A `t()` for one language. `locale` may carry a numbering system (`ar-u-nu-latn`). Unknown keys show themselves. */
export function createTranslate(catalogue: Catalogue, locale: string): Translate {
  const formats = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    let format = formats.get(key);
    if (!format) {
      format = new IntlMessageFormat(catalogue[key] ?? key, locale);
      formats.set(key, format);
    }
    return String(format.format(values));
  };
}

/** True when a key that came from data (a code of the linker, a role) has words. */
export const hasMessage = (catalogue: Catalogue, key: string): key is MessageKey => Object.hasOwn(catalogue, key);

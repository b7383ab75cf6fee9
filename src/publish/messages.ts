/** Messages of the server's own pages, from locales/*.json (ICU). Arabic is the source; all three files are complete (tested). */
import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Lang } from '../core/index.ts';

export type MessageParams = Readonly<Record<string, string | number>>;
/** Formats a message by its key. A missing key shows itself, so that a hole is seen and nothing breaks. */
export type Translate = (key: string, params?: MessageParams) => string;

const INTL_LOCALE: Readonly<Record<Lang, string>> = { ar: 'ar-u-nu-latn', en: 'en-GB', ru: 'ru' };

/** The translator of a language. */
export function translator(lang: Lang): Translate {
  const messages = JSON.parse(readFileSync(new URL(`../../locales/${lang}.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
  const compiled = new Map<string, IntlMessageFormat>();
  return (key, params) => {
    const text = messages[key];
    if (text === undefined) return key;
    let format = compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(text, INTL_LOCALE[lang], undefined, { ignoreTag: true });
      compiled.set(key, format);
    }
    return String(format.format(params));
  };
}

/** A calendar day in words, in the language of the page, Western digits. */
export const dayInWords = (day: string, lang: Lang): string =>
  new Intl.DateTimeFormat(INTL_LOCALE[lang], { dateStyle: 'full', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );

/** An instant in words in a zone, to the minute, with the zone's offset. */
export const instantInWords = (instant: string, zone: string, lang: Lang): string =>
  new Intl.DateTimeFormat(INTL_LOCALE[lang], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(Date.parse(instant));

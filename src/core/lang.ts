/** Languages and directions. Arabic is the source language of every message; the other two are complete translations. */

export const LANGS = ['ar', 'en', 'ru'] as const;
export type Lang = (typeof LANGS)[number];

export const isLang = (value: unknown): value is Lang => LANGS.includes(value as Lang);

/** A text in the three languages of the instrument. */
export type Trilingual = Readonly<Record<Lang, string>>;

/** Writing direction of a language, as the HTML `dir` attribute takes it. */
export const directionOf = (lang: Lang): 'rtl' | 'ltr' => (lang === 'ar' ? 'rtl' : 'ltr');

/** Wraps a foreign run in first-strong isolates (U+2068…U+2069), for plain text where no element can carry `dir`. */
export const isolate = (run: string): string => `\u2068${run}\u2069`;

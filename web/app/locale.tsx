/** Gives every component its language: `t`, formats, direction. Sets `lang` and `dir` of the document; sets nothing else. */
import { createContext, type ReactNode, use, useContext, useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import { directionOf, type Lang, type Trilingual } from '../../src/core/index.ts';
import { createFormats, type Formats, localeTag } from './format.ts';
import {
  type Catalogue,
  createTranslate,
  hasMessage,
  loadCatalogue,
  type MessageKey,
  type Translate,
} from './messages.ts';
import type { Preferences } from './preferences.ts';

export interface Locale {
  readonly lang: Lang;
  readonly dir: 'rtl' | 'ltr';
  readonly t: Translate;
  readonly formats: Formats;
  /** Of a text in three languages, the one to show; falls back to Arabic, then to any. */
  pick(text: Trilingual): string;
  /** A place's name in the language of the page; words for a place without one. */
  placeName(place: { readonly name: Trilingual }): string;
  /** The words for a code that comes from data, or undefined when there are none. */
  words(key: string): string | undefined;
}

const LocaleContext = createContext<Locale | null>(null);

export function useLocale(): Locale {
  const locale = useContext(LocaleContext);
  if (!locale) throw new Error('useLocale outside LocaleProvider');
  return locale;
}

export interface LocaleProviderProps {
  readonly lang: Lang;
  readonly zone: string;
  readonly preferences: Preferences;
  readonly children: ReactNode;
}

export function LocaleProvider({ lang, zone, preferences, children }: LocaleProviderProps) {
  const catalogue = use(loadCatalogue(lang));
  const locale = useMemo(() => createLocale(catalogue, lang, zone, preferences), [catalogue, lang, zone, preferences]);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = locale.dir;
  }, [lang, locale]);
  return (
    <I18nProvider locale={localeTag(lang, preferences)}>
      <LocaleContext value={locale}>{children}</LocaleContext>
    </I18nProvider>
  );
}

function createLocale(catalogue: Catalogue, lang: Lang, zone: string, preferences: Preferences): Locale {
  const tag = localeTag(lang, preferences);
  const t = createTranslate(catalogue, tag);
  const pick = (text: Trilingual) => text[lang] || text.ar || text.en || text.ru;
  return {
    lang,
    dir: directionOf(lang),
    t,
    formats: createFormats(tag, zone),
    pick,
    placeName: (place) => pick(place.name) || t('web.place.unknown'),
    words: (key) => (hasMessage(catalogue, key) ? t(key as MessageKey) : undefined),
  };
}
